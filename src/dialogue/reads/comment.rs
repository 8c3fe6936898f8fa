//! One comment, for the pages about it.

use serde::Deserialize;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Speaker, thread::PAGE};
use crate::{
    dialogue::{comment::Rule, eyes::Eyes, lifecycle::State},
    kernel::{i18n::Lang, web::links},
};

/// What it said before.
#[derive(Debug, Deserialize)]
pub struct Before {
    /// The words.
    pub text: String,
    /// Until when they stood.
    #[serde(with = "time::serde::rfc3339")]
    pub until: OffsetDateTime,
}

/// A report or an objection, for those who moderate.
#[derive(Debug, Deserialize)]
pub struct Reported {
    kind: String,
    rule: Option<String>,
    /// Why.
    pub reason: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// By whom; none where the account was erased.
    pub name: Option<String>,
    /// For whom they act.
    pub organisation: String,
    outcome: Option<String>,
}

impl Reported {
    /// Whether the comment's author objects.
    pub fn objects(&self) -> bool {
        self.kind == "objection"
    }

    /// Which rule it breaks.
    pub fn rule(&self) -> Option<Rule> {
        self.rule.as_deref().and_then(Rule::from_code)
    }

    /// Whether it still waits.
    pub fn is_open(&self) -> bool {
        self.outcome.is_none()
    }
}

/// A line of the log.
#[derive(Debug, Deserialize)]
pub struct Logged {
    /// `hide`, `mask`, `dismiss`, `restore`, `keep`.
    pub action: String,
    rule: Option<String>,
    /// Why.
    pub reason: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// By whom; none where the account was erased.
    pub name: Option<String>,
}

impl Logged {
    /// Which rule it breaks.
    pub fn rule(&self) -> Option<Rule> {
        self.rule.as_deref().and_then(Rule::from_code)
    }
}

/// The comment.
#[derive(Debug, Deserialize)]
pub struct Comment {
    /// Its id.
    pub id: Uuid,
    /// Whether it is no comment, but what was met with when a requirement was used.
    pub experience: bool,
    /// The thread that it stands in.
    pub thread: Uuid,
    /// How what the thread is about is cited.
    pub cited: String,
    state: String,
    /// Whether whoever looks wrote it.
    pub own: bool,
    /// What it says; none where whoever looks may not read it.
    pub text: Option<String>,
    /// The language of it.
    pub language: String,
    rule: Option<String>,
    /// Why it is hidden.
    pub reason: Option<String>,
    /// When it was written.
    #[serde(with = "time::serde::rfc3339")]
    pub created: OffsetDateTime,
    /// Who may read it.
    pub audience: i16,
    /// Whether what its thread is about is repealed.
    pub closed: bool,
    /// Whether its author has objected to that it is hidden.
    pub objected: bool,
    /// Whether an edit leaves something behind already.
    pub keeps: bool,
    /// Who wrote it.
    #[serde(flatten)]
    pub by: Speaker,
    /// What it said before, latest first.
    pub versions: Vec<Before>,
    /// The reply that the page before its own ends with.
    pub after: Option<i64>,
    /// What was reported; for those who moderate.
    pub reports: Vec<Reported>,
    /// What was done; for those who moderate.
    pub log: Vec<Logged>,
}

impl Comment {
    /// Where it is read, among others.
    pub fn place(&self, lang: Lang) -> String {
        if self.experience {
            format!("{}#e-{}", links::experiences(lang, &self.cited), self.id)
        } else {
            links::in_dialogue(lang, &self.cited, self.thread)
        }
    }

    /// Where it stands.
    pub fn state(&self) -> State {
        State::from_code(&self.state).unwrap_or(State::Hidden)
    }

    /// Which rule it breaks.
    pub fn rule(&self) -> Option<Rule> {
        self.rule.as_deref().and_then(Rule::from_code)
    }
}

/// Reads it; none where there is none for whoever looks.
///
/// # Errors
/// When the database is away.
pub async fn comment(connection: &mut PgConnection, eyes: &Eyes, id: Uuid, moderates: bool) -> sqlx::Result<Option<Comment>> {
    sqlx::query_file_scalar!(
        "src/dialogue/reads/comment.sql",
        eyes.viewer.level(),
        eyes.viewer.organisations(),
        eyes.person,
        eyes.acting,
        eyes.today,
        eyes.now,
        id,
        PAGE,
        moderates,
    )
    .fetch_optional(connection)
    .await
    .map(|json| json.map(|json| json.0))
}
