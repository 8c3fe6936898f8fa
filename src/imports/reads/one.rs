//! One file, with its report.

use std::collections::BTreeMap;

use serde::Deserialize;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{imports::lifecycle::State, kernel::actor::Viewer};

/// Lines of a report on a page.
pub const PAGE: i64 = 50;

/// A line of a report.
#[derive(Debug, Deserialize)]
#[expect(clippy::struct_field_names, reason = "a line of the report tells of a line of the file")]
pub struct Line {
    /// Its place, by which pages go.
    pub place: i32,
    /// The line or row of the file.
    pub line: i32,
    /// The cell in a spreadsheet.
    pub cell: Option<String>,
    /// The heading of the column, or the key.
    pub heading: String,
    /// What stands there; the title, of what is taken.
    pub value: String,
    /// What is expected, or worth a look.
    pub said: String,
    /// The requirement that is taken.
    pub number: Option<i64>,
    /// The version that it gets.
    pub version: Option<i32>,
}

/// Another file with the same content.
#[derive(Debug, Deserialize)]
pub struct Same {
    /// Its number.
    pub number: i64,
    /// When it was laid down.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    state: String,
}

impl Same {
    /// Where it stands.
    pub fn state(&self) -> State {
        State::from_code(&self.state).unwrap_or(State::Failed)
    }
}

/// The file.
#[derive(Debug, Deserialize)]
#[allow(missing_docs, reason = "the names are those of the columns")]
pub struct One {
    state: String,
    pub file: String,
    pub bytes: i64,
    pub sha256: String,
    pub create_groups: bool,
    pub skip_invalid: bool,
    pub replace: bool,
    pub reference: String,
    #[serde(with = "time::serde::rfc3339")]
    pub created: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339::option")]
    pub examined: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339::option")]
    pub confirmed: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339::option")]
    pub ended: Option<OffsetDateTime>,
    pub by: Option<String>,
    pub organisation: Option<String>,
    pub confirmed_by: Option<String>,
    pub done: i64,
    pub of: i64,
    pub why: Option<String>,
    pub accepted: bool,
    pub new: i64,
    pub changed: i64,
    pub unchanged: i64,
    pub rejected: i64,
    pub warnings: i64,
    pub groups: Vec<String>,
    pub first: Option<i64>,
    pub last: Option<i64>,
    /// Other files with the same content, the latest first.
    pub same: Vec<Same>,
    /// How many lines each part of the report has.
    pub counts: BTreeMap<String, i64>,
    /// The part that is shown.
    pub part: String,
    /// How many of its lines stand before the page.
    pub before: i64,
    /// Those on the page.
    pub lines: Vec<Line>,
}

impl One {
    /// Where it stands.
    pub fn state(&self) -> State {
        State::from_code(&self.state).unwrap_or(State::Failed)
    }

    /// How many lines a part of the report has.
    pub fn count(&self, part: &str) -> i64 {
        self.counts.get(part).copied().unwrap_or(0)
    }
}

/// Reads it; none where there is none.
///
/// # Errors
/// When the database is away.
pub async fn one(
    connection: &mut PgConnection,
    viewer: &Viewer,
    number: i64,
    part: Option<&str>,
    key: Option<i32>,
    backwards: bool,
) -> sqlx::Result<Option<One>> {
    sqlx::query_file_scalar!(
        "src/imports/reads/one.sql",
        viewer.level(),
        viewer.organisations(),
        number,
        part,
        key,
        backwards,
        PAGE
    )
    .fetch_optional(connection)
    .await
    .map(|json| json.map(|json| json.0))
}

/// A line of what is wrong or worth a look, for a file.
#[derive(Debug)]
pub struct Told {
    /// `rejected` or `warning`.
    pub kind: String,
    /// The line or row.
    pub line: i32,
    /// The cell.
    pub cell: Option<String>,
    /// The heading of the column, or the key.
    pub heading: String,
    /// What stands there.
    pub value: String,
    /// What is expected, or worth a look.
    pub said: String,
}

/// All that is wrong or worth a look, in order; none where there is no such file.
///
/// # Errors
/// When the database is away.
pub async fn told(connection: &mut PgConnection, viewer: &Viewer, number: i64) -> sqlx::Result<Option<Vec<Told>>> {
    let rows = sqlx::query!(
        r#"select l.kind as "kind?", l.line as "line?", l.cell, l.heading as "heading?", l.value as "value?", l.said as "said?"
           from import_run i left join import_line l on l.import_id = i.id and l.kind in ('rejected', 'warning')
           where i.number = $3 and may_see(i.audience, i.owner_org, $1, $2) order by l.place"#,
        viewer.level(),
        viewer.organisations(),
        number,
    )
    .fetch_all(connection)
    .await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let told = rows.into_iter().filter_map(|row| {
        Some(Told { kind: row.kind?, line: row.line?, cell: row.cell, heading: row.heading?, value: row.value?, said: row.said? })
    });
    Ok(Some(told.collect()))
}
