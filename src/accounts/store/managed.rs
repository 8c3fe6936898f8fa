//! SQL of what administrators change in somebody else's account.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{accounts::policy::managed::ManageOne, kernel::actor::Role};

/// Locks a person; whether the account is open. None where there is none, or it was erased.
pub(in crate::accounts) async fn lock(tx: &mut PgConnection, person: Uuid) -> sqlx::Result<Option<bool>> {
    sqlx::query_scalar!(
        r#"select disabled_at is null as "open!" from person where id = $1 and erased_at is null for update"#,
        person
    )
    .fetch_optional(tx)
    .await
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
