//! A link by which a password is chosen.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::accounts::key::Key;

/// The address of who may choose a password by it; none where it opens nothing. Looking uses nothing up.
pub(in crate::accounts) async fn email(
    connection: &mut PgConnection,
    key: &Key,
    now: OffsetDateTime,
) -> sqlx::Result<Option<String>> {
    let found = sqlx::query_scalar!(
        "select p.email from password_link l join person p on p.id = l.person_id
         where l.token_sha256 = $1 and l.ends_at > $2 and p.disabled_at is null and p.erased_at is null",
        key.sha256(),
        now,
    );
    Ok(found.fetch_optional(connection).await?.flatten())
}
