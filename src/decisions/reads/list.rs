//! Decisions that are made.

use std::collections::HashMap;

use serde::Deserialize;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::Cited;
use crate::decisions::number::DecisionNumber;

/// How many stand on a page.
pub const PAGE: i64 = 20;

/// What is asked for.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// `network`, `import`, `awaiting` or `all`.
    pub kind: &'a str,
    /// In which area; none for all.
    pub area: Option<&'a str>,
    /// Beyond which number.
    pub key: Option<i64>,
    /// Towards the later ones.
    pub backwards: bool,
}

/// A page of them.
#[derive(Debug, Deserialize)]
pub struct List {
    /// How many there are in all.
    pub total: i64,
    /// How many stand before the page.
    pub before: i64,
    counts: HashMap<String, i64>,
    /// The page.
    pub rows: Vec<Row>,
}

impl List {
    /// How many there are of a kind.
    pub fn count(&self, kind: &str) -> i64 {
        self.counts.get(kind).copied().unwrap_or(0)
    }
}

/// One of them.
#[derive(Debug, Deserialize)]
pub struct Row {
    number: i64,
    year: Option<i16>,
    kind: String,
    /// What it is called; empty for a file that was read in.
    pub title: String,
    /// What a file that was read in rests on.
    pub reference: String,
    /// When it was decided.
    #[serde(with = "time::serde::rfc3339")]
    pub decided: OffsetDateTime,
    /// The body that decided.
    pub body: String,
    /// The case number.
    pub dnr: String,
    /// Whether one decided alone, and nobody has looked at it since.
    pub awaits: bool,
    /// The decision that it corrects.
    pub corrects: Option<Cited>,
    /// Whether another corrects it.
    pub corrected: bool,
    /// How many items it has.
    pub items: i64,
    /// When something was last added to it.
    #[serde(with = "time::serde::rfc3339")]
    pub updated: OffsetDateTime,
}

impl Row {
    /// What it is cited by.
    pub fn cited(&self) -> DecisionNumber {
        DecisionNumber { year: self.year, number: self.number }
    }

    /// Its number alone.
    pub fn key(&self) -> i64 {
        self.number
    }

    /// Whether it is a file that was read in.
    pub fn is_import(&self) -> bool {
        self.kind == "import"
    }
}

/// Reads a page.
///
/// # Errors
/// When the database is away.
pub async fn list(connection: &mut PgConnection, wanted: &Wanted<'_>, most: i64) -> sqlx::Result<List> {
    let read =
        sqlx::query_file_scalar!("src/decisions/reads/list.sql", wanted.kind, wanted.area, wanted.key, wanted.backwards, most,);
    read.fetch_one(connection).await.map(|json| json.0)
}
