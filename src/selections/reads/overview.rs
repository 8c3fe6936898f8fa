//! A selection as its overview needs it: how rows are followed up and what they serve.

use serde::Deserialize;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Access, Arguments, Unread};
use crate::{
    kernel::{actor::Viewer, i18n::Lang},
    requirements::{
        RequirementNumber,
        fields::{Effort, Kind, Level},
    },
};

/// What the overview is made of.
#[derive(Debug, Clone, Deserialize)]
pub struct OverviewData {
    /// What may be done with it.
    #[serde(default)]
    pub right: i32,
    /// The selection.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Hours a year that there are for follow-up.
    pub follow_up_hours: Option<i32>,
    /// How many years the contract lasts.
    pub contract_years: Option<i32>,
    /// Every environmental objective, in order.
    pub objectives: Vec<Name>,
    /// The rows: by type as tenders are, then in the order that was chosen.
    pub rows: Vec<OverviewRow>,
}

/// A name in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Name {
    /// Slug; of a group `area/group`.
    pub slug: String,
    /// Swedish.
    pub sv: String,
    /// English.
    pub en: String,
}

impl Name {
    /// The name in the language.
    pub fn in_lang(&self, lang: Lang) -> &str {
        if lang.is_swedish() { &self.sv } else { &self.en }
    }
}

/// A row.
#[derive(Debug, Clone, Deserialize)]
pub struct OverviewRow {
    /// Its id.
    pub id: Uuid,
    number: i64,
    /// The version it is pinned to.
    pub version: i32,
    title: String,
    title_en: Option<String>,
    /// Type.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Level.
    pub level: Level,
    /// How much work its follow-up is.
    pub effort: Option<Effort>,
    /// Whether another of its family is in force.
    pub has_siblings: bool,
    /// Its product group.
    pub group: Name,
    /// The environmental objectives that it serves.
    pub objectives: Vec<String>,
    /// Its categories of eForms.
    pub eforms: Vec<String>,
    /// What it counts as, where it says so itself.
    pub gpp: Option<String>,
}

impl OverviewRow {
    /// The printed number.
    pub fn id(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }

    /// How it is cited: `KB-0042:3`.
    pub fn cited(&self) -> String {
        format!("{}:{}", self.id(), self.version)
    }

    /// The title in a language, and whether it is Swedish on an English page.
    pub fn title(&self, lang: Lang) -> (&str, bool) {
        match &self.title_en {
            Some(english) if !lang.is_swedish() => (english, false),
            _ => (&self.title, !lang.is_swedish()),
        }
    }
}

/// Reads it; none where there is none, or who asks may not know of it.
///
/// # Errors
/// When the database is away.
pub async fn overview(
    connection: &mut PgConnection,
    viewer: &Viewer,
    now: OffsetDateTime,
    access: &Access,
) -> sqlx::Result<Option<Unread<OverviewData>>> {
    let Arguments { id, holder, link, person, organisation } = access.arguments();
    let row = sqlx::query_file!(
        "src/selections/reads/overview.sql",
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
