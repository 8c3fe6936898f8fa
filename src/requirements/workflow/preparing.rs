//! What those who prepare do: begin a version, write in it, share it, take it, say that a review changed nothing.

use serde_json::json;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{NewVersion, note, prepare};
use crate::{
    kernel::{
        actor::Audience,
        clock,
        events::{self, Event},
    },
    requirements::{
        RequirementNumber,
        begun::Begun,
        clauses::Clause,
        content::{Content, Core, English, Maintained, Novelty},
        fields::{Change, Kind, Level},
        findable,
        lifecycle::{LONGEST_REASON, State, WhyNot, check_reason},
        policy::{Open, Origin, Prepare, Refused},
        store::{self, Stored},
    },
};

/// Begins a version from the one that was decided last, or from the last one that came to nothing, as `stored` has it, which
/// was loaded under the permit's lock. `hidden` says that the text of that version may not be shown: then it is written anew.
///
/// # Errors
/// [`WhyNot::AlreadyOpen`], [`WhyNot::Repealed`], [`WhyNot::NothingToRevise`], a note that is too long, or the database.
pub async fn revise(
    tx: &mut PgConnection,
    permit: &Prepare,
    (number, stored): (RequirementNumber, &Stored),
    (why, reason): (Begun, &str),
    hidden: bool,
    now: OffsetDateTime,
) -> Result<Uuid, Refused> {
    check_reason(reason, LONGEST_REASON)?;
    if stored.open.is_some() {
        return Err(WhyNot::AlreadyOpen.into());
    }
    if store::any_repealed(tx, &[stored.id]).await? {
        return Err(WhyNot::Repealed.into());
    }
    let from = stored.decided.as_ref().or(stored.dropped.as_ref()).ok_or(WhyNot::NothingToRevise)?;
    let (mut content, mut clauses) = (from.content.clone(), from.clauses.clone());
    if hidden {
        content.core.text = Vec::new();
        content.english = English::default();
        clauses = Vec::new();
    }
    let version = NewVersion {
        id: Uuid::now_v7(),
        requirement: stored.id,
        requirement_number: number,
        new_requirement: false,
        number: stored.last_number + 1,
        content,
        clauses,
        novelty: Novelty::default(),
    };
    let id = version.id;
    prepare(tx, permit, Origin::Decision, &[version], now).await?;
    store::begin(tx, permit, id, (why, reason)).await?;
    note(tx, permit.by(), "requirement.begun", id, json!({"because": why.code()}), Some(reason), now).await?;
    Ok(id)
}

/// What a new requirement begins as.
#[derive(Debug)]
pub struct Fresh<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its product group.
    pub group: Uuid,
    /// Its type.
    pub kind: Kind,
    /// Its level.
    pub level: Level,
    /// Why it is needed.
    pub reason: &'a str,
}

/// Begins a new requirement; gives its number and its version.
///
/// # Errors
/// No reason or one too long, [`WhyNot::GroupRetired`], or the database.
pub async fn create(
    tx: &mut PgConnection,
    permit: &Prepare,
    fresh: &Fresh<'_>,
    now: OffsetDateTime,
) -> Result<(RequirementNumber, Uuid), Refused> {
    check_reason(fresh.reason, LONGEST_REASON)?;
    let requirement = Uuid::now_v7();
    if store::takes_none(tx, fresh.group, requirement).await? {
        return Err(WhyNot::GroupRetired.into());
    }
    let number = RequirementNumber::from_db(store::take_numbers(tx, 1, 0).await?);
    let content = Content {
        core: Core {
            title: fresh.title.to_owned(),
            text: Vec::new(),
            kind: fresh.kind,
            level: fresh.level,
            rationale: String::new(),
            proportionality: String::new(),
            legal_floor: String::new(),
            evidence: Vec::new(),
            answer: None,
            award: None,
            follow_up: None,
            applies_to: None,
            parameters: Vec::new(),
            exemptions: Vec::new(),
            definitions: Vec::new(),
            appendices: Vec::new(),
            references: Vec::new(),
        },
        maintained: Maintained::within(fresh.group),
        english: English::default(),
    };
    let version = NewVersion {
        id: Uuid::now_v7(),
        requirement,
        requirement_number: number,
        new_requirement: true,
        number: 1,
        content,
        clauses: Vec::new(),
        novelty: Novelty { changes: vec![Change::New], ..Novelty::default() },
    };
    let id = version.id;
    prepare(tx, permit, Origin::Decision, &[version], now).await?;
    store::begin(tx, permit, id, (Begun::New, fresh.reason)).await?;
    note(tx, permit.by(), "requirement.begun", id, json!({"because": Begun::New.code()}), Some(fresh.reason), now).await?;
    Ok((number, id))
}

/// What a version is to say.
#[derive(Debug)]
pub struct Said {
    /// Core, what is maintained beside it, English.
    pub content: Content,
    /// The clauses of the core with the ids that they keep.
    pub clauses: Vec<Clause>,
    /// What it says of itself.
    pub novelty: Novelty,
}

/// Writes what the version says, where it still stands as it was `seen`.
///
/// # Errors
/// [`WhyNot::NotFrom`] where it is no longer written, [`WhyNot::Changed`], [`WhyNot::GroupRetired`] where it is to stand in such a
/// group, or the database.
pub async fn amend(tx: &mut PgConnection, permit: &Open, seen: i32, said: Said, now: OffsetDateTime) -> Result<(), Refused> {
    let locked = permit.version();
    if locked.state != State::Preparation {
        return Err(WhyNot::NotFrom(locked.state).into());
    }
    if locked.lock_version != seen {
        return Err(WhyNot::Changed.into());
    }
    let (id, requirement) = (locked.id, locked.requirement);
    if store::takes_none(tx, said.content.maintained.group, requirement).await? {
        return Err(WhyNot::GroupRetired.into());
    }
    let version = NewVersion {
        id,
        requirement,
        requirement_number: locked.requirement_number,
        new_requirement: false,
        number: locked.number,
        content: said.content,
        clauses: said.clauses,
        novelty: said.novelty,
    };
    let told = json!({"lock_version": seen + 1, "core": version.content.core, "maintained": version.content.maintained,
        "english": version.content.english, "changes": version.novelty.changes, "change_note": version.novelty.note,
        "running_contracts": version.novelty.running_contracts});
    store::amend(tx, permit, version, now).await?;
    store::set_opening(tx, permit, true, now).await?;
    note(tx, permit.by(), "requirement.amended", id, told, None, now).await?;
    findable::index(tx, &[requirement]).await?;
    Ok(())
}

/// Lets the authorities read an open version: from then on it is a public record. Or ends that, for the future.
///
/// # Errors
/// [`WhyNot::Shared`] or [`WhyNot::NotShared`] where that is how it is, no reason or one too long, or the database.
pub async fn share(
    tx: &mut PgConnection,
    permit: &Open,
    (shares, reason): (bool, &str),
    now: OffsetDateTime,
) -> Result<(), Refused> {
    check_reason(reason, LONGEST_REASON)?;
    let version = permit.version();
    let is_shared = version.audience == Audience::Authorities.level();
    if is_shared == shares {
        return Err(if shares { WhyNot::Shared } else { WhyNot::NotShared }.into());
    }
    store::set_audience(tx, permit, if shares { Audience::Authorities } else { Audience::Preparers }).await?;
    let kind = if shares { "requirement.shared" } else { "requirement.unshared" };
    let event = Event {
        kind,
        subject_kind: "requirement",
        subject: version.requirement,
        part: Some(version.id),
        audience: Audience::Authorities,
        owner: None,
        from: None,
        to: None,
        reason: Some(reason),
    };
    events::record(tx, permit.by(), now, event).await?;
    note(tx, permit.by(), kind, version.id, json!({}), Some(reason), now).await?;
    findable::index(tx, &[version.requirement]).await?;
    Ok(())
}

/// Takes a version, or leaves it; `seen` is who had it on the page.
///
/// # Errors
/// [`WhyNot::Changed`] where another has it than was seen, or the database.
pub async fn hand(
    tx: &mut PgConnection,
    permit: &Open,
    (seen, takes): (Option<Uuid>, bool),
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let (Some(person), Some(organisation)) = permit.by().person() else { return Err(WhyNot::NotAllowed.into()) };
    let version = permit.version();
    if takes == (version.handler == Some(person)) {
        return Ok(());
    }
    if version.handler != seen {
        return Err(WhyNot::Changed.into());
    }
    store::set_handler(tx, permit, takes.then_some((person, organisation))).await?;
    let told = json!({"from": version.handler, "to": takes.then_some(person)});
    let action = if takes { "requirement.take" } else { "requirement.leave" };
    note(tx, permit.by(), action, version.id, told, None, now).await?;
    Ok(())
}

/// Notes that somebody has opened the editor of a version, or is done with it, for others to see.
///
/// # Errors
/// When the database refuses.
pub async fn open(tx: &mut PgConnection, permit: &Open, opens: bool, now: OffsetDateTime) -> Result<(), Refused> {
    Ok(store::set_opening(tx, permit, opens, now).await?)
}

/// Says of a requirement in force that its review changed nothing, and when the next one is.
///
/// # Errors
/// [`WhyNot::ReviewNotToCome`], [`WhyNot::NothingInForce`], no reason or one too long, or the database.
pub async fn reviewed(
    tx: &mut PgConnection,
    permit: &Prepare,
    (requirement, review_by): (Uuid, Date),
    reason: &str,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    check_reason(reason, LONGEST_REASON)?;
    if review_by <= clock::in_sweden(now).date() {
        return Err(WhyNot::ReviewNotToCome.into());
    }
    store::lock_current(tx, requirement, now).await?.ok_or(WhyNot::NothingInForce)?;
    store::review(tx, permit, (requirement, review_by), now).await?;
    let event = Event {
        kind: "requirement.reviewed",
        subject_kind: "requirement",
        subject: requirement,
        part: None,
        audience: Audience::Public,
        owner: None,
        from: None,
        to: None,
        reason: Some(reason),
    };
    events::record(tx, permit.by(), now, event).await?;
    note(tx, permit.by(), "requirement.reviewed", requirement, json!({"review_by": review_by.to_string()}), Some(reason), now)
        .await?;
    findable::index(tx, &[requirement]).await?;
    Ok(())
}
