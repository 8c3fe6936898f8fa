//! What is done with requirements: permit → transition → store → audit → events, in the caller's transaction.

pub mod preparing;

use std::collections::HashMap;

use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    content::{Content, Maintained, hash},
    findable,
    jobs::{self, Found},
    lifecycle::{LONGEST_REASON, State, Step, WhyNot, check_reason},
    policy::{Advance, HideText, Origin, Prepare, Publish, Recite, Refused, Regroup, Repeal, Stop},
    store::{self, Edit, LockedVersion},
};
use crate::kernel::{
    actor::{Actor, Audience},
    audit,
    events::{self, Event},
};

pub use super::store::NewVersion;

/// The longest reasons, as the tables have them.
const LONGEST_STOP_REASON: usize = 2000;
const LONGEST_HIDE_REASON: usize = 1000;

/// Takes the next requirement numbers: `count` of them, above `at_least`. Gives the first.
///
/// # Errors
/// When the database refuses.
pub async fn take_numbers(tx: &mut PgConnection, _permit: &Prepare, count: i64, at_least: i64) -> Result<i64, Refused> {
    Ok(store::take_numbers(tx, count, at_least).await?)
}

/// Lays in new versions, in preparation, with all that is maintained beside them.
///
/// # Errors
/// When the database refuses.
pub async fn prepare(
    tx: &mut PgConnection,
    permit: &Prepare,
    origin: Origin,
    versions: &[NewVersion],
    now: OffsetDateTime,
) -> Result<(), Refused> {
    store::insert_versions(tx, permit, origin, versions, now).await?;
    store::maintain_new(tx, permit, versions, now).await?;
    record_many(
        tx,
        permit.by(),
        "requirement.prepared",
        &versions.iter().map(|v| (v.requirement, v.id)).collect::<Vec<_>>(),
        Audience::Preparers,
        None,
        State::Preparation,
        now,
    )
    .await?;
    let ids: Vec<Uuid> = versions.iter().map(|v| v.requirement).collect();
    findable::index(tx, &ids).await?;
    Ok(())
}

/// Edits what is maintained beside the core; no new version. Beside a draft of a published requirement it waits for the decision.
///
/// # Errors
/// When the database refuses.
pub async fn maintain(tx: &mut PgConnection, permit: &Prepare, edits: &[Edit<'_>], now: OffsetDateTime) -> Result<(), Refused> {
    store::maintain(tx, permit, edits, now).await?;
    for edit in edits {
        audit::record(
            tx,
            permit.by(),
            now,
            audit::Entry {
                action: "requirement.maintain",
                object_kind: "requirement",
                object_id: Some(edit.laid.requirement),
                old: None,
                new: Some(json!({"maintained": edit.content.maintained, "english": edit.content.english})),
                reason: None,
            },
        )
        .await?;
    }
    let ids: Vec<Uuid> = edits.iter().map(|edit| edit.laid.requirement).collect();
    findable::index(tx, &ids).await?;
    Ok(())
}

/// Moves the requirements of a product group to the group that it became a part of.
///
/// # Errors
/// When the database refuses.
pub async fn regroup(tx: &mut PgConnection, permit: &Regroup, now: OffsetDateTime) -> Result<Found, Refused> {
    store::regroup(tx, permit, now).await?;
    audit::record_many(tx, permit.by(), now, "requirement.regroup", "requirement", permit.requirements()).await?;
    if permit.requirements().len() > jobs::AT_ONCE {
        return Ok(jobs::find_anew(tx, "", Some(permit.to())).await?);
    }
    findable::index(tx, permit.requirements()).await?;
    Ok(Found::Now)
}

/// Has drafts cite another reference.
///
/// # Errors
/// When the database refuses.
pub async fn recite(tx: &mut PgConnection, permit: &Recite, now: OffsetDateTime) -> Result<(), Refused> {
    store::recite(tx, permit).await?;
    audit::record_many(tx, permit.by(), now, "requirement.recite", "requirement_version", permit.versions()).await?;
    Ok(())
}

/// What takes effect when.
#[derive(Debug)]
pub struct Effect<'a> {
    /// The version.
    pub version: Uuid,
    /// When it takes effect.
    pub from: OffsetDateTime,
    /// What it says.
    pub content: &'a Content,
}

/// Makes versions decided. Called by `decisions` alone.
///
/// # Errors
/// [`WhyNot::Incomplete`] for a decision of the network that lacks something, [`WhyNot::LevelTaken`],
/// [`WhyNot::VersionToCome`] where one is decided that comes at the same time or later, or the database.
pub async fn publish(
    tx: &mut PgConnection,
    permit: &Publish,
    decision: Option<Uuid>,
    effects: &[Effect<'_>],
    now: OffsetDateTime,
) -> Result<(), Refused> {
    if permit.origin() == Origin::Decision && decision.is_none() {
        return Err(WhyNot::NoDecision.into());
    }
    let permitted: HashMap<Uuid, &LockedVersion> = permit.versions().iter().map(|version| (version.id, version)).collect();
    let mut sealed = Vec::with_capacity(effects.len());
    for effect in effects {
        let Some(version) = permitted.get(&effect.version) else {
            return Err(WhyNot::NotAllowed.into());
        };
        if permit.origin() == Origin::Decision {
            version.state.after(&Step::Decide)?;
            let missing = effect.content.missing();
            if !missing.is_empty() {
                return Err(WhyNot::Incomplete(missing).into());
            }
        }
        let canonical = effect.content.core.canonical(version.requirement_number, version.number)?;
        let sha256 = hash(&canonical);
        sealed.push((effect.version, effect.from, canonical, sha256));
    }
    store::decide(tx, permit, &sealed, decision, now).await.map_err(does_not_fit)?;
    let maintained: HashMap<Uuid, &Maintained> =
        effects.iter().map(|effect| (effect.version, &effect.content.maintained)).collect();
    store::maintain_decided(tx, permit, &maintained, now).await?;
    let pairs: Vec<(Uuid, Uuid)> = permit.versions().iter().map(|v| (v.requirement, v.id)).collect();
    record_many(tx, permit.by(), Step::Decide.event(), &pairs, Audience::Public, None, State::Decided, now).await?;
    let ids: Vec<Uuid> = pairs.iter().map(|(requirement, _)| *requirement).collect();
    findable::index(tx, &ids).await?;
    Ok(())
}

fn does_not_fit(error: sqlx::Error) -> Refused {
    match error.as_database_error().and_then(sqlx::error::DatabaseError::constraint) {
        Some("level_taken_in_family") => WhyNot::LevelTaken.into(),
        Some("one_current_version") => WhyNot::VersionToCome.into(),
        _ => error.into(),
    }
}

fn stopped(error: sqlx::Error) -> Refused {
    let stopped = error.as_database_error().is_some_and(|db| db.constraint() == Some("one_stop_at_a_time"));
    if stopped { WhyNot::Stopped.into() } else { error.into() }
}

fn bad_successor(error: sqlx::Error) -> Refused {
    let bad =
        error.as_database_error().is_some_and(|db| db.constraint().is_some() && db.table() == Some("requirement_successor"));
    if bad { WhyNot::BadSuccessor.into() } else { error.into() }
}

/// Takes a version a step onwards: submit, return, discard, decline, revoke.
///
/// # Errors
/// Why the step cannot be taken, or the database.
pub async fn advance(tx: &mut PgConnection, permit: &Advance, step: Step<'_>, now: OffsetDateTime) -> Result<State, Refused> {
    let version = permit.version();
    permit.allows(&step)?;
    // From when a decision holds is what the row says, whoever asks.
    let step = match step {
        Step::Revoke { reason, takes_effect, .. } => {
            Step::Revoke { reason, takes_effect: version.takes_effect.unwrap_or(takes_effect), now }
        }
        other => other,
    };
    let to = version.state.after(&step)?;
    // What would go on in its place is to end.
    if to == State::Revoked && store::any_repealed(tx, &[version.requirement]).await? {
        return Err(WhyNot::Repealed.into());
    }
    store::set_state(tx, permit, to, now).await?;
    if to == State::Revoked {
        store::reopen_predecessor(tx, permit).await?;
    }
    let audience = if version.state == State::Decided { Audience::Public } else { Audience::Preparers };
    events::record(
        tx,
        permit.by(),
        now,
        Event {
            kind: step.event(),
            subject_kind: "requirement",
            subject: version.requirement,
            part: Some(version.id),
            audience,
            owner: None,
            from: Some(version.state.code()),
            to: Some(to.code()),
            reason: step.reason(),
        },
    )
    .await?;
    note(tx, permit.by(), step.event(), version.id, json!({"from": version.state.code(), "to": to.code()}), step.reason(), now)
        .await?;
    findable::index(tx, &[version.requirement]).await?;
    Ok(to)
}

/// Says of a requirement in force: use it not just now.
///
/// # Errors
/// When it has no reason or one too long, is stopped already, or the database refuses.
pub async fn stop(
    tx: &mut PgConnection,
    permit: &Stop,
    reason: &str,
    since: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    check_reason(reason, LONGEST_STOP_REASON)?;
    let stop = store::insert_stop(tx, permit, reason, since).await.map_err(stopped)?;
    tell_of_stop(tx, permit, "requirement.stopped", stop, reason, now).await
}

/// Lifts the stop.
///
/// # Errors
/// When it has no reason or one too long, is not stopped, or the database refuses.
pub async fn lift(tx: &mut PgConnection, permit: &Stop, reason: &str, now: OffsetDateTime) -> Result<(), Refused> {
    check_reason(reason, LONGEST_STOP_REASON)?;
    let stop = store::lift_stop(tx, permit, reason, now).await?.ok_or(WhyNot::NotStopped)?;
    tell_of_stop(tx, permit, "requirement.stop_lifted", stop, reason, now).await
}

async fn tell_of_stop(
    tx: &mut PgConnection,
    permit: &Stop,
    kind: &'static str,
    stop: Uuid,
    reason: &str,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let event = Event {
        kind,
        subject_kind: "requirement",
        subject: permit.requirement(),
        part: Some(stop),
        audience: Audience::Public,
        owner: None,
        from: None,
        to: None,
        reason: Some(reason),
    };
    events::record(tx, permit.by(), now, event).await?;
    note(tx, permit.by(), kind, permit.requirement(), json!({}), Some(reason), now).await?;
    findable::index(tx, &[permit.requirement()]).await?;
    Ok(())
}

/// Ends a requirement from an instant on, with what comes instead of it: `replaced`, `merged` or `split`; without a decision of
/// the network.
///
/// # Errors
/// As [`repeal_by`].
pub async fn repeal(
    tx: &mut PgConnection,
    permit: &Repeal,
    reason: &str,
    effective: OffsetDateTime,
    successors: &[(Uuid, &str)],
    now: OffsetDateTime,
) -> Result<(), Refused> {
    repeal_by(tx, permit, None, (reason, effective), successors, now).await
}

/// The same by a decision. The network repeals by one alone, and `decisions` alone calls it with one.
///
/// # Errors
/// When it has no reason or one too long, the permit is for another instant, the network has not decided it, a successor
/// does not fit, or the database refuses.
pub async fn repeal_by(
    tx: &mut PgConnection,
    permit: &Repeal,
    decision: Option<Uuid>,
    (reason, effective): (&str, OffsetDateTime),
    successors: &[(Uuid, &str)],
    now: OffsetDateTime,
) -> Result<(), Refused> {
    check_reason(reason, LONGEST_REASON)?;
    if effective != permit.at() {
        return Err(WhyNot::NotAllowed.into());
    }
    if permit.origin() == Origin::Decision && decision.is_none() {
        return Err(WhyNot::NoDecision.into());
    }
    store::end_validity(tx, permit, effective).await?;
    store::insert_repeal(tx, permit, reason, effective, decision, successors).await.map_err(bad_successor)?;
    let event = Event {
        kind: "requirement.repealed",
        subject_kind: "requirement",
        subject: permit.requirement(),
        part: Some(permit.current().id),
        audience: Audience::Public,
        owner: None,
        from: None,
        to: None,
        reason: Some(reason),
    };
    events::record(tx, permit.by(), now, event).await?;
    note(tx, permit.by(), "requirement.repealed", permit.requirement(), json!({"successors": successors}), Some(reason), now)
        .await?;
    findable::index(tx, &[permit.requirement()]).await?;
    Ok(())
}

/// Takes a decided text out of sight: secrecy, personal data, copyright.
///
/// # Errors
/// When it has no reason, or the database refuses.
pub async fn hide_text(tx: &mut PgConnection, permit: &HideText, reason: &str, now: OffsetDateTime) -> Result<(), Refused> {
    check_reason(reason, LONGEST_HIDE_REASON)?;
    store::hide_text(tx, permit, reason, now).await?;
    let event = Event {
        kind: "requirement.text_hidden",
        subject_kind: "requirement",
        subject: permit.version().requirement,
        part: Some(permit.version().id),
        audience: Audience::Public,
        owner: None,
        from: None,
        to: None,
        reason: Some(reason),
    };
    events::record(tx, permit.by(), now, event).await?;
    note(tx, permit.by(), "requirement.hide_text", permit.version().id, json!({}), Some(reason), now).await?;
    findable::index(tx, &[permit.version().requirement]).await?;
    Ok(())
}

async fn note(
    tx: &mut PgConnection,
    by: &Actor,
    action: &'static str,
    object: Uuid,
    new: serde_json::Value,
    reason: Option<&str>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let object_kind = if action.contains("stop") || matches!(action, "requirement.repealed" | "requirement.reviewed") {
        "requirement"
    } else {
        "requirement_version"
    };
    let entry = audit::Entry { action, object_kind, object_id: Some(object), old: None, new: Some(new), reason };
    audit::record(tx, by, now, entry).await
}

/// One event and one audit row for each version, in two statements however many they are.
#[expect(clippy::too_many_arguments, reason = "one row's worth of facts, private to this file")]
async fn record_many(
    tx: &mut PgConnection,
    by: &Actor,
    kind: &'static str,
    pairs: &[(Uuid, Uuid)],
    audience: Audience,
    reason: Option<&str>,
    to: State,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let requirements: Vec<Uuid> = pairs.iter().map(|p| p.0).collect();
    let versions: Vec<Uuid> = pairs.iter().map(|p| p.1).collect();
    let event = Event {
        kind,
        subject_kind: "requirement",
        subject: Uuid::nil(),
        part: None,
        audience,
        owner: None,
        from: None,
        to: Some(to.code()),
        reason,
    };
    events::record_many(tx, by, now, &event, &requirements, &versions).await?;
    audit::record_many(tx, by, now, kind, "requirement_version", &versions).await
}
