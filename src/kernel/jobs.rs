//! Work that is done beside the requests: enqueued in the transaction that causes it, kept in Postgres, safe to run twice.
//! Jobs are structs of ids. graphile_worker runs them (docs/adr/0003).

use std::{
    sync::{Arc, atomic::AtomicI64, atomic::Ordering},
    time::Duration,
};

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext, WorkerOptions};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{audit, web::App};

/// The schema that the job library keeps to itself.
pub const SCHEMA: &str = "graphile_worker";
/// How often the worker is asked for a sign of life.
const BEAT: Duration = Duration::from_secs(20);

/// When the worker last did something, as seconds since 1970.
#[derive(Debug, Clone, Default)]
pub struct Heartbeat(Arc<AtomicI64>);

impl Heartbeat {
    /// Notes a sign of life.
    pub fn beat(&self, now: OffsetDateTime) {
        self.0.store(now.unix_timestamp(), Ordering::Relaxed);
    }

    /// Seconds since the last sign of life; none when there has been none.
    pub fn age(&self, now: OffsetDateTime) -> Option<i64> {
        match self.0.load(Ordering::Relaxed) {
            0 => None,
            at => Some(now.unix_timestamp() - at),
        }
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

/// Shows that the worker lives.
#[derive(Debug, Serialize, Deserialize)]
pub struct Beat {}

impl TaskHandler for Beat {
    const IDENTIFIER: &'static str = "beat";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = app(&context)?;
        app.heartbeat.beat(app.clock.now());
        Ok::<(), String>(())
    }
}

fn app(context: &WorkerContext) -> Result<App, String> {
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
    let payload = serde_json::to_value(job).map_err(|error| sqlx::Error::Encode(error.into()))?;
    sqlx::query!(
        r#"select 1 as "added!" from graphile_worker.add_job(identifier => $1, payload => $2::jsonb::json, job_key => $3)"#,
        J::IDENTIFIER,
        payload,
        key,
    )
    .fetch_one(tx)
    .await?;
    Ok(())
}

/// Runs the worker until `stop` resolves; an outage of the database is waited out.
pub async fn run(app: App, stop: tokio::sync::watch::Receiver<bool>) {
    let beats = tokio::spawn(beat(app.clone(), stop.clone()));
    let mut failures = 0_u32;
    while !*stop.borrow() {
        let mut signal = stop.clone();
        let worker = WorkerOptions::default()
            .pg_pool(app.db.pool().clone())
            .schema(SCHEMA)
            .concurrency(2)
            .listen_os_shutdown_signals(false)
            .shutdown_signal(async move {
                // The sender lives as long as the program; its end means the same.
                let _ = signal.wait_for(|stopping| *stopping).await;
            })
            .add_extension(app.clone())
            .define_job::<SealAudit>()
            .define_job::<Beat>()
            .init()
            .await;
        let ended = match worker {
            Ok(worker) => {
                failures = 0;
                worker.run().await.map_err(|error| error.to_string())
            }
            Err(error) => Err(error.to_string()),
        };
        if let Err(cause) = ended
            && !*stop.borrow()
        {
            failures += 1;
            tracing::warn!(cause, failures, "the job worker stopped; it is started again");
            tokio::time::sleep(Duration::from_millis(500) * failures.min(10)).await;
        }
    }
    beats.abort();
}

/// Asks for a sign of life now and then, through the queue, so that it is the whole way that is tried.
async fn beat(app: App, stop: tokio::sync::watch::Receiver<bool>) {
    let key = format!("beat:{}", uuid::Uuid::now_v7());
    while !*stop.borrow() {
        if let Ok(mut connection) = app.db.read().await
            && let Err(error) = enqueue(&mut connection, &Beat {}, &key).await
        {
            tracing::debug!(%error, "no heartbeat could be asked for");
        }
        tokio::time::sleep(BEAT).await;
    }
}
