//! What happens in the dialogue: permit, transition, store, audit, event and letters, in the caller's transaction.

pub mod moderated;

use serde_json::json;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    comment::{Kind, Quote, Said},
    experience::Told,
    letters::{self, News},
    lifecycle::{Step, ThreadState, ThreadStep, WhyNot, keeps_version},
    policy::{Hand, Own, Reply, Settle, Share, Start, TakeBack},
    store,
};
use crate::kernel::{
    actor::Audience,
    audit,
    error::Error,
    events,
    limits::{self, Limit, Taken, Window},
    web::Client,
};

/// How often one person writes, reports and objects.
pub const LIMIT: Limit = Limit {
    name: "comment",
    each: &[Window::new(10, Duration::minutes(10)), Window::new(60, Duration::DAY)],
    all: &[Window::new(5_000, Duration::DAY)],
};

/// Somebody asked for what they may not, or what cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The rules say no.
    #[error("no right to it")]
    Right,
    /// There is no such thing, or none that they may know of.
    #[error("no such thing")]
    NotThere,
    /// Not as it stands.
    #[error(transparent)]
    WhyNot(#[from] WhyNot),
    /// There were too many; the next may come at this time.
    #[error("too many")]
    NotUntil(OffsetDateTime),
    /// The database says no.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// It does not answer.
    #[error(transparent)]
    Away(#[from] Error),
}

async fn take_turn(tx: &mut PgConnection, hand: &Hand, client: Client, now: OffsetDateTime) -> Result<(), Refused> {
    match limits::take(tx, &LIMIT, &client.subject_of(hand.by()), now).await? {
        Taken::Yes => Ok(()),
        Taken::NotUntil(until) => Err(Refused::NotUntil(until)),
    }
}

/// Begins a thread; gives its id. The same form sent again gives the same.
///
/// # Errors
/// [`Refused::NotUntil`], or the database.
pub async fn start(
    tx: &mut PgConnection,
    permit: &Start,
    (kind, quote): (Kind, Option<&Quote>),
    said: &Said<'_>,
    client: Client,
    now: OffsetDateTime,
) -> Result<Uuid, Refused> {
    if let Some(before) = store::same_form(tx, permit.hand(), said.form_key).await? {
        return Ok(before);
    }
    take_turn(tx, permit.hand(), client, now).await?;
    // Of two at once the second finds what the first has written: a turn is taken one after the other.
    if let Some(before) = store::same_form(tx, permit.hand(), said.form_key).await? {
        return Ok(before);
    }
    let id = store::start(tx, permit, (kind, quote), said, now).await?;
    let subject = permit.subject();
    tell(
        tx,
        permit.hand(),
        "dialogue.start",
        (id, None, permit.audience()),
        json!({"about": subject.cited, "kind": kind.code()}),
        now,
    )
    .await?;
    Ok(id)
}

/// Adds a reply, for those who prepare where that is said and they may; gives its id.
///
/// # Errors
/// [`Refused::NotUntil`], or the database.
pub async fn reply(
    tx: &mut PgConnection,
    permit: &Reply,
    (answers, speaks_officially): (Option<Uuid>, bool),
    said: &Said<'_>,
    client: Client,
    now: OffsetDateTime,
) -> Result<Uuid, Refused> {
    if let Some(before) = store::same_form(tx, permit.hand(), said.form_key).await? {
        return Ok(before);
    }
    take_turn(tx, permit.hand(), client, now).await?;
    let official = permit.official().filter(|_| speaks_officially);
    let id = store::reply(tx, permit, (answers, official), said, now).await?;
    let (hand, thread) = (permit.hand(), permit.thread());
    let about = json!({"about": thread.cited, "official": official.is_some()});
    tell(tx, hand, "dialogue.reply", (thread.id, Some(id), thread.audience), about, now).await?;
    if official.is_some() {
        let to = thread.state.after(ThreadStep::Answer)?;
        if to != thread.state {
            store::set_thread_state(tx, (hand, thread), to, now).await?;
        }
        // What is kept within an organisation is not written to who has left it.
        if thread.author != hand.person() && (thread.audience == 0 || store::still_reads(tx, thread, now).await?) {
            let about = letters::About { cited: &thread.cited, comment: id, experience: false };
            letters::send(tx, about, thread.author, &News::Answered(said.text), now).await?;
        }
    }
    Ok(id)
}

/// Writes anew what one said.
///
/// # Errors
/// Why it cannot be, or the database.
pub async fn edit(tx: &mut PgConnection, permit: &Own, text: &str, client: Client, now: OffsetDateTime) -> Result<(), Refused> {
    let comment = permit.comment();
    if comment.is_closed {
        return Err(WhyNot::ReadOnly.into());
    }
    comment.state.after(Step::Edit)?;
    if comment.text == text {
        return Ok(());
    }
    take_turn(tx, permit.hand(), client, now).await?;
    let kept = keeps_version(comment.created, now, store::was_touched(tx, comment.id).await?);
    if kept {
        store::keep_version(tx, permit, now).await?;
    }
    store::edit(tx, permit, text, now).await?;
    note(tx, permit.hand(), "dialogue.edit", comment.id, json!({"about": comment.cited, "kept": kept}), None, now).await?;
    Ok(())
}

/// Takes away what one said.
///
/// # Errors
/// Why it cannot be, or the database.
pub async fn delete(tx: &mut PgConnection, permit: &Own, now: OffsetDateTime) -> Result<(), Refused> {
    let comment = permit.comment();
    let to = comment.state.after(Step::Delete)?;
    store::set_state(tx, comment, to, None, now).await?;
    store::close_reports(tx, permit.hand(), comment.id, "deleted", now).await?;
    note(tx, permit.hand(), "dialogue.delete", comment.id, json!({"about": comment.cited}), None, now).await?;
    Ok(())
}

/// Says that a thread is done with, or that it is not.
///
/// # Errors
/// Why it cannot be, or the database.
pub async fn settle(tx: &mut PgConnection, permit: &Settle, solves: bool, now: OffsetDateTime) -> Result<(), Refused> {
    let thread = permit.thread();
    if solves == (thread.state == ThreadState::Solved) {
        return Ok(());
    }
    let to = thread.state.after(if solves { ThreadStep::Solve } else { ThreadStep::Reopen })?;
    store::set_thread_state(tx, (permit.hand(), thread), to, now).await?;
    let action = if solves { "dialogue.solve" } else { "dialogue.reopen" };
    let told = json!({"about": thread.cited, "from": thread.state.code(), "to": to.code()});
    tell(tx, permit.hand(), action, (thread.id, None, thread.audience), told, now).await
}

/// Keeps what somebody has met with; the same form sent again is kept once.
///
/// # Errors
/// [`Refused::NotUntil`], or the database.
pub async fn share(
    tx: &mut PgConnection,
    permit: &Share,
    told: &Told,
    client: Client,
    now: OffsetDateTime,
) -> Result<Option<Uuid>, Refused> {
    take_turn(tx, permit.hand(), client, now).await?;
    let id = store::share(tx, permit, told, now).await?;
    if let Some(id) = id {
        note(tx, permit.hand(), "experience.share", id, json!({"about": permit.subject().cited}), None, now).await?;
    }
    Ok(id)
}

/// Takes back what one told.
///
/// # Errors
/// When the database refuses.
pub async fn take_back(tx: &mut PgConnection, permit: &TakeBack, now: OffsetDateTime) -> Result<(), Refused> {
    store::take_back(tx, permit, now).await?;
    store::close_reports(tx, permit.hand(), permit.experience(), "deleted", now).await?;
    note(tx, permit.hand(), "experience.take_back", permit.experience(), json!({}), None, now).await?;
    Ok(())
}

async fn tell(
    tx: &mut PgConnection,
    hand: &Hand,
    action: &'static str,
    (thread, comment, audience): (Uuid, Option<Uuid>, i16),
    told: serde_json::Value,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    // What is held is news to nobody.
    let audience = match audience {
        _ if !hand.is_approved() => Audience::Owner,
        0 => Audience::Public,
        10 => Audience::Authorities,
        _ => Audience::Preparers,
    };
    let event = events::Event {
        kind: action,
        subject_kind: "dialogue_thread",
        subject: thread,
        part: comment,
        audience,
        owner: None,
        from: None,
        to: None,
        reason: None,
    };
    events::record(tx, hand.by(), now, event).await?;
    note(tx, hand, action, comment.unwrap_or(thread), told, None, now).await?;
    Ok(())
}

async fn note(
    tx: &mut PgConnection,
    hand: &Hand,
    action: &'static str,
    id: Uuid,
    new: serde_json::Value,
    reason: Option<&str>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let kind = if action.starts_with("experience") { "experience" } else { "dialogue_comment" };
    let entry = audit::Entry { action, object_kind: kind, object_id: Some(id), old: None, new: Some(new), reason };
    audit::record(tx, hand.by(), now, entry).await
}
