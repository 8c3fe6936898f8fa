//! A form that was not done since something we depend on was away, or by a fault of ours: the answer is a page that says so and
//! keeps what was typed, whichever statement met it, also the one that looks up who is signed in. A page that keeps its own form
//! (`Error::on_page`) is left as it is.

use askama::Template;
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{
    Layout, Visit,
    bound::is_multipart,
    closed::stays_open,
    form::unkept,
    html, links,
    unsent::{Held, Lost, MOST_KEPT, Unsent, Why, shown_for},
};
use crate::kernel::error::{Failure, Result};

/// No form is longer.
const MOST_READ: usize = 2 * 1024 * 1024;

/// What somebody typed, put aside before the form goes in.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    unsent: Unsent,
    lost: Option<Lost>,
}

impl Typed {
    /// A form that is shown again.
    pub(super) fn again(unsent: Unsent) -> Self {
        Self { unsent, lost: None }
    }
}

/// Puts aside what a form holds, and hands the form on as it came. Nothing where there is nothing to keep: a form that lets in
/// or out, and carries none.
///
/// # Errors
/// When the browser broke off.
pub(super) async fn put_aside(request: &mut Request) -> Result<Option<Typed>, axum::Error> {
    let path = request.uri().path();
    if path.starts_with("/api/") {
        return Ok(None);
    }
    let passes_through = stays_open(path.strip_prefix("/en").unwrap_or(path));
    let to = request.uri().path_and_query().map_or("/", |whole| whole.as_str()).to_owned();
    let in_address = request.uri().query().and_then(shown_for);
    let without = |lost| {
        let said = in_address.as_deref().unwrap_or_default();
        (!passes_through).then(|| Typed { unsent: Unsent::of(&to, "", said, false), lost: Some(lost) })
    };
    if is_multipart(request.headers()) {
        return Ok(without(Lost::File));
    }
    if length(request.headers()).is_none_or(|length| length > MOST_READ) {
        return Ok(without(Lost::TooLong));
    }
    let body = std::mem::take(request.body_mut());
    let bytes = to_bytes(body, MOST_READ).await?;
    let body = String::from_utf8_lossy(&bytes).into_owned();
    *request.body_mut() = Body::from(bytes);
    if passes_through {
        return Ok(Unsent::travelling(&body).map(Typed::again));
    }
    if body.len() > MOST_KEPT {
        return Ok(without(Lost::TooLong));
    }
    let said = shown_for(&body).or(in_address);
    // A form without that field was shown to a visitor, who may send it then.
    let unsent = Unsent::of(&to, &body, said.as_deref().unwrap_or_default(), said.is_none());
    Ok(Some(Typed { unsent, lost: None }))
}

fn length(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Marks an answer that failed by no fault of the visitor with what was typed.
pub(super) fn hold(mut answer: Response, typed: Option<Typed>) -> Response {
    let failure = answer.extensions().get::<Failure>();
    let fails = failure.is_some_and(|failure| failure.status.is_server_error() && !failure.has_page && failure.problem.is_none());
    if let Some(Typed { unsent, lost }) = typed.filter(|_| fails) {
        answer.extensions_mut().insert(Held { why: Why::Away, unsent, lost });
    }
    answer
}

#[derive(Template)]
#[template(path = "errors/away.html")]
struct AwayPage<'a> {
    layout: Layout,
    heading: &'a str,
    explanation: &'a str,
    unsent: Unsent,
    lost: Option<Lost>,
    /// What somebody typed or chose, as far as it says anything to people.
    shown: Vec<(String, String)>,
    request_id: &'a str,
}

impl AwayPage<'_> {
    fn again(&self) -> String {
        self.layout.href(links::SHOWN_AGAIN)
    }

    fn start(&self) -> String {
        self.layout.href(links::START)
    }
}

/// The page that says so, with what was typed.
pub(super) fn page(
    visit: &Visit,
    held: Held,
    shown: Vec<(String, String)>,
    (failure, request_id): (Failure, &str),
) -> Result<Response> {
    let t = visit.texts();
    let (heading, explanation) = match failure.status {
        StatusCode::SERVICE_UNAVAILABLE => (t.errors_unavailable_heading(), t.form_away_text()),
        _ => (t.errors_internal_heading(), t.form_away_fault()),
    };
    let layout = visit.layout(heading, "", Vec::new()).without_alternate();
    let page = AwayPage { layout, heading, explanation, unsent: held.unsent, lost: held.lost, shown, request_id };
    let mut answer = (failure.status, unkept(html(&page)?)).into_response();
    answer.extensions_mut().insert(Failure { has_page: true, ..failure });
    Ok(answer)
}
