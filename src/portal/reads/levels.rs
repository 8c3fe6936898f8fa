//! What is in force in an area or a group, by level.

use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use super::{list::Name, requirement::Member};
use crate::{
    kernel::actor::Viewer,
    requirements::{
        RequirementNumber,
        fields::{Kind, Level},
    },
    search::catalogue::{Catalogue, Found, Question, RowPlace},
};

/// Rows on a page.
pub const PAGE: i64 = 50;

/// How a level is covered.
#[derive(Debug, Default, Clone, Copy)]
pub struct Covered {
    /// Requirements on it.
    pub requirements: i64,
    /// Rows that have none on it.
    pub without: i64,
}

/// How each level is covered.
#[derive(Debug, Default)]
pub struct Levels {
    basic: Covered,
    advanced: Covered,
    spearhead: Covered,
}

impl Levels {
    fn found(found: &Found) -> Self {
        let rows = found.rows();
        let covered = |level: Level| {
            let facet = format!("level:{}", level.code());
            Covered { requirements: found.count(&facet), without: rows.total() - rows.with(&facet) }
        };
        Self { basic: covered(Level::Basic), advanced: covered(Level::Advanced), spearhead: covered(Level::Spearhead) }
    }

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
    /// The group.
    pub group: Name,
    /// Its requirements in force, by number; at least one.
    pub members: Vec<Member>,
}

impl Row {
    /// The lowest number in it, which is also the key to page by.
    pub fn id(&self) -> RequirementNumber {
        self.members.first().map_or(RequirementNumber::from_db(0), Member::id)
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
    #[serde(skip)]
    pub requirements: i64,
    /// Rows on all pages.
    #[serde(skip)]
    pub rows: i64,
    /// Rows before the page.
    #[serde(skip)]
    pub before: i64,
    /// How each level is covered.
    #[serde(skip)]
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
    /// A type.
    pub kind: Option<Kind>,
    /// Lowest number of the row that the page begins after, or ends before.
    pub key: Option<i64>,
    /// Whether the page ends before the key (or at the end, without one).
    pub backwards: bool,
}

impl LevelsQuery<'_> {
    fn question(&self, viewer: &Viewer, now: OffsetDateTime, today: Date) -> Question {
        let place = self.group.map_or_else(|| format!("area:{}", self.area), |group| format!("group:{}/{group}", self.area));
        let kinds = self.kind.iter().map(|kind| format!("type:{}", kind.code())).collect();
        Question::in_force(viewer, now, today).with(&["area:", "group:"], vec![place]).with(&["type:"], kinds)
    }

    fn place(&self) -> RowPlace {
        match (self.key, self.backwards) {
            (Some(number), false) => RowPlace::After(number),
            (Some(number), true) => RowPlace::Before(number),
            (None, true) => RowPlace::Last,
            (None, false) => RowPlace::First,
        }
    }
}

/// Reads a page; none where there is no such place.
///
/// # Errors
/// When the database is away.
pub async fn levels(
    connection: &mut PgConnection,
    catalogue: &Catalogue,
    viewer: &Viewer,
    now: OffsetDateTime,
    today: Date,
    query: &LevelsQuery<'_>,
) -> sqlx::Result<Option<LevelsData>> {
    let question = query.question(viewer, now, today);
    let mut snapshot = catalogue.held(connection).await?;
    loop {
        let found = snapshot.find(&question);
        let page = found.rows().page(query.place(), usize::try_from(PAGE).unwrap_or(usize::MAX));
        let row = sqlx::query_file!(
            "src/portal/reads/levels.sql",
            viewer.level(),
            viewer.organisations(),
            now,
            today,
            query.area,
            query.group,
            &page.ids,
            &page.rows,
        )
        .fetch_one(&mut *connection)
        .await?;
        if row.generation <= snapshot.generation() {
            return Ok(row.page.map(|data| LevelsData {
                requirements: found.total(),
                rows: found.rows().total(),
                before: page.before,
                levels: Levels::found(&found),
                ..data.0
            }));
        }
        snapshot = catalogue.at_least(connection, row.generation).await?;
    }
}
