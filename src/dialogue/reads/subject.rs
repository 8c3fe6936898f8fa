//! A requirement as threads are begun on it.

use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    dialogue::{
        comment::{About, Quote, Subject},
        eyes::Eyes,
    },
    kernel::i18n::Lang,
    requirements::{RequirementNumber, fields::Parameter, parameters},
};

/// A version that somebody may see, and speak of.
#[derive(Debug, Deserialize)]
pub struct RequirementSubject {
    requirement: Uuid,
    version: Uuid,
    /// The version's number.
    pub number: i32,
    group: Uuid,
    audience: i16,
    /// Whether the requirement is repealed.
    pub repealed: bool,
    is_decided: bool,
    shown: Option<Shown>,
}

#[derive(Debug, Deserialize)]
struct Shown {
    title: String,
    title_en: Option<String>,
    parameters: Vec<Parameter>,
    clauses: Vec<ClauseText>,
}

#[derive(Debug, Deserialize)]
struct ClauseText {
    id: Uuid,
    text: String,
    text_en: Option<String>,
}

impl RequirementSubject {
    /// What a thread is begun on.
    pub fn subject(&self, number: RequirementNumber) -> Subject {
        Subject {
            about: About::Requirement,
            id: self.requirement,
            cited: number.to_string(),
            group: self.group,
            version: Some(self.version),
            audience: self.audience,
            // Of a text that may not be shown there is nothing to say, and what is repealed is done with.
            is_open: !self.repealed && self.shown.is_some(),
        }
    }

    /// Whether what is said of it was decided.
    pub fn is_decided(&self) -> bool {
        self.is_decided
    }

    /// Whether its text may not be shown.
    pub fn is_hidden(&self) -> bool {
        self.shown.is_none()
    }

    /// Its title, and the language that it is in; none where it may not be shown.
    pub fn title(&self, lang: Lang) -> Option<(String, Lang)> {
        let shown = self.shown.as_ref()?;
        Some(match &shown.title_en {
            Some(english) if !lang.is_swedish() => (english.clone(), Lang::En),
            _ => (shown.title.clone(), Lang::Sv),
        })
    }

    /// The clauses with their texts, as people read them, and the language of each.
    pub fn clauses(&self, lang: Lang) -> Vec<(Uuid, String, Lang)> {
        let Some(shown) = &self.shown else { return Vec::new() };
        let clause = |clause: &ClauseText| {
            let (text, lang) = match &clause.text_en {
                Some(english) if !lang.is_swedish() => (english, Lang::En),
                _ => (&clause.text, Lang::Sv),
            };
            (clause.id, parameters::plain(text, &shown.parameters, lang), lang)
        };
        shown.clauses.iter().map(clause).collect()
    }

    /// A clause as it stands in Swedish, to be kept beside what is said of it.
    pub fn quote(&self, clause: Uuid) -> Option<Quote> {
        let shown = self.shown.as_ref()?;
        let found = shown.clauses.iter().find(|one| one.id == clause)?;
        Some(Quote { clause, text: parameters::plain(&found.text, &shown.parameters, Lang::Sv) })
    }
}

/// Reads it; none for what may not be seen.
///
/// # Errors
/// When the database is away.
pub async fn requirement(
    connection: &mut PgConnection,
    eyes: &Eyes,
    number: RequirementNumber,
    version: Option<i32>,
) -> sqlx::Result<Option<RequirementSubject>> {
    sqlx::query_file_scalar!(
        "src/dialogue/reads/subject.sql",
        eyes.viewer.level(),
        eyes.viewer.organisations(),
        eyes.now,
        number.get(),
        version
    )
    .fetch_optional(connection)
    .await
    .map(|json| json.map(|json| json.0))
}
