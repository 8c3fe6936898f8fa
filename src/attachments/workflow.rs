//! What happens to files: permit, store, audit, in the caller's transaction.

use std::io::Read;

use serde_json::json;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{kind::Kind, policy::Holder, store};
use crate::kernel::{
    audit,
    limits::{self, Limit, Taken, Window},
    web::Client,
};

/// The most files that hang on one thing.
pub const MOST_FILES: i64 = 5;
/// The most bytes of all files of one organisation: a hundred of the largest.
const MOST_OF_ORGANISATION: i64 = 1024 * 1024 * 1024;
/// How often one person lays files: at most 300 megabytes a day, and 5 gigabytes for all.
const LIMIT: Limit = Limit {
    name: "attachment",
    each: &[Window::new(15, Duration::minutes(10)), Window::new(30, Duration::DAY)],
    all: &[Window::new(500, Duration::DAY)],
};

/// A file that is to be laid down, looked through and within all limits.
#[derive(Debug)]
pub struct New {
    /// What it is called, cleaned.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// How large it is.
    pub bytes: i64,
    /// What it hashes to.
    pub sha256: Vec<u8>,
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// There are as many as there may be.
    #[error("{MOST_FILES} files are there")]
    Full,
    /// The same file is there already.
    #[error("it is there already")]
    Twice,
    /// The organisation has no room left.
    #[error("the organisation has no room left")]
    NoRoom,
    /// There is no such file here.
    #[error("no such file")]
    NotThere,
    /// There were too many; the next may come at this time.
    #[error("too many")]
    NotUntil(OffsetDateTime),
    /// The file cannot be read from where it was put down.
    #[error(transparent)]
    File(#[from] std::io::Error),
    /// The database says no.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Lays a file to something, a piece at a time; gives its id.
///
/// # Errors
/// Why not.
pub async fn attach(
    tx: &mut PgConnection,
    permit: &impl Holder,
    new: &New,
    mut file: impl Read + Send,
    client: Client,
    now: OffsetDateTime,
) -> Result<Uuid, Refused> {
    // Whoever counts by it waits for each other, so that what there is holds until this one is there too.
    if let Taken::NotUntil(until) = limits::take(tx, &LIMIT, &client.subject_of(permit.by()), now).await? {
        return Err(Refused::NotUntil(until));
    }
    let there = store::there(tx, permit, &new.sha256).await?;
    if there.twice {
        return Err(Refused::Twice);
    }
    if there.files >= MOST_FILES {
        return Err(Refused::Full);
    }
    if there.bytes + new.bytes > MOST_OF_ORGANISATION {
        return Err(Refused::NoRoom);
    }
    let id = store::insert(tx, permit, new, now).await?;
    let mut piece = Vec::with_capacity(store::PART);
    for part in 0.. {
        piece.clear();
        // A mebibyte that was just written comes from memory, not from the disk.
        (&mut file).take(store::PART as u64).read_to_end(&mut piece)?;
        if piece.is_empty() {
            break;
        }
        store::insert_part(tx, id, part, &piece).await?;
    }
    let told = json!({"media_type": new.kind.media_type(), "bytes": new.bytes, "sha256": hex::encode(&new.sha256)});
    note(tx, permit, ("attachment.add", id), told, now).await?;
    Ok(id)
}

/// Takes a file away; gives its name.
///
/// # Errors
/// [`Refused::NotThere`], or the database.
pub async fn take_away(tx: &mut PgConnection, permit: &impl Holder, id: Uuid, now: OffsetDateTime) -> Result<String, Refused> {
    let name = store::take_away(tx, permit, id).await?.ok_or(Refused::NotThere)?;
    note(tx, permit, ("attachment.remove", id), json!({}), now).await?;
    Ok(name)
}

/// What the files hang on is sent in: everybody gets them with it. Comes before it is.
///
/// # Errors
/// When the database refuses.
pub async fn give(tx: &mut PgConnection, permit: &impl Holder, now: OffsetDateTime) -> sqlx::Result<()> {
    store::give(tx, permit, now).await
}

async fn note(
    tx: &mut PgConnection,
    permit: &impl Holder,
    (action, id): (&'static str, Uuid),
    mut new: serde_json::Value,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let subject = permit.subject();
    new["subject_kind"] = subject.kind.into();
    new["subject"] = subject.id.to_string().into();
    let entry = audit::Entry { action, object_kind: "attachment", object_id: Some(id), old: None, new: Some(new), reason: None };
    audit::record(tx, permit.by(), now, entry).await
}
