//! Letters: written down in the transaction that gives cause to them, sent by a job, as text and simple HTML in the reader's
//! language. Without an SMTP server they become `.eml` files below the data directory. docs/adr/0014 has the reasons.
//!
//! What a letter says is kept until it is sent and no longer, since it may hold a link that opens something; it never stands
//! in a log.

mod eml;
mod job;
mod letter;
mod message;
mod reads;
mod smtp;
mod store;

pub use job::{SendMail, TendMail};
pub use letter::{Letter, Part};
pub use reads::{Counts, Key, Listed, Opened, State, counts, given_up, in_queue, listed, one_to, opened};

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// A letter that cannot be sent is given up after so many tries, which is about two days.
pub const MOST_ATTEMPTS: i32 = 16;
/// A letter that waits longer than this is one that does not get out: the server is away, or does not take it. Some servers
/// have the first letter from somebody wait for some minutes.
pub const LATE: Duration = Duration::minutes(15);
/// What a letter says is kept so long where it could not be sent; no link in it holds longer.
pub const SAID_KEPT: Duration = Duration::days(7);
/// To whom a letter went, and what it was about, is kept so long.
pub const ADDRESS_KEPT: Duration = Duration::days(30);

/// Whom a letter is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct To {
    /// The person, where they have an account.
    pub person: Option<Uuid>,
    /// The address that it goes to.
    pub address: String,
}

impl To {
    /// Somebody with an account.
    pub fn person(person: Uuid, address: impl Into<String>) -> Self {
        Self { person: Some(person), address: address.into() }
    }

    /// An address that may be anybody's.
    pub fn address(address: impl Into<String>) -> Self {
        Self { person: None, address: address.into() }
    }
}

/// Sends a letter if the caller's transaction is kept. Of one event nobody is told twice: then nothing is written.
///
/// # Errors
/// When the database refuses.
pub async fn post(tx: &mut PgConnection, to: &To, letter: &Letter, event: Option<Uuid>, now: OffsetDateTime) -> sqlx::Result<()> {
    post_traced(tx, to, letter, event, now).await.map(drop)
}

/// [`post`], and the id by which the letter can be followed; none where they were told already.
///
/// # Errors
/// When the database refuses.
pub async fn post_traced(
    tx: &mut PgConnection,
    to: &To,
    letter: &Letter,
    event: Option<Uuid>,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Uuid>> {
    let Some(id) = store::insert(tx, to, letter, event, now).await? else { return Ok(None) };
    job::enqueue(tx, id).await?;
    Ok(Some(id))
}

/// Tries a letter again that was given up, in the caller's transaction; whether there is something left to send. Who may is
/// for the caller to ask.
///
/// # Errors
/// When the database refuses.
pub async fn again(tx: &mut PgConnection, id: Uuid) -> sqlx::Result<bool> {
    let revived = store::revive(tx, id).await?;
    if revived {
        job::enqueue(tx, id).await?;
    }
    Ok(revived)
}

/// What was forgotten of somebody's letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forgotten {
    /// Letters that waited and are not sent any more.
    pub withdrawn: u64,
    /// Letters of which only that there was one is kept.
    pub erased: u64,
}

/// Forgets, in the caller's transaction, what was written to somebody whose account is erased: what waits is not sent, of
/// what was sent neither address nor subject is kept. The last letter to them is posted after this, to
/// [`To::address`], as one that is [`Letter::leaving_nothing`].
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &mut PgConnection, person: Uuid, address: Option<&str>) -> sqlx::Result<Forgotten> {
    let withdrawn = store::withdraw(tx, person, address).await?;
    Ok(Forgotten { withdrawn, erased: store::erase(tx, person, address).await? })
}

/// Takes away the rows of letters to somebody whose account was erased; gives how many they were.
///
/// # Errors
/// When the database refuses.
pub async fn remove(tx: &mut PgConnection, person: Uuid) -> sqlx::Result<u64> {
    store::remove(tx, person).await
}
