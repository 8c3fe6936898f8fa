//! Between the password and the code.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::accounts::policy::factor::{Half, OverFactor, Step};

/// Keeps that somebody has shown the password.
pub(in crate::accounts) async fn begin(
    tx: &mut PgConnection,
    permit: &Half,
    sha256: &[u8],
    now: OffsetDateTime,
    ends_at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into sign_in_step (token_sha256, person_id, how, made_at, ends_at) values ($1, $2, $3, $4, $5)",
        sha256,
        permit.person(),
        permit.how(),
        now,
        ends_at,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Whose step a key opens, to lock the person before it.
pub(in crate::accounts) async fn person(tx: &mut PgConnection, sha256: &[u8]) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!("select person_id from sign_in_step where token_sha256 = $1", sha256).fetch_optional(tx).await
}

/// Locks it: how the first step was proved, and how many codes were tried.
pub(in crate::accounts) async fn lock(
    tx: &mut PgConnection,
    sha256: &[u8],
    now: OffsetDateTime,
) -> sqlx::Result<Option<(String, i16)>> {
    let row =
        sqlx::query!("select how, tries from sign_in_step where token_sha256 = $1 and ends_at > $2 for update", sha256, now);
    Ok(row.fetch_optional(tx).await?.map(|row| (row.how, row.tries)))
}

/// Counts a code that was wrong.
pub(in crate::accounts) async fn count(tx: &mut PgConnection, permit: &Step) -> sqlx::Result<()> {
    sqlx::query!("update sign_in_step set tries = tries + 1 where token_sha256 = $1", permit.sha256()).execute(tx).await?;
    Ok(())
}

/// It is over.
pub(in crate::accounts) async fn end(tx: &mut PgConnection, permit: &Step) -> sqlx::Result<()> {
    sqlx::query!("delete from sign_in_step where token_sha256 = $1", permit.sha256()).execute(tx).await?;
    Ok(())
}

/// Whoever has shown the password of before is to show the new one.
pub(in crate::accounts) async fn void(tx: &mut PgConnection, permit: &impl OverFactor) -> sqlx::Result<()> {
    sqlx::query!("delete from sign_in_step where person_id = $1", permit.person()).execute(tx).await?;
    Ok(())
}
