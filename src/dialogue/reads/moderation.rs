//! What waits to be moderated, and the log of what was done.

use serde::Deserialize;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{dialogue::comment::Rule, kernel::actor::Viewer};

/// How many stand on a page.
pub const PAGE: i64 = 20;
/// How many lines the log has at most: those of some decades.
const MOST_LINES: i64 = 50_000;

/// A page of comments that were reported.
#[derive(Debug, Deserialize)]
pub struct Waiting {
    /// How many there are in all.
    pub total: i64,
    /// The page, those that have waited longest first.
    pub rows: Vec<Row>,
}

/// One of them.
#[derive(Debug, Deserialize)]
pub struct Row {
    /// The comment.
    pub comment: Uuid,
    /// Its place in the order of all.
    pub number: i64,
    /// Since when it waits.
    #[serde(with = "time::serde::rfc3339")]
    pub since: OffsetDateTime,
    /// How many reports are open.
    pub reports: i64,
    rules: Vec<String>,
    /// Whether its author objects.
    pub objects: bool,
    /// How what its thread is about is cited.
    pub cited: String,
    /// Who may read it.
    pub audience: i16,
    /// Whether it is no comment, but what was met with when a requirement was used.
    pub experience: bool,
    /// What it says.
    pub text: String,
    /// Who wrote it; none where the account was erased.
    pub name: Option<String>,
    /// For whom.
    pub organisation: String,
}

impl Row {
    /// The rules that it is said to break.
    pub fn rules(&self) -> Vec<Rule> {
        self.rules.iter().filter_map(|rule| Rule::from_code(rule)).collect()
    }
}

/// Reads a page, from after this time and number.
///
/// # Errors
/// When the database is away.
pub async fn waiting(
    connection: &mut PgConnection,
    viewer: &Viewer,
    after: Option<(OffsetDateTime, i64)>,
) -> sqlx::Result<Waiting> {
    sqlx::query_file_scalar!(
        "src/dialogue/reads/moderation.sql",
        viewer.level(),
        viewer.organisations(),
        after.map(|(since, _)| since),
        after.map(|(_, number)| number),
        PAGE,
    )
    .fetch_one(connection)
    .await
    .map(|json| json.0)
}

/// A line of the log.
#[derive(Debug)]
pub struct Line {
    /// When.
    pub at: OffsetDateTime,
    /// How what the thread is about is cited.
    pub cited: String,
    /// The comment.
    pub comment: Uuid,
    /// `hide`, `mask`, `dismiss`, `restore`, `keep`.
    pub action: String,
    /// Which rule it breaks.
    pub rule: Option<Rule>,
    /// Why.
    pub reason: String,
    /// Who did it.
    pub organisation: String,
}

/// Reads the log.
///
/// # Errors
/// When the database is away.
pub async fn log(connection: &mut PgConnection) -> sqlx::Result<Vec<Line>> {
    let rows = sqlx::query_file!("src/dialogue/reads/log.sql", MOST_LINES).fetch_all(connection).await?;
    let lines = rows.into_iter().map(|row| Line {
        at: row.at,
        cited: row.cited,
        comment: row.comment,
        action: row.action,
        rule: row.rule.as_deref().and_then(Rule::from_code),
        reason: row.reason,
        organisation: row.organisation,
    });
    Ok(lines.collect())
}
