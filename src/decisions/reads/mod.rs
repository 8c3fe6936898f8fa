//! What pages read, each in one round trip.

pub mod choices;
pub mod draft;
pub mod drafts;
pub mod list;
pub mod one;

use serde::Deserialize;
use uuid::Uuid;

use crate::{decisions::number::DecisionNumber, requirements::clauses::Clause};

/// Another decision, as it is cited.
#[derive(Debug, Clone, Deserialize)]
pub struct Cited {
    year: Option<i16>,
    number: i64,
    /// What it is called; empty for a file that was read in.
    pub title: String,
}

impl Cited {
    /// Its number.
    pub fn number(&self) -> DecisionNumber {
        DecisionNumber { year: self.year, number: self.number }
    }
}

#[derive(Debug, Clone, Deserialize)]
struct ClauseRow {
    id: Uuid,
    text: String,
}

fn clauses(rows: &[ClauseRow]) -> Vec<Clause> {
    rows.iter().map(|row| Clause { id: row.id, text: row.text.clone() }).collect()
}
