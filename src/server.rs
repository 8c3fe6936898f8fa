//! The server: everything mounted, started and stopped in order.

use std::{io::ErrorKind, time::Duration};

use anyhow::{Context, anyhow};
use axum::{
    Router,
    extract::{ConnectInfo, DefaultBodyLimit},
    middleware,
    response::{IntoResponse, Response},
};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, sync::watch, task::JoinError};
use tower::ServiceExt;
use tower_http::{
    compression::{
        CompressionLayer, CompressionLevel,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
    csrf::{CsrfLayer, ProtectionError},
};

use crate::{
    accounts, admin, curation, decisions, dialogue, example, imports,
    kernel::{
        error::{Error, Result},
        jobs::{self, Jobs},
        web::{self, App, Denied, Routes},
    },
    open_data, portal, preparation, proposals, reports, requirements, search, selections,
};

/// Requests that run when the program is told to stop have this long to finish.
const LAST_REQUESTS: Duration = Duration::from_secs(25);
/// How long `/readyz` says no before the door is closed, so that a balancer sends nobody more.
const NOTICE: Duration = Duration::from_millis(500);
/// Whoever is connected has this long to send the whole header of the next request.
const HEADER_LIMIT: Duration = Duration::from_secs(10);
/// Where no connection can be taken (no file left to open), it is tried again after this.
const BREATH: Duration = Duration::from_secs(1);
/// The largest body that is read.
const BODY_LIMIT: usize = 256 * 1024;

/// Every route of the program.
pub fn routes() -> Routes {
    Routes::new()
        .merge(portal::routes())
        .merge(open_data::routes())
        .merge(open_data::guide_routes())
        .merge(selections::routes())
        .merge(dialogue::routes())
        .merge(preparation::routes())
        .merge(proposals::routes())
        .merge(curation::routes())
        .merge(decisions::routes())
        .merge(reports::routes())
        .merge(imports::routes())
        .merge(accounts::routes())
        .merge(example::routes())
        .merge(admin::routes())
        .merge(web::again_routes())
        .merge(web::asset_routes())
        .merge(web::probe_routes())
}

/// Every job of the program.
pub fn jobs() -> Jobs {
    Jobs::of_kernel()
        .merge(search::jobs())
        .merge(requirements::jobs())
        .merge(proposals::jobs())
        .merge(reports::jobs())
        .merge(imports::jobs())
        .merge(selections::jobs())
        .merge(accounts::jobs())
}

/// The whole service as a router: every route inside the frame.
pub fn service(app: App) -> Router {
    let inside = routes()
        .into_router()
        .fallback(nowhere)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn_with_state(app.clone(), accounts::recognise))
        .layer(middleware::from_fn_with_state(app.clone(), selections::foreign))
        .layer(middleware::from_fn_with_state(app.clone(), selections::follow))
        .with_state(app.clone());
    inside
        .clone()
        .layer(middleware::from_fn_with_state((app.clone(), inside), web::shown_again))
        .layer(own_pages_only(&app))
        .layer(middleware::from_fn_with_state(app, web::frame))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(worth_compressing()))
}

/// Not what is compressed already, as files of Word and Excel are, and PDF: it takes time, and the browser does not see how much is to
/// come.
fn worth_compressing() -> impl Predicate {
    DefaultPredicate::new()
        .and(NotForContentType::const_new("application/vnd.openxmlformats-officedocument"))
        .and(NotForContentType::const_new("application/pdf"))
}

/// Whatever changes something is taken only from our own pages: a browser says where a form came from, by
/// `Sec-Fetch-Site` or `Origin`. Behind a proxy our origin is the one that visitors use (docs/adr/0007).
fn own_pages_only(app: &App) -> CsrfLayer<fn(ProtectionError) -> Response> {
    let refuse: fn(ProtectionError) -> Response = |_| Denied::new("cross_site").on(Error::Forbidden.into_response());
    let layer = CsrfLayer::new().with_rejection_response(refuse);
    let origin = app.settings.origin();
    // The settings hold an address that is one; without it, `Host` is compared alone.
    layer.clone().add_trusted_origin(&origin).unwrap_or_else(|error| {
        tracing::error!(%error, origin, "the address of the service gives no origin");
        layer
    })
}

async fn nowhere() -> Result<()> {
    Err(Error::NotFound)
}

/// Serves until the signal to stop, then finishes what runs.
///
/// # Errors
/// When the server or the job worker ends without having been told to.
pub async fn serve(app: App, listener: TcpListener, stop: impl Future<Output = ()> + Send + 'static) -> anyhow::Result<()> {
    serve_patiently(app, listener, stop, HEADER_LIMIT).await
}

/// [`serve`], with another limit on how long the header of a request may take.
///
/// # Errors
/// As [`serve`].
pub async fn serve_patiently(
    app: App,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
    header_limit: Duration,
) -> anyhow::Result<()> {
    // Nobody waits for it; whoever asks first for a list would read it else, and wait.
    tokio::spawn(search::catalogue::warm(app.clone()));
    tokio::spawn(accounts::warm());
    let (stopping, stopped) = watch::channel(false);
    let draining = app.draining.clone();
    let mut worker = tokio::spawn(jobs::run(app.clone(), self::jobs(), stopped.clone()));
    let mut server = tokio::spawn(answer(listener, service(app), header_limit, stopped));
    tokio::select! {
        () = stop => {}
        ended = &mut server => return Err(by_itself("the server", ended)),
        ended = &mut worker => return Err(by_itself("the job worker", ended)),
    }
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

fn by_itself(what: &str, ended: Result<(), JoinError>) -> anyhow::Error {
    match ended {
        Ok(()) => anyhow!("{what} ended by itself"),
        Err(error) => anyhow!(error).context(format!("{what} ended by itself")),
    }
}

/// Takes connections until told to stop; then none, and ends when the requests that run are answered.
async fn answer(listener: TcpListener, service: Router, header_limit: Duration, mut stopped: watch::Receiver<bool>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(header_limit);
    let connections = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            // The sender lives until the end of `serve`; its end means the same.
            _ = stopped.wait_for(|stopping| *stopping) => break,
        };
        let (socket, peer) = match accepted {
            Ok(accepted) => accepted,
            // A visitor who left again.
            Err(error) if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset) => continue,
            Err(error) => {
                tracing::error!(%error, "no connection can be taken");
                tokio::time::sleep(BREATH).await;
                continue;
            }
        };
        let service = service.clone().map_request(move |mut request: hyper::Request<hyper::body::Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            request
        });
        let connection = http.serve_connection(TokioIo::new(socket), TowerToHyperService::new(service));
        let connection = connections.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection broke off");
            }
        });
    }
    drop(listener);
    connections.shutdown().await;
}

/// The address to listen at.
///
/// # Errors
/// When somebody else has it.
pub async fn listen(address: std::net::SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| address.to_string())
}
