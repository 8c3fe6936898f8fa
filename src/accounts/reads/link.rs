//! A link by which a password is chosen.

use sqlx::PgConnection;
use time::OffsetDateTime;

use uuid::Uuid;

use crate::accounts::key::Key;

/// Who may choose a password by it.
#[derive(Debug)]
pub(in crate::accounts) struct Found {
    /// The person.
    pub(in crate::accounts) person: Uuid,
    /// Their name.
    pub(in crate::accounts) name: String,
    /// The address that they sign in with.
    pub(in crate::accounts) email: String,
}

/// None where the link opens nothing. Looking uses nothing up.
pub(in crate::accounts) async fn found(
    connection: &mut PgConnection,
    key: &Key,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Found>> {
    sqlx::query_as!(
        Found,
        r#"select p.id as person, p.name as "name!", p.email as "email!" from password_link l join person p on p.id = l.person_id
           where l.token_sha256 = $1 and l.ends_at > $2 and p.disabled_at is null and p.erased_at is null and p.email is not null"#,
        key.sha256(),
        now,
    )
    .fetch_optional(connection)
    .await
}
