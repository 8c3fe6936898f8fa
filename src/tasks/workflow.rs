//! Taking and leaving: permit, store, audit, in the caller's transaction.

use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Kind, policy::Take, store};
use crate::kernel::{actor::Actor, audit};

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taking {
    /// It is as was asked.
    Done,
    /// Somebody else has it, or had it before: nothing was changed.
    Another(Option<Uuid>),
}

/// Somebody asked for what they may not.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The rules say no.
    #[error("no right to take what waits")]
    Right,
    /// The database says no.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Takes a thing that has waited since then; `seen` is who had it on the page that was looked at.
///
/// # Errors
/// For who may not, and when the database refuses.
pub async fn take(
    tx: &mut PgConnection,
    actor: &Actor,
    kind: Kind,
    subject: Uuid,
    since: OffsetDateTime,
    seen: Option<Uuid>,
    now: OffsetDateTime,
) -> Result<Taking, Refused> {
    let permit = Take::ask(tx, actor, kind, subject, now).await?;
    store::lock(tx, &permit).await?;
    let has = store::handler(tx, &permit, since).await?;
    if has == Some(permit.person()) {
        return Ok(Taking::Done);
    }
    if has != seen {
        return Ok(Taking::Another(has));
    }
    store::put(tx, &permit, now).await?;
    note(tx, &permit, "task.take", has, Some(permit.person()), now).await?;
    Ok(Taking::Done)
}

/// Leaves a thing, so that anybody may take it.
///
/// # Errors
/// For who may not, and when the database refuses.
pub async fn leave(
    tx: &mut PgConnection,
    actor: &Actor,
    kind: Kind,
    subject: Uuid,
    since: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<Taking, Refused> {
    let permit = Take::ask(tx, actor, kind, subject, now).await?;
    store::lock(tx, &permit).await?;
    match store::handler(tx, &permit, since).await? {
        None => Ok(Taking::Done),
        Some(has) if has == permit.person() => {
            store::remove(tx, kind, subject).await?;
            note(tx, &permit, "task.leave", Some(has), None, now).await?;
            Ok(Taking::Done)
        }
        another => Ok(Taking::Another(another)),
    }
}

/// Forgets who had a thing that waits no longer. Called by whoever ended it, in the same transaction, under its own permit.
///
/// # Errors
/// When the database refuses.
pub async fn let_go(tx: &mut PgConnection, kind: Kind, subject: Uuid) -> sqlx::Result<()> {
    store::remove(tx, kind, subject).await
}

/// Lets go of all that a person has taken whose account is erased; gives how many that was. Called by whoever erases it, in the
/// same transaction, under its own permit, and written down there.
///
/// # Errors
/// When the database refuses.
pub async fn let_go_of(tx: &mut PgConnection, person: Uuid) -> sqlx::Result<u64> {
    store::remove_of(tx, person).await
}

async fn note(
    tx: &mut PgConnection,
    permit: &Take,
    action: &'static str,
    old: Option<Uuid>,
    new: Option<Uuid>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let entry = audit::Entry {
        action,
        object_kind: "task",
        object_id: Some(permit.subject()),
        old: old.map(|person| json!({"kind": permit.kind().code(), "person": person})),
        new: new.map(|person| json!({"kind": permit.kind().code(), "person": person})),
        reason: None,
    };
    audit::record(tx, permit.by(), now, entry).await
}
