//! Texts to answer with are added, changed and taken away.

use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::Refused;
use crate::{
    kernel::{actor::Actor, audit},
    proposals::{lifecycle::WhyNot, policy::Word, store},
};

/// What such a text says, and for what.
#[derive(Debug, Clone, Copy)]
pub struct Worded<'a> {
    /// What it is called.
    pub name: &'a str,
    /// `general`, or the step that it is for.
    pub kind: &'a str,
    /// The text, with `{number}` and `{title}` where those of the proposal come.
    pub text: &'a str,
}

/// Writes one: a new one, or over the one that was seen with this lock. None where the name is taken.
///
/// # Errors
/// Why it cannot be, or the database.
pub async fn put(
    tx: &mut PgConnection,
    actor: &Actor,
    seen: Option<(Uuid, i32)>,
    worded: Worded<'_>,
    now: OffsetDateTime,
) -> Result<Option<Uuid>, Refused> {
    let permit = Word::ask(actor)?;
    store::word_alone(tx, &permit).await?;
    if let Some((id, lock)) = seen {
        let stored = store::lock_template(tx, id).await?.ok_or(Refused::NotThere)?;
        if stored != lock {
            return Err(WhyNot::Changed.into());
        }
    }
    if store::is_name_taken(tx, seen.map(|(id, _)| id), worded.name).await? {
        return Ok(None);
    }
    let id = match seen {
        Some((id, _)) => {
            store::set_template(tx, &permit, id, &worded, now).await?;
            id
        }
        None => store::add_template(tx, &permit, &worded, now).await?,
    };
    let action = if seen.is_some() { "template.edit" } else { "template.add" };
    note(tx, actor, (action, id), Some(json!({"name": worded.name, "kind": worded.kind})), now).await?;
    Ok(Some(id))
}

/// Takes one away.
///
/// # Errors
/// Why it cannot be, or the database.
pub async fn remove(tx: &mut PgConnection, actor: &Actor, id: Uuid, now: OffsetDateTime) -> Result<(), Refused> {
    let permit = Word::ask(actor)?;
    if !store::remove_template(tx, &permit, id).await? {
        return Err(Refused::NotThere);
    }
    Ok(note(tx, actor, ("template.remove", id), None, now).await?)
}

async fn note(
    tx: &mut PgConnection,
    actor: &Actor,
    (action, id): (&'static str, Uuid),
    new: Option<serde_json::Value>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let entry = audit::Entry { action, object_kind: "answer_template", object_id: Some(id), old: None, new, reason: None };
    audit::record(tx, actor, now, entry).await
}
