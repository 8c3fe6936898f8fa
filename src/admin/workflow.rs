//! What administrators change here: permit, store, audit, in the caller's transaction.

pub(super) mod letters;

use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    policy::{Close, SetWords, Tend},
    store,
};
use crate::kernel::{actor::Actor, audit, words::Word};

/// Has a job done again; whether there is one that can be.
pub(super) async fn run_again(tx: &mut PgConnection, actor: &Actor, job: i64, now: OffsetDateTime) -> sqlx::Result<bool> {
    let Some(permit) = Tend::ask(tx, actor, job).await? else { return Ok(false) };
    store::run_again(tx, &permit, now).await?;
    tended(tx, &permit, "job.run_again", now).await
}

/// Takes a job out of the queue; whether there was one that can be.
pub(super) async fn remove(tx: &mut PgConnection, actor: &Actor, job: i64, now: OffsetDateTime) -> sqlx::Result<bool> {
    let Some(permit) = Tend::ask(tx, actor, job).await? else { return Ok(false) };
    store::remove(tx, &permit).await?;
    tended(tx, &permit, "job.remove", now).await
}

async fn tended(tx: &mut PgConnection, permit: &Tend, action: &'static str, now: OffsetDateTime) -> sqlx::Result<bool> {
    let new = Some(json!({"job": permit.job(), "task": permit.task()}));
    let entry = audit::Entry { action, object_kind: "job", object_id: None, old: None, new, reason: None };
    audit::record(tx, permit.by(), now, entry).await?;
    Ok(true)
}

/// Sets words, each with what it is to be; how many are others now. None for who may not.
pub(super) async fn set_words(
    tx: &mut PgConnection,
    actor: &Actor,
    wanted: &[(Word, String)],
    now: OffsetDateTime,
) -> sqlx::Result<Option<usize>> {
    let Some(permit) = SetWords::ask(actor) else { return Ok(None) };
    store::lock_words(tx, &permit).await?;
    let mut changed = 0;
    for (word, value) in wanted {
        let before = store::word(tx, *word).await?;
        if before.as_deref().unwrap_or_default() == value {
            continue;
        }
        store::set_word(tx, &permit, *word, value, now).await?;
        changed += 1;
        let entry = audit::Entry {
            action: "setting.change",
            object_kind: "setting",
            object_id: None,
            old: Some(json!({word.key(): before})),
            new: Some(json!({word.key(): Some(value).filter(|value| !value.is_empty())})),
            reason: None,
        };
        audit::record(tx, permit.by(), now, entry).await?;
    }
    Ok(Some(changed))
}

/// Closes the bank for changes, with what is to be said of it in Swedish and in English, or opens it again. None for who may not.
pub(super) async fn set_closed(
    tx: &mut PgConnection,
    actor: &Actor,
    said: Option<(&str, &str)>,
    now: OffsetDateTime,
) -> sqlx::Result<Option<()>> {
    let Some(permit) = Close::ask(actor) else { return Ok(None) };
    let was_closed = store::set_closed(tx, &permit, said, now).await?;
    let (action, new) = match said {
        Some((sv, en)) => ("read_only.on", Some(json!({"sv": sv, "en": en}))),
        None if !was_closed => return Ok(Some(())),
        None => ("read_only.off", None),
    };
    let entry = audit::Entry { action, object_kind: "setting", object_id: None, old: None, new, reason: None };
    audit::record(tx, permit.by(), now, entry).await?;
    Ok(Some(()))
}
