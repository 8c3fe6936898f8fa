//! For machines that watch the service: is the process alive, is it ready for visitors.

use std::time::{Duration, Instant};

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;

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
    match tokio::time::timeout(Duration::from_secs(1), database(&app)).await {
        Ok(Ok(codes)) => missing.extend(codes),
        Ok(Err(_)) | Err(_) => missing.push("database"),
    }
    if app.heartbeat.age(Instant::now()).is_none_or(|age| age > SILENCE) {
        missing.push("worker");
    }
    let status = if missing.is_empty() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let body = json!({"ready": missing.is_empty(), "missing": missing}).to_string();
    (status, [("content-type", "application/json")], body).into_response()
}

async fn database(app: &App) -> crate::kernel::error::Result<Vec<&'static str>> {
    let mut connection = app.db.read().await?;
    let mut missing = Vec::new();
    if db::schema_version(&mut connection).await? != db::newest() {
        missing.push("schema");
    }
    if app.settings.example && !db::has_fact(&mut connection, db::EXAMPLE_LOADED).await? {
        missing.push("example");
    }
    Ok(missing)
}
