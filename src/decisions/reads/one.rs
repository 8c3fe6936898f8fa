//! A decision that is made.

use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Cited, draft::SuccessorRow};
use crate::{
    decisions::{
        draft::Fields,
        lifecycle::{Kind, Outcome},
        number::DecisionNumber,
    },
    kernel::{actor::Viewer, i18n::Lang},
    proposals::{ProposalNumber, lifecycle::State as ProposalState},
    requirements::{
        RequirementNumber,
        fields::{Change, iso_date_option},
    },
};

/// The most items that a page shows; a file that was read in may have put many thousands into force.
pub const MOST_SHOWN: i64 = 100;

/// Who approved afterwards.
#[derive(Debug, Deserialize)]
pub struct Review {
    /// Their name; none where the account was erased.
    pub name: Option<String>,
    organisation_sv: String,
    organisation_en: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// What they said.
    pub note: String,
}

impl Review {
    /// For whom they acted.
    pub fn organisation(&self, lang: Lang) -> &str {
        if lang.is_swedish() { &self.organisation_sv } else { &self.organisation_en }
    }
}

/// An item.
#[derive(Debug, Deserialize)]
pub struct Item {
    number: i64,
    /// The version's number.
    pub version: i32,
    /// What it is about.
    pub kind: Kind,
    /// What became of it.
    pub outcome: Outcome,
    /// Why a requirement ends, or a version does not come.
    pub cause: String,
    /// Why it was sent back or refused.
    pub reason: String,
    /// From when it holds.
    #[serde(with = "time::serde::rfc3339::option")]
    pub effective: Option<OffsetDateTime>,
    /// Whether the version is one that can be read.
    pub seen: bool,
    /// Whether the requirement has been in force.
    pub known: bool,
    title: Option<String>,
    title_en: Option<String>,
    /// The hash of the text.
    pub sha256: Option<String>,
    /// Whether the text may not be shown.
    pub hidden: bool,
    /// Whether it was called back before its day.
    pub revoked: bool,
    /// In words.
    pub note: String,
    /// What it means for contracts that run.
    pub running_contracts: String,
    /// What the version changes.
    pub changes: Vec<Change>,
    /// The version before it that can be read.
    pub before: Option<i32>,
    /// What comes instead.
    pub successors: Vec<SuccessorKnown>,
}

/// What comes instead of a requirement.
#[derive(Debug, Deserialize)]
pub struct SuccessorKnown {
    /// Which one.
    #[serde(flatten)]
    pub row: SuccessorRow,
    /// Whether it can be read.
    pub known: bool,
}

impl Item {
    /// The requirement.
    pub fn requirement(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }

    /// `KB-0042:3`.
    pub fn cited(&self) -> String {
        format!("{}:{}", self.requirement(), self.version)
    }

    /// Its title, as far as it may be seen.
    pub fn title(&self, lang: Lang) -> Option<&str> {
        match &self.title_en {
            Some(english) if !lang.is_swedish() => Some(english),
            _ => self.title.as_deref(),
        }
    }

    /// Whether the title is Swedish on a page in this language.
    pub fn is_foreign(&self, lang: Lang) -> bool {
        !lang.is_swedish() && self.title_en.is_none()
    }
}

/// A proposal that a decision answers.
#[derive(Debug, Deserialize)]
pub struct Answered {
    number: i64,
    year: i16,
    state: String,
    /// Its title.
    pub title: String,
    organisation_sv: String,
    organisation_en: String,
}

impl Answered {
    /// What it is cited by.
    pub fn cited(&self) -> ProposalNumber {
        ProposalNumber { year: self.year, number: self.number }
    }

    /// Where it stands now.
    pub fn state(&self) -> ProposalState {
        ProposalState::from_code(&self.state).unwrap_or(ProposalState::Rejected)
    }

    /// Whose it is.
    pub fn organisation(&self, lang: Lang) -> &str {
        if lang.is_swedish() { &self.organisation_sv } else { &self.organisation_en }
    }
}

/// A decision.
#[derive(Debug, Deserialize)]
pub struct Decision {
    number: i64,
    year: Option<i16>,
    kind: String,
    /// When it was decided.
    #[serde(with = "time::serde::rfc3339")]
    pub decided: OffsetDateTime,
    /// What a file that was read in rests on.
    pub reference: String,
    /// The name of that file.
    pub file_name: Option<String>,
    /// Its hash.
    pub file_sha256: Option<String>,
    /// What was written.
    pub fields: Fields,
    /// Why one decided alone; empty where two did.
    pub emergency: String,
    /// By when another is to have looked at it.
    #[serde(with = "iso_date_option")]
    pub review_by: Option<Date>,
    /// Who did.
    pub review: Option<Review>,
    /// The proposals that it answers.
    pub answers: Vec<Answered>,
    /// The decision that it corrects.
    pub corrects: Option<Cited>,
    /// Those that correct it.
    pub corrected_by: Vec<Cited>,
    /// Who submitted it.
    pub submitter: Option<String>,
    /// Who decided.
    pub decider: Option<String>,
    decider_org_sv: Option<String>,
    decider_org_en: Option<String>,
    /// Who decided, and who submitted it.
    pub made_by: [Option<Uuid>; 2],
    /// How many items it has.
    pub total: i64,
    /// Those that are shown.
    pub items: Vec<Item>,
}

impl Decision {
    /// What it is cited by.
    pub fn cited(&self) -> DecisionNumber {
        DecisionNumber { year: self.year, number: self.number }
    }

    /// Whether it is a file that was read in.
    pub fn is_import(&self) -> bool {
        self.kind == "import"
    }

    /// Whether one decided alone, and nobody has looked at it since.
    pub fn awaits(&self) -> bool {
        !self.emergency.is_empty() && self.review.is_none()
    }

    /// For whom the decider acted.
    pub fn decider_for(&self, lang: Lang) -> Option<&str> {
        if lang.is_swedish() { self.decider_org_sv.as_deref() } else { self.decider_org_en.as_deref() }
    }
}

/// Reads one.
///
/// # Errors
/// When the database is away.
pub async fn one(
    connection: &mut PgConnection,
    viewer: &Viewer,
    number: DecisionNumber,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Decision>> {
    let read = sqlx::query_file_scalar!(
        "src/decisions/reads/one.sql",
        number.number,
        number.year,
        viewer.level(),
        viewer.organisations(),
        now,
        MOST_SHOWN,
    );
    read.fetch_optional(connection).await.map(|json| json.map(|json| json.0))
}

/// The number of a decision by its id, where a draft became one.
///
/// # Errors
/// When the database is away.
pub async fn number_of(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<DecisionNumber>> {
    let row = sqlx::query!("select year, number from decision where id = $1", id).fetch_optional(connection).await?;
    Ok(row.map(|row| DecisionNumber { year: row.year, number: row.number }))
}

/// The id of a decision of the network by its number, which another can correct; with its title.
///
/// # Errors
/// When the database is away.
pub async fn to_correct(connection: &mut PgConnection, number: DecisionNumber) -> sqlx::Result<Option<(Uuid, String)>> {
    let row = sqlx::query!(
        "select id, title from decision where kind = 'network' and number = $1 and year is not distinct from $2",
        number.number,
        number.year,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| (row.id, row.title)))
}
