//! What was met with on a requirement.

use std::{fmt, str::FromStr};

use serde::Deserialize;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    dialogue::{
        comment::Rule,
        experience::{Review, Verified},
        eyes::Eyes,
    },
    kernel::i18n::Lang,
};

/// How many stand on a page.
pub const PAGE: i64 = 10;

/// Where one stands in the order of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(OffsetDateTime, Uuid);

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0.unix_timestamp_nanos() / 1_000, self.1)
    }
}

impl FromStr for Key {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (micros, id) = text.split_once('.').ok_or(())?;
        let micros: i64 = micros.parse().map_err(|_| ())?;
        let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1_000).map_err(|_| ())?;
        // What Postgres cannot tell either is none of ours.
        if !(1970..=9000).contains(&at.year()) {
            return Err(());
        }
        Ok(Self(at, id.parse().map_err(|_| ())?))
    }
}

/// A page of them.
#[derive(Debug, Deserialize)]
pub struct Experiences {
    /// How many there are in all.
    pub total: i64,
    /// How many stand before the page.
    pub before: i64,
    /// How many could verify that the requirement was met.
    pub verified: i64,
    /// How many have had a court look at it.
    pub reviewed: i64,
    /// The page.
    pub rows: Vec<Row>,
}

/// What was told, with what is left out left out.
#[derive(Debug, Deserialize)]
pub struct Told {
    /// What suppliers asked.
    pub asked: String,
    /// Whether a court has looked at it.
    pub review: Review,
    /// How that went.
    pub review_said: String,
    /// Whether it could be verified.
    pub verified: Verified,
    /// How.
    pub verified_said: String,
    /// How many hours it took.
    pub hours: Option<i64>,
    /// What they would tell others.
    pub advice: String,
}

/// One of them.
#[derive(Debug, Deserialize)]
pub struct Row {
    /// Its id.
    pub id: Uuid,
    /// The version that was used.
    pub version: i32,
    /// What was told; none where it is hidden from whoever looks.
    pub told: Option<Told>,
    rule: Option<String>,
    /// Why it is hidden; for whoever told it.
    pub reason: Option<String>,
    /// Whether they have objected to that.
    pub objected: bool,
    /// Whether whoever looks has reported it.
    pub reported: bool,
    /// When it was written.
    #[serde(with = "time::serde::rfc3339")]
    pub created: OffsetDateTime,
    /// Whether only regions, other authorities and the network read it.
    pub inside: bool,
    /// Whether whoever looks wrote it.
    pub own: bool,
    organisation_sv: String,
    organisation_en: String,
}

impl Row {
    /// Which rule it breaks, where it is hidden.
    pub fn rule(&self) -> Option<Rule> {
        self.rule.as_deref().and_then(Rule::from_code)
    }

    /// Whose it is.
    pub fn organisation(&self, lang: Lang) -> &str {
        if lang.is_swedish() { &self.organisation_sv } else { &self.organisation_en }
    }

    /// Where it stands in the order of all.
    pub fn key(&self) -> Key {
        Key(self.created, self.id)
    }
}

/// Reads a page.
///
/// # Errors
/// When the database is away.
pub async fn experiences(
    connection: &mut PgConnection,
    eyes: &Eyes,
    requirement: Uuid,
    (key, backwards): (Option<Key>, bool),
) -> sqlx::Result<Experiences> {
    sqlx::query_file_scalar!(
        "src/dialogue/reads/experiences.sql",
        eyes.viewer.level(),
        eyes.viewer.organisations(),
        requirement,
        eyes.person,
        key.map(|key| key.0),
        key.map(|key| key.1),
        backwards,
        PAGE,
    )
    .fetch_one(connection)
    .await
    .map(|json| json.0)
}
