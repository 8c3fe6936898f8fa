//! A decision as the API gives it.

use serde::{Deserialize, Serialize, Serializer};
use time::{Date, OffsetDateTime, serde::rfc3339};
use utoipa::ToSchema;

use super::{
    body::{Links, Successor},
    decisions::PATH,
    proposals::Named,
    row::some,
};
use crate::{
    decisions::{
        DecisionNumber,
        lifecycle::{Kind, Outcome},
    },
    kernel::{clock, i18n::Lang, web::links},
    proposals::ProposalNumber,
    requirements::{RequirementNumber, fields::iso_date_option},
};

/// A decision as the database tells it.
#[derive(Debug, Deserialize)]
pub(super) struct DecisionRow {
    year: Option<i16>,
    number: i64,
    kind: DecisionKind,
    title: String,
    #[serde(with = "rfc3339")]
    decided_at: OffsetDateTime,
    body: String,
    #[serde(with = "iso_date_option")]
    met_on: Option<Date>,
    paragraph: String,
    dnr: String,
    reasons: String,
    consequences: String,
    note: String,
    reference: String,
    file_name: Option<String>,
    file_sha256: Option<String>,
    decided_by: Option<DecidedBy>,
    emergency: String,
    #[serde(with = "iso_date_option")]
    review_by: Option<Date>,
    review: Option<DecisionReview>,
    corrects: Option<Cited>,
    corrected_by: Vec<Cited>,
    proposals: Vec<CitedProposal>,
    item_count: i64,
    items: Vec<ItemRow>,
}

#[derive(Debug, Deserialize)]
struct Cited {
    year: Option<i16>,
    number: i64,
}

impl Cited {
    fn cited(&self) -> String {
        DecisionNumber { year: self.year, number: self.number }.to_string()
    }
}

#[derive(Debug, Deserialize)]
struct CitedProposal {
    year: i16,
    number: i64,
}

#[derive(Debug, Deserialize)]
struct ItemRow {
    number: i64,
    version: i32,
    kind: Kind,
    outcome: Outcome,
    cause: String,
    reason: String,
    #[serde(with = "rfc3339::option")]
    effective_at: Option<OffsetDateTime>,
    seen: bool,
    title: Option<String>,
    change_note: String,
    sha256: Option<String>,
    text_hidden: bool,
    successors: Vec<SuccessorRow>,
}

#[derive(Debug, Deserialize)]
struct SuccessorRow {
    number: i64,
    kind: String,
}

fn day<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    iso_date_option::serialize(&Some(*day), serializer)
}

/// What kind of decision it is.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum DecisionKind {
    /// Of the network.
    Network,
    /// A file that was read in, and decided on elsewhere.
    Import,
}

impl DecisionKind {
    /// The codes.
    pub(super) const CODES: [&'static str; 2] = ["network", "import"];
}

/// What an item is about.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum DecisionItemKind {
    /// A version comes into force.
    Adopt,
    /// A requirement ends.
    Repeal,
    /// A version that was to come does not.
    Revoke,
}

/// What became of an item.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum DecisionOutcome {
    /// As it was proposed.
    Adopted,
    /// Back to those who prepare, with the reason.
    Returned,
    /// No, with the reason.
    Rejected,
}

/// A decision. Nothing of it is ever changed; another decision corrects it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DecisionRecord {
    /// With the year in which the network decided; without, where a file was read in.
    #[schema(example = "B-2026-0011")]
    number: String,
    kind: DecisionKind,
    /// Null where a file was read in.
    title: Option<String>,
    /// The day in Sweden.
    #[serde(serialize_with = "day")]
    decided_on: Date,
    #[serde(with = "rfc3339")]
    decided_at: OffsetDateTime,
    /// Null where a file was read in.
    decided_by: Option<DecidedBy>,
    /// The body that decided.
    body: Option<String>,
    /// The day of its meeting.
    #[serde(with = "iso_date_option")]
    met_on: Option<Date>,
    /// The paragraph of the minutes.
    paragraph: Option<String>,
    /// The case number.
    dnr: Option<String>,
    reasons: Option<String>,
    consequences: Option<String>,
    note: Option<String>,
    /// That one person alone decided, if so.
    emergency: Option<Emergency>,
    /// The file that was read in.
    file: Option<ReadFile>,
    /// The decision that it corrects.
    #[schema(example = "B-2026-0010")]
    corrects: Option<String>,
    /// The decisions that correct it.
    corrected_by: Vec<String>,
    /// The proposals that it answers.
    #[schema(example = json!(["F-2026-0017"]))]
    proposals: Vec<String>,
    /// How many items it has.
    item_count: i64,
    /// What it decides, in order. Of a file that was read in, the first 100: the requirements themselves tell of the rest.
    items: Vec<DecisionItem>,
    links: DecisionLinks,
}

/// Who decided, and for whom.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct DecidedBy {
    /// Null where the account was erased.
    name: Option<String>,
    organisation: Named,
}

/// That one person alone decided, because it could not wait.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Emergency {
    /// Why it could not wait.
    reason: String,
    /// By when another is to have looked at it.
    #[serde(with = "iso_date_option")]
    review_by: Option<Date>,
    /// That another approved; null until then.
    review: Option<DecisionReview>,
}

/// That another person approved afterwards.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct DecisionReview {
    #[serde(with = "rfc3339")]
    at: OffsetDateTime,
    by: DecidedBy,
    /// May be empty.
    note: String,
}

/// A file that was read in.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReadFile {
    name: Option<String>,
    sha256: Option<String>,
    /// What it rests on.
    reference: Option<String>,
}

/// What a decision says of a version.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DecisionItem {
    #[schema(example = "KB-0042")]
    requirement: String,
    #[schema(example = 2)]
    version: i32,
    /// Null where the text was never decided, or may not be shown.
    title: Option<String>,
    #[schema(value_type = DecisionItemKind)]
    kind: &'static str,
    #[schema(value_type = DecisionOutcome)]
    outcome: &'static str,
    /// Why the requirement ends, or the version does not come.
    cause: Option<String>,
    /// Why it was sent back or refused.
    reason: Option<String>,
    /// The first day in Sweden on which it holds; null where nothing comes of it.
    #[serde(with = "iso_date_option")]
    effective_from: Option<Date>,
    #[serde(with = "rfc3339::option")]
    effective_at: Option<OffsetDateTime>,
    /// What the version changes, in words.
    change_note: Option<String>,
    /// The hash of the version's text; null where it was never decided.
    sha256: Option<String>,
    /// Whether the text may not be shown.
    text_hidden: bool,
    /// What comes instead of a requirement that ends.
    successors: Vec<Successor>,
    /// Where the version is read; null where it was never decided.
    links: Option<Links>,
}

/// Where a decision can be read.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DecisionLinks {
    #[serde(rename = "self")]
    this: String,
    /// Its page.
    html: String,
}

impl DecisionRow {
    /// Its place in the list.
    pub(super) fn key(&self) -> i64 {
        self.number
    }

    /// As it is seen from outside.
    pub(super) fn body(self, base: &str) -> DecisionRecord {
        let number = DecisionNumber { year: self.year, number: self.number };
        let (review_by, review) = (self.review_by, self.review);
        let file = matches!(self.kind, DecisionKind::Import);
        DecisionRecord {
            number: number.to_string(),
            kind: self.kind,
            title: some(self.title),
            decided_on: clock::in_sweden(self.decided_at).date(),
            decided_at: self.decided_at,
            decided_by: self.decided_by,
            body: some(self.body),
            met_on: self.met_on,
            paragraph: some(self.paragraph),
            dnr: some(self.dnr),
            reasons: some(self.reasons),
            consequences: some(self.consequences),
            note: some(self.note),
            emergency: some(self.emergency).map(|reason| Emergency { reason, review_by, review }),
            file: file.then(|| ReadFile { name: self.file_name, sha256: self.file_sha256, reference: some(self.reference) }),
            corrects: self.corrects.as_ref().map(Cited::cited),
            corrected_by: self.corrected_by.iter().map(Cited::cited).collect(),
            proposals: self
                .proposals
                .iter()
                .map(|proposal| ProposalNumber { year: proposal.year, number: proposal.number }.to_string())
                .collect(),
            item_count: self.item_count,
            items: self.items.into_iter().map(|item| item.body(base)).collect(),
            links: DecisionLinks {
                this: format!("{base}{PATH}/{number}"),
                html: format!("{base}{}", links::decision(Lang::Sv, number)),
            },
        }
    }
}

impl ItemRow {
    fn body(self, base: &str) -> DecisionItem {
        let requirement = RequirementNumber::from_db(self.number);
        DecisionItem {
            requirement: requirement.to_string(),
            version: self.version,
            title: self.title,
            kind: self.kind.code(),
            outcome: self.outcome.code(),
            cause: some(self.cause),
            reason: some(self.reason),
            effective_from: self.effective_at.map(|at| clock::in_sweden(at).date()),
            effective_at: self.effective_at,
            change_note: some(self.change_note),
            sha256: self.sha256,
            text_hidden: self.text_hidden,
            successors: self
                .successors
                .into_iter()
                .map(|other| Successor { id: RequirementNumber::from_db(other.number).to_string(), kind: other.kind })
                .collect(),
            links: self.seen.then(|| Links::to(base, requirement, self.version)),
        }
    }
}

impl DecisionRecord {
    /// Without the names of persons: what is copied away from the bank cannot be mended when an account is erased.
    pub(super) fn without_names(mut self) -> Self {
        self.decided_by = self.decided_by.map(|by| DecidedBy { name: None, ..by });
        self.note = None;
        if let Some(review) = self.emergency.as_mut().and_then(|emergency| emergency.review.as_mut()) {
            review.by.name = None;
            review.note.clear();
        }
        self
    }
}
