//! The one layer around every route: request id, time limit, security headers, failures dressed as pages or problem
//! documents, validators, one log line a request.

use std::{
    panic::AssertUnwindSafe,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use askama::Template;
use axum::{
    body::Body,
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures_util::FutureExt;
use sha2::{Digest, Sha256};
use tracing::Instrument;
use uuid::Uuid;

use super::{
    App, Carried, Client, Denied, Layout, Problem, Visit, Who, carried::forget_flash, closed::Closed, denied, html, links,
};
use crate::kernel::{
    actor::Actor,
    audit,
    error::{Error, Failure},
};

/// The header that names a request.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// No page takes longer than this; what does is told that the service is busy.
const TIME_LIMIT: Duration = Duration::from_secs(20);
/// A large file over a slow line takes longer; whoever stops sending is cut off much sooner (`Upload`).
const FILE_LIMIT: Duration = Duration::from_mins(15);
/// What a browser may do with a page: load from here, send forms to here, nothing else.
const CONTENT_SECURITY_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
     manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
);

/// Where scripts of other sites may read.
const OPEN_DATA: &str = "/api/v1";
/// Bytes of an address that is read.
const LONGEST_ADDRESS: usize = 8 * 1024;

/// Whether the program is on its way down: `/readyz` says so before the door is closed.
#[derive(Debug, Clone, Default)]
pub struct Draining(Arc<AtomicBool>);

impl Draining {
    /// From now on.
    pub fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it has begun.
    pub fn has_begun(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Who asks, put down by the layer that finds it out for an answer that never comes: a crash, or the time limit.
#[derive(Debug, Clone, Default)]
pub struct Found(Arc<OnceLock<Who>>);

impl Found {
    /// Puts it down.
    pub fn put(&self, who: Who) {
        // A request is recognised once.
        let _ = self.0.set(who);
    }

    /// The answer to a request that broke off.
    fn on(&self, error: Error) -> Response {
        let mut response = error.into_response();
        if let Some(who) = self.0.get() {
            response.extensions_mut().insert(who.clone());
        }
        response
    }
}

/// Runs the request inside and dresses what comes out.
pub async fn frame(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let id = request_id(request.headers());
    if let Ok(value) = HeaderValue::from_str(&id) {
        request.headers_mut().insert(REQUEST_ID, value);
    }
    let begun = Instant::now();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let query = request.uri().query().map(str::to_owned);
    let carried = if is_open_data(&path) { Carried::default() } else { Carried::of(request.headers(), &app.settings) };
    let none_match = request.headers().get(header::IF_NONE_MATCH).cloned();
    let found = Found::default();
    request.extensions_mut().insert(found.clone());
    if app.words.get().is_closed() {
        request.extensions_mut().insert(Closed);
    }
    let client = Client::of(request.headers(), request.extensions(), &app.settings);
    let forged = Client::is_forged(request.headers(), request.extensions(), &app.settings);
    let span = tracing::info_span!("request", request_id = %id, method = %method, path = %links::without_key(&path));
    async move {
        if method == Method::OPTIONS && is_open_data(&path) {
            let mut response = preflight();
            set_headers(&app, &path, &mut response, &id);
            return response;
        }
        let too_long = path.len() + query.as_deref().map_or(0, str::len) > LONGEST_ADDRESS;
        let inside = async { if too_long { StatusCode::URI_TOO_LONG.into_response() } else { next.run(request).await } };
        let mut response = guarded(&found, limit_of(&method, &path), audit::within(id.clone(), inside)).await;
        let who = response.extensions_mut().remove::<Who>();
        let denied = response.extensions_mut().remove::<Denied>();
        if let Some(denied) = denied.or_else(|| forged.then(|| denied::forged(&app)).flatten()) {
            let by = who.as_ref().map_or(Actor::Anonymous, |who| who.actor());
            let asked = format!("{method} {}", links::without_key(&path));
            audit::within(id.clone(), denied::note(&app, &denied, &by, client, &asked)).await;
        }
        let failure = response.extensions_mut().remove::<Failure>().or_else(|| bare(response.status()));
        let failed = failure.is_some();
        if let Some(cause) = failure.as_ref().and_then(|failure| failure.cause.as_ref()) {
            tracing::error!(status = response.status().as_u16(), cause, "request failed");
        }
        if failure.as_ref().is_some_and(|failure| failure.has_page) {
            response = with_retry(response);
        } else if let Some(failure) = failure {
            let allow = response.headers().get(header::ALLOW).cloned();
            let visit = Visit::of(&path, query.as_deref(), &app, carried.clone(), who.clone());
            response = dress(&visit, &method, &failure, &id);
            if let Some(allow) = allow {
                response.headers_mut().insert(header::ALLOW, allow);
            }
        }
        if is_page(&response) {
            // One address has another page for a browser that carries something: no store may mix them up.
            response.headers_mut().append(header::VARY, HeaderValue::from_static("cookie"));
            if carried.is_any() || who.is_some() {
                response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
            }
            if carried.flash.is_some() {
                forget_flash(&mut response, &app.settings);
            }
        }
        if !failed && matches!(method, Method::GET | Method::HEAD) {
            response = validate(response, none_match.as_ref()).await;
        }
        set_headers(&app, &path, &mut response, &id);
        tracing::info!(status = response.status().as_u16(), "answered");
        app.figures.answered(route.as_ref().map(MatchedPath::as_str), &method, response.status(), begun.elapsed());
        response
    }
    .instrument(span)
    .await
}

/// How long an answer may take.
pub(super) fn limit_of(method: &Method, path: &str) -> Duration {
    if *method == Method::POST && links::takes_files(path) { FILE_LIMIT } else { TIME_LIMIT }
}

/// What comes of a request within the time, or the failure where it crashed or took longer.
pub(super) async fn guarded(found: &Found, limit: Duration, inside: impl Future<Output = Response>) -> Response {
    match tokio::time::timeout(limit, AssertUnwindSafe(inside).catch_unwind()).await {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => found.on(Error::Internal(anyhow::anyhow!("panic: {}", panic_text(&*panic)))),
        Err(_) => found.on(Error::Unavailable(anyhow::anyhow!("over the time limit"))),
    }
}

/// What the router and the extractors refuse by themselves, in plain English.
fn bare(status: StatusCode) -> Option<Failure> {
    matches!(status, StatusCode::METHOD_NOT_ALLOWED | StatusCode::PAYLOAD_TOO_LARGE | StatusCode::URI_TOO_LONG)
        .then_some(Failure { status, detail: None, cause: None, problem: None, has_page: false, of_rights: false })
}

fn request_id(headers: &HeaderMap) -> String {
    headers
        .get(REQUEST_ID)
        .and_then(|value| value.to_str().ok())
        .filter(|id| {
            (1..=80).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
        })
        .map_or_else(|| Uuid::now_v7().to_string(), str::to_owned)
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> &str {
    panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no text")
}

#[derive(Template)]
#[template(path = "errors/error.html")]
struct ErrorPage<'a> {
    layout: Layout,
    heading: &'a str,
    explanation: &'a str,
    advice: &'a str,
    request_id: &'a str,
    show_id: bool,
    /// Where a role is woken that rests and could have the right.
    wake: Option<String>,
}

/// The failure as the visitor meets it: a problem document under `/api`, a page elsewhere.
fn dress(visit: &Visit, method: &Method, failure: &Failure, id: &str) -> Response {
    if visit.path == "/api" || visit.path.starts_with("/api/") {
        let mut problem = match &failure.problem {
            Some(problem) => Problem::clone(problem),
            None => Problem::new(failure.status, failure.detail.clone()),
        };
        problem.instance = Some(format!("urn:request:{id}"));
        return with_retry(problem.into_response());
    }
    let t = visit.texts();
    let (heading, explanation, advice) = match failure.status {
        StatusCode::NOT_FOUND => (t.errors_not_found_heading(), t.errors_not_found_text(), t.errors_not_found_advice()),
        StatusCode::METHOD_NOT_ALLOWED => (t.errors_method_heading(), t.errors_method_text(), t.errors_method_advice()),
        StatusCode::PAYLOAD_TOO_LARGE => (t.errors_too_large_heading(), t.errors_too_large_text(), t.errors_too_large_advice()),
        StatusCode::UNAUTHORIZED => {
            (t.errors_not_signed_in_heading(), t.errors_not_signed_in_text(), t.errors_not_signed_in_advice())
        }
        StatusCode::FORBIDDEN if failure.of_rights => {
            (t.errors_not_allowed_heading(), t.errors_not_allowed_text(), t.errors_not_allowed_advice())
        }
        StatusCode::FORBIDDEN => (t.errors_forbidden_heading(), t.errors_forbidden_text(), t.errors_forbidden_advice()),
        StatusCode::BAD_REQUEST | StatusCode::UNSUPPORTED_MEDIA_TYPE if *method == Method::POST => {
            (t.errors_form_heading(), t.errors_form_text(), t.errors_form_advice())
        }
        StatusCode::BAD_REQUEST | StatusCode::URI_TOO_LONG => {
            (t.errors_bad_request_heading(), t.errors_bad_request_text(), t.errors_bad_request_advice())
        }
        StatusCode::SERVICE_UNAVAILABLE => {
            (t.errors_unavailable_heading(), t.errors_unavailable_text(), t.errors_unavailable_advice())
        }
        _ => (t.errors_internal_heading(), t.errors_internal_text(), t.errors_internal_advice()),
    };
    let page = ErrorPage {
        layout: visit.layout(heading, "", Vec::new()).without_alternate(),
        heading,
        explanation,
        advice,
        request_id: id,
        show_id: failure.status.is_server_error(),
        wake: (failure.of_rights && visit.who.as_ref().is_some_and(|who| !who.resting().is_empty()))
            .then(|| links::localized(visit.lang, links::TWO_STEPS)),
    };
    match html(&page) {
        Ok(response) => with_retry((failure.status, response).into_response()),
        Err(_) => failure.status.into_response(),
    }
}

fn with_retry(mut response: Response) -> Response {
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("10"));
    }
    response
}

/// Gives a whole answer a weak validator, and answers 304 where the visitor has it already.
async fn validate(response: Response, none_match: Option<&HeaderValue>) -> Response {
    if response.status() != StatusCode::OK || response.headers().contains_key(header::CACHE_CONTROL) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, usize::MAX).await else {
        return Error::Internal(anyhow::anyhow!("an answer's body broke off")).into_response();
    };
    let tag = format!("W/\"{}\"", hex::encode(&Sha256::digest(&bytes)[..12]));
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=0, must-revalidate"));
    let known = none_match
        .and_then(|value| value.to_str().ok())
        .is_some_and(|known| known.split(',').any(|one| one.trim() == tag || one.trim() == "*"));
    if let Ok(value) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, value);
    }
    if known {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// Whether it is a page, which shows what the browser carries.
fn is_page(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|media| media.as_bytes().starts_with(b"text/html"))
}

/// Whether it is part of the read-only API.
fn is_open_data(path: &str) -> bool {
    path.strip_prefix(OPEN_DATA).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What a browser asks before a script of another site sends a header such as If-None-Match.
fn preflight() -> Response {
    let headers = [
        (header::ALLOW, "GET,HEAD,OPTIONS"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "if-none-match, x-request-id"),
        (header::ACCESS_CONTROL_MAX_AGE, "86400"),
    ];
    (StatusCode::NO_CONTENT, headers.map(|(name, value)| (name, HeaderValue::from_static(value)))).into_response()
}

fn set_headers(app: &App, path: &str, response: &mut Response, id: &str) {
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, value);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // A page whose address is a secret tells nobody of it, not even our own log of what is asked for next.
    let referrer = if links::without_key(path) == path { "same-origin" } else { "strict-origin" };
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static(referrer));
    headers.insert(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
    // A file that somebody sent has a stricter one.
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(CONTENT_SECURITY_POLICY);
    if app.settings.is_https() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000; includeSubDomains"));
    }
    if app.settings.example {
        // Nobody is to find a made-up requirement by a search engine.
        headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    }
    if is_open_data(path) {
        // Open data may be read by scripts of any site; nothing else may.
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("etag, last-modified, location, link, x-request-id"),
        );
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}
