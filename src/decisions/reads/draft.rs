//! A draft, with all that stands in front of who decides.

use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Cited, ClauseRow, clauses};
use crate::{
    decisions::{
        draft::Fields,
        lifecycle::{Facts, ItemFacts, Kind, Outcome, State},
        policy::When,
    },
    kernel::{
        actor::{Actor, Viewer},
        i18n::Lang,
    },
    proposals::ProposalNumber,
    requirements::{
        RequirementNumber,
        clauses::Clause,
        fields::{Change, Kind as Type, Level, Parameter, iso_date_option},
        lifecycle::{State as VersionState, There},
        parameters, ready,
    },
};

/// Who wrote it.
#[derive(Debug, Clone, Deserialize)]
pub struct Author {
    /// Their name; none where the account was erased.
    pub name: Option<String>,
    /// For whom.
    pub organisation: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "one for each part of a version, as the table of domain.md lists them")]
struct ThereRow {
    rationale: bool,
    proportionality: bool,
    evidence: bool,
    follow_up: bool,
    objective: bool,
    review: bool,
    award: bool,
    text: bool,
    first: bool,
    changes: bool,
    only_clarified: bool,
    note: bool,
    running_contracts: bool,
}

/// What is in force of the requirement.
#[derive(Debug, Clone, Deserialize)]
pub struct Current {
    id: Uuid,
    /// Its number.
    pub version: i32,
    /// Its title.
    pub title: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: Type,
    /// Its level.
    pub level: Level,
    #[serde(with = "time::serde::rfc3339")]
    since: OffsetDateTime,
    clauses: Vec<ClauseRow>,
    parameters: Vec<Parameter>,
}

impl Current {
    /// Its text as people read it.
    pub fn clauses(&self) -> Vec<Clause> {
        named(&self.clauses, &self.parameters)
    }
}

/// Clauses with names instead of the marks of what a buyer fills in.
fn named(rows: &[ClauseRow], parameters: &[Parameter]) -> Vec<Clause> {
    parameters::named_clauses(&clauses(rows), parameters, Lang::Sv)
}

/// A proposal that is open on the requirement.
#[derive(Debug, Clone, Deserialize)]
pub struct OpenProposal {
    number: i64,
    year: i16,
    /// Its title.
    pub title: String,
    /// Whether the item answers it: it was taken into the version, or is about what ends.
    pub answered: bool,
    /// Whose it is; none where that is nobody's any more.
    pub organisation: Option<String>,
    /// How many organisations stand behind it beside that one.
    pub support: i64,
}

impl OpenProposal {
    /// What it is cited by.
    pub fn cited(&self) -> ProposalNumber {
        ProposalNumber { year: self.year, number: self.number }
    }
}

/// Threads on the requirement that nobody has closed, as far as the viewer may read them.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct OpenThreads {
    /// Those that everybody reads.
    pub open: i64,
    /// How many of them are questions.
    pub questions: i64,
    /// Those of who prepares.
    pub internal: i64,
}

/// How many clauses differ from what is in force. Words are compared where texts are read.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Compared {
    /// Other words.
    pub changed: i64,
    /// New ones.
    pub added: i64,
    /// Those that are gone.
    pub removed: i64,
}

/// What comes instead.
#[derive(Debug, Clone, Deserialize)]
pub struct SuccessorRow {
    number: i64,
    /// `replaced`, `merged` or `split`.
    pub kind: String,
}

impl SuccessorRow {
    /// The requirement.
    pub fn requirement(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }
}

/// An item.
#[derive(Debug, Clone, Deserialize)]
pub struct Item {
    /// The version that it is about.
    pub version_id: Uuid,
    /// The requirement.
    pub requirement_id: Uuid,
    number: i64,
    /// The version's number.
    pub version: i32,
    /// What it is about.
    pub kind: Kind,
    /// Why the requirement is to end, or the version not to come.
    pub cause: String,
    /// What becomes of it, as far as that is said.
    pub outcome: Option<Outcome>,
    /// Why.
    pub reason: String,
    /// From which day; none is the moment of the decision.
    #[serde(with = "iso_date_option")]
    pub on: Option<Date>,
    state: String,
    /// The version's title.
    pub title: String,
    /// Its type.
    #[serde(rename = "type")]
    pub requirement_type: Type,
    /// Its level.
    pub level: Level,
    /// What the version says that it changes.
    pub changes: Vec<Change>,
    /// The same in words.
    pub note: String,
    /// What it says to running contracts.
    pub running_contracts: String,
    /// When it is to take effect, where that is decided.
    #[serde(with = "time::serde::rfc3339::option")]
    pub takes_effect: Option<OffsetDateTime>,
    /// The product group.
    pub group: String,
    clauses: Vec<ClauseRow>,
    parameters: Vec<Parameter>,
    /// How its clauses differ from what is in force.
    pub compared: Option<Compared>,
    there: ThereRow,
    level_taken: Option<bool>,
    repealed: bool,
    #[serde(with = "time::serde::rfc3339::option")]
    to_come: Option<OffsetDateTime>,
    /// What is in force.
    pub current: Option<Current>,
    submitted_by: Option<Uuid>,
    /// How many selections hold it.
    pub selections: i64,
    /// What is proposed about it.
    pub proposals: Vec<OpenProposal>,
    /// What is said of it and not closed.
    pub threads: OpenThreads,
    /// What comes instead.
    pub successors: Vec<SuccessorRow>,
}

impl Item {
    /// The requirement's number.
    pub fn requirement(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }

    /// `KB-0042:3`.
    pub fn cited(&self) -> String {
        format!("{}:{}", self.requirement(), self.version)
    }

    /// The version's text as people read it.
    pub fn clauses(&self) -> Vec<Clause> {
        named(&self.clauses, &self.parameters)
    }

    /// The version's state.
    pub fn state(&self) -> VersionState {
        VersionState::from_code(&self.state).unwrap_or(VersionState::Preparation)
    }

    fn facts(&self) -> ItemFacts {
        let there = &self.there;
        let lacks = ready::Facts {
            there: There {
                rationale: there.rationale,
                proportionality: there.proportionality,
                evidence: there.evidence,
                follow_up: there.follow_up,
                objective: there.objective,
                review: there.review,
                award: there.award,
            },
            text: there.text,
            first: there.first,
            changes: there.changes,
            only_clarified: there.only_clarified,
            note: there.note,
            running_contracts: there.running_contracts,
        };
        ItemFacts {
            requirement: self.requirement(),
            kind: self.kind,
            outcome: self.outcome,
            has_reason: !self.reason.trim().is_empty(),
            on: self.on,
            state: self.state(),
            lacks: lacks.why_not_yet(),
            level_taken: self.level_taken.unwrap_or(false),
            repealed: self.repealed,
            current_since: self.current.as_ref().map(|current| current.since),
            is_current: self.current.as_ref().is_some_and(|current| current.id == self.version_id),
            to_come: self.to_come,
            submitted_by: self.submitted_by,
        }
    }
}

/// A draft.
#[derive(Debug, Clone, Deserialize)]
pub struct Draft {
    /// Its id.
    pub id: Uuid,
    state: String,
    /// Counts every change.
    pub lock: i32,
    /// What is written in it.
    pub fields: Fields,
    /// The decision that it corrects.
    pub corrects: Option<Cited>,
    /// Who began it.
    pub author: Author,
    /// When it was changed last.
    #[serde(with = "time::serde::rfc3339")]
    pub changed: OffsetDateTime,
    /// Who handed it to who decides.
    pub submitted_by: Option<Uuid>,
    /// Their name.
    pub submitter: Option<String>,
    /// When.
    #[serde(with = "time::serde::rfc3339::option")]
    pub submitted: Option<OffsetDateTime>,
    /// What it decides.
    pub items: Vec<Item>,
}

impl Draft {
    /// Where it stands.
    pub fn state(&self) -> State {
        State::from_code(&self.state).unwrap_or(State::Draft)
    }

    /// What is known of it when it is to be decided.
    pub fn facts(&self) -> Facts {
        Facts {
            lacks: self.fields.lacks(),
            corrects: self.corrects.is_some(),
            items: self.items.iter().map(Item::facts).collect(),
        }
    }

    /// The item that is about a version.
    pub fn item(&self, version: Uuid) -> Option<&Item> {
        self.items.iter().find(|item| item.version_id == version)
    }
}

/// Texts are laid side by side where a draft has no more items than this; of more, what is counted and a link say it.
pub const FEW: i64 = 3;
/// And where the two texts of an item have no more characters than this together.
const SHORT: i64 = 20_000;

/// Reads one without the texts of its items; none where it is none of theirs.
///
/// # Errors
/// When the database is away.
pub async fn draft(connection: &mut PgConnection, who: (&Viewer, &Actor), id: Uuid, when: When) -> sqlx::Result<Option<Draft>> {
    with_texts(connection, who, (id, 0), when).await
}

/// Reads one, with the texts of its items where there are at most so many.
///
/// # Errors
/// When the database is away.
pub async fn with_texts(
    connection: &mut PgConnection,
    (viewer, actor): (&Viewer, &Actor),
    (id, items): (Uuid, i64),
    (today, now): When,
) -> sqlx::Result<Option<Draft>> {
    let (person, organisation) = actor.person();
    let read = sqlx::query_file_scalar!(
        "src/decisions/reads/draft.sql",
        id,
        viewer.level(),
        viewer.organisations(),
        person,
        organisation,
        today,
        now,
        items,
        SHORT,
    );
    read.fetch_optional(connection).await.map(|json| json.map(|json| json.0))
}
