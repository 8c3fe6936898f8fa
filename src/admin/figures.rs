//! `/metrics`, at an address of its own: what the process has counted, and what the database says at the moment.

use std::time::Instant;

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use metrics::gauge;
use tokio::net::TcpListener;

use super::reads::state::{self, Health};
use crate::kernel::{
    db,
    rights::Right,
    web::{App, Routes},
};

/// How often what was measured is gathered while nobody asks.
const TENDED: std::time::Duration = std::time::Duration::from_secs(10);

/// The one route of the listener; it is not among those that visitors reach.
pub fn routes() -> Routes {
    Routes::new().get("/metrics", Right::Probe, page)
}

/// Gives the figures out here, as long as the program runs.
pub async fn give_figures(app: App, listener: TcpListener) {
    let tended = app.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(TENDED).await;
            tended.figures.tend();
        }
    });
    if let Err(error) = axum::serve(listener, routes().into_router().with_state(app)).await {
        tracing::error!(%error, "figures are given out no more");
    }
}

async fn page(State(app): State<App>) -> Response {
    let health = tokio::time::timeout(std::time::Duration::from_secs(5), read(&app)).await.ok().and_then(Result::ok);
    app.figures.record(|| note(&app, health.as_ref()));
    match app.figures.text() {
        Some(text) => ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn read(app: &App) -> crate::kernel::error::Result<Health> {
    Ok(state::health(&mut *app.db.read().await?, app.clock.now()).await?)
}

/// Numbers of rows and bytes are far below what a float holds exactly.
#[expect(clippy::cast_precision_loss, reason = "no count here comes near 2^52")]
fn note(app: &App, health: Option<&Health>) {
    let commit = env!("KRAVBANK_COMMIT");
    gauge!("kravbank_build_info", "version" => env!("CARGO_PKG_VERSION"), "commit" => commit, "schema" => db::newest().to_string()).set(1);
    let (open, idle) = (app.db.pool().size(), u32::try_from(app.db.pool().num_idle()).unwrap_or(u32::MAX));
    gauge!("kravbank_db_connections", "state" => "idle").set(idle);
    gauge!("kravbank_db_connections", "state" => "used").set(open.saturating_sub(idle));
    gauge!("kravbank_db_connections_most").set(app.db.pool().options().get_max_connections());
    if let Some(silence) = app.heartbeat.age(Instant::now()) {
        gauge!("kravbank_worker_silence_seconds").set(silence.as_secs_f64());
    }
    gauge!("kravbank_read_only").set(u32::from(app.words.get().is_closed()));
    gauge!("kravbank_database_up").set(u32::from(health.is_some()));
    let Some(health) = health else { return };
    let count = |n: i64| n as f64;
    gauge!("kravbank_db_size_bytes").set(count(health.size));
    for (state, jobs) in [
        ("waiting", health.jobs_waiting),
        ("later", health.jobs_later),
        ("running", health.jobs_running),
        ("failed", health.jobs_failed),
    ] {
        gauge!("kravbank_jobs", "state" => state).set(count(jobs));
    }
    let age = |at: Option<time::OffsetDateTime>| at.map(|at| (app.clock.now() - at).as_seconds_f64().max(0.0));
    gauge!("kravbank_jobs_oldest_seconds").set(age(health.jobs_oldest).unwrap_or(0.0));
    for (state, mails) in [("waiting", health.mails_waiting), ("sent", health.mails_sent), ("dead", health.mails_dead)] {
        gauge!("kravbank_mails", "state" => state).set(count(mails));
    }
    gauge!("kravbank_sessions").set(count(health.sessions));
    gauge!("kravbank_audit_unsealed").set(count(health.unsealed));
    if let Some(age) = age(health.backup) {
        gauge!("kravbank_backup_age_seconds").set(age);
    }
}
