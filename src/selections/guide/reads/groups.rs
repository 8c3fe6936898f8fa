//! The product groups to choose among.

use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use super::Name;
use crate::{
    kernel::actor::Viewer,
    search::{
        self, Query,
        catalogue::{Catalogue, Question},
    },
};

/// Requirements with the words that are looked at; more would say no more of where they are.
const LOOKED_AT: i64 = 5_000;

/// A product area with its groups.
#[derive(Debug, Clone, Deserialize)]
pub struct AreaChoice {
    /// The area.
    #[serde(flatten)]
    pub name: Name,
    /// Its groups, in order.
    pub groups: Vec<GroupChoice>,
}

/// A product group, and what was found in it.
#[derive(Debug, Clone, Deserialize)]
pub struct GroupChoice {
    /// The group; its slug is `area/group`.
    #[serde(flatten)]
    pub name: Name,
    named: bool,
    coded: bool,
    /// How many of its requirements in force have the words.
    pub mention: i64,
    /// How many requirements are in force.
    #[serde(default)]
    pub count: i64,
}

impl GroupChoice {
    /// Whether the search found it.
    pub fn is_found(&self) -> bool {
        self.named || self.coded || self.mention > 0
    }

    /// What stands first among what was found: names and codes before requirements that mention the words.
    pub fn place(&self) -> impl Ord + use<> {
        (std::cmp::Reverse((self.named || self.coded, self.mention)), self.name.slug.clone())
    }
}

/// Reads the groups, with what a search finds in each.
///
/// # Errors
/// When the database is away.
pub async fn groups(
    connection: &mut PgConnection,
    catalogue: &Catalogue,
    viewer: &Viewer,
    now: OffsetDateTime,
    today: Date,
    query: &Query,
) -> sqlx::Result<Vec<AreaChoice>> {
    let (words, code) = match query {
        Query::Words(words) => (Some(words.as_str()), None),
        Query::Cpv(code) => (None, Some(code.as_str())),
        Query::All | Query::Number(_) => (None, None),
    };
    let mut snapshot = catalogue.held(connection).await?;
    loop {
        let row = sqlx::query_file!(
            "src/selections/guide/reads/groups.sql",
            viewer.level(),
            viewer.organisations(),
            now,
            words,
            code,
            LOOKED_AT,
        )
        .fetch_one(&mut *connection)
        .await?;
        if row.generation <= snapshot.generation() {
            let in_force = Question::in_force(viewer, now, today);
            let found = snapshot.find(&in_force);
            // A number or a code is asked of the catalogue, which has every requirement's.
            let mentioned = match query {
                Query::Number(number) => Some(snapshot.find(&Question { number: Some(*number), ..in_force })),
                Query::Cpv(code) => Some(snapshot.find(&Question { cpv: vec![code.clone()], ..in_force })),
                Query::All | Query::Words(_) => None,
            };
            let mut areas = row.areas.0;
            for area in &mut areas {
                for group in &mut area.groups {
                    group.name.slug = format!("{}/{}", area.name.slug, group.name.slug);
                    let facet = format!("group:{}", group.name.slug);
                    group.count = found.count(&facet);
                    if let Some(mentioned) = &mentioned {
                        group.mention = mentioned.count(&facet);
                    }
                }
            }
            return Ok(areas);
        }
        snapshot = catalogue.at_least(connection, row.generation).await?;
    }
}

/// What was typed, understood as the list of requirements understands it.
pub fn query(typed: &str) -> Query {
    search::parse(typed)
}
