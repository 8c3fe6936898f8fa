//! Who may send in what is written for an organisation.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::organisations::{Senders, sending_roles};

/// How many are named.
pub const MOST: i64 = 5;

/// The names of those who may, the first of them.
///
/// # Errors
/// When the database is away.
pub async fn senders(
    connection: &mut PgConnection,
    organisation: Uuid,
    chosen: Option<Senders>,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<String>> {
    let roles: Vec<String> = sending_roles(chosen).into_iter().map(|role| role.code().to_owned()).collect();
    sqlx::query_scalar!(
        r#"select p.name as "name!" from membership m join person p on p.id = m.person_id
           where m.organisation_id = $1 and m.approved and m.valid @> $3::timestamptz
             and p.disabled_at is null and p.erased_at is null
             and exists (select from membership_role r where r.membership_id = m.id and r.valid @> $3 and r.role = any ($2))
           order by p.name collate "sv-x-icu", m.id limit $4"#,
        organisation,
        &roles,
        now,
        MOST,
    )
    .fetch_all(connection)
    .await
}
