//! The bank closed for changes: it is read as always, and whatever would write is answered with a page that says so and keeps
//! what was typed. Whoever signs in or out, and whoever opens the bank again, is let through.

use askama::Template;
use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{
    Layout, ShownAgain, Visit,
    bound::{Read, hold, read},
    form::unkept,
    html, links,
    unsent::{Held, Lost, MOST_KEPT, Unsent, Why, shown_for},
};
use crate::kernel::{
    error::{Error, Result},
    rights::Right,
};

/// Forms that are taken all the same: they let somebody in or out, choose for whom they act, only show a form again, or open
/// the bank.
const STAYS_OPEN: &[&str] = &[
    links::SIGN_IN,
    links::SIGN_IN_EXAMPLE,
    links::SIGN_IN_CODE,
    links::SIGN_IN_RECOVERY,
    links::SIGN_IN_OIDC,
    links::SERVICE_PROVE,
    links::SIGN_OUT,
    links::PROVE,
    links::ACTING,
    links::SHOWN_AGAIN,
    links::ADMIN_READ_ONLY,
];
/// After so many seconds a program may try again. Nobody knows for how long it is.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("300");

/// On every request while the bank is closed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Closed;

/// Whether the form of this address is taken all the same.
pub fn stays_open(path: &str) -> bool {
    STAYS_OPEN.contains(&path)
}

/// In front of every other form. A form that is only shown again sends nothing.
pub(super) async fn closed(right: Right, mut request: Request, next: Next) -> Response {
    let extensions = request.extensions();
    if extensions.get::<Closed>().is_none() || extensions.get::<ShownAgain>().is_some() {
        return next.run(request).await;
    }
    let to = request.uri().path_and_query().map_or("/", |whole| whole.as_str()).to_owned();
    let (body, lost) = match read(&mut request).await {
        Read::Whole(body) if body.len() > MOST_KEPT => (body, Some(Lost::TooLong)),
        Read::Whole(body) => (body, None),
        Read::File => (String::new(), Some(Lost::File)),
        Read::Over => (String::new(), Some(Lost::TooLong)),
        Read::Broken => return Error::BadRequest("the body broke off".to_owned()).into_response(),
    };
    let said = shown_for(&body).or_else(|| request.uri().query().and_then(shown_for)).unwrap_or_default();
    let kept = if lost.is_some() { "" } else { body.as_str() };
    hold(Held { why: Why::Closed, unsent: Unsent::of(&to, kept, &said, right.of_visitor()), lost })
}

#[derive(Template)]
#[template(path = "errors/closed.html")]
struct ClosedPage {
    layout: Layout,
    unsent: Unsent,
    lost: Option<Lost>,
    /// What somebody typed or chose, as far as it says anything to people.
    shown: Vec<(String, String)>,
}

impl ClosedPage {
    fn again(&self) -> String {
        self.layout.href(links::SHOWN_AGAIN)
    }

    fn start(&self) -> String {
        self.layout.href(links::START)
    }
}

/// The page that says so, with what was typed.
pub(super) fn page(visit: &Visit, held: Held, shown: Vec<(String, String)>) -> Result<Response> {
    let layout = visit.layout(visit.texts().form_closed_heading(), "", Vec::new()).without_alternate();
    let page = unkept(html(&ClosedPage { layout, unsent: held.unsent, lost: held.lost, shown })?);
    Ok((StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, RETRY_AFTER)], page).into_response())
}
