//! What happens to a proposal: permit, transition, store, audit, event and letters, in the caller's transaction.

pub mod attaching;
pub mod handling;
pub mod taking;
pub mod templates;

use serde_json::json;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    deadline,
    letters::{self, News},
    lifecycle::{State, Step, WhyNot},
    number::ProposalNumber,
    policy::{Begin, LetLie, Onwards, Send, Sign, Withdraw, Write},
    proposal::{Base, Kind, Lack, Reasons, Text},
    store::{self, Begun, Locked},
};
use crate::{
    attachments,
    kernel::{
        actor::{Actor, Audience},
        audit, clock, events,
        limits::{self, Limit, Taken, Window},
        web::Client,
    },
};

/// How often one person begins drafts, sends in, stands behind, and notes.
pub const LIMIT: Limit = Limit {
    name: "proposal",
    each: &[Window::new(20, Duration::minutes(10)), Window::new(120, Duration::DAY)],
    all: &[Window::new(2_000, Duration::DAY)],
};

/// What was asked to be completed and is not within this time is let lie.
pub const SILENCE: Duration = Duration::days(90);

/// Somebody asked for what they may not, or what cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The rules say no.
    #[error("no right to proposals")]
    Right,
    /// They may write and not send in the name of the organisation.
    #[error("no right to send for the organisation")]
    NotSender,
    /// There is no such proposal, or none that they may know of.
    #[error("no such proposal")]
    NotThere,
    /// Not as it stands.
    #[error(transparent)]
    WhyNot(#[from] WhyNot),
    /// It lacks something.
    #[error("it lacks {0:?}")]
    Lacks(Vec<Lack>),
    /// There were too many; the next may come at this time.
    #[error("too many")]
    NotUntil(OffsetDateTime),
    /// A file is not taken, or is not there.
    #[error(transparent)]
    Attachment(#[from] attachments::Refused),
    /// The database says no.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What a draft is begun as.
#[derive(Debug)]
pub struct Wish<'a> {
    /// What is wished for.
    pub kind: Kind,
    /// The product group.
    pub group: Uuid,
    /// The requirement that is to be changed or repealed.
    pub base: Option<Base>,
    /// Those that are to become one.
    pub merged: &'a [Base],
    /// Its title to begin with.
    pub title: &'a str,
}

/// Begins a draft; gives its id.
///
/// # Errors
/// [`Refused::NotUntil`], or the database.
pub async fn begin(
    tx: &mut PgConnection,
    permit: &Begin,
    wish: &Wish<'_>,
    client: Client,
    now: OffsetDateTime,
) -> Result<Uuid, Refused> {
    take_turn(tx, permit.by(), client, now).await?;
    let begun = Begun { kind: wish.kind, group: wish.group, base: wish.base, merged: wish.merged, title: wish.title };
    let id = store::begin(tx, permit, &begun, now).await?;
    note(tx, permit.by(), "proposal.begin", id, json!({"kind": wish.kind.code()}), None, now).await?;
    Ok(id)
}

async fn take_turn(tx: &mut PgConnection, by: &Actor, client: Client, now: OffsetDateTime) -> Result<(), Refused> {
    match limits::take(tx, &LIMIT, &client.subject_of(by), now).await? {
        Taken::Yes => Ok(()),
        Taken::NotUntil(until) => Err(Refused::NotUntil(until)),
    }
}

/// Whether what is written is what was seen.
fn unchanged(permit: &Write, seen: i32) -> Result<(), Refused> {
    if permit.proposal().lock_version == seen { Ok(()) } else { Err(WhyNot::Changed.into()) }
}

/// Says anew what it is about.
///
/// # Errors
/// [`WhyNot::Changed`], or the database.
pub async fn set_subject(
    tx: &mut PgConnection,
    permit: &Write,
    seen: i32,
    subject: (Uuid, &str, &[Base]),
    now: OffsetDateTime,
) -> Result<(), Refused> {
    unchanged(permit, seen)?;
    Ok(store::set_subject(tx, permit, subject, now).await?)
}

/// Similar ones were looked at.
///
/// # Errors
/// When the database refuses.
pub async fn see_similar(tx: &mut PgConnection, permit: &Write, now: OffsetDateTime) -> Result<(), Refused> {
    Ok(store::see_similar(tx, permit, now).await?)
}

/// Saves the text.
///
/// # Errors
/// [`WhyNot::Changed`], or the database.
pub async fn set_text(tx: &mut PgConnection, permit: &Write, seen: i32, text: &Text, now: OffsetDateTime) -> Result<(), Refused> {
    unchanged(permit, seen)?;
    Ok(store::set_text(tx, permit, text, now).await?)
}

/// Saves the reasons.
///
/// # Errors
/// [`WhyNot::Changed`], or the database.
pub async fn set_reasons(
    tx: &mut PgConnection,
    permit: &Write,
    seen: i32,
    reasons: &Reasons,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    unchanged(permit, seen)?;
    Ok(store::set_reasons(tx, permit, reasons, now).await?)
}

/// Throws a draft away.
///
/// # Errors
/// [`WhyNot::NotFrom`] for what was sent in before, or the database.
pub async fn discard(tx: &mut PgConnection, permit: &Write, now: OffsetDateTime) -> Result<(), Refused> {
    let proposal = permit.proposal();
    if proposal.state != State::Draft {
        return Err(WhyNot::NotFrom(proposal.state).into());
    }
    store::discard(tx, permit).await?;
    note(tx, permit.by(), "proposal.discard", proposal.id, json!({}), None, now).await?;
    Ok(())
}

/// Sends it in; gives its number. `lacks` is what the text that is sent lacks, read in this transaction.
///
/// # Errors
/// [`Refused::Lacks`], [`WhyNot::Changed`], [`Refused::NotUntil`], or the database.
pub async fn send(
    tx: &mut PgConnection,
    permit: &Send,
    (seen, lacks): (i32, Vec<Lack>),
    client: Client,
    now: OffsetDateTime,
) -> Result<ProposalNumber, Refused> {
    let proposal = permit.proposal();
    if proposal.lock_version != seen {
        return Err(WhyNot::Changed.into());
    }
    proposal.state.after(&Step::Submit)?;
    if !lacks.is_empty() {
        return Err(Refused::Lacks(lacks));
    }
    take_turn(tx, permit.by(), client, now).await?;
    let today = clock::in_sweden(now).date();
    let year = i16::try_from(today.year()).map_err(|error| sqlx::Error::Encode(error.into()))?;
    let answer_by = deadline::answer_by(today);
    attachments::give(tx, permit, now).await?;
    let number = store::give(tx, permit, (year, answer_by), now).await?;
    tell(tx, permit.by(), proposal, (Step::Submit, State::Submitted), now).await?;
    let locked = Locked { number: Some(number), ..proposal.clone() };
    // What is held is answered some time after somebody has approved who sent it.
    let held = store::waits(tx, permit.person(), proposal.owner).await?;
    let news = News::Received { answer_by: (!held).then_some(answer_by) };
    letters::send(tx, &locked, permit.person(), &news, now).await?;
    if proposal.author != permit.person() {
        letters::send(tx, &locked, proposal.author, &news, now).await?;
    }
    Ok(number)
}

/// Takes it back.
///
/// # Errors
/// Why it cannot be, or the database.
pub async fn withdraw(tx: &mut PgConnection, permit: &Withdraw, now: OffsetDateTime) -> Result<(), Refused> {
    step(tx, permit, Step::Withdraw, None, now).await
}

/// Has the own organisation stand behind it.
///
/// # Errors
/// [`WhyNot::Signed`], or the database.
pub async fn sign(tx: &mut PgConnection, permit: &Sign, client: Client, now: OffsetDateTime) -> Result<(), Refused> {
    take_turn(tx, permit.by(), client, now).await?;
    if !store::sign(tx, permit, now).await? {
        return Err(WhyNot::Signed.into());
    }
    told(tx, permit.by(), permit.proposal(), "proposal.signed", now).await
}

/// The own organisation no longer stands behind it.
///
/// # Errors
/// When the database refuses.
pub async fn unsign(tx: &mut PgConnection, permit: &Sign, client: Client, now: OffsetDateTime) -> Result<(), Refused> {
    take_turn(tx, permit.by(), client, now).await?;
    if store::unsign(tx, permit).await? {
        told(tx, permit.by(), permit.proposal(), "proposal.unsigned", now).await?;
    }
    Ok(())
}

/// Lets lie what was returned and never came back.
///
/// # Errors
/// When the database refuses.
pub async fn let_lie(tx: &mut PgConnection, permit: &LetLie, now: OffsetDateTime) -> Result<(), Refused> {
    let proposal = permit.proposal();
    if now - proposal.state_since < SILENCE {
        return Ok(());
    }
    step(tx, permit, Step::Silence, None, now).await?;
    letters::send(tx, proposal, proposal.author, &News::Silent, now).await?;
    Ok(())
}

/// Those that are to be let lie.
///
/// # Errors
/// When the database refuses.
pub async fn silent(tx: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<Vec<Uuid>> {
    store::silent(tx, now - SILENCE).await
}

/// Takes a step: transition, store, audit and event.
async fn step(
    tx: &mut PgConnection,
    permit: &impl Onwards,
    step: Step<'_>,
    into: Option<Uuid>,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let to = permit.proposal().state.after(&step)?;
    store::set_state(tx, permit, to, (step.reason(), into), now).await?;
    tell(tx, permit.by(), permit.proposal(), (step, to), now).await
}

async fn tell(
    tx: &mut PgConnection,
    by: &Actor,
    proposal: &Locked,
    (step, to): (Step<'_>, State),
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let event = events::Event {
        kind: step.event(),
        subject_kind: "proposal",
        subject: proposal.id,
        part: None,
        audience: Audience::Public,
        owner: Some(proposal.owner),
        from: Some(proposal.state.code()),
        to: Some(to.code()),
        reason: step.reason(),
    };
    events::record(tx, by, now, event).await?;
    let told = json!({"from": proposal.state.code(), "to": to.code()});
    note(tx, by, step.event(), proposal.id, told, step.reason(), now).await?;
    Ok(())
}

async fn told(
    tx: &mut PgConnection,
    by: &Actor,
    proposal: &Locked,
    kind: &'static str,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let event = events::Event {
        kind,
        subject_kind: "proposal",
        subject: proposal.id,
        part: None,
        audience: Audience::Public,
        owner: Some(proposal.owner),
        from: None,
        to: None,
        reason: None,
    };
    events::record(tx, by, now, event).await?;
    note(tx, by, kind, proposal.id, json!({}), None, now).await?;
    Ok(())
}

async fn note(
    tx: &mut PgConnection,
    by: &Actor,
    action: &'static str,
    id: Uuid,
    new: serde_json::Value,
    reason: Option<&str>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let entry = audit::Entry { action, object_kind: "proposal", object_id: Some(id), old: None, new: Some(new), reason };
    audit::record(tx, by, now, entry).await
}
