//! Rows in Postgres' text format for COPY, one table a buffer.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Value, json};
use time::{Date, OffsetDateTime, format_description::well_known::Rfc3339};
use uuid::Uuid;

use super::{
    bank::{Bank, Cited, decided_at, milliseconds},
    draw::{self, Stream},
    requirement::{Repeal, Requirement, Stop, Valid, Version},
};

/// Everybody, and those who prepare (`kernel::actor::Audience`).
const PUBLIC: i16 = 0;
const PREPARERS: i16 = 20;
/// Whoever fills the bank works at the command line.
const ACTOR: &str = "command_line";

/// The tables that are filled, in this order, with the columns given.
pub const TABLES: [(&str, &str); 18] = [
    ("requirement_family", "id, slug"),
    ("reference", "id, kind, name, edition, url, in_force_from, in_force_to"),
    (
        "requirement",
        "id, number, product_group_id, family_id, relation_to_lower, guidance, limitations, builds_on, agenda_goals, eforms, \
         review_by, lock_version, created_at, maintained_at",
    ),
    ("requirement_cpv", "requirement_id, code"),
    ("requirement_objective", "requirement_id, objective"),
    (
        "requirement_version",
        "id, requirement_id, number, state, origin, decision_id, audience, valid, title, type, level, rationale, proportionality, \
         legal_floor, evidence, answer, award, follow_up, applies_to, parameters, exemptions, definitions, appendices, changes, \
         change_note, pending, canonical, sha256, hash_scheme, not_shown_since, not_shown_reason, lock_version, created_at, \
         decided_at, closed_at",
    ),
    ("clause", "id, requirement_id"),
    ("version_clause", "version_id, requirement_id, clause_id, position, text"),
    ("version_reference", "version_id, position, reference_id"),
    ("version_english", "version_id, title, rationale, evidence"),
    ("clause_english", "version_id, clause_id, text"),
    ("requirement_stop", "id, requirement_id, reason, valid, lifted_reason"),
    ("requirement_repeal", "requirement_id, version_id, reason, effective, origin"),
    ("requirement_successor", "requirement_id, successor_id, kind"),
    ("decision", "id, number, kind, decided_at, operator, file_name, file_sha256, reference"),
    ("decision_item", "decision_id, version_id, outcome"),
    ("event", "id, at, kind, subject_kind, subject_id, part_id, actor_kind, audience, from_state, to_state, reason"),
    ("audit", "at, actor_kind, action, object_kind, object_id, new_value, reason"),
];

/// Rows for every table.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Rows {
    /// In the order of [`TABLES`].
    pub tables: [String; TABLES.len()],
    /// Months whose decisions are cited.
    pub months: BTreeSet<Date>,
    /// Ids of the requirements.
    pub requirements: Vec<Uuid>,
}

/// One row being written.
struct Row<'a> {
    to: &'a mut String,
    first: bool,
}

impl Row<'_> {
    fn next(&mut self) {
        if !self.first {
            self.to.push('\t');
        }
        self.first = false;
    }

    fn null(mut self) -> Self {
        self.next();
        self.to.push_str("\\N");
        self
    }

    fn text(mut self, text: &str) -> Self {
        self.next();
        for letter in text.chars() {
            match letter {
                '\\' => self.to.push_str("\\\\"),
                '\t' => self.to.push_str("\\t"),
                '\n' => self.to.push_str("\\n"),
                '\r' => self.to.push_str("\\r"),
                other => self.to.push(other),
            }
        }
        self
    }

    fn show(self, value: &impl ToString) -> Self {
        self.text(&value.to_string())
    }

    fn maybe(self, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.show(&value),
            None => self.null(),
        }
    }

    fn at(self, at: OffsetDateTime) -> Self {
        self.text(&instant(at))
    }

    fn maybe_at(self, at: Option<OffsetDateTime>) -> Self {
        self.maybe(at.map(instant))
    }

    fn bytes(self, bytes: &[u8]) -> Self {
        self.text(&format!("\\x{}", hex::encode(bytes)))
    }

    /// An array of codes, which hold nothing that would have to be quoted.
    fn codes<T: ToString>(self, codes: &[T]) -> Self {
        let list: Vec<String> = codes.iter().map(ToString::to_string).collect();
        self.text(&format!("{{{}}}", list.join(",")))
    }

    fn json(self, value: &impl Serialize) -> Self {
        self.text(&serde_json::to_string(value).unwrap_or_default())
    }

    fn maybe_json(self, value: Option<&impl Serialize>) -> Self {
        match value {
            Some(value) => self.json(value),
            None => self.null(),
        }
    }

    fn range(self, from: OffsetDateTime, to: Option<OffsetDateTime>) -> Self {
        self.text(&format!("[{},{})", instant(from), to.map(instant).unwrap_or_default()))
    }

    fn end(self) {
        self.to.push('\n');
    }
}

fn instant(at: OffsetDateTime) -> String {
    at.format(&Rfc3339).unwrap_or_default()
}

/// Something that happened, for the event and the audit row that it leaves.
struct Happening<'a> {
    at: OffsetDateTime,
    kind: &'a str,
    part: Uuid,
    audience: i16,
    from: Option<&'a str>,
    to: Option<&'a str>,
    reason: Option<&'a str>,
    object: (&'a str, Uuid),
    new: Option<Value>,
}

impl Rows {
    fn row(&mut self, table: &str) -> Row<'_> {
        let place = TABLES.iter().position(|(name, _)| *name == table).unwrap_or(0);
        Row { to: &mut self.tables[place], first: true }
    }

    /// What all requirements share, but for decisions.
    pub fn shared(bank: &Bank) -> Self {
        let mut rows = Self::default();
        for (id, slug) in bank.families() {
            rows.row("requirement_family").show(&id).text(&slug).end();
        }
        for Cited { id, reference, .. } in bank.references.iter().filter(|cited| !cited.there) {
            rows.row("reference")
                .show(id)
                .text(reference.kind.code())
                .text(&reference.name)
                .text(reference.edition.as_deref().unwrap_or_default())
                .maybe(reference.url.as_ref())
                .maybe(reference.in_force_from)
                .maybe(reference.in_force_to)
                .end();
        }
        rows
    }

    /// The decisions of these months, numbered by time.
    pub fn decisions(bank: &Bank, months: &BTreeSet<Date>) -> Self {
        let mut rows = Self::default();
        for (place, month) in months.iter().enumerate() {
            rows.row("decision")
                .show(&bank.decision_id(*month))
                .show(&(place + 1))
                .text("import")
                .at(decided_at(*month))
                .text("bench")
                .text(&format!("krav-{month}.jsonl"))
                .bytes(&kravbank::requirements::content::hash(&month.to_string()))
                .text(&format!("LMC {month} § {}", place + 1))
                .end();
        }
        rows
    }

    /// A requirement with all that belongs to it.
    pub fn add(&mut self, bank: &Bank, made: &Requirement) {
        self.requirements.push(made.id);
        let maintained = &made.maintained;
        let decided = made.versions.iter().filter(|version| version.decision.is_some()).count();
        self.row("requirement")
            .show(&made.id)
            .show(&made.number)
            .show(&maintained.group)
            .maybe(made.family)
            .maybe(maintained.relation.map(kravbank::requirements::fields::Relation::code))
            .text(&maintained.guidance)
            .text(&maintained.limitations)
            .text(&maintained.builds_on)
            .codes(&maintained.agenda_goals)
            .codes(&maintained.eforms)
            .maybe(maintained.review_by)
            .show(&(2 + decided))
            .at(made.created_at)
            .at(made.maintained_at)
            .end();
        for code in &maintained.cpv {
            self.row("requirement_cpv").show(&made.id).text(code).end();
        }
        for objective in &maintained.objectives {
            self.row("requirement_objective").show(&made.id).text(objective).end();
        }
        let mut clauses: Vec<Uuid> = Vec::new();
        let mut happenings = draw::stream(bank.seed, Stream::Event(made.number));
        for version in &made.versions {
            self.version(bank, made, version, decided > 0);
            for clause in &version.clauses {
                if !clauses.contains(clause) {
                    clauses.push(*clause);
                    self.row("clause").show(clause).show(&made.id).end();
                }
            }
            for happening in told(version) {
                let id = draw::id(&mut happenings, milliseconds(happening.at));
                self.happening(made, id, &happening);
            }
        }
        if let Some(stop) = &made.stop {
            self.stop(made, stop, &mut happenings);
        }
        if let (Some(repeal), Some(last)) = (&made.repeal, made.versions.iter().rev().find(|version| version.state == "decided"))
        {
            self.repeal(bank, made, repeal, last, &mut happenings);
        }
    }

    fn version(&mut self, bank: &Bank, made: &Requirement, version: &Version, published: bool) {
        let core = &version.core;
        let public = version.decision.is_some();
        let waits = published && version.state != "discarded" && !public;
        let lock = 1 + i32::from(public) + i32::from(version.state == "ready") + i32::from(version.state == "not_approved") * 2;
        let mut row = self
            .row("requirement_version")
            .show(&version.id)
            .show(&made.id)
            .show(&version.number)
            .text(version.state)
            .text("import")
            .maybe(version.decision.map(|month| bank.decision_id(month)))
            .show(if public { &PUBLIC } else { &PREPARERS });
        row = match version.valid {
            Valid::Never => row.null(),
            Valid::Empty => row.text("empty"),
            Valid::Range(from, to) => row.range(from, to),
        };
        row = row
            .text(&core.title)
            .text(core.kind.code())
            .text(core.level.code())
            .text(&core.rationale)
            .text(&core.proportionality)
            .text(&core.legal_floor)
            .json(&core.evidence)
            .maybe_json(core.answer.as_ref())
            .maybe_json(core.award.as_ref())
            .maybe_json(core.follow_up.as_ref())
            .maybe_json(core.applies_to.as_ref())
            .json(&core.parameters)
            .json(&core.exemptions)
            .json(&core.definitions)
            .json(&core.appendices)
            .codes(&[version.change.code()])
            .text(&version.note)
            .maybe_json(waits.then_some(&made.maintained));
        row = match &version.sealed {
            Some((canonical, sha256)) => row.text(canonical).bytes(sha256).show(&1),
            None => row.null().null().null(),
        };
        row.maybe_at(version.hidden.then_some(version.created_at))
            .maybe(version.hidden.then_some("Texten innehåller en uppgift som inte får visas."))
            .show(&lock)
            .at(version.created_at)
            .maybe_at(public.then_some(version.created_at))
            .maybe_at(version.closed_at)
            .end();
        self.parts(bank, made, version);
    }

    fn parts(&mut self, bank: &Bank, made: &Requirement, version: &Version) {
        for (place, (clause, text)) in version.clauses.iter().zip(&version.core.text).enumerate() {
            self.row("version_clause").show(&version.id).show(&made.id).show(clause).show(&(place + 1)).text(text).end();
        }
        for (place, cited) in version.cited.iter().enumerate() {
            self.row("version_reference").show(&version.id).show(&(place + 1)).show(&bank.references[*cited].id).end();
        }
        // Every version has a row; most say nothing in English.
        let english = version.english.clone().unwrap_or_default();
        self.row("version_english")
            .show(&version.id)
            .maybe(english.title.as_ref())
            .maybe(english.rationale.as_ref())
            .json(&english.evidence)
            .end();
        for (clause, text) in version.clauses.iter().zip(&english.text) {
            self.row("clause_english").show(&version.id).show(clause).text(text).end();
        }
        if let Some(month) = version.decision {
            self.months.insert(month);
            self.row("decision_item").show(&bank.decision_id(month)).show(&version.id).text("adopted").end();
        }
    }

    fn stop(&mut self, made: &Requirement, stop: &Stop, chance: &mut impl rand::Rng) {
        let lifted = stop.until.map(|_| "Leverantörerna kan åter visa hur kravet uppfylls.");
        self.row("requirement_stop")
            .show(&stop.id)
            .show(&made.id)
            .text(&stop.reason)
            .range(stop.since, stop.until)
            .maybe(lifted)
            .end();
        let told = |at, kind, reason| Happening {
            at,
            kind,
            part: stop.id,
            audience: PUBLIC,
            from: None,
            to: None,
            reason: Some(reason),
            object: ("requirement", made.id),
            new: Some(json!({})),
        };
        let id = draw::id(chance, milliseconds(stop.since));
        self.happening(made, id, &told(stop.since, "requirement.stopped", &stop.reason));
        if let (Some(until), Some(reason)) = (stop.until, lifted) {
            let id = draw::id(chance, milliseconds(until));
            self.happening(made, id, &told(until, "requirement.stop_lifted", reason));
        }
    }

    fn repeal(&mut self, bank: &Bank, made: &Requirement, repeal: &Repeal, last: &Version, chance: &mut impl rand::Rng) {
        self.row("requirement_repeal")
            .show(&made.id)
            .show(&last.id)
            .text(&repeal.reason)
            .at(repeal.effective)
            .text("import")
            .end();
        let successors: Vec<(Uuid, &str)> =
            repeal.successor.iter().map(|(number, kind)| (bank.requirement_id(*number), *kind)).collect();
        for (id, kind) in &successors {
            self.row("requirement_successor").show(&made.id).show(id).text(kind).end();
        }
        // Told of when it was laid down, which is before it holds where it is to come.
        let at = repeal.effective.min(super::bank::start_of(super::TODAY));
        let id = draw::id(chance, milliseconds(at));
        let told = Happening {
            at,
            kind: "requirement.repealed",
            part: last.id,
            audience: PUBLIC,
            from: None,
            to: None,
            reason: Some(&repeal.reason),
            object: ("requirement", made.id),
            new: Some(json!({"successors": successors})),
        };
        self.happening(made, id, &told);
    }

    fn happening(&mut self, made: &Requirement, id: Uuid, happening: &Happening<'_>) {
        self.row("event")
            .show(&id)
            .at(happening.at)
            .text(happening.kind)
            .text("requirement")
            .show(&made.id)
            .show(&happening.part)
            .text(ACTOR)
            .show(&happening.audience)
            .maybe(happening.from)
            .maybe(happening.to)
            .maybe(happening.reason)
            .end();
        self.row("audit")
            .at(happening.at)
            .text(ACTOR)
            .text(happening.kind)
            .text(happening.object.0)
            .show(&happening.object.1)
            .maybe_json(happening.new.as_ref())
            .maybe(happening.reason)
            .end();
    }
}

/// What is told of a version, in order.
fn told(version: &Version) -> Vec<Happening<'_>> {
    let of = |at, kind, audience, from, to, reason| Happening {
        at,
        kind,
        part: version.id,
        audience,
        from,
        to: Some(to),
        reason,
        object: ("requirement_version", version.id),
        new: from.map(|from: &str| json!({"from": from, "to": to})),
    };
    let made = version.created_at;
    let mut told = vec![of(made, "requirement.prepared", PREPARERS, None, "preparation", None)];
    if version.decision.is_some() {
        told.push(of(made, "requirement.published", PUBLIC, None, "decided", None));
    }
    let submitted = of(made, "requirement.submitted", PREPARERS, Some("preparation"), "ready", None);
    let end = version.closed_at.unwrap_or(made);
    let why = Some("Beredningen visade att kravet inte behövs.");
    match version.state {
        "ready" => told.push(submitted),
        "discarded" => told.push(of(end, "requirement.discarded", PREPARERS, Some("preparation"), "discarded", why)),
        "not_approved" => {
            told.push(submitted);
            told.push(of(end, "requirement.not_approved", PREPARERS, Some("ready"), "not_approved", why));
        }
        "revoked" => told.push(of(end, "requirement.revoked", PUBLIC, Some("decided"), "revoked", why)),
        _ => {}
    }
    told
}
