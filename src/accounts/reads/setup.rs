//! Whether anybody runs the bank.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::kernel::actor::Role;

/// Whether there is an administrator, with an account that is open.
pub(in crate::accounts) async fn has_admin(connection: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (
               select from membership_role r join membership m on m.id = r.membership_id join person p on p.id = m.person_id
               where r.role = $1 and r.valid @> $2::timestamptz and m.valid @> $2
                 and p.disabled_at is null and p.erased_at is null) as "is!""#,
        Role::Admin.code(),
        now,
    )
    .fetch_one(connection)
    .await
}
