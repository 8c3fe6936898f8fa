//! A selection with a line of each row.

use serde::Deserialize;
use serde_json::{Map, Value};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Access, Arguments, Unread};
use crate::{
    kernel::{actor::Viewer, i18n::Lang},
    requirements::{
        RequirementNumber,
        fields::{Effort, Kind, Level, Parameter, Relation, iso_date_option},
        lifecycle::Standing,
    },
    selections::policy::Reach,
};

/// What the page of a selection shows.
#[derive(Debug, Clone, Deserialize)]
pub struct SelectionData {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Hours a year that there are for follow-up.
    pub follow_up_hours: Option<i32>,
    /// How many years the contract lasts.
    pub contract_years: Option<i32>,
    /// The lock that its form carries.
    pub lock_version: i32,
    /// Whether requirements are put into it.
    pub in_use: bool,
    /// What may be done with it.
    #[serde(default)]
    pub right: i32,
    /// Whether it is an organisation's.
    pub owned: bool,
    /// What colleagues may do with it.
    pub colleagues: i16,
    /// Who owns it; none for a browser's, and where the owner no longer works there.
    pub owner: Option<String>,
    /// When it was last changed.
    #[serde(with = "time::serde::rfc3339")]
    pub changed_at: OffsetDateTime,
    /// Who changed it last, where that is somebody else than who reads.
    pub changed_by: Option<String>,
    /// Its rows: by type as tenders are, then in the order that was chosen.
    pub rows: Vec<RowLine>,
}

impl SelectionData {
    /// What may be done with it.
    pub fn reach(&self) -> Option<Reach> {
        Reach::of(self.right)
    }

    /// Whether who reads may change it.
    pub fn may_edit(&self) -> bool {
        self.reach() >= Some(Reach::Edit)
    }

    /// Whether who reads decides about it.
    pub fn is_mine(&self) -> bool {
        self.reach() == Some(Reach::Own)
    }

    /// Whether it waits for somebody who takes it.
    pub fn is_left(&self) -> bool {
        self.owned && self.owner.is_none()
    }
}

/// A row, short.
#[derive(Debug, Clone, Deserialize)]
pub struct RowLine {
    /// Its id.
    pub id: Uuid,
    /// Its place within the type.
    pub position: i64,
    /// The requirement.
    pub requirement: Uuid,
    number: i64,
    /// The version it is pinned to.
    pub version: i32,
    title: String,
    title_en: Option<String>,
    /// Type of requirement.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Level.
    pub level: Level,
    /// Whether the text may not be shown.
    pub hidden: bool,
    #[serde(with = "time::serde::rfc3339::option")]
    valid_from: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339::option")]
    valid_to: Option<OffsetDateTime>,
    revoked: bool,
    /// The version that is in force, if any.
    pub in_force: Option<i32>,
    /// A stop for the time being.
    pub stop: Option<StopLine>,
    /// A repeal, in effect or to come.
    pub repeal: Option<RepealLine>,
    /// Whether the buyer has said that the row is wanted although its requirement is repealed.
    pub repeal_confirmed: bool,
    /// The family.
    pub family: Option<String>,
    /// How it stands to the lower member of its family.
    pub relation: Option<Relation>,
    /// The other members of the family that are in force.
    pub siblings: Vec<SiblingLine>,
    /// What the buyer fills in.
    pub parameters: Vec<Parameter>,
    /// What is filled in.
    pub values: Map<String, Value>,
    /// How much work its follow-up is.
    pub effort: Option<Effort>,
    /// The buyer's own words.
    pub note: String,
    /// Why the guide proposed it.
    pub reason: String,
    /// Whether the buyer has a wording of their own.
    pub reworded: bool,
    /// The version that this wording builds on.
    #[serde(default)]
    pub wording_version: Option<i32>,
}

/// A stop for the time being.
#[derive(Debug, Clone, Deserialize)]
pub struct StopLine {
    /// Why.
    pub reason: String,
    #[serde(default, with = "iso_date_option")]
    since: Option<Date>,
}

impl StopLine {
    /// Since which day.
    pub fn since(&self) -> Option<Date> {
        self.since
    }
}

/// A repeal.
#[derive(Debug, Clone, Deserialize)]
pub struct RepealLine {
    /// Why.
    pub reason: String,
    #[serde(default, with = "iso_date_option")]
    effective: Option<Date>,
    /// Whether it has taken effect.
    pub over: bool,
    /// What came instead.
    pub successors: Vec<SuccessorLine>,
}

impl RepealLine {
    /// From which day.
    pub fn effective(&self) -> Option<Date> {
        self.effective
    }
}

/// What came instead of a requirement.
#[derive(Debug, Clone, Deserialize)]
pub struct SuccessorLine {
    number: i64,
    /// `replaced`, `merged`, `split`.
    pub kind: String,
}

impl SuccessorLine {
    /// The printed number.
    pub fn id(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }
}

/// Another member of the family.
#[derive(Debug, Clone, Deserialize)]
pub struct SiblingLine {
    number: i64,
    /// Its level.
    pub level: Level,
}

impl SiblingLine {
    /// The printed number.
    pub fn id(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }
}

impl RowLine {
    /// The printed number of the requirement.
    pub fn number(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }

    /// How it is cited: `KB-0042:3`.
    pub fn cited(&self) -> String {
        format!("{}:{}", self.number(), self.version)
    }

    /// Since when the version is, was or will be in force.
    pub fn valid_from(&self) -> Option<OffsetDateTime> {
        self.valid_from
    }

    /// The title in a language, and whether it is Swedish on an English page.
    pub fn title(&self, lang: Lang) -> (&str, bool) {
        match &self.title_en {
            Some(english) if !lang.is_swedish() => (english, false),
            _ => (&self.title, !lang.is_swedish()),
        }
    }

    /// Where the pinned version stands.
    pub fn standing(&self, now: OffsetDateTime) -> Standing {
        let repealed = self.repeal.as_ref().is_some_and(|repeal| repeal.over);
        super::standing(self.valid_from, self.valid_to, self.revoked, self.in_force.is_some(), repealed, now)
    }
}

/// Reads it; none where there is none, or who asks may not know of it.
///
/// # Errors
/// When the database is away.
pub async fn selection(
    connection: &mut PgConnection,
    viewer: &Viewer,
    now: OffsetDateTime,
    access: &Access,
) -> sqlx::Result<Option<Unread<SelectionData>>> {
    let Arguments { id, holder, link, person, organisation } = access.arguments();
    let row = sqlx::query_file!(
        "src/selections/reads/selection.sql",
        viewer.level(),
        viewer.organisations(),
        now,
        id,
        holder,
        link,
        person,
        organisation
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Unread::new(row.page)))
}
