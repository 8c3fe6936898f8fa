//! Who belongs to an organisation: roles given and taken, memberships that end, whose addresses show where somebody works.

use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{entry, joining::with};
use crate::{
    accounts::{
        letters,
        policy::joining::{Domains, LookAfter, member_role},
        session::End,
        store::{joining, roles},
    },
    kernel::{actor::Role, audit, i18n::Texts},
    organisations,
};

/// Gives a member the roles of a list, and takes the others that are theirs to take. False where one of them is not theirs
/// to give; that they tried stands in the log.
pub(in crate::accounts) async fn set_roles(
    tx: &mut PgConnection,
    permit: &LookAfter,
    wanted: &[Role],
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let member = permit.member();
    let about = |action| entry(action, "membership", Some(member.id));
    if let Some(role) = wanted.iter().find(|role| !permit.gives(**role)) {
        audit::record(tx, permit.by(), now, with(json!({"why": "role", "role": role.code()}), about("membership.refuse")))
            .await?;
        return Ok(false);
    }
    let base = member_role(member.kind);
    let (mut given, mut taken) = (Vec::new(), Vec::new());
    for role in wanted.iter().filter(|role| !member.roles.contains(role)) {
        roles::give(tx, permit, member.id, (*role, None), (now, None)).await?;
        given.push(role.code());
    }
    for role in member.roles.iter().filter(|role| !wanted.contains(role) && **role != base && permit.gives(**role)) {
        joining::take(tx, permit, *role, now).await?;
        taken.push(role.code());
    }
    if given.is_empty() && taken.is_empty() {
        return Ok(true);
    }
    // Other rights, another key: whoever is signed in signs in anew.
    let ended = roles::end_sessions(tx, permit, member.person, End::Role, now).await?;
    let new = json!({"given": given, "taken": taken, "sessions": ended});
    audit::record(tx, permit.by(), now, with(new, about("membership.set_roles"))).await?;
    tell(tx, permit, "role_changed", |t, name| (t.accounts_letter_role().to_owned(), t.accounts_letter_role_text(name)), now)
        .await?;
    Ok(true)
}

/// Ends a membership: its roles are gone with the next click, and so are the sessions.
pub(in crate::accounts) async fn end_membership(
    tx: &mut PgConnection,
    permit: &LookAfter,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let member = permit.member();
    joining::end(tx, permit, member.id, now).await?;
    let ended = roles::end_sessions(tx, permit, member.person, End::Role, now).await?;
    let new = json!({"organisation": member.organisation, "sessions": ended});
    audit::record(tx, permit.by(), now, with(new, entry("membership.end", "membership", Some(member.id)))).await?;
    tell(
        tx,
        permit,
        "membership_ended",
        |t, name| (t.accounts_letter_ended().to_owned(), t.accounts_letter_ended_text(name)),
        now,
    )
    .await
}

async fn tell(
    tx: &mut PgConnection,
    permit: &LookAfter,
    kind: &'static str,
    write: impl FnOnce(Texts, &str) -> (String, String),
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let member = permit.member();
    let Some(names) = organisations::names(tx, member.organisation).await? else { return Ok(()) };
    letters::tell(tx, member.person, kind, |t| write(t, names.of(t.0)), now).await
}

/// Says that addresses with this ending belong to an organisation; false where they are another's.
pub(in crate::accounts) async fn add_domain(
    tx: &mut PgConnection,
    permit: &Domains,
    (domain, organisation): (&str, Uuid),
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let added = joining::add_domain(tx, permit, (domain, organisation), now).await?;
    if added {
        let new = json!({"domain": domain});
        audit::record(tx, permit.by(), now, with(new, entry("organisation.add_domain", "organisation", Some(organisation))))
            .await?;
    }
    Ok(added)
}

/// Takes that back.
pub(in crate::accounts) async fn remove_domain(
    tx: &mut PgConnection,
    permit: &Domains,
    (domain, organisation): (&str, Uuid),
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let removed = joining::remove_domain(tx, permit, (domain, organisation)).await?;
    if removed {
        let new = json!({"domain": domain});
        let taken = entry("organisation.remove_domain", "organisation", Some(organisation));
        audit::record(tx, permit.by(), now, with(new, taken)).await?;
    }
    Ok(removed)
}
