//! Who somebody is when they are not there: for work that goes on after they have asked for it.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::kernel::actor::{Actor, Role};

/// The person acting for the organisation, with the roles that they have now; none where the account is closed. Whoever asked
/// for the work had shown what their roles ask for.
///
/// # Errors
/// When the database is away.
pub async fn actor_of(
    connection: &mut PgConnection,
    person: Uuid,
    organisation: Option<Uuid>,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Actor>> {
    let roles = sqlx::query_scalar!(
        r#"select coalesce((
               select array_agg(distinct r.role) from membership m join membership_role r on r.membership_id = m.id
               where m.person_id = p.id and m.organisation_id = $2 and m.valid @> $3::timestamptz and r.valid @> $3), '{}') as "roles!"
           from person p where p.id = $1 and p.disabled_at is null and p.erased_at is null"#,
        person,
        organisation,
        now,
    )
    .fetch_optional(connection)
    .await?;
    Ok(roles.map(|roles| Actor::Person {
        id: person,
        organisation,
        roles: roles.iter().filter_map(|role| Role::from_code(role)).collect(),
    }))
}

/// A person of the example bank, acting for the organisation that was named first.
///
/// # Errors
/// When the database is away.
pub async fn example_actor(connection: &mut PgConnection, word: &str, now: OffsetDateTime) -> sqlx::Result<Option<Actor>> {
    let found = sqlx::query!(
        "select p.id, m.organisation_id from person p join membership m on m.person_id = p.id
         where p.example = $1 and m.valid @> $2::timestamptz order by m.id limit 1",
        word,
        now,
    )
    .fetch_optional(&mut *connection)
    .await?;
    match found {
        Some(found) => actor_of(connection, found.id, Some(found.organisation_id), now).await,
        None => Ok(None),
    }
}
