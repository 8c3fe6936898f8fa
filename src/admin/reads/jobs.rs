//! Jobs that failed, and those that wait. What a job carries is not shown: it is ids.

use sqlx::PgConnection;
use time::OffsetDateTime;

/// How many of each are shown.
pub(in crate::admin) const MOST: i64 = 100;

/// A job.
#[derive(Debug)]
pub(in crate::admin) struct Job {
    /// Its id.
    pub(in crate::admin) id: i64,
    /// What it does: `seal_audit`.
    pub(in crate::admin) task: String,
    /// How often it was tried.
    pub(in crate::admin) attempts: i16,
    /// How often it is tried at most.
    pub(in crate::admin) most: i16,
    /// What went wrong the last time.
    pub(in crate::admin) error: Option<String>,
    /// When it was asked for.
    pub(in crate::admin) created_at: OffsetDateTime,
    /// When it is due.
    pub(in crate::admin) run_at: OffsetDateTime,
    /// Whether a worker is at it.
    pub(in crate::admin) running: bool,
}

impl Job {
    /// Whether it was given up.
    pub(in crate::admin) fn is_dead(&self) -> bool {
        self.attempts >= self.most && !self.running
    }
}

/// Those that were given up first, then those that were tried in vain, then those that wait; signs of life are not shown.
pub(in crate::admin) async fn jobs(connection: &mut PgConnection) -> sqlx::Result<Vec<Job>> {
    sqlx::query_as!(
        Job,
        r#"select j.id, t.identifier as task, j.attempts, j.max_attempts as most, left(j.last_error, 600) as error, j.created_at,
                  j.run_at, j.locked_at is not null as "running!"
           from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
           where t.identifier <> 'beat'
           order by (j.locked_at is null and j.attempts >= j.max_attempts) desc, (j.last_error is not null) desc, j.run_at, j.id
           limit $1"#,
        MOST,
    )
    .fetch_all(connection)
    .await
}

/// One of them.
pub(in crate::admin) async fn job(connection: &mut PgConnection, id: i64) -> sqlx::Result<Option<Job>> {
    sqlx::query_as!(
        Job,
        r#"select j.id, t.identifier as task, j.attempts, j.max_attempts as most, left(j.last_error, 600) as error, j.created_at,
                  j.run_at, j.locked_at is not null as "running!"
           from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
           where j.id = $1 and t.identifier <> 'beat'"#,
        id,
    )
    .fetch_optional(connection)
    .await
}
