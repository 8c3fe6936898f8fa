//! The requirements that the guide chooses among.

use std::collections::HashMap;

use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::Name;
use crate::{
    kernel::{actor::Viewer, i18n::Lang},
    requirements::{
        RequirementNumber,
        fields::{Effort, Kind, Level, Relation},
    },
    search::catalogue::{Catalogue, Found, Order, Question},
    selections::guide::propose::Candidate,
};

/// Requirements that are looked at: several times what is proposed at most.
pub const LOOKED_AT: usize = 1_000;

/// What is chosen among.
#[derive(Debug, Clone, Deserialize)]
pub struct CandidatesData {
    /// The groups that there are of those that were named.
    pub groups: Vec<Name>,
    /// The requirements, not above the ambition.
    pub rows: Vec<Line>,
    /// How many there are, not above the ambition.
    #[serde(default)]
    pub total: i64,
    /// How many there are above it.
    #[serde(default)]
    pub above: i64,
}

/// A requirement in short.
#[derive(Debug, Clone, Deserialize)]
pub struct Line {
    number: i64,
    title: String,
    title_en: Option<String>,
    /// Type.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Level.
    pub level: Level,
    family: Option<String>,
    relation: Option<Relation>,
    /// How much work its follow-up is.
    pub effort: Option<Effort>,
    stopped: bool,
}

impl Line {
    /// The printed number.
    pub fn id(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }

    /// The title in a language, and whether it is Swedish on an English page.
    pub fn title(&self, lang: Lang) -> (&str, bool) {
        match &self.title_en {
            Some(english) if !lang.is_swedish() => (english, false),
            _ => (&self.title, !lang.is_swedish()),
        }
    }

    /// What the proposal is made of.
    pub fn candidate(&self) -> Candidate {
        Candidate {
            number: self.number,
            kind: self.kind,
            level: self.level,
            family: self.family.clone(),
            relation: self.relation,
            effort: self.effort,
            stopped: self.stopped,
        }
    }
}

/// Reads what is in force in these groups (`area/group`) up to a level.
///
/// # Errors
/// When the database is away.
pub async fn candidates(
    connection: &mut PgConnection,
    catalogue: &Catalogue,
    viewer: &Viewer,
    now: OffsetDateTime,
    today: Date,
    groups: &[String],
    ambition: Level,
) -> sqlx::Result<CandidatesData> {
    let facets: Vec<String> = groups.iter().map(|group| format!("group:{group}")).collect();
    let levels = Level::ALL.iter().filter(|level| **level <= ambition).map(|level| format!("level:{}", level.code()));
    let question = Question::in_force(viewer, now, today).with(&["area:", "group:"], facets).with(&["level:"], levels.collect());
    let mut snapshot = catalogue.held(connection).await?;
    loop {
        let found = snapshot.find(&question);
        let row = sqlx::query_file!(
            "src/selections/guide/reads/candidates.sql",
            viewer.level(),
            viewer.organisations(),
            now,
            &first(&found),
            groups,
        )
        .fetch_one(&mut *connection)
        .await?;
        if row.generation <= snapshot.generation() {
            let mut data = row.page.0;
            data.total = found.total();
            // The last filter is the one on levels; without it the higher ones are there too.
            data.above = found.without(2) - data.total;
            return Ok(data);
        }
        snapshot = catalogue.at_least(connection, row.generation).await?;
    }
}

/// The first requirements by number, those of one family together, so that none is judged without the others of its own.
fn first(found: &Found) -> Vec<Uuid> {
    let mut families: HashMap<&str, i64> = HashMap::new();
    let mut entries: Vec<(i64, i64, Uuid)> = Vec::new();
    for entry in found.entries(Order::Number) {
        let first = entry.family.as_deref().map_or(entry.number, |family| *families.entry(family).or_insert(entry.number));
        entries.push((first, entry.number, entry.id));
    }
    entries.sort_unstable();
    entries.into_iter().take(LOOKED_AT).map(|(.., id)| id).collect()
}
