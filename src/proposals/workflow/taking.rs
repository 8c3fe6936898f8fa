//! A proposal becomes part of a version that is prepared, and follows what becomes of it: put back, answered, overtaken.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Refused, step, tell};
use crate::{
    proposals::{
        letters::{self, News},
        lifecycle::{Outcome, State, Step},
        policy::{Follow, Handle},
        proposal::Kind,
        store::{self, Locked},
    },
    requirements::policy::{Advance, Publish, Repeal},
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

/// The requirement that they are about is repealed. Whoever proposed just that has a yes; what is open besides goes on where
/// another requirement comes instead, and is closed with the reason where none does.
///
/// # Errors
/// When the database refuses.
pub async fn repealed(
    tx: &mut PgConnection,
    repeal: &Repeal,
    (by, reason, has_successor): (By<'_>, &str, bool),
    now: OffsetDateTime,
) -> Result<(), Refused> {
    for permit in Follow::of_repeal(tx, repeal).await? {
        let proposal = permit.proposal();
        match (proposal.kind, proposal.state) {
            (Kind::Repeal, State::TakenIn) => answer(tx, &permit, (Outcome::Accepted, "", by), now).await?,
            // Part of a version that is open still, which is dealt with by itself.
            (_, State::TakenIn) => {}
            (Kind::Change, _) if has_successor => {}
            _ => {
                let made = Step::Overtake(reason);
                let to = proposal.state.after(&made)?;
                store::answer(tx, &permit, to, (reason, by.decision), now).await?;
                tell(tx, permit.by(), proposal, (made, to), now).await?;
                inform(tx, proposal, &News::Overtaken(reason, by.cited), now).await?;
            }
        }
    }
    Ok(())
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
