//! A proposal becomes part of a version that is prepared, and follows what becomes of it: put back, answered, overtaken.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Refused, step, tell};
use crate::{
    kernel::actor::Actor,
    proposals::{
        letters::{self, News},
        lifecycle::{Outcome, State, Step},
        policy::{Follow, Handle},
        proposal::Kind,
        store::{self, Locked},
    },
    requirements::{
        RequirementNumber,
        policy::{Advance, Publish, Repeal},
    },
};

pub use crate::proposals::store::TakenIn;

/// Takes a proposal in. The text is written by who calls it, in the same transaction.
///
/// # Errors
/// Why it cannot be, or the database.
pub async fn take_in(tx: &mut PgConnection, permit: &Handle, taken: &TakenIn<'_>, now: OffsetDateTime) -> Result<(), Refused> {
    let proposal = permit.proposal();
    let made = if taken.wholly { Step::TakeIn } else { Step::TakeInPartly(taken.said) };
    let mut from = proposal.clone();
    // What nobody had begun with is begun with by this.
    if from.state == State::Submitted {
        step(tx, permit, Step::Begin, None, now).await?;
        from.state = State::InPreparation;
    }
    let to = from.state.after(&made)?;
    store::take_in(tx, permit, taken, now).await?;
    if proposal.handler.is_none() {
        store::set_handler(tx, permit, Some((permit.person(), permit.organisation()))).await?;
    }
    tell(tx, permit.by(), &from, (made, to), now).await?;
    let news = News::TakenIn((!taken.wholly).then_some(taken.said));
    letters::send(tx, proposal, proposal.author, &news, now).await?;
    Ok(())
}

/// The version that they were taken into is discarded: they are prepared again.
///
/// # Errors
/// When the database refuses.
pub async fn put_back(tx: &mut PgConnection, version: &Advance, now: OffsetDateTime) -> Result<(), Refused> {
    for permit in Follow::of_version(tx, version).await? {
        let proposal = permit.proposal();
        let to = proposal.state.after(&Step::PutBack)?;
        store::put_back(tx, &permit, now).await?;
        tell(tx, permit.by(), proposal, (Step::PutBack, to), now).await?;
        letters::send(tx, proposal, proposal.author, &News::PutBack, now).await?;
    }
    Ok(())
}

/// A decision that answers proposals.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    /// Its id.
    pub decision: Uuid,
    /// As it is cited: `B-2026-0011`.
    pub cited: &'a str,
}

/// The decision maker said no to the version that they were taken into.
///
/// # Errors
/// When the database refuses.
pub async fn declined(
    tx: &mut PgConnection,
    version: &Advance,
    (by, reason): (By<'_>, &str),
    now: OffsetDateTime,
) -> Result<(), Refused> {
    for permit in Follow::of_version(tx, version).await? {
        answer(tx, &permit, (Outcome::Rejected, reason, by), now).await?;
    }
    Ok(())
}

/// The versions that they were taken into are decided.
///
/// # Errors
/// When the database refuses.
pub async fn decided(tx: &mut PgConnection, versions: &Publish, by: By<'_>, now: OffsetDateTime) -> Result<(), Refused> {
    for permit in Follow::of_versions(tx, versions).await? {
        let said = permit.proposal().said.clone();
        let outcome = if permit.proposal().wholly == Some(false) { Outcome::PartlyAccepted } else { Outcome::Accepted };
        answer(tx, &permit, (outcome, &said, by), now).await?;
    }
    Ok(())
}

/// The requirement that they are about is repealed. Whoever proposed just that has a yes. What is open besides goes on where
/// another requirement comes instead, which its author and who stands behind it are told; where none does it is closed with the
/// reason, at once or when the repeal takes effect: see `overtake_due`.
///
/// # Errors
/// When the database refuses.
pub async fn repealed(
    tx: &mut PgConnection,
    repeal: &Repeal,
    (by, reason, successors): (By<'_>, &str, &[RequirementNumber]),
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let to = successors.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    for permit in Follow::of_repeal(tx, repeal).await? {
        let proposal = permit.proposal();
        match (proposal.kind, proposal.state) {
            (Kind::Repeal, State::TakenIn) => answer(tx, &permit, (Outcome::Accepted, "", by), now).await?,
            (Kind::Repeal, _) => grant(tx, &permit, by, now).await?,
            // Part of a version that is open still, which is dealt with by itself.
            (_, State::TakenIn) => {}
            (Kind::Change | Kind::Merge, _) if !to.is_empty() => {
                inform(tx, proposal, &News::Succeeded(reason, by.cited, &to), now).await?;
            }
            _ if repeal.at() > now => {}
            _ => overtake(tx, &permit, (reason, by), now).await?,
        }
    }
    Ok(())
}

/// What is open on requirements that have ceased to apply since, by a decision that named its day, without another that comes
/// instead.
///
/// # Errors
/// When the database refuses.
pub async fn due(tx: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<Vec<store::Overtaken>> {
    store::overtaken(tx, now).await
}

/// Closes one of those, where it is still open; what asked for just that, and came in after the decision, has its yes.
///
/// # Errors
/// When the actor is no job, or the database refuses.
pub async fn overtake_due(
    tx: &mut PgConnection,
    actor: &Actor,
    due: &store::Overtaken,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let Some(permit) = Follow::of_day(tx, actor, due.proposal, now).await? else { return Ok(()) };
    let by = By { decision: due.decision, cited: &due.cited };
    if permit.proposal().kind == Kind::Repeal {
        grant(tx, &permit, by, now).await
    } else {
        overtake(tx, &permit, (&due.reason, by), now).await
    }
}

async fn overtake(
    tx: &mut PgConnection,
    permit: &Follow,
    (reason, by): (&str, By<'_>),
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let proposal = permit.proposal();
    let made = Step::Overtake(reason);
    let to = proposal.state.after(&made)?;
    store::answer(tx, permit, to, (reason, by.decision), now).await?;
    tell(tx, permit.by(), proposal, (made, to), now).await?;
    inform(tx, proposal, &News::Overtaken(reason, by.cited), now).await
}

async fn grant(tx: &mut PgConnection, permit: &Follow, by: By<'_>, now: OffsetDateTime) -> Result<(), Refused> {
    let proposal = permit.proposal();
    let to = proposal.state.after(&Step::Grant)?;
    store::answer(tx, permit, to, ("", by.decision), now).await?;
    tell(tx, permit.by(), proposal, (Step::Grant, to), now).await?;
    inform(tx, proposal, &News::Answered(Outcome::Accepted, None, by.cited), now).await
}

async fn answer(
    tx: &mut PgConnection,
    permit: &Follow,
    (outcome, reason, by): (Outcome, &str, By<'_>),
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let proposal = permit.proposal();
    let made = Step::Answer(outcome, reason);
    let to = proposal.state.after(&made)?;
    store::answer(tx, permit, to, (made.reason().unwrap_or(""), by.decision), now).await?;
    tell(tx, permit.by(), proposal, (made, to), now).await?;
    inform(tx, proposal, &News::Answered(outcome, made.reason(), by.cited), now).await
}

/// Writes to its author and to who stands behind it.
async fn inform(tx: &mut PgConnection, proposal: &Locked, news: &News<'_>, now: OffsetDateTime) -> Result<(), Refused> {
    letters::send(tx, proposal, proposal.author, news, now).await?;
    for person in store::cosigners(tx, proposal.id).await? {
        if person != proposal.author {
            letters::send(tx, proposal, person, news, now).await?;
        }
    }
    Ok(())
}
