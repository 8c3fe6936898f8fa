//! The tree of product areas.

use serde::Deserialize;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{list::Name, words::Words};
use crate::kernel::{actor::Viewer, i18n::Lang};

/// A product group and the number of its requirements in force.
#[derive(Debug, Deserialize)]
pub struct GroupCount {
    /// The group.
    #[serde(flatten)]
    pub name: Name,
    /// Requirements in force.
    pub count: i64,
    #[serde(default)]
    description_sv: String,
    #[serde(default)]
    description_en: String,
}

impl GroupCount {
    /// What it holds.
    pub fn description(&self, lang: Lang) -> Words<'_> {
        Words::choose(lang, &self.description_sv, Some(&self.description_en))
    }
}

/// A product area, its groups and the number of its requirements in force.
#[derive(Debug, Deserialize)]
pub struct AreaCount {
    /// The area.
    #[serde(flatten)]
    pub name: Name,
    /// Requirements in force.
    pub count: i64,
    /// Its groups, in order.
    pub groups: Vec<GroupCount>,
    description_sv: String,
    description_en: String,
}

impl AreaCount {
    /// What it holds and what matters there.
    pub fn description(&self, lang: Lang) -> Words<'_> {
        Words::choose(lang, &self.description_sv, Some(&self.description_en))
    }
}

/// Reads the page.
///
/// # Errors
/// When the database is away.
pub async fn areas(connection: &mut PgConnection, viewer: &Viewer, now: OffsetDateTime) -> sqlx::Result<Vec<AreaCount>> {
    sqlx::query_file_scalar!("src/portal/reads/areas.sql", viewer.level(), viewer.organisations(), now)
        .fetch_one(connection)
        .await
        .map(|json| json.0)
}
