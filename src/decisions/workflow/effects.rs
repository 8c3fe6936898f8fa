//! What follows from a decision, in order.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::Refused;
use crate::{
    decisions::{
        lifecycle::{Kind, Outcome},
        number::DecisionNumber,
        policy::Decide,
        reads::draft::{Draft, Item, SuccessorRow},
    },
    proposals,
    requirements::{
        self, RequirementNumber,
        lifecycle::Step,
        policy::{Advance, Publish, Repeal},
        workflow::{self, Effect},
    },
};

/// Lets all of it take effect, in the transaction of the decision. The order matters: what was to come makes room first, then
/// versions come into force, so that what ends can name them as what comes instead; what was sent back or refused comes last.
/// With each goes what was proposed about it.
///
/// # Errors
/// What the requirements say no to, or the database.
pub async fn effects(
    tx: &mut PgConnection,
    permit: &Decide,
    (draft, number): (&Draft, DecisionNumber),
    from: &[(Uuid, OffsetDateTime)],
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let cited = number.to_string();
    let by = proposals::By { decision: draft.id, cited: &cited };
    let decided = |kind: Kind| draft.items.iter().filter(move |item| item.kind == kind && item.outcome == Some(Outcome::Adopted));
    for item in decided(Kind::Revoke) {
        let step = Step::Revoke { reason: &item.cause, takes_effect: item.takes_effect.unwrap_or(now), now };
        advance(tx, permit, item, (step, by), now).await?;
    }
    publish(tx, permit, (by, &decided(Kind::Adopt).collect::<Vec<_>>()), from, now).await?;
    for item in decided(Kind::Repeal) {
        repeal(tx, permit, (by, item), from, now).await?;
    }
    for item in draft.items.iter().filter(|item| item.kind == Kind::Adopt) {
        match item.outcome {
            Some(Outcome::Returned) => advance(tx, permit, item, (Step::Return(&item.reason), by), now).await?,
            Some(Outcome::Rejected) => advance(tx, permit, item, (Step::Decline(&item.reason), by), now).await?,
            Some(Outcome::Adopted) | None => {}
        }
    }
    Ok(())
}

fn moment(from: &[(Uuid, OffsetDateTime)], item: &Item, now: OffsetDateTime) -> OffsetDateTime {
    from.iter().find(|(version, _)| *version == item.version_id).map_or(now, |(_, at)| *at)
}

async fn advance(
    tx: &mut PgConnection,
    permit: &Decide,
    item: &Item,
    (step, by): (Step<'_>, proposals::By<'_>),
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let version = requirements::lock_version(tx, item.version_id).await?.ok_or(Refused::NotThere)?;
    let may = Advance::ask(tx, permit.by(), version.id, version.lock_version).await?;
    workflow::advance(tx, &may, step, now).await?;
    if let Step::Decline(reason) = step {
        proposals::declined(tx, &may, (by, reason), now).await?;
    }
    Ok(())
}

async fn publish(
    tx: &mut PgConnection,
    permit: &Decide,
    (by, items): (proposals::By<'_>, &[&Item]),
    from: &[(Uuid, OffsetDateTime)],
    now: OffsetDateTime,
) -> Result<(), Refused> {
    if items.is_empty() {
        return Ok(());
    }
    let versions: Vec<Uuid> = items.iter().map(|item| item.version_id).collect();
    let may = Publish::ask(tx, permit.by(), &versions).await?;
    let numbers: Vec<i64> = items.iter().map(|item| item.requirement().get()).collect();
    let stored = requirements::load(tx, &numbers).await?;
    let mut effects = Vec::with_capacity(items.len());
    for item in items {
        let open = stored.get(&item.requirement().get()).and_then(|stored| stored.open.as_ref());
        let open = open.filter(|open| open.id == item.version_id).ok_or(Refused::NotThere)?;
        effects.push(Effect { version: open.id, from: moment(from, item, now), content: &open.content });
    }
    workflow::publish(tx, &may, Some(by.decision), &effects, now).await?;
    proposals::decided(tx, &may, by, now).await?;
    Ok(())
}

async fn repeal(
    tx: &mut PgConnection,
    permit: &Decide,
    (by, item): (proposals::By<'_>, &Item),
    from: &[(Uuid, OffsetDateTime)],
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let at = moment(from, item, now);
    let may = Repeal::ask(tx, permit.by(), item.requirement_id, at).await?;
    let named: Vec<RequirementNumber> = item.successors.iter().map(SuccessorRow::requirement).collect();
    let numbers: Vec<i64> = named.iter().map(|number| number.get()).collect();
    let stored = requirements::load(tx, &numbers).await?;
    let mut successors = Vec::with_capacity(item.successors.len());
    for successor in &item.successors {
        let found = stored.get(&successor.requirement().get()).ok_or(Refused::BadSuccessor)?;
        successors.push((found.id, successor.kind.as_str()));
    }
    workflow::repeal_by(tx, &may, Some(by.decision), (&item.cause, at), &successors, now).await?;
    proposals::repealed(tx, &may, (by, &item.cause, &named), now).await?;
    Ok(())
}
