//! What is in force in an area or a group, by level.

use serde::Deserialize;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{list::Name, requirement::Member};
use crate::{
    kernel::actor::Viewer,
    requirements::{RequirementNumber, fields::Level},
};

/// Rows on a page.
pub const PAGE: i64 = 50;

/// How a level is covered.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Covered {
    /// Requirements on it.
    pub requirements: i64,
    /// Rows that have none on it.
    pub without: i64,
}

/// How each level is covered.
#[derive(Debug, Deserialize)]
pub struct Levels {
    basic: Covered,
    advanced: Covered,
    spearhead: Covered,
}

impl Levels {
    /// How this one is covered.
    pub fn of(&self, level: Level) -> Covered {
        match level {
            Level::Basic => self.basic,
            Level::Advanced => self.advanced,
            Level::Spearhead => self.spearhead,
        }
    }
}

/// A family within a group, or a single requirement.
#[derive(Debug, Deserialize)]
pub struct Row {
    number: i64,
    /// The group.
    pub group: Name,
    /// Its requirements in force, by number.
    pub members: Vec<Member>,
}

impl Row {
    /// The lowest number in it, which is also the key to page by.
    pub fn id(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }

    /// Its requirements on a level.
    pub fn on(&self, level: Level) -> Vec<&Member> {
        self.members.iter().filter(|member| member.level == level).collect()
    }
}

/// All that the page shows.
#[derive(Debug, Deserialize)]
pub struct LevelsData {
    /// The area.
    pub area: Name,
    /// The group, where it is about one.
    pub group: Option<Name>,
    /// Requirements in force, of the type asked for.
    pub requirements: i64,
    /// Rows on all pages.
    pub rows: i64,
    /// Rows before the page.
    pub before: i64,
    /// How each level is covered.
    pub levels: Levels,
    /// The rows of the page.
    pub page: Vec<Row>,
}

/// What is asked for.
#[derive(Debug)]
pub struct LevelsQuery<'a> {
    /// Slug of the area.
    pub area: &'a str,
    /// Slug of the group.
    pub group: Option<&'a str>,
    /// The facet of a type (`type:award_criterion`).
    pub kind: Option<String>,
    /// Lowest number of the row that the page begins after, or ends before.
    pub key: Option<i64>,
    /// Whether the page ends before the key (or at the end, without one).
    pub backwards: bool,
}

/// Reads a page; none where there is no such place.
///
/// # Errors
/// When the database is away.
pub async fn levels(
    connection: &mut PgConnection,
    viewer: &Viewer,
    now: OffsetDateTime,
    query: &LevelsQuery<'_>,
) -> sqlx::Result<Option<LevelsData>> {
    sqlx::query_file_scalar!(
        "src/portal/reads/levels.sql",
        viewer.level(),
        viewer.organisations(),
        now,
        query.area,
        query.group,
        query.kind,
        query.key,
        query.backwards,
        PAGE,
    )
    .fetch_one(connection)
    .await
    .map(|json| json.map(|json| json.0))
}
