//! What those who run the bank see of its letters: never what they say, except in the example bank.

use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;
use uuid::Uuid;

use super::letter::Part;

/// What has become of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is to be sent, or tried again.
    Waiting,
    /// It was sent, or written as a file.
    Sent,
    /// It was given up.
    Dead,
}

impl State {
    /// The word for it in a query.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Dead => "dead",
        }
    }
}

/// A letter in a list.
#[derive(Debug)]
pub struct Listed {
    /// Its id.
    pub id: Uuid,
    /// The code of the language that it is written in.
    pub language: String,
    /// What it is about: `password_reset`.
    pub kind: String,
    /// The address that it is for; none when its time is over.
    pub address: Option<String>,
    /// Its subject; none when its time is over.
    pub subject: Option<String>,
    /// When it was written.
    pub created_at: OffsetDateTime,
    /// When it was last tried.
    pub tried_at: Option<OffsetDateTime>,
    /// How often it was tried.
    pub attempts: i32,
    /// What went wrong the last time.
    pub last_error: Option<String>,
    /// When it was sent.
    pub sent_at: Option<OffsetDateTime>,
    /// When it was given up.
    pub dead_at: Option<OffsetDateTime>,
    /// Whether it was given up because its address takes no letters.
    pub refused: bool,
    /// Whether all is kept that it takes to send it.
    pub whole: bool,
}

impl Listed {
    /// What has become of it.
    pub fn state(&self) -> State {
        match (self.sent_at, self.dead_at) {
            (Some(_), _) => State::Sent,
            (None, Some(_)) => State::Dead,
            (None, None) => State::Waiting,
        }
    }
}

/// The latest letters, newest first; of one state or of all.
///
/// # Errors
/// When the database is away.
pub async fn listed(connection: &mut PgConnection, state: Option<State>, most: i64) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_as!(
        Listed,
        r#"select id, kind, language, address, subject, created_at, tried_at, attempts, last_error, sent_at, dead_at, refused,
                address is not null and parts is not null as "whole!" from mail
         where $1::text is null
            or ($1 = 'waiting' and sent_at is null and dead_at is null)
            or ($1 = 'sent' and sent_at is not null)
            or ($1 = 'dead' and dead_at is not null)
         order by created_at desc, id desc limit $2"#,
        state.map(State::code),
        most,
    )
    .fetch_all(connection)
    .await
}

/// Where a letter stands in a list: by its time, and its id where several have one time.
pub type Key = (OffsetDateTime, Uuid);

/// Letters that were given up, the latest first; those after this key.
///
/// # Errors
/// When the database is away.
pub async fn given_up(connection: &mut PgConnection, after: Option<Key>, most: i64) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_as!(
        Listed,
        r#"select id, kind, language, address, subject, created_at, tried_at, attempts, last_error, sent_at, dead_at, refused,
                  address is not null and subject is not null and parts is not null as "whole!"
           from mail where dead_at is not null and ($1::timestamptz is null or (dead_at, id) < ($1, $2::uuid))
           order by dead_at desc, id desc limit $3"#,
        after.map(|(at, _)| at),
        after.map(|(_, id)| id),
        most,
    )
    .fetch_all(connection)
    .await
}

/// Letters that wait, the oldest first; those after this key.
///
/// # Errors
/// When the database is away.
pub async fn in_queue(connection: &mut PgConnection, after: Option<Key>, most: i64) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_as!(
        Listed,
        r#"select id, kind, language, address, subject, created_at, tried_at, attempts, last_error, sent_at, dead_at, refused,
                  true as "whole!"
           from mail where sent_at is null and dead_at is null and ($1::timestamptz is null or (created_at, id) > ($1, $2::uuid))
           order by created_at, id limit $3"#,
        after.map(|(at, _)| at),
        after.map(|(_, id)| id),
        most,
    )
    .fetch_all(connection)
    .await
}

/// A letter of a kind to a person; none where there is no such letter, or it is to somebody else.
///
/// # Errors
/// When the database is away.
pub async fn one_to(connection: &mut PgConnection, id: Uuid, person: Uuid, kind: &str) -> sqlx::Result<Option<Listed>> {
    sqlx::query_as!(
        Listed,
        r#"select id, kind, language, address, subject, created_at, tried_at, attempts, last_error, sent_at, dead_at, refused,
                  address is not null and subject is not null and parts is not null as "whole!"
           from mail where id = $1 and person_id = $2 and kind = $3"#,
        id,
        person,
        kind,
    )
    .fetch_optional(connection)
    .await
}

/// A letter with what it says, as long as that is kept.
#[derive(Debug)]
pub struct Opened {
    /// The address that it is for.
    pub address: Option<String>,
    /// The code of the language that it is written in.
    pub language: String,
    /// Its subject.
    pub subject: Option<String>,
    /// What it says.
    pub parts: Json<Vec<Part>>,
    /// When it was written.
    pub created_at: OffsetDateTime,
}

/// One letter. For the example bank only, where nothing that a letter opens is anybody's.
///
/// # Errors
/// When the database is away.
pub async fn opened(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Opened>> {
    sqlx::query_as!(
        Opened,
        r#"select address, language, subject, parts as "parts!: Json<Vec<Part>>", created_at
           from mail where id = $1 and parts is not null"#,
        id,
    )
    .fetch_optional(connection)
    .await
}

/// How many letters there are, by what has become of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Those that were sent.
    pub sent: i64,
    /// Those that were given up.
    pub dead: i64,
    /// Those that wait.
    pub waiting: i64,
    /// Those of them that were tried in vain.
    pub failing: i64,
    /// When the oldest of those that wait was written.
    pub oldest_waiting: Option<OffsetDateTime>,
}

/// Counts them.
///
/// # Errors
/// When the database is away.
pub async fn counts(connection: &mut PgConnection) -> sqlx::Result<Counts> {
    sqlx::query_as!(
        Counts,
        r#"select count(*) filter (where sent_at is not null) as "sent!", count(*) filter (where dead_at is not null) as "dead!",
                  count(*) filter (where sent_at is null and dead_at is null) as "waiting!",
                  count(*) filter (where sent_at is null and dead_at is null and attempts > 0) as "failing!",
                  min(created_at) filter (where sent_at is null and dead_at is null) as oldest_waiting
           from mail"#,
    )
    .fetch_one(connection)
    .await
}
