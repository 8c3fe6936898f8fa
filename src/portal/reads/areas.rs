//! The tree of product areas.

use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use super::{list::Name, words::Words};
use crate::{
    kernel::{actor::Viewer, i18n::Lang},
    search::catalogue::{Catalogue, Question},
};

/// A product group and the number of its requirements in force.
#[derive(Debug, Deserialize)]
pub struct GroupCount {
    /// The group.
    #[serde(flatten)]
    pub name: Name,
    /// Requirements in force.
    #[serde(default)]
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
    #[serde(default)]
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
pub async fn areas(
    connection: &mut PgConnection,
    catalogue: &Catalogue,
    viewer: &Viewer,
    now: OffsetDateTime,
    today: Date,
) -> sqlx::Result<Vec<AreaCount>> {
    let mut snapshot = catalogue.held(connection).await?;
    loop {
        let row = sqlx::query_file!("src/portal/reads/areas.sql").fetch_one(&mut *connection).await?;
        if row.generation <= snapshot.generation() {
            let found = snapshot.find(&Question::in_force(viewer, now, today));
            let mut areas = row.areas.0;
            for area in &mut areas {
                area.count = found.count(&format!("area:{}", area.name.slug));
                for group in &mut area.groups {
                    group.count = found.count(&format!("group:{}/{}", area.name.slug, group.name.slug));
                }
            }
            return Ok(areas);
        }
        snapshot = catalogue.at_least(connection, row.generation).await?;
    }
}
