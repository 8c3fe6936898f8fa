//! Proposals that were sent in.

use std::collections::HashMap;

use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{
    kernel::{actor::Viewer, i18n::Lang},
    proposals::{lifecycle::State, number::ProposalNumber, proposal::Kind},
    requirements::RequirementNumber,
};

/// How many stand on a page.
pub const PAGE: i64 = 20;

/// What is asked for.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// In which states.
    pub states: &'a [State],
    /// In which area; none for all.
    pub area: Option<&'a str>,
    /// Whether only of the own organisation.
    pub own: bool,
    /// Who asks.
    pub person: Option<Uuid>,
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
    /// How many are in one of these states.
    pub fn count(&self, states: &[State]) -> i64 {
        states.iter().filter_map(|state| self.counts.get(state.code())).sum()
    }
}

/// One of them.
#[derive(Debug, Deserialize)]
pub struct Row {
    /// Its number.
    pub number: i64,
    year: i16,
    /// What is wished for.
    pub kind: Kind,
    state: String,
    /// Its title.
    pub title: String,
    /// When it came in.
    #[serde(with = "time::serde::rfc3339")]
    pub submitted: OffsetDateTime,
    /// By when it is answered.
    #[serde(with = "crate::requirements::fields::iso_date_option")]
    pub answer_by: Option<Date>,
    organisation_sv: String,
    organisation_en: String,
    group_sv: String,
    group_en: String,
    requirement: Option<i64>,
    /// How many other organisations stand behind it.
    pub cosigners: i64,
    /// Whether it waits for the approval of who sent it.
    pub held: bool,
}

impl Row {
    /// What it is cited by.
    pub fn cited(&self) -> ProposalNumber {
        ProposalNumber { year: self.year, number: self.number }
    }

    /// Where it stands.
    pub fn state(&self) -> State {
        State::from_code(&self.state).unwrap_or(State::Submitted)
    }

    /// Whose it is.
    pub fn organisation(&self, lang: Lang) -> &str {
        if lang.is_swedish() { &self.organisation_sv } else { &self.organisation_en }
    }

    /// In which group.
    pub fn group(&self, lang: Lang) -> &str {
        if lang.is_swedish() { &self.group_sv } else { &self.group_en }
    }

    /// The requirement that it is about.
    pub fn requirement(&self) -> Option<RequirementNumber> {
        self.requirement.map(RequirementNumber::from_db)
    }
}

/// Reads a page.
///
/// # Errors
/// When the database is away.
pub async fn list(connection: &mut PgConnection, viewer: &Viewer, wanted: &Wanted<'_>) -> sqlx::Result<List> {
    let states: Vec<String> = wanted.states.iter().map(|state| state.code().to_owned()).collect();
    let read = sqlx::query_file_scalar!(
        "src/proposals/reads/list.sql",
        viewer.level(),
        viewer.organisations(),
        &states,
        wanted.area,
        wanted.own,
        wanted.key,
        wanted.backwards,
        PAGE,
        wanted.person,
    );
    read.fetch_one(connection).await.map(|json| json.0)
}
