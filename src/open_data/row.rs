//! A version as the database gives it, and how it becomes what the API gives.

use serde::Deserialize;
use time::{Date, OffsetDateTime, serde::rfc3339};

use super::body::{CitedReference, Clause, Decision, Links, Repealed, ReplacingReference, Requirement, Stopped, Successor};
use crate::{
    decisions::DecisionNumber,
    kernel::clock,
    requirements::{
        RequirementNumber,
        content::Core,
        fields::{Change, Relation, iso_date_option},
        lifecycle::{Standing, State},
    },
};

/// That a reference of the core, by its place from 1, is replaced or retired.
#[derive(Debug, Deserialize)]
struct MarkRow {
    place: usize,
    status: String,
    replaced_by: Option<ReplacingReference>,
}

/// A version as the database gives it.
#[derive(Debug, Deserialize)]
pub(super) struct VersionRow {
    pub(super) number: i64,
    pub(super) version: i32,
    pub(super) state: String,
    pub(super) origin: String,
    #[serde(with = "rfc3339::option")]
    pub(super) valid_from: Option<OffsetDateTime>,
    #[serde(with = "rfc3339::option")]
    pub(super) valid_to: Option<OffsetDateTime>,
    #[serde(with = "rfc3339::option")]
    pub(super) decided_at: Option<OffsetDateTime>,
    pub(super) canonical: String,
    pub(super) sha256: String,
    pub(super) hash_scheme: i16,
    #[serde(with = "rfc3339::option")]
    pub(super) not_shown_since: Option<OffsetDateTime>,
    pub(super) not_shown_reason: Option<String>,
    changes: Vec<Change>,
    change_note: String,
    running_contracts: String,
    #[serde(with = "iso_date_option")]
    transition_until: Option<Date>,
    /// What holds of its references, where any of them is replaced or retired.
    #[serde(default)]
    marks: Vec<MarkRow>,
    english: Option<EnglishRow>,
    clauses: Vec<Clause>,
    family: Option<String>,
    relation: Option<Relation>,
    guidance: String,
    limitations: String,
    builds_on: String,
    agenda_goals: Vec<i16>,
    eforms: Vec<String>,
    #[serde(with = "iso_date_option")]
    review_by: Option<Date>,
    cpv: Vec<String>,
    objectives: Vec<String>,
    group: GroupRow,
    decision: Option<DecisionRow>,
    pub(super) stopped: Option<Stopped>,
    pub(super) repealed: Option<RepealRow>,
    #[serde(with = "rfc3339")]
    pub(super) updated_at: OffsetDateTime,
}

#[derive(Debug, Deserialize)]
struct EnglishRow {
    title: Option<String>,
    rationale: Option<String>,
    evidence: Vec<Option<String>>,
}

#[derive(Debug, Deserialize)]
struct GroupRow {
    slug: String,
    name: String,
    area: String,
    area_name: String,
}

#[derive(Debug, Deserialize)]
struct DecisionRow {
    number: i64,
    kind: String,
    #[serde(with = "rfc3339")]
    decided_at: OffsetDateTime,
    reference: String,
}

impl DecisionRow {
    /// Its printed number. The year is that in which the network decided, in Sweden; a file that was read in has none.
    fn cited(&self) -> DecisionNumber {
        let year = (self.kind == "network").then(|| clock::in_sweden(self.decided_at).year());
        DecisionNumber { year: year.and_then(|year| i16::try_from(year).ok()), number: self.number }
    }
}

/// That the requirement ended or will end.
#[derive(Debug, Deserialize)]
pub(super) struct RepealRow {
    #[serde(with = "rfc3339")]
    effective: OffsetDateTime,
    reason: String,
    here: bool,
    successors: Vec<SuccessorRow>,
}

#[derive(Debug, Deserialize)]
struct SuccessorRow {
    number: i64,
    kind: String,
}

impl VersionRow {
    /// The printed number.
    pub(super) fn id(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }

    /// How it stands at `now`.
    pub(super) fn standing(&self, now: OffsetDateTime) -> Standing {
        let ended = self.repealed.as_ref().is_some_and(|repeal| repeal.here);
        standing(now, &self.state, self.valid_from, self.valid_to, ended)
    }

    /// As the API gives it. The core is read from what was hashed, so that the two cannot differ.
    ///
    /// # Errors
    /// When that cannot be read, which is a fault of ours.
    pub(super) fn body(self, base: &str, now: OffsetDateTime) -> serde_json::Result<Requirement> {
        let core: Core = serde_json::from_str(&self.canonical)?;
        let (number, status) = (self.id(), self.standing(now).code());
        let english = self.english.unwrap_or(EnglishRow { title: None, rationale: None, evidence: Vec::new() });
        let mut evidence = core.evidence;
        for (piece, text) in evidence.iter_mut().zip(english.evidence) {
            piece.text_en = text;
        }
        let text_en: Vec<String> = self.clauses.iter().filter_map(|clause| clause.text_en.clone()).collect();
        Ok(Requirement {
            id: number.to_string(),
            version: self.version,
            status,
            title: core.title,
            title_en: english.title,
            text_en: if text_en.len() == core.text.len() { text_en } else { Vec::new() },
            text: core.text,
            clauses: self.clauses,
            r#type: core.kind,
            level: core.level,
            family: self.family,
            relation_to_lower: self.relation,
            rationale: some(core.rationale),
            rationale_en: english.rationale,
            proportionality: some(core.proportionality),
            legal_floor: some(core.legal_floor),
            guidance: some(self.guidance),
            limitations: some(self.limitations),
            evidence,
            answer: core.answer,
            award: core.award,
            follow_up: core.follow_up,
            applies_to: core.applies_to,
            parameters: core.parameters,
            exemptions: core.exemptions,
            definitions: core.definitions,
            appendices: core.appendices,
            references: core
                .references
                .into_iter()
                .zip(1..)
                .map(|(reference, place)| {
                    let mark = self.marks.iter().find(|mark| mark.place == place);
                    CitedReference::of(reference, mark.map(|mark| (mark.status.clone(), mark.replaced_by.clone())))
                })
                .collect(),
            product_area: self.group.area,
            product_area_name: self.group.area_name,
            product_group: self.group.slug,
            product_group_name: self.group.name,
            cpv: self.cpv,
            objectives: self.objectives,
            agenda_goals: self.agenda_goals,
            eforms: self.eforms,
            builds_on: some(self.builds_on),
            changes: self.changes,
            change_note: some(self.change_note),
            running_contracts: some(self.running_contracts),
            review_by: self.review_by,
            effective_from: self.valid_from.map(|from| clock::in_sweden(from).date()),
            transition_until: self.transition_until,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            updated_at: self.updated_at,
            origin: self.origin,
            decision: self.decision.map(|decision| Decision {
                number: decision.cited().to_string(),
                kind: decision.kind,
                decided_at: decision.decided_at,
                reference: some(decision.reference),
            }),
            stopped: self.stopped,
            repealed: self.repealed.map(|repeal| Repealed {
                effective: repeal.effective,
                reason: repeal.reason,
                successors: repeal
                    .successors
                    .into_iter()
                    .map(|s| Successor { id: RequirementNumber::from_db(s.number).to_string(), kind: s.kind })
                    .collect(),
            }),
            canonical: self.canonical,
            sha256: self.sha256,
            hash_scheme: self.hash_scheme,
            links: Links::to(base, number, self.version),
        })
    }
}

/// How a version stands.
pub(super) fn standing(
    now: OffsetDateTime,
    state: &str,
    from: Option<OffsetDateTime>,
    to: Option<OffsetDateTime>,
    ended: bool,
) -> Standing {
    State::from_code(state).map_or(Standing::Dropped, |state| Standing::at(now, state, from, to, ended))
}

/// Nothing rather than an empty text.
pub(super) fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}
