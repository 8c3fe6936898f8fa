//! Work that is done beside the requests: enqueued in the transaction that causes it, kept in Postgres, safe to run twice.
//! Jobs are structs of ids. graphile_worker runs them (docs/adr/0003).

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use graphile_worker::{Cron, CronBuilder, CrontabFill, IntoTaskHandlerResult, TaskHandler, WorkerContext, WorkerOptions};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use super::{audit, limits, mail, web::App};

/// The schema that the job library keeps to itself.
pub const SCHEMA: &str = "graphile_worker";
/// How often the worker is asked for a sign of life.
const BEAT: Duration = Duration::from_secs(20);

/// When this process's worker last did something. The machine's steady clock, since a calendar may be set.
#[derive(Debug, Clone, Default)]
pub struct Heartbeat(Arc<Mutex<Option<Instant>>>);

impl Heartbeat {
    /// Notes a sign of life.
    pub fn beat(&self, at: Instant) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(at);
    }

    /// The time since the last sign of life; none when there has been none.
    pub fn age(&self, now: Instant) -> Option<Duration> {
        let last = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.map(|at| now.saturating_duration_since(at))
    }
}

/// Seals what the audit log holds unsealed.
#[derive(Debug, Serialize, Deserialize)]
pub struct SealAudit {}

impl TaskHandler for SealAudit {
    const IDENTIFIER: &'static str = "seal_audit";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = app(&context)?;
        let mut tx = app.db.begin().await.map_err(|error| error.to_string())?;
        audit::seal(&mut tx, app.clock.now()).await.map_err(|error| error.to_string())?;
        tx.commit().await.map_err(|error| error.to_string())
    }
}

/// Shows that the worker lives that asked for it: the job carries its flag, which no other worker takes.
#[derive(Debug, Serialize, Deserialize)]
pub struct Beat {}

impl TaskHandler for Beat {
    const IDENTIFIER: &'static str = "beat";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = app(&context)?;
        app.heartbeat.beat(Instant::now());
        Ok::<(), String>(())
    }
}

/// Throws away what limits have counted, and the keys that could tell by whom, when their time is over.
#[derive(Debug, Serialize, Deserialize)]
pub struct SweepLimits {}

impl TaskHandler for SweepLimits {
    const IDENTIFIER: &'static str = "sweep_limits";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = app(&context)?;
        let mut tx = app.db.begin().await.map_err(|error| error.to_string())?;
        limits::sweep(&mut tx, app.clock.now()).await.map_err(|error| error.to_string())?;
        tx.commit().await.map_err(|error| error.to_string())
    }
}

/// The jobs that a worker knows: like routes, each slice lists its own and `server` merges them.
#[derive(Debug, Clone, Default)]
pub struct Jobs(Vec<fn(WorkerOptions) -> WorkerOptions>);

impl Jobs {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// What the kernel itself needs done.
    pub fn of_kernel() -> Self {
        Self::new()
            .on_demand::<SealAudit>()
            .on_demand::<Beat>()
            .daily::<SweepLimits>()
            .on_demand::<mail::SendMail>()
            .daily::<mail::TendMail>()
    }

    /// What is done while the bank is closed for changes: letters that are written go, and the worker shows that it lives.
    /// Everything else waits in the queue until it is open again.
    fn while_closed() -> Self {
        Self::new().on_demand::<Beat>().on_demand::<mail::SendMail>()
    }

    /// A job that is enqueued.
    #[must_use]
    pub fn on_demand<J: TaskHandler>(mut self) -> Self {
        self.0.push(WorkerOptions::define_job::<J>);
        self
    }

    /// A job that is also run once a night, and when the program starts if it missed the night. It carries nothing.
    #[must_use]
    pub fn daily<J: TaskHandler>(mut self) -> Self {
        self.0.push(|options| match Cron::daily_at::<J>(2, 20) {
            Ok(night) => options.define_job::<J>().with_cron(of_nothing(night.fill(CrontabFill::days(1)))),
            // The time is a constant, and good.
            Err(_) => options.define_job::<J>(),
        });
        self
    }

    /// A job that is also run every minute. It carries nothing.
    #[must_use]
    pub fn every_minute<J: TaskHandler>(mut self) -> Self {
        self.0.push(|options| options.define_job::<J>().with_cron(of_nothing(Cron::every_minute::<J>())));
        self
    }

    /// These and those of another slice.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    fn define(&self, options: WorkerOptions) -> WorkerOptions {
        self.0.iter().fold(options, |options, define| define(options))
    }
}

/// A job by the clock carries an empty object: the library's own nothing is no job that could be read. While one waits no second
/// one is put beside it.
fn of_nothing<J: TaskHandler>(cron: CronBuilder<J>) -> CronBuilder<J> {
    cron.payload_value(serde_json::json!({})).job_key(format!("clock:{}", J::IDENTIFIER))
}

/// The program's parts, as a job meets them.
///
/// # Errors
/// When the worker was started without them, which is a fault of ours.
pub fn app(context: &WorkerContext) -> Result<App, String> {
    context
        .get_ext::<App>()
        .map(|app| (*app).clone())
        .ok_or_else(|| "the worker was started without the program's parts".to_owned())
}

/// Puts a job in the queue, in the caller's transaction. Jobs of the same key that wait are one.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue<J: TaskHandler + Serialize>(tx: &mut PgConnection, job: &J, key: &str) -> sqlx::Result<()> {
    enqueue_how(tx, job, key, How::default()).await
}

/// How a job is done, where it is another way than usual.
#[derive(Debug, Clone, Copy, Default)]
pub struct How<'a> {
    /// Those of one queue are done one after the other.
    pub queue: Option<&'static str>,
    /// How often it is tried; 25 times where it is not said.
    pub attempts: Option<i32>,
    /// A job with a flag goes only to the worker that knows the flag.
    pub flag: Option<&'a str>,
}

/// [`enqueue`], in another way than usual.
///
/// # Errors
/// As [`enqueue`].
pub async fn enqueue_how<J: TaskHandler + Serialize>(
    tx: &mut PgConnection,
    job: &J,
    key: &str,
    how: How<'_>,
) -> sqlx::Result<()> {
    let payload = serde_json::to_value(job).map_err(|error| sqlx::Error::Encode(error.into()))?;
    let flags: Option<Vec<String>> = how.flag.map(|flag| vec![flag.to_owned()]);
    sqlx::query!(
        r#"select 1 as "added!" from graphile_worker.add_job(
               identifier => $1, payload => $2::jsonb::json, job_key => $3, flags => $4::text[], queue_name => $5,
               max_attempts => $6)"#,
        J::IDENTIFIER,
        payload,
        key,
        flags.as_deref(),
        how.queue,
        how.attempts,
    )
    .fetch_one(tx)
    .await?;
    Ok(())
}

/// Runs the worker until `stop` resolves; an outage of the database is waited out. When the bank is closed for changes, or
/// opened again, what is being done is finished, and the worker begins anew with the jobs that it may do now.
pub async fn run(app: App, jobs: Jobs, stop: tokio::sync::watch::Receiver<bool>) {
    // Many programs may share a database: each has a name of its own here.
    let own = format!("beat:{}", uuid::Uuid::now_v7());
    let beats = tokio::spawn(beat(app.clone(), own.clone(), stop.clone()));
    let mut failures = 0_u32;
    let mut closed = app.words.closed();
    while !*stop.borrow() {
        let mut signal = stop.clone();
        let is_closed = *closed.borrow_and_update();
        let mut turned = closed.clone();
        let jobs = if is_closed { Jobs::while_closed() } else { jobs.clone() };
        let options = WorkerOptions::default()
            .pg_pool(app.db.pool().clone())
            .schema(SCHEMA)
            .concurrency(2)
            .job_flag_allowlist([own.clone()])
            .listen_os_shutdown_signals(false)
            .shutdown_signal(async move {
                // The senders live as long as the program; their end means the same.
                tokio::select! {
                    _ = signal.wait_for(|stopping| *stopping) => {}
                    _ = turned.wait_for(|now| *now != is_closed) => {}
                }
            })
            .add_extension(app.clone());
        let worker = jobs.define(options).init().await;
        let cause = match worker {
            Ok(worker) => {
                failures = 0;
                worker.run().await.err().map_or_else(|| "it ended by itself".to_owned(), |error| error.to_string())
            }
            Err(error) => error.to_string(),
        };
        if *closed.borrow() != is_closed {
            tracing::info!(closed = !is_closed, "the job worker begins anew");
        } else if !*stop.borrow() {
            failures += 1;
            tracing::warn!(cause, failures, "the job worker stopped; it is started again");
            tokio::time::sleep(Duration::from_millis(500) * failures.min(10)).await;
        }
    }
    beats.abort();
}

/// Asks for a sign of life now and then, through the queue, so that it is the whole way that is tried.
async fn beat(app: App, own: String, stop: tokio::sync::watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Ok(mut connection) = app.db.read().await
            && let Err(error) = enqueue_how(&mut connection, &Beat {}, &own, How { flag: Some(&own), ..How::default() }).await
        {
            tracing::debug!(%error, "no heartbeat could be asked for");
        }
        tokio::time::sleep(BEAT).await;
    }
}
