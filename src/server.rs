//! The server: everything mounted, started and stopped in order.

use std::time::Duration;

use anyhow::Context;
use axum::{Router, extract::DefaultBodyLimit, middleware};
use tokio::{net::TcpListener, sync::watch};
use tower_http::compression::{CompressionLayer, CompressionLevel, predicate::DefaultPredicate};

use crate::{
    kernel::{
        error::{Error, Result},
        jobs,
        web::{self, App, Routes},
    },
    open_data, portal,
};

/// Requests that run when the program is told to stop have this long to finish.
const LAST_REQUESTS: Duration = Duration::from_secs(25);
/// How long `/readyz` says no before the door is closed, so that a balancer sends nobody more.
const NOTICE: Duration = Duration::from_millis(500);
/// The largest body that is read.
const BODY_LIMIT: usize = 256 * 1024;

/// Every route of the program.
pub fn routes() -> Routes {
    Routes::new().merge(portal::routes()).merge(open_data::routes()).merge(web::asset_routes()).merge(web::probe_routes())
}

/// The whole service as a router: every route inside the frame.
pub fn service(app: App) -> Router {
    routes()
        .into_router()
        .fallback(nowhere)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn_with_state(app.clone(), web::frame))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(DefaultPredicate::new()))
        .with_state(app)
}

async fn nowhere() -> Result<()> {
    Err(Error::NotFound)
}

/// Serves until the signal to stop, then finishes what runs.
///
/// # Errors
/// When the address cannot be listened at.
pub async fn serve(app: App, listener: TcpListener, stop: impl Future<Output = ()> + Send + 'static) -> anyhow::Result<()> {
    let (stopping, stopped) = watch::channel(false);
    let worker = tokio::spawn(jobs::run(app.clone(), stopped.clone()));
    let draining = app.draining.clone();
    let mut closing = stopped.clone();
    let server = axum::serve(listener, service(app)).with_graceful_shutdown(async move {
        // The sender lives until the end of this function; its end means the same.
        let _ = closing.wait_for(|stopping| *stopping).await;
    });
    let server = tokio::spawn(async move { server.await });
    stop.await;
    tracing::info!("stopping");
    draining.begin();
    tokio::time::sleep(NOTICE).await;
    stopping.send_replace(true);
    if tokio::time::timeout(LAST_REQUESTS, server).await.is_err() {
        tracing::warn!("some requests were cut off");
    }
    let _ = tokio::time::timeout(Duration::from_secs(5), worker).await;
    tracing::info!("stopped");
    Ok(())
}

/// The address to listen at.
///
/// # Errors
/// When somebody else has it.
pub async fn listen(address: std::net::SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| address.to_string())
}
