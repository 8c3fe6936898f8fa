//! What the pages read: one round trip each.

pub mod handled;

use serde::Deserialize;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::report::ReportNumber;
use crate::{
    kernel::{actor::Viewer, i18n::Lang},
    requirements::{RequirementNumber, fields::Parameter, parameters},
};

/// How much of a clause stands in the list to choose from, in characters.
const GLIMPSE: usize = 70;

/// A version that somebody may see and report a fault in.
#[derive(Debug, Deserialize)]
pub struct Target {
    /// The requirement's id.
    pub requirement: Uuid,
    /// The version's id.
    pub version: Uuid,
    /// The version's number.
    pub number: i32,
    /// Its text; none where it may not be shown.
    pub shown: Option<Shown>,
}

/// The text of a version.
#[derive(Debug, Deserialize)]
pub struct Shown {
    /// Swedish title.
    pub title: String,
    /// English title, if there is one.
    pub title_en: Option<String>,
    parameters: Vec<Parameter>,
    clauses: Vec<ClauseText>,
}

#[derive(Debug, Deserialize)]
struct ClauseText {
    id: Uuid,
    text: String,
    text_en: Option<String>,
}

/// A clause to choose.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Lasting id.
    pub id: Uuid,
    /// Its place in the version, from 1.
    pub place: usize,
    /// How it begins.
    pub glimpse: String,
    /// The language of that.
    pub lang: Lang,
}

impl Target {
    /// The clauses to choose from, in the language of the page where they have it.
    pub fn clauses(&self, lang: Lang) -> Vec<Clause> {
        let Some(shown) = &self.shown else { return Vec::new() };
        let clause = |(place, clause): (usize, &ClauseText)| {
            let (text, lang) = match &clause.text_en {
                Some(english) if !lang.is_swedish() => (english, Lang::En),
                _ => (&clause.text, Lang::Sv),
            };
            let text = parameters::plain(text, &shown.parameters, lang);
            let mut glimpse: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(GLIMPSE).collect();
            if glimpse.len() < text.len() {
                glimpse = format!("{}…", glimpse.trim_end());
            }
            Clause { id: clause.id, place: place + 1, glimpse, lang }
        };
        shown.clauses.iter().enumerate().map(clause).collect()
    }

    /// Whether the version has this clause.
    pub fn has(&self, clause: Uuid) -> bool {
        self.shown.as_ref().is_some_and(|shown| shown.clauses.iter().any(|one| one.id == clause))
    }
}

/// Reads what a report would be about; none for what the viewer may not see.
///
/// # Errors
/// When the database is away.
pub async fn target(
    connection: &mut PgConnection,
    viewer: &Viewer,
    now: OffsetDateTime,
    number: RequirementNumber,
    version: Option<i32>,
) -> sqlx::Result<Option<Target>> {
    sqlx::query_file_scalar!("src/reports/reads/target.sql", viewer.level(), viewer.organisations(), now, number.get(), version)
        .fetch_optional(connection)
        .await
        .map(|json| json.map(|json| json.0))
}

/// What a receipt tells.
#[derive(Debug)]
pub struct Receipt {
    /// The report's number.
    pub number: ReportNumber,
    /// When it came in.
    pub received: OffsetDateTime,
    /// Whether there is an address to answer.
    pub answered: bool,
    /// The version that it is about, where it is about one.
    pub about: Option<(RequirementNumber, i32)>,
}

/// Reads a receipt by its key.
///
/// # Errors
/// When the database is away.
pub async fn receipt(connection: &mut PgConnection, viewer: &Viewer, key: Uuid) -> sqlx::Result<Option<Receipt>> {
    let row = sqlx::query_file!("src/reports/reads/receipt.sql", key, viewer.level(), viewer.organisations())
        .fetch_optional(connection)
        .await?;
    Ok(row.map(|row| Receipt {
        number: ReportNumber(row.number),
        received: row.created_at,
        answered: row.answered,
        about: row.requirement.map(RequirementNumber::from_db).zip(row.version),
    }))
}
