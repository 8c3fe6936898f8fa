//! What those do who prepare: take, hand over, ask for more, begin, let lie, wake, reject, merge, note.

use serde_json::json;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Refused, note, step, take_turn};
use crate::{
    kernel::{
        actor::{Actor, Audience},
        events,
        web::Client,
    },
    proposals::{
        letters::{self, News},
        lifecycle::{Step, WhyNot},
        number::ProposalNumber,
        policy::Handle,
        store,
    },
};

/// Takes a proposal, or leaves it.
///
/// # Errors
/// [`WhyNot::Changed`] where another has it than was seen, or the database.
pub async fn hand(
    tx: &mut PgConnection,
    permit: &Handle,
    (seen, takes): (Option<Uuid>, bool),
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let proposal = permit.proposal();
    if !proposal.state.is_open() {
        return Err(WhyNot::NotFrom(proposal.state).into());
    }
    let has = proposal.handler;
    if takes == (has == Some(permit.person())) {
        return Ok(());
    }
    if has != seen {
        return Err(WhyNot::Changed.into());
    }
    let handler = takes.then(|| (permit.person(), permit.organisation()));
    store::set_handler(tx, permit, handler).await?;
    let told = json!({"from": has, "to": handler.map(|(person, _)| person)});
    let action = if takes { "proposal.take" } else { "proposal.leave" };
    note(tx, permit.by(), action, proposal.id, told, None, now).await?;
    Ok(())
}

/// Takes a proposal, or leaves it, for who has it from a list of what waits; false where another has it than was seen, or had
/// it before, so that nothing was changed.
///
/// # Errors
/// [`Refused::Right`], [`Refused::NotThere`], or the database.
pub async fn hand_waiting(
    tx: &mut PgConnection,
    actor: &Actor,
    id: Uuid,
    (seen, takes): (Option<Uuid>, bool),
    (today, now): (Date, OffsetDateTime),
) -> Result<bool, Refused> {
    let number = store::lock(tx, id).await?.and_then(|proposal| proposal.number).ok_or(Refused::NotThere)?;
    let permit = Handle::ask(tx, actor, number, (today, now)).await?;
    let has = permit.proposal().handler;
    if !takes && has.is_some_and(|has| has != permit.person()) {
        return Ok(false);
    }
    match hand(tx, &permit, (if takes { seen } else { has }, takes), now).await {
        Ok(()) => Ok(true),
        Err(Refused::WhyNot(WhyNot::Changed)) => Ok(false),
        Err(other) => Err(other),
    }
}

/// Of two who merge proposals into each other, the second waits here for the first, before either locks one.
///
/// # Errors
/// When the database refuses.
pub async fn merge_alone(tx: &mut PgConnection) -> Result<(), Refused> {
    Ok(store::merge_alone(tx).await?)
}

/// What becomes of a proposal.
#[derive(Debug, Clone, Copy)]
pub enum Done<'a> {
    /// More is asked for.
    Returned(&'a str),
    /// It is prepared.
    Begun,
    /// It is let lie.
    Rested(&'a str),
    /// It is taken up again.
    Woken,
    /// It is answered with no.
    Rejected(&'a str),
    /// It goes on in another.
    Merged(&'a str, ProposalNumber),
}

/// Does it, and tells its author.
///
/// # Errors
/// Why it cannot be done, or the database.
pub async fn handle(tx: &mut PgConnection, permit: &Handle, done: Done<'_>, now: OffsetDateTime) -> Result<(), Refused> {
    let proposal = permit.proposal();
    let (made, into, news) = match done {
        Done::Returned(what) => (Step::Return(what), None, News::Returned(what)),
        Done::Begun => (Step::Begin, None, News::Begun),
        Done::Rested(why) => (Step::Rest(why), None, News::Rested(why)),
        Done::Woken => (Step::Wake, None, News::Begun),
        Done::Rejected(why) => (Step::Reject(why), None, News::Rejected(why)),
        Done::Merged(..) if !permit.may_merge() => return Err(Refused::Right),
        Done::Merged(why, number) => {
            let into = store::lock_public(tx, number, permit.organisation()).await?;
            let into = into.filter(|into| into.id != proposal.id && into.state.is_open()).ok_or(WhyNot::NowhereToMerge)?;
            (Step::Merge(why), Some(into.id), News::Merged(why, number))
        }
    };
    step(tx, permit, made, into, now).await?;
    if let Some(into) = into {
        // Both sides tell of it.
        let event = events::Event {
            kind: "proposal.absorbed",
            subject_kind: "proposal",
            subject: into,
            part: Some(proposal.id),
            audience: Audience::Public,
            owner: None,
            from: None,
            to: None,
            reason: made.reason(),
        };
        events::record(tx, permit.by(), now, event).await?;
    }
    // Whoever does something with it has it.
    if proposal.handler.is_none() {
        store::set_handler(tx, permit, Some((permit.person(), permit.organisation()))).await?;
    }
    letters::send(tx, proposal, proposal.author, &news, now).await?;
    Ok(())
}

/// Keeps what those who prepare write to each other.
///
/// # Errors
/// When the database refuses.
pub async fn add_note(
    tx: &mut PgConnection,
    permit: &Handle,
    text: &str,
    client: Client,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    take_turn(tx, permit.by(), client, now).await?;
    store::add_note(tx, permit, text, now).await?;
    note(tx, permit.by(), "proposal.note", permit.proposal().id, json!({}), None, now).await?;
    Ok(())
}
