//! All SQL of the slice.

use sqlx::PgConnection;
use time::OffsetDateTime;

/// One starter at a time: the second waits here and then finds the bank full.
pub(super) async fn wait_for_others(tx: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("lock table bank_fact in exclusive mode").execute(tx).await?;
    Ok(())
}

/// Notes that the bank was loaded, and by which version of the program.
pub(super) async fn note_loaded(tx: &mut PgConnection, key: &str, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("insert into bank_fact (key, value, at) values ($1, $2, $3)", key, env!("CARGO_PKG_VERSION"), now)
        .execute(tx)
        .await?;
    Ok(())
}
