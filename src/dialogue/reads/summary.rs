//! The dialogue on a subject in short, for the page of the subject.

use serde::Deserialize;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    dialogue::{
        comment::{About, Kind},
        eyes::Eyes,
        lifecycle::ThreadState,
        names,
    },
    kernel::{
        i18n::{Lang, Texts},
        web::{links, markdown},
    },
};

/// The most characters of what is said that stand where there is little room.
const GLIMPSE: usize = 160;

/// How many threads there are, and the latest.
#[derive(Debug, Default, Deserialize)]
pub struct Summary {
    /// How many everybody can read.
    pub total: i64,
    /// The latest three.
    pub latest: Vec<Latest>,
}

/// One of the latest.
#[derive(Debug, Deserialize)]
pub struct Latest {
    /// Its id.
    pub id: Uuid,
    kind: Kind,
    state: String,
    #[serde(with = "time::serde::rfc3339")]
    active_at: OffsetDateTime,
    /// How many comments there are in it.
    pub comments: i64,
    /// Whether its author took away the first of them.
    deleted: bool,
    text: Option<String>,
    /// The language of its first comment.
    pub language: String,
    organisation_sv: String,
    organisation_en: String,
}

impl Latest {
    /// How its first comment begins.
    pub fn glimpse(&self, t: &Texts) -> String {
        if self.deleted {
            return t.dialogue_deleted().to_owned();
        }
        let said = self.text.as_deref().map(|text| glimpse(text, GLIMPSE));
        said.filter(|said| !said.is_empty()).unwrap_or_else(|| t.dialogue_not_shown().to_owned())
    }

    /// What kind of thread it is.
    pub fn kind(&self, t: &Texts) -> &'static str {
        names::kind(t, &self.kind)
    }

    /// Where it stands.
    pub fn state(&self, t: &Texts) -> &'static str {
        names::state(t, &ThreadState::from_code(&self.state).unwrap_or(ThreadState::Open))
    }

    /// The class of that in the stylesheet.
    pub fn tag(&self) -> &'static str {
        names::state_tag(&ThreadState::from_code(&self.state).unwrap_or(ThreadState::Open))
    }

    /// When anything was last said.
    pub fn day(&self, lang: &Lang) -> String {
        lang.day_of(self.active_at)
    }

    /// For whom it was begun.
    pub fn organisation(&self, lang: &Lang) -> &str {
        if lang.is_swedish() { &self.organisation_sv } else { &self.organisation_en }
    }

    /// Where it stands.
    pub fn link(&self, lang: &Lang, cited: &str) -> String {
        links::in_dialogue(*lang, cited, self.id)
    }
}

/// How a text begins, in one line without its marks.
pub fn glimpse(text: &str, most: usize) -> String {
    let plain = markdown::plain(text);
    if plain.chars().count() <= most {
        return plain;
    }
    let end = plain.char_indices().nth(most - 1).map_or(plain.len(), |(at, _)| at);
    let whole = plain[..end].rfind(char::is_whitespace).unwrap_or(end);
    format!("{} …", plain[..whole].trim_end_matches(|c: char| c.is_whitespace() || c == ','))
}

/// Reads it.
///
/// # Errors
/// When the database is away.
pub async fn summary(connection: &mut PgConnection, eyes: &Eyes, (about, subject): (About, Uuid)) -> sqlx::Result<Summary> {
    sqlx::query_file_scalar!(
        "src/dialogue/reads/summary.sql",
        eyes.viewer.level(),
        eyes.viewer.organisations(),
        eyes.person,
        eyes.acting,
        eyes.today,
        eyes.now,
        about.code(),
        subject,
    )
    .fetch_one(connection)
    .await
    .map(|json| json.0)
}
