//! SQL of what administrators change in somebody else's account.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    accounts::{policy::managed::ManageOne, session::End},
    kernel::actor::Role,
};

/// Locks a person; whether the account is open. None where there is none, or it was erased.
pub(in crate::accounts) async fn lock(tx: &mut PgConnection, person: Uuid) -> sqlx::Result<Option<bool>> {
    sqlx::query_scalar!(
        r#"select disabled_at is null as "open!" from person where id = $1 and erased_at is null for update"#,
        person
    )
    .fetch_optional(tx)
    .await
}

/// The membership of the person in an organisation now, made where there is none.
pub(in crate::accounts) async fn member_of(
    tx: &mut PgConnection,
    permit: &ManageOne,
    organisation: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Uuid> {
    let there = sqlx::query_scalar!(
        "select id from membership where person_id = $1 and organisation_id = $2 and valid @> $3::timestamptz",
        permit.person(),
        organisation,
        now,
    );
    if let Some(id) = there.fetch_optional(&mut *tx).await? {
        return Ok(id);
    }
    sqlx::query_scalar!(
        "insert into membership (id, person_id, organisation_id, valid) values ($1, $2, $3, tstzrange($4, null)) returning id",
        Uuid::now_v7(),
        permit.person(),
        organisation,
        now,
    )
    .fetch_one(tx)
    .await
}

/// Gives a role of a membership from now on, until a time where there is one; whether it was not held already.
pub(in crate::accounts) async fn give(
    tx: &mut PgConnection,
    _permit: &ManageOne,
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

/// Ends a role that is held now; the organisation that it was held for, none where it is not held. One that began at this very
/// moment is taken back as if it had never been given.
pub(in crate::accounts) async fn take(
    tx: &mut PgConnection,
    permit: &ManageOne,
    membership: Uuid,
    (role, letter): (Role, Option<&str>),
    now: OffsetDateTime,
) -> sqlx::Result<Option<Uuid>> {
    let gone = sqlx::query!(
        "delete from membership_role r using membership m
         where m.id = r.membership_id and r.membership_id = $1 and m.person_id = $2 and r.role = $3
           and r.letter is not distinct from $4 and lower(r.valid) >= $5::timestamptz and r.valid @> $5::timestamptz",
        membership,
        permit.person(),
        role.code(),
        letter,
        now,
    )
    .execute(&mut *tx)
    .await?;
    if gone.rows_affected() > 0 {
        return sqlx::query_scalar!("select organisation_id from membership where id = $1", membership).fetch_optional(tx).await;
    }
    sqlx::query_scalar!(
        "update membership_role r set valid = tstzrange(lower(r.valid), $5) from membership m
         where m.id = r.membership_id and r.membership_id = $1 and m.person_id = $2 and r.role = $3
           and r.letter is not distinct from $4 and r.valid @> $5::timestamptz
         returning m.organisation_id",
        membership,
        permit.person(),
        role.code(),
        letter,
        now,
    )
    .fetch_optional(tx)
    .await
}

/// Ends every session of the person; gives how many held.
pub(in crate::accounts) async fn end_sessions(
    tx: &mut PgConnection,
    permit: &ManageOne,
    why: End,
    now: OffsetDateTime,
) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"with ended as (
               update session set ended_at = $2, ended_why = $3 where person_id = $1 and ended_at is null returning ends_at)
           select count(*) filter (where ends_at > $2) as "n!" from ended"#,
        permit.person(),
        now,
        why.code(),
    )
    .fetch_one(tx)
    .await
}

/// Closes the account, or opens it again.
pub(in crate::accounts) async fn set_open(
    tx: &mut PgConnection,
    permit: &ManageOne,
    open: bool,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update person set disabled_at = case when $2 then null else $3::timestamptz end where id = $1",
        permit.person(),
        open,
        now,
    )
    .execute(tx)
    .await?;
    Ok(())
}
