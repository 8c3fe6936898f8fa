//! For machines that watch the service: is the process alive, is it ready for visitors.

use std::time::{Duration, Instant};

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;
use time::OffsetDateTime;

use super::{App, Routes};
use crate::kernel::{db, rights::Right};

/// A worker that showed no sign of life for so long counts as dead.
const SILENCE: Duration = Duration::from_mins(1);

/// `/livez` and `/readyz`.
pub fn routes() -> Routes {
    Routes::new().get("/livez", Right::Probe, livez).get("/readyz", Right::Probe, readyz)
}

/// 200 as long as the process answers; touches nothing.
async fn livez() -> &'static str {
    "ok\n"
}

/// 200 only when visitors can be served; otherwise 503 with codes of what is missing.
async fn readyz(State(app): State<App>) -> Response {
    let mut missing: Vec<&str> = Vec::new();
    if app.draining.has_begun() {
        missing.push("draining");
    }
    let mut backup = None;
    match tokio::time::timeout(Duration::from_secs(1), database(&app)).await {
        Ok(Ok((codes, last))) => {
            missing.extend(codes);
            backup = last;
        }
        Ok(Err(_)) | Err(_) => missing.push("database"),
    }
    if app.heartbeat.age(Instant::now()).is_none_or(|age| age > SILENCE) {
        missing.push("worker");
    }
    let status = if missing.is_empty() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    // How old the last backup is, in hours; nobody is turned away for want of one.
    let hours = backup.map(|at| (app.clock.now() - at).whole_hours());
    let body = json!({"ready": missing.is_empty(), "missing": missing, "backup_hours": hours}).to_string();
    (status, [("content-type", "application/json")], body).into_response()
}

/// What is missing, and when the last backup was taken.
async fn database(app: &App) -> crate::kernel::error::Result<(Vec<&'static str>, Option<OffsetDateTime>)> {
    let mut connection = app.db.read().await?;
    let mut missing = Vec::new();
    if db::schema_version(&mut connection).await? != db::newest() {
        missing.push("schema");
        return Ok((missing, None));
    }
    if app.settings.example && !db::has_fact(&mut connection, db::EXAMPLE_LOADED).await? {
        missing.push("example");
    }
    let backup = db::fact(&mut connection, db::LAST_BACKUP).await?;
    Ok((missing, backup.map(|(_, at)| at)))
}
