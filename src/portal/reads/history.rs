//! What has happened to a requirement.

use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use super::requirement::VersionRow;
use crate::{
    decisions::DecisionNumber,
    kernel::actor::Viewer,
    requirements::{RequirementNumber, fields::iso_date_option},
};

/// An event beside the versions.
#[derive(Debug, Deserialize)]
pub struct EventRow {
    /// Its kind, as in `requirement.stopped`.
    pub kind: String,
    /// The version that it is about, where it is about one.
    pub version: Option<i32>,
    /// The reason given.
    pub reason: Option<String>,
    /// Its day in Sweden.
    #[serde(with = "iso_date_option")]
    pub day: Option<Date>,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}

/// A decision that put versions into force.
#[derive(Debug, Deserialize)]
pub struct DecisionRow {
    number: i64,
    year: Option<i16>,
    /// What it is called; empty for a file that was read in.
    pub title: String,
    /// What it rests on.
    pub reference: String,
    /// Its day in Sweden.
    #[serde(with = "iso_date_option")]
    pub day: Option<Date>,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}

impl DecisionRow {
    /// What it is cited by.
    pub fn cited(&self) -> DecisionNumber {
        DecisionNumber { year: self.year, number: self.number }
    }
}

/// All that the page shows.
#[derive(Debug, Deserialize)]
pub struct HistoryData {
    /// Title now; none where no text may be shown.
    pub title: Option<String>,
    /// Every version that may be seen, newest first.
    pub versions: Vec<VersionRow>,
    /// Stops, repeals, revocations, texts out of sight.
    pub events: Vec<EventRow>,
    /// Decisions.
    pub decisions: Vec<DecisionRow>,
}

/// Reads the history; none when there is nothing that the viewer may see.
///
/// # Errors
/// When the database is away.
pub async fn history(
    connection: &mut PgConnection,
    viewer: &Viewer,
    now: OffsetDateTime,
    number: RequirementNumber,
) -> sqlx::Result<Option<HistoryData>> {
    sqlx::query_file_scalar!("src/portal/reads/history.sql", viewer.level(), viewer.organisations(), now, number.get())
        .fetch_optional(connection)
        .await
        .map(|json| json.map(|json| json.0))
}
