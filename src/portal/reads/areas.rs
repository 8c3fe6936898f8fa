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
    #[serde(default)]
    retired: bool,
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
    #[serde(default)]
    retired: bool,
}

impl AreaCount {
    /// Whether the area itself is retired, and not groups of it alone.
    pub fn is_retired(&self) -> bool {
        self.retired
    }

    /// What it holds and what matters there.
    pub fn description(&self, lang: Lang) -> Words<'_> {
        Words::choose(lang, &self.description_sv, Some(&self.description_en))
    }
}

/// The whole tree.
#[derive(Debug)]
pub struct Tree {
    /// Areas that are in use, with their groups.
    pub areas: Vec<AreaCount>,
    /// What is retired and has requirements in force: areas, each with the groups that are meant.
    pub retired: Vec<AreaCount>,
}

impl Tree {
    fn of(all: Vec<AreaCount>) -> Self {
        let (mut areas, mut retired) = (Vec::new(), Vec::new());
        for mut area in all {
            if area.retired {
                area.groups.retain(|group| group.count > 0);
                retired.extend((area.count > 0).then_some(area));
                continue;
            }
            let (gone, groups): (Vec<_>, Vec<_>) = std::mem::take(&mut area.groups).into_iter().partition(|group| group.retired);
            let gone: Vec<GroupCount> = gone.into_iter().filter(|group| group.count > 0).collect();
            if !gone.is_empty() {
                let count = gone.iter().map(|group| group.count).sum();
                let (description_sv, description_en) = (String::new(), String::new());
                retired.push(AreaCount {
                    name: area.name.clone(),
                    count,
                    groups: gone,
                    description_sv,
                    description_en,
                    retired: false,
                });
            }
            areas.push(AreaCount { groups, ..area });
        }
        Self { areas, retired }
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
) -> sqlx::Result<Tree> {
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
            return Ok(Tree::of(areas));
        }
        snapshot = catalogue.at_least(connection, row.generation).await?;
    }
}
