//! What is written in a draft.

use serde::Deserialize;
use time::Date;
use uuid::Uuid;

use super::lifecycle::{Field, Outcome};
use crate::requirements::fields::iso_date_option;

/// The longest texts, as the tables have them.
pub const MOST_TITLE: usize = 200;
/// The body that decides.
pub const MOST_BODY: usize = 200;
/// The paragraph of the minutes.
pub const MOST_PARAGRAPH: usize = 40;
/// The case number.
pub const MOST_DNR: usize = 80;
/// Those present, reservations, the note.
pub const MOST_TEXT: usize = 4000;
/// Conflicts of interest.
pub const MOST_CONFLICTS: usize = 2000;
/// Who presents it.
pub const MOST_RAPPORTEUR: usize = 200;
/// Reasons and consequences.
pub const MOST_REASONS: usize = 8000;
/// A day as it is typed: `2027-03-12`.
pub const MOST_DAY: usize = 10;

/// The fields of a decision beside its items.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Fields {
    /// What it is called.
    pub title: String,
    /// The body that decides.
    pub body: String,
    /// The day of the meeting.
    #[serde(with = "iso_date_option")]
    pub met_on: Option<Date>,
    /// The paragraph of the minutes.
    pub paragraph: String,
    /// The case number.
    pub dnr: String,
    /// Those present.
    pub present: String,
    /// Who had another opinion.
    pub reservations: String,
    /// Conflicts of interest.
    pub conflicts: String,
    /// Who presents it.
    pub rapporteur: String,
    /// Why.
    pub reasons: String,
    /// What it leads to.
    pub consequences: String,
    /// What else is to be said of it.
    pub note: String,
}

impl Fields {
    /// What a decision needs and is empty.
    pub fn lacks(&self) -> Vec<Field> {
        let empty = [
            (Field::Title, self.title.is_empty()),
            (Field::Body, self.body.is_empty()),
            (Field::Met, self.met_on.is_none()),
            (Field::Reasons, self.reasons.is_empty()),
        ];
        empty.into_iter().filter(|(_, empty)| *empty).map(|(field, _)| field).collect()
    }
}

/// What comes instead of a requirement that ends.
#[derive(Debug, Clone)]
pub struct Successor {
    /// The requirement.
    pub requirement: Uuid,
    /// `replaced`, `merged` or `split`.
    pub kind: &'static str,
}

/// What is said of an item.
#[derive(Debug, Clone)]
pub struct Said {
    /// The version that it is about.
    pub version: Uuid,
    /// What becomes of it.
    pub outcome: Option<Outcome>,
    /// Why.
    pub reason: String,
    /// From which day.
    pub on: Option<Date>,
}
