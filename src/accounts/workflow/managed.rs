//! What administrators change in somebody else's account. Whoever's roles change signs in anew.

use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    entry,
    news::{News, tell},
};
use crate::{
    accounts::{
        policy::managed::ManageOne,
        session::End,
        store::{
            factor, managed as store,
            roles::{self, Approval},
            step,
        },
    },
    kernel::{
        actor::{Actor, Role},
        audit,
    },
    organisations::Kind,
};

/// What came of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Managed {
    /// It is done; so many sessions were ended with it.
    Done(i64),
    /// It was so already.
    WasSo,
    /// There is no such person, or no such role to take.
    NoSuch,
    /// One may not do that to oneself.
    Own,
}

/// A role, with the letter of the procurement area where it is that of an area coordinator.
pub type Given<'a> = (Role, Option<&'a str>);

/// Whether a role can be held for an organisation of this kind (domain.md §5).
pub fn fits(role: Role, kind: Kind) -> bool {
    match role {
        Role::SupplierMember => matches!(kind, Kind::Supplier | Kind::IndustryBody),
        Role::RegionMember => matches!(kind, Kind::Region | Kind::NationalBody | Kind::ContractingAuthority),
        Role::RegionCoordinator | Role::AreaCoordinator => kind == Kind::Region,
        Role::LmcCoordinator | Role::DecisionMaker | Role::Admin => kind == Kind::NationalBody,
        Role::OrganisationAdmin => true,
    }
}

/// Gives a role for an organisation from now on, until a time where there is one.
///
/// # Errors
/// When the database refuses.
pub async fn give_role(
    tx: &mut PgConnection,
    actor: &Actor,
    (person, organisation): (Uuid, Uuid),
    given: Given<'_>,
    (now, until): (OffsetDateTime, Option<OffsetDateTime>),
) -> sqlx::Result<Managed> {
    let Some(permit) = ManageOne::ask(tx, actor, person).await? else { return Ok(Managed::NoSuch) };
    let (membership, _) = roles::member(tx, &permit, (person, organisation), Approval::OfNew, now).await?;
    if !roles::give(tx, &permit, membership, given, (now, until)).await? {
        return Ok(Managed::WasSo);
    }
    let new = json!({"organisation": organisation, "role": given.0.code(), "letter": given.1,
                     "until": until.map(OffsetDateTime::unix_timestamp)});
    changed(tx, &permit, "person.give_role", None, Some(new), now).await
}

/// Takes a role of a membership away.
///
/// # Errors
/// When the database refuses.
pub async fn take_role(
    tx: &mut PgConnection,
    actor: &Actor,
    (person, membership): (Uuid, Uuid),
    given: Given<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<Managed> {
    let Some(permit) = ManageOne::ask(tx, actor, person).await? else { return Ok(Managed::NoSuch) };
    if permit.is_own() && given.0 == Role::Admin {
        return Ok(Managed::Own);
    }
    let Some(organisation) = store::take(tx, &permit, membership, given, now).await? else { return Ok(Managed::NoSuch) };
    let old = json!({"organisation": organisation, "role": given.0.code(), "letter": given.1});
    changed(tx, &permit, "person.take_role", Some(old), None, now).await
}

/// Who has other roles has other rights: every session ends, and the next one has another key.
async fn changed(
    tx: &mut PgConnection,
    permit: &ManageOne,
    action: &'static str,
    old: Option<serde_json::Value>,
    new: Option<serde_json::Value>,
    now: OffsetDateTime,
) -> sqlx::Result<Managed> {
    let ended = roles::end_sessions(tx, permit, permit.person(), End::Role, now).await?;
    audit::record(tx, permit.by(), now, audit::Entry { old, new, ..entry(action, "person", Some(permit.person())) }).await?;
    Ok(Managed::Done(ended))
}

/// Ends every session of a person.
///
/// # Errors
/// When the database refuses.
pub async fn end_sessions_of(tx: &mut PgConnection, actor: &Actor, person: Uuid, now: OffsetDateTime) -> sqlx::Result<Managed> {
    let Some(permit) = ManageOne::ask(tx, actor, person).await? else { return Ok(Managed::NoSuch) };
    let ended = roles::end_sessions(tx, &permit, person, End::Administrator, now).await?;
    let new = Some(json!({"why": End::Administrator.code(), "sessions": ended}));
    audit::record(tx, permit.by(), now, audit::Entry { new, ..entry("session.end_others", "person", Some(person)) }).await?;
    Ok(Managed::Done(ended))
}

/// Closes an account, which ends its sessions, or opens it again. It keeps what was done with it, and its roles.
///
/// # Errors
/// When the database refuses.
pub async fn set_open(
    tx: &mut PgConnection,
    actor: &Actor,
    person: Uuid,
    open: bool,
    now: OffsetDateTime,
) -> sqlx::Result<Managed> {
    let Some(permit) = ManageOne::ask(tx, actor, person).await? else { return Ok(Managed::NoSuch) };
    if permit.is_own() {
        return Ok(Managed::Own);
    }
    if permit.is_open() == open {
        return Ok(Managed::WasSo);
    }
    store::set_open(tx, &permit, open, now).await?;
    let ended = if open { 0 } else { roles::end_sessions(tx, &permit, person, End::Administrator, now).await? };
    let action = if open { "person.enable" } else { "person.disable" };
    audit::record(tx, permit.by(), now, entry(action, "person", Some(person))).await?;
    Ok(Managed::Done(ended))
}

/// Takes away the second factor of who has lost it, app and codes: from then on the password is enough to come in, and roles
/// that want a second factor rest until there is one. Its owner is told; every session is over.
///
/// # Errors
/// When the database refuses.
pub async fn reset_factor(
    tx: &mut PgConnection,
    actor: &Actor,
    (person, reason): (Uuid, &str),
    now: OffsetDateTime,
) -> sqlx::Result<Managed> {
    let Some(permit) = ManageOne::ask(tx, actor, person).await? else { return Ok(Managed::NoSuch) };
    if permit.is_own() {
        return Ok(Managed::Own);
    }
    if !factor::has(tx, person).await? {
        return Ok(Managed::WasSo);
    }
    factor::remove(tx, &permit).await?;
    step::void(tx, &permit).await?;
    let ended = roles::end_sessions(tx, &permit, person, End::SecondFactor, now).await?;
    let new = Some(json!({"sessions": ended}));
    let reset = audit::Entry { new, reason: Some(reason), ..entry("person.reset_second_factor", "person", Some(person)) };
    audit::record(tx, permit.by(), now, reset).await?;
    tell(tx, person, News::Reset, now).await?;
    Ok(Managed::Done(ended))
}
