//! What is in preparation.

use std::collections::HashMap;

use serde::Deserialize;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::one::Named;
use crate::{
    kernel::web::Visit,
    requirements::{
        RequirementNumber,
        lifecycle::{State, There},
        ready::Facts,
    },
};

/// How many stand on a page.
pub const PAGE: i64 = 25;

/// What is asked for.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// In which states.
    pub states: &'a [State],
    /// In which area; none for all.
    pub area: Option<&'a str>,
    /// Whether only what the person has.
    pub own: bool,
    /// Beyond which version.
    pub key: Option<Uuid>,
    /// Towards the earlier ones.
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
    /// Product areas to choose from: word and name.
    pub areas: Vec<(String, String)>,
    /// The page.
    pub rows: Vec<Row>,
}

impl List {
    /// How many are in one of these states.
    pub fn count(&self, states: &[State]) -> i64 {
        states.iter().filter_map(|state| self.counts.get(state.code())).sum()
    }
}

/// One of them.
#[derive(Debug, Deserialize)]
pub struct Row {
    /// The version.
    pub id: Uuid,
    requirement: i64,
    /// Its number.
    pub number: i32,
    /// Its title.
    pub title: String,
    state: String,
    /// When it was begun.
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
    /// Its product group.
    pub group: String,
    /// Who has it.
    pub handler: Option<Named>,
    /// Whether the authorities may read it.
    pub shared: bool,
    /// Whether it is the first of its requirement.
    pub first: bool,
    text: bool,
    #[serde(flatten)]
    said: Said,
    changes: bool,
    only_clarified: bool,
    note: bool,
    running_contracts: bool,
}

#[derive(Debug, Deserialize)]
struct Said {
    rationale: bool,
    proportionality: bool,
    evidence: bool,
    follow_up: bool,
    objective: bool,
    review: bool,
    award: bool,
}

impl Row {
    /// Its requirement.
    pub fn requirement(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.requirement)
    }

    /// Where it stands.
    pub fn state(&self) -> State {
        State::from_code(&self.state).unwrap_or(State::Preparation)
    }

    /// What is known of it, as far as a decision asks.
    pub fn facts(&self) -> Facts {
        let said = &self.said;
        Facts {
            there: There {
                rationale: said.rationale,
                proportionality: said.proportionality,
                evidence: said.evidence,
                follow_up: said.follow_up,
                objective: said.objective,
                review: said.review,
                award: said.award,
            },
            text: self.text,
            first: self.first,
            changes: self.changes,
            only_clarified: self.only_clarified,
            note: self.note,
            running_contracts: self.running_contracts,
        }
    }
}

/// Reads a page.
///
/// # Errors
/// When the database is away.
pub async fn list(connection: &mut PgConnection, visit: &Visit, wanted: &Wanted<'_>) -> sqlx::Result<List> {
    let states: Vec<String> = wanted.states.iter().map(|state| state.code().to_owned()).collect();
    let (person, organisation) = visit.actor().person();
    let read = sqlx::query_file_scalar!(
        "src/preparation/reads/list.sql",
        visit.viewer.level(),
        visit.viewer.organisations(),
        visit.now,
        visit.today(),
        person,
        organisation,
        &states,
        wanted.area,
        wanted.own,
        wanted.key,
        wanted.backwards,
        PAGE,
    );
    read.fetch_one(connection).await.map(|json| json.0)
}
