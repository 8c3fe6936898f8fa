//! The services that are linked to an account.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::kernel::web::SignedIn;

/// One of them.
#[derive(Debug)]
pub(in crate::accounts) struct Identity {
    /// Its id.
    pub(in crate::accounts) id: Uuid,
    /// Who says who they are.
    pub(in crate::accounts) issuer: String,
    /// Since when.
    pub(in crate::accounts) linked_at: OffsetDateTime,
    /// When they last came in by it.
    pub(in crate::accounts) used_at: OffsetDateTime,
}

/// The person's own, the first linked first.
pub(in crate::accounts) async fn identities(connection: &mut PgConnection, who: &SignedIn) -> sqlx::Result<Vec<Identity>> {
    sqlx::query_as!(
        Identity,
        "select id, issuer, linked_at, used_at from identity where person_id = $1 order by linked_at, id limit 100",
        who.person,
    )
    .fetch_all(connection)
    .await
}
