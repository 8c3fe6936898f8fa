//! Two versions of a requirement.

use serde::Deserialize;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use super::requirement::ClauseText;
use crate::{
    kernel::{actor::Viewer, i18n::Lang},
    requirements::{RequirementNumber, clauses::Clause, content::Core, fields::iso_date_option, parameters},
};

/// A version that can be compared.
#[derive(Debug, Deserialize)]
pub struct Comparable {
    /// Its number.
    pub number: i32,
    /// Its first day in force.
    #[serde(with = "iso_date_option")]
    pub day: Option<Date>,
}

/// One side of the comparison.
#[derive(Debug, Deserialize)]
pub struct Side {
    /// The version.
    pub number: i32,
    /// Its core.
    pub core: Core,
    clauses: Vec<ClauseText>,
}

impl Side {
    /// Its clauses, parameters by name.
    pub fn clauses(&self, lang: Lang) -> Vec<Clause> {
        let text = |clause: &ClauseText| parameters::named(&clause.text, &self.core.parameters, lang);
        self.clauses.iter().map(|clause| Clause { id: clause.id, text: text(clause) }).collect()
    }
}

/// All that the page shows.
#[derive(Debug, Deserialize)]
pub struct CompareData {
    /// Title of the later version.
    pub title: Option<String>,
    /// What can be compared, oldest first.
    pub versions: Vec<Comparable>,
    /// The earlier side; none where there is nothing to compare with.
    pub from: Option<Side>,
    /// The later side; none where that version does not exist.
    pub to: Option<Side>,
}

/// Reads both sides; none when there is nothing that the viewer may see.
///
/// # Errors
/// When the database is away.
pub async fn compare(
    connection: &mut PgConnection,
    viewer: &Viewer,
    now: OffsetDateTime,
    number: RequirementNumber,
    from: Option<i32>,
    to: Option<i32>,
) -> sqlx::Result<Option<CompareData>> {
    sqlx::query_file_scalar!("src/portal/reads/compare.sql", viewer.level(), viewer.organisations(), now, number.get(), from, to,)
        .fetch_optional(connection)
        .await
        .map(|json| json.map(|json| json.0))
}
