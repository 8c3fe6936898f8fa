//! Files that were laid down.

use serde::Deserialize;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{imports::lifecycle::State, kernel::actor::Viewer};

/// Files on a page.
pub const PAGE: i64 = 20;

/// One of them.
#[derive(Debug, Deserialize)]
pub struct Row {
    /// Its number.
    pub number: i64,
    state: String,
    /// What the file is called.
    pub file: String,
    /// When it was laid down.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// By whom; none where the account was erased.
    pub by: Option<String>,
    /// Whether it can be, or was, read in.
    pub accepted: bool,
    /// Requirements that are new.
    pub new: i64,
    /// Requirements that change.
    pub changed: i64,
    /// Rows that cannot be taken.
    pub rejected: i64,
}

impl Row {
    /// Where it stands.
    pub fn state(&self) -> State {
        State::from_code(&self.state).unwrap_or(State::Failed)
    }
}

/// A page of them.
#[derive(Debug, Default, Deserialize)]
pub struct Listed {
    /// How many there are.
    pub total: i64,
    /// How many stand before the page.
    pub before: i64,
    /// Those on the page.
    pub imports: Vec<Row>,
}

/// Reads a page.
///
/// # Errors
/// When the database is away.
pub async fn listed(connection: &mut PgConnection, viewer: &Viewer, key: Option<i64>, backwards: bool) -> sqlx::Result<Listed> {
    sqlx::query_file_scalar!("src/imports/reads/list.sql", viewer.level(), viewer.organisations(), key, backwards, PAGE)
        .fetch_one(connection)
        .await
        .map(|json| json.0)
}
