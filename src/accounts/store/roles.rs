//! SQL by which somebody becomes a member, has a role, and is signed out because of it: one way for all who may.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    accounts::{policy::joining::OverMembership, session::End},
    kernel::actor::Role,
};

/// What is said of whether the person belongs there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::accounts) enum Approval {
    /// Nothing yet: a new membership waits.
    Waits,
    /// They do: one that waited waits no longer.
    Yes,
    /// A new membership is approved; one that is there stays as it is.
    OfNew,
}

/// Makes somebody a member, or finds their membership. Gives whether it is new.
pub(in crate::accounts) async fn member(
    tx: &mut PgConnection,
    _permit: &impl OverMembership,
    (person, organisation): (Uuid, Uuid),
    approval: Approval,
    now: OffsetDateTime,
) -> sqlx::Result<(Uuid, bool)> {
    let there = sqlx::query_scalar!(
        "update membership set approved = approved or $4
         where person_id = $1 and organisation_id = $2 and valid @> $3::timestamptz returning id",
        person,
        organisation,
        now,
        approval == Approval::Yes,
    );
    if let Some(id) = there.fetch_optional(&mut *tx).await? {
        return Ok((id, false));
    }
    let id = Uuid::now_v7();
    sqlx::query!(
        "insert into membership (id, person_id, organisation_id, approved, valid) values ($1, $2, $3, $4, tstzrange($5, null))",
        id,
        person,
        organisation,
        approval != Approval::Waits,
        now,
    )
    .execute(tx)
    .await?;
    Ok((id, true))
}

/// Gives a role of a membership from now on, until a time where there is one; whether it was not held already. The letter is
/// the procurement area of an area coordinator.
pub(in crate::accounts) async fn give(
    tx: &mut PgConnection,
    _permit: &impl OverMembership,
    membership: Uuid,
    (role, letter): (Role, Option<&str>),
    (now, until): (OffsetDateTime, Option<OffsetDateTime>),
) -> sqlx::Result<bool> {
    let given = sqlx::query!(
        "insert into membership_role (membership_id, role, letter, valid)
         select $1, $2, $3, tstzrange($4, $5)
         where not exists (select from membership_role where membership_id = $1 and role = $2
                           and letter is not distinct from $3 and valid && tstzrange($4, $5))",
        membership,
        role.code(),
        letter,
        now,
        until,
    )
    .execute(tx)
    .await?;
    Ok(given.rows_affected() > 0)
}

/// Ends every session of somebody whose rights are others now; gives how many held.
pub(in crate::accounts) async fn end_sessions(
    tx: &mut PgConnection,
    _permit: &impl OverMembership,
    person: Uuid,
    why: End,
    now: OffsetDateTime,
) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"with ended as (
               update session set ended_at = $2, ended_why = $3 where person_id = $1 and ended_at is null returning ends_at)
           select count(*) filter (where ends_at > $2) as "n!" from ended"#,
        person,
        now,
        why.code(),
    )
    .fetch_one(tx)
    .await
}
