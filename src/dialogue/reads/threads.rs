//! The threads on a subject.

use std::{collections::HashMap, fmt, str::FromStr};

use serde::Deserialize;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::Speaker;
use crate::dialogue::{
    comment::{Kind, Subject},
    eyes::Eyes,
    lifecycle::ThreadState,
};

/// How many stand on a page.
pub const PAGE: i64 = 20;

/// Where a thread stands in the order of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(i64, i64);

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0, self.1)
    }
}

impl FromStr for Key {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (key, number) = text.split_once('.').unwrap_or((text, ""));
        // What is no number of a thread has none after it.
        Ok(Self(key.parse()?, number.parse::<u32>()?.into()))
    }
}

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Those that are internal.
    pub internal: bool,
    /// Only those that nobody has answered.
    pub unanswered: bool,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Only on this clause.
    pub clause: Option<Uuid>,
    /// Beyond which one.
    pub key: Option<Key>,
    /// Towards the first.
    pub backwards: bool,
}

/// A page of them.
#[derive(Debug, Deserialize)]
pub struct Threads {
    /// How many there are in all, of what is asked for.
    pub total: i64,
    /// How many stand before the page.
    pub before: i64,
    /// How many everybody can read.
    pub public: i64,
    /// How many are internal, of those that whoever looks may read.
    pub internal: i64,
    /// How many nobody has answered, on the tab.
    pub unanswered: i64,
    kinds: HashMap<String, i64>,
    /// The page.
    pub rows: Vec<Row>,
}

impl Threads {
    /// How many there are of a kind, on the tab.
    pub fn count(&self, kind: Kind) -> i64 {
        self.kinds.get(kind.code()).copied().unwrap_or(0)
    }

    /// How many there are on the tab.
    pub fn on_tab(&self) -> i64 {
        self.kinds.values().sum()
    }
}

/// One of them, by its first comment.
#[derive(Debug, Deserialize)]
pub struct Row {
    /// Its id.
    pub id: Uuid,
    number: i64,
    key: i64,
    /// What it was begun for.
    pub kind: Kind,
    state: String,
    /// Who may read it.
    pub audience: i16,
    /// When anything was last said.
    #[serde(with = "time::serde::rfc3339")]
    pub active_at: OffsetDateTime,
    /// How many replies there are.
    pub replies: i64,
    /// The clause that it is about.
    pub clause: Option<Uuid>,
    /// Where that stands now.
    pub place: Option<i32>,
    /// Whether it stands nowhere any more.
    pub gone: bool,
    /// Whether it says something else now.
    pub changed: bool,
    /// The version that it was begun on.
    pub version: Option<i32>,
    /// The clause as it was, where that may be shown.
    pub quote: Option<String>,
    /// Whether it waits for the approval of who began it.
    pub held: bool,
    /// The first comment; none where it is not shown.
    pub text: Option<String>,
    /// The language of it.
    pub language: String,
    comment_state: String,
    /// Who began it.
    #[serde(flatten)]
    pub by: Speaker,
}

impl Row {
    /// Where it stands.
    pub fn state(&self) -> ThreadState {
        ThreadState::from_code(&self.state).unwrap_or(ThreadState::Open)
    }

    /// Whether its author took the first comment away.
    pub fn is_deleted(&self) -> bool {
        self.comment_state == "deleted"
    }

    /// Where it stands in the order of all.
    pub fn key(&self) -> Key {
        Key(self.key, self.number)
    }
}

/// Reads a page of those on a subject; `version` is the one that is shown of a requirement.
///
/// # Errors
/// When the database is away.
pub async fn threads(connection: &mut PgConnection, eyes: &Eyes, subject: &Subject, wanted: &Wanted) -> sqlx::Result<Threads> {
    sqlx::query_file_scalar!(
        "src/dialogue/reads/threads.sql",
        eyes.viewer.level(),
        eyes.viewer.organisations(),
        eyes.person,
        eyes.acting,
        eyes.today,
        eyes.now,
        subject.about.code(),
        subject.id,
        subject.version,
        wanted.internal,
        wanted.unanswered,
        wanted.kind.map(Kind::code),
        wanted.clause,
        wanted.key.map(|key| key.0),
        wanted.key.map(|key| key.1),
        wanted.backwards,
        PAGE,
    )
    .fetch_one(connection)
    .await
    .map(|json| json.0)
}
