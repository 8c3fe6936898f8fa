//! How the service is, in numbers.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{
    accounts::IDLE,
    kernel::{db::LAST_BACKUP, mail::SAID_KEPT},
};

/// How the service is.
#[derive(Debug)]
pub(in crate::admin) struct Health {
    /// Jobs that are due.
    pub(in crate::admin) jobs_waiting: i64,
    /// Jobs that are not due yet.
    pub(in crate::admin) jobs_later: i64,
    /// Jobs that a worker is at.
    pub(in crate::admin) jobs_running: i64,
    /// Jobs that were given up.
    pub(in crate::admin) jobs_failed: i64,
    /// Since when the oldest job that is due has waited.
    pub(in crate::admin) jobs_oldest: Option<OffsetDateTime>,
    /// Letters that wait.
    pub(in crate::admin) mails_waiting: i64,
    /// Letters that were sent and are kept.
    pub(in crate::admin) mails_sent: i64,
    /// Letters that were given up.
    pub(in crate::admin) mails_dead: i64,
    /// Letters that were given up lately.
    pub(in crate::admin) mails_lost: i64,
    /// Since when the oldest letter waits.
    pub(in crate::admin) mails_oldest: Option<OffsetDateTime>,
    /// Sessions that hold.
    pub(in crate::admin) sessions: i64,
    /// Accounts that are open.
    pub(in crate::admin) accounts: i64,
    /// Rows of the log that no seal holds yet.
    pub(in crate::admin) unsealed: i64,
    /// The time of the oldest of them.
    pub(in crate::admin) unsealed_since: Option<OffsetDateTime>,
    /// When the last backup was taken.
    pub(in crate::admin) backup: Option<OffsetDateTime>,
    /// Bytes that the database takes.
    pub(in crate::admin) size: i64,
}

/// Reads it.
pub(in crate::admin) async fn health(connection: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<Health> {
    sqlx::query_as!(
        Health,
        r#"with jobs as (
               select count(*) filter (where is_available and run_at <= $1) as waiting,
                      count(*) filter (where is_available and run_at > $1) as later,
                      count(*) filter (where locked_at is not null) as running,
                      count(*) filter (where locked_at is null and attempts >= max_attempts) as failed,
                      min(run_at) filter (where is_available and run_at <= $1) as oldest
               from graphile_worker._private_jobs
           ),
           mails as (
               select count(*) filter (where sent_at is null and dead_at is null) as waiting,
                      count(*) filter (where sent_at is not null) as sent, count(*) filter (where dead_at is not null) as dead,
                      count(*) filter (where dead_at > $4) as lost,
                      min(created_at) filter (where sent_at is null and dead_at is null) as oldest
               from mail
           ),
           unsealed as (
               select count(*) as rows,
                      -- the oldest of those that were begun first
                      (select min(a.at) from (select audit_id from audit_unsealed order by audit_id limit 100) u
                       join audit a on a.id = u.audit_id) as since
               from audit_unsealed
           )
           select jobs.waiting as "jobs_waiting!", jobs.later as "jobs_later!", jobs.running as "jobs_running!",
                  jobs.failed as "jobs_failed!", jobs.oldest as jobs_oldest,
                  mails.waiting as "mails_waiting!", mails.sent as "mails_sent!", mails.dead as "mails_dead!",
                  mails.lost as "mails_lost!", mails.oldest as mails_oldest,
                  (select count(*) from session where ended_at is null and ends_at > $1 and seen_at > $2) as "sessions!",
                  (select count(*) from person where disabled_at is null and erased_at is null) as "accounts!",
                  unsealed.rows as "unsealed!", unsealed.since as unsealed_since,
                  (select at from bank_fact where key = $3) as backup,
                  pg_database_size(current_database()) as "size!"
           from jobs, mails, unsealed"#,
        now,
        now - IDLE,
        LAST_BACKUP,
        now - SAID_KEPT,
    )
    .fetch_one(connection)
    .await
}
