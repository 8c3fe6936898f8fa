//! The selections that the example bank is born with: an organisation's that anybody may open by its link, and one that its
//! owner shares with colleagues.

use serde::Deserialize;
use serde_json::{Map, Value};

/// The key of the link to it, for pages of the example bank.
pub const EXAMPLE_LINK: &str = "e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0";
/// A selection as `data/example/selections.json` has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Laid {
    /// The slug of the organisation whose it is.
    pub owner: String,
    /// The word of the person who owns it; none where nobody does any more.
    #[serde(default)]
    pub person: Option<String>,
    /// What colleagues may do: 0 nothing, 1 read, 2 change.
    #[serde(default)]
    pub colleagues: i16,
    /// What it is called.
    pub name: String,
    /// The key of its link, where it has one.
    #[serde(default)]
    pub link: Option<String>,
    /// Hours a year for follow-up.
    pub follow_up_hours: Option<i32>,
    /// Length of the contract.
    pub contract_years: Option<i32>,
    /// Its rows.
    pub rows: Vec<LaidRow>,
}

/// A row of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LaidRow {
    /// `KB-0042`.
    pub id: String,
    /// The version.
    pub version: i32,
    /// Values of parameters.
    #[serde(default)]
    pub values: Map<String, Value>,
    /// A note.
    #[serde(default)]
    pub note: String,
    /// A wording of its own, clause by clause.
    #[serde(default)]
    pub wording: Vec<LaidClause>,
    /// Why.
    #[serde(default)]
    pub wording_reason: String,
    /// Whether it is wanted although it is repealed.
    #[serde(default)]
    pub confirmed: bool,
}

/// A clause of an own wording.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LaidClause {
    /// The place of the clause that it comes from, from 1; none for an added one.
    #[serde(default)]
    pub clause: Option<i32>,
    /// Its text.
    pub text: String,
}
