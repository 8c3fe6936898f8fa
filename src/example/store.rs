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

/// A job that was given up, so that there is one to look at. It does no harm when it is done again.
pub(super) async fn lay_failed_job(tx: &mut PgConnection) -> sqlx::Result<()> {
    let added = sqlx::query_scalar!(
        r#"select id as "id!" from graphile_worker.add_job('sweep_limits', job_key => 'example_failed', max_attempts => 1)"#
    )
    .fetch_one(&mut *tx)
    .await?;
    sqlx::query!(
        "update graphile_worker._private_jobs set attempts = 1, last_error = 'canceling statement due to statement timeout'
         where id = $1",
        added,
    )
    .execute(tx)
    .await?;
    Ok(())
}
