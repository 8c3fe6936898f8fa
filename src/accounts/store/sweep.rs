//! What nobody needs any more.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::accounts::policy::Sweep;

/// Deletes sessions that ended before a day, with what was left of them.
pub(in crate::accounts) async fn sessions(tx: &mut PgConnection, _permit: &Sweep, before: OffsetDateTime) -> sqlx::Result<u64> {
    let gone = sqlx::query!("delete from session where least(ended_at, ends_at) < $1", before).execute(tx).await?;
    Ok(gone.rows_affected())
}

/// Deletes links and steps that open nothing any more.
pub(in crate::accounts) async fn passed(tx: &mut PgConnection, _permit: &Sweep, now: OffsetDateTime) -> sqlx::Result<u64> {
    let links = sqlx::query!("delete from password_link where ends_at <= $1", now).execute(&mut *tx).await?;
    let steps = sqlx::query!("delete from sign_in_step where ends_at <= $1", now).execute(&mut *tx).await?;
    let rounds = sqlx::query!("delete from identity_round where ends_at <= $1", now).execute(tx).await?;
    Ok(links.rows_affected() + steps.rows_affected() + rounds.rows_affected())
}
