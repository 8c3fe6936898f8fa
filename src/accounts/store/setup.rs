//! The first administrator.

use sqlx::PgConnection;

/// Those who would be the first wait for each other, until the transaction ends.
pub(in crate::accounts) async fn wait(tx: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('accounts:setup', 0))").execute(tx).await?;
    Ok(())
}
