//! Requirements in force that have to be mended: those whose review is overdue, and those that lack something.

use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{
    portal::reads::lmc::reach::Reach,
    requirements::{self, fields::iso_date_option, lifecycle::Missing},
    search::catalogue::{Catalogue, Order, Place, Question, standing},
    tasks::Kind,
};

/// Requirements on a page.
pub const PAGE: usize = 50;

/// Those in force whose review is overdue.
pub fn overdue(reach: &Reach, now: OffsetDateTime, today: Date) -> Question {
    reach.narrow(Question::in_force(&reach.viewer, now, today).with(&["review:"], vec![standing::OVERDUE.to_owned()]))
}

/// Those in force that lack something that a decision needs.
pub fn incomplete(reach: &Reach, now: OffsetDateTime, today: Date) -> Question {
    lacking(reach, now, today, Missing::ALL.iter().map(|missing| facet(*missing)).collect())
}

/// Those in force that have one of these facets.
fn lacking(reach: &Reach, now: OffsetDateTime, today: Date, facets: Vec<String>) -> Question {
    reach.narrow(Question::in_force(&reach.viewer, now, today).with(&[requirements::MISSING], facets))
}

/// The facet of what lacks this.
pub fn facet(missing: Missing) -> String {
    format!("{}{}", requirements::MISSING, missing.code())
}

/// One of them.
#[derive(Debug, Deserialize)]
pub struct Row {
    /// What pages go by.
    pub key: Uuid,
    /// Its number.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// Its product group.
    pub group: String,
    /// When it should have been reviewed.
    #[serde(with = "iso_date_option")]
    pub review_by: Option<Date>,
    /// Since when it is in force.
    #[serde(with = "time::serde::rfc3339")]
    pub since: OffsetDateTime,
    missing: Vec<String>,
    /// The letters of the procurement areas that look after the group today.
    pub owner: Option<String>,
    /// Who has taken it.
    pub handler: Option<String>,
}

impl Row {
    /// What it lacks.
    pub fn missing(&self) -> Vec<Missing> {
        Missing::ALL.into_iter().filter(|missing| self.missing.iter().any(|code| code == missing.code())).collect()
    }
}

/// A page of them.
#[derive(Debug)]
pub struct Listed {
    /// How many there are.
    pub total: i64,
    /// How many stand before the page.
    pub before: i64,
    /// How many lack what; of those that are overdue nothing is counted.
    pub missing: Vec<(Missing, i64)>,
    /// Those on the page.
    pub rows: Vec<Row>,
}

/// Reads a page of one kind; `only` narrows to what lacks this.
///
/// # Errors
/// When the database is away.
#[expect(clippy::too_many_arguments, reason = "what every list takes, and which one it is")]
pub async fn listed(
    connection: &mut PgConnection,
    catalogue: &Catalogue,
    reach: &Reach,
    now: OffsetDateTime,
    today: Date,
    kind: Kind,
    only: Option<Missing>,
    place: Place,
) -> sqlx::Result<Listed> {
    let (question, order) = match (kind, only) {
        (Kind::Incomplete, None) => (incomplete(reach, now, today), Order::Earliest),
        (Kind::Incomplete, Some(only)) => (lacking(reach, now, today, vec![facet(only)]), Order::Earliest),
        _ => (overdue(reach, now, today), Order::Review),
    };
    let mut snapshot = catalogue.held(connection).await?;
    loop {
        let found = snapshot.find(&question);
        let page = found.page(order, place, PAGE);
        let row = sqlx::query_file!(
            "src/portal/reads/lmc/requirements.sql",
            reach.viewer.level(),
            reach.viewer.organisations(),
            now,
            today,
            &page.ids,
            kind.code(),
            reach.whole,
            reach.person,
            reach.organisation,
        )
        .fetch_one(&mut *connection)
        .await?;
        if row.generation <= snapshot.generation() {
            let missing = if kind == Kind::Incomplete {
                Missing::ALL.into_iter().map(|missing| (missing, found.count(&facet(missing)))).collect()
            } else {
                Vec::new()
            };
            return Ok(Listed { total: found.total(), before: page.before, missing, rows: row.rows.0 });
        }
        snapshot = catalogue.at_least(connection, row.generation).await?;
    }
}
