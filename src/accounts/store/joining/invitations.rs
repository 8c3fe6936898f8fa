//! SQL for invitations, and for whose addresses say that somebody works at an organisation.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::accounts::policy::joining::{Accept, Domains, Invite, Offered, OverMembership};

/// Locks the invitation that a key is for, if there is one.
pub(in crate::accounts) async fn lock_invitation(tx: &mut PgConnection, sha256: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("select id from invitation where token_sha256 = $1 for update", sha256).fetch_optional(tx).await?;
    Ok(())
}

/// Locks an invitation.
pub(in crate::accounts) async fn lock_invitation_of_id(tx: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query!("select id from invitation where id = $1 for update", id).fetch_optional(tx).await?;
    Ok(())
}

/// Writes an invitation down; the one before to the same address, by the same organisation, opens nothing any more.
pub(in crate::accounts) async fn invite(
    tx: &mut PgConnection,
    permit: &Invite,
    (email, offered, language): (&str, &Offered<'_>, &str),
    sha256: &[u8],
    (now, ends_at): (OffsetDateTime, OffsetDateTime),
) -> sqlx::Result<Uuid> {
    sqlx::query!(
        "update invitation set email = null, token_sha256 = null, taken_back_at = $3
         where organisation_id = $1 and lower(email) = lower($2)",
        permit.organisation(),
        email,
        now,
    )
    .execute(&mut *tx)
    .await?;
    let id = Uuid::now_v7();
    sqlx::query!(
        "insert into invitation (id, organisation_id, role, letter, role_ends_at, email, token_sha256, language, invited_by,
                                 created_at, ends_at)
         values ($1, $2, $3, $10, $11, $4, $5, $6, $7, $8, $9)",
        id,
        permit.organisation(),
        offered.role.code(),
        email,
        sha256,
        language,
        permit.by().person().0,
        now,
        ends_at,
        offered.letter,
        offered.until,
    )
    .execute(tx)
    .await?;
    Ok(id)
}

/// Takes an invitation back; whether there was one to take.
pub(in crate::accounts) async fn take_back(
    tx: &mut PgConnection,
    permit: &Invite,
    id: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let taken = sqlx::query!(
        "update invitation set email = null, token_sha256 = null, taken_back_at = $3
         where id = $1 and organisation_id = $2 and accepted_at is null and taken_back_at is null",
        id,
        permit.organisation(),
        now,
    )
    .execute(tx)
    .await?;
    Ok(taken.rows_affected() > 0)
}

/// Notes that an invitation was taken.
pub(in crate::accounts) async fn accept(tx: &mut PgConnection, permit: &Accept, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update invitation set email = null, token_sha256 = null, accepted_at = $2, accepted_by = $3 where id = $1",
        permit.invitation().id,
        now,
        permit.person(),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// An invitation approves in advance: what waited for an answer has it.
pub(in crate::accounts) async fn settle(
    tx: &mut PgConnection,
    _permit: &impl OverMembership,
    membership: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update application set decision = 'approved', decided_at = $2 where membership_id = $1 and decision is null",
        membership,
        now,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Says that addresses with this ending belong to an organisation; whether nobody else's did.
pub(in crate::accounts) async fn add_domain(
    tx: &mut PgConnection,
    _permit: &Domains,
    (domain, organisation): (&str, Uuid),
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let added = sqlx::query!(
        "insert into organisation_domain (domain, organisation_id, created_at) values ($1, $2, $3) on conflict do nothing",
        domain,
        organisation,
        now,
    )
    .execute(tx)
    .await?;
    Ok(added.rows_affected() > 0)
}

/// Takes that back; whether it was so.
pub(in crate::accounts) async fn remove_domain(
    tx: &mut PgConnection,
    _permit: &Domains,
    (domain, organisation): (&str, Uuid),
) -> sqlx::Result<bool> {
    let removed =
        sqlx::query!("delete from organisation_domain where domain = $1 and organisation_id = $2", domain, organisation)
            .execute(tx)
            .await?;
    Ok(removed.rows_affected() > 0)
}
