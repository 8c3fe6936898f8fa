//! Links with which anybody can read a selection.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    kernel::web::SelectionKey,
    selections::{policy::Decide, store},
};

/// Links that a selection can have.
pub const MOST_LINKS: i64 = 20;

/// Makes a link that works until it ends; none where the selection has as many as it can have.
///
/// # Errors
/// When the database refuses.
pub async fn make(
    tx: &mut PgConnection,
    permit: &Decide,
    now: OffsetDateTime,
    ends: OffsetDateTime,
) -> sqlx::Result<Option<Uuid>> {
    store::share::make(tx, permit, &SelectionKey::draw(), now, ends, MOST_LINKS).await
}

/// Takes a link back; whether there was one to take.
///
/// # Errors
/// When the database refuses.
pub async fn revoke(tx: &mut PgConnection, permit: &Decide, share: Uuid, now: OffsetDateTime) -> sqlx::Result<bool> {
    store::share::set_revoked(tx, permit, share, Some(now)).await
}

/// Gives a link back that was taken; whether there was one.
///
/// # Errors
/// When the database refuses.
pub async fn restore(tx: &mut PgConnection, permit: &Decide, share: Uuid) -> sqlx::Result<bool> {
    store::share::set_revoked(tx, permit, share, None).await
}
