//! In front of every form: it is taken only from whom it was shown to, for the membership that it was shown for. Whoever chose
//! another one in another window since, or was signed out, is shown the form again instead of having it done in another name.

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Request},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{
    DeadKey, Denied, Who,
    unsent::{Held, Lost, MOST_KEPT, ShownAgain, Unsent, Why, shown_for},
};
use crate::kernel::{error::Error, rights::Right};

/// What is known of the route of a form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    /// What it takes to send it.
    pub right: Right,
    /// Whether its handler shows the form again with what was typed (`web::Drafted`).
    pub shows: bool,
    /// Whether who sends it must have proved lately who they are.
    pub proved: bool,
}

/// Lets in whoever may send the form that they were shown.
pub(super) async fn bound(rule: Rule, mut request: Request, next: Next) -> Response {
    let who = request.extensions().get::<Who>().cloned();
    let open = rule.right.of_visitor();
    let has_key = request.extensions().get::<DeadKey>().is_some();
    let held = |why, unsent, lost| {
        let answer = hold(Held { why, unsent, lost });
        match why {
            // A key that opens nothing may be one that somebody took.
            Why::NotSignedIn if has_key => Denied::new("session_over").without(rule.right).on(answer),
            Why::NotSignedIn => Denied::new("not_signed_in").without(rule.right).on(answer),
            // Of a form from another membership the page that says so writes (`again`).
            Why::OtherMembership | Why::NoPage | Why::NotProved | Why::Closed | Why::Away => answer,
        }
    };
    if let Some(ShownAgain(unsent)) = request.extensions().get::<ShownAgain>().cloned() {
        return match &who {
            None if !open => held(Why::NotSignedIn, unsent, None),
            Some(who) if !rule.right.held_by(&who.actor()) => denied(rule.right, who),
            _ if rule.shows => next.run(request).await,
            _ => held(Why::NoPage, unsent, None),
        };
    }
    let to = request.uri().path_and_query().map_or("/", |whole| whole.as_str()).to_owned();
    let read = read(&mut request).await;
    let (body, lost) = match &read {
        Read::Whole(body) if body.len() > MOST_KEPT => (body.as_str(), Some(Lost::TooLong)),
        Read::Whole(body) => (body.as_str(), None),
        Read::File => ("", Some(Lost::File)),
        Read::Over if who.is_none() && !open => ("", Some(Lost::TooLong)),
        Read::Over => return Error::TooLarge.into_response(),
        Read::Broken => return Error::BadRequest("the body broke off".to_owned()).into_response(),
    };
    // A form with a file says it in its address, since its body is not read here.
    let said = shown_for(body).or_else(|| request.uri().query().and_then(shown_for));
    let unsent = || {
        let body = if lost.is_some() { "" } else { body };
        Unsent::of(&to, body, said.as_deref().unwrap_or_default(), open)
    };
    match (&who, &said) {
        (None, None) if open => next.run(request).await,
        (None, _) => held(Why::NotSignedIn, unsent(), lost),
        (Some(who), Some(said)) if *said == who.shown_for().to_string() => {
            if !rule.right.held_by(&who.actor()) {
                denied(rule.right, who)
            } else if rule.proved && !who.proved_lately {
                held(Why::NotProved, unsent(), lost)
            } else {
                next.run(request).await
            }
        }
        (Some(_), _) => held(Why::OtherMembership, unsent(), lost),
    }
}

/// What came of reading a form.
pub(super) enum Read {
    Whole(String),
    File,
    /// It is longer than is read.
    Over,
    Broken,
}

/// Reads the body and puts it back for the handler. A file is not looked into.
pub(super) async fn read(request: &mut Request) -> Read {
    if is_multipart(request.headers()) {
        return Read::File;
    }
    let (parts, body) = std::mem::take(request).into_parts();
    *request = Request::from_parts(parts.clone(), Body::empty());
    // As far as the route's limit allows.
    match Bytes::from_request(Request::from_parts(parts, body), &()).await {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            *request.body_mut() = Body::from(bytes);
            Read::Whole(text)
        }
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => Read::Over,
        Err(_) => Read::Broken,
    }
}

/// Whether it brings a file.
pub(super) fn is_multipart(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|media| media.as_bytes().starts_with(b"multipart/"))
}

/// The answer of who has signed in without the right.
pub(super) fn denied(right: Right, who: &Who) -> Response {
    tracing::warn!(?right, person = %who.person, "denied");
    Denied::new("right").without(right).on(Error::NotAllowed.into_response())
}

/// An answer that says what was held back; it is an answer of its own too, should no layer make a page of it.
pub(super) fn hold(held: Held) -> Response {
    let mut response = match held.why {
        Why::NotSignedIn => Error::NotSignedIn.into_response(),
        Why::OtherMembership => StatusCode::CONFLICT.into_response(),
        Why::NotProved => StatusCode::UNAUTHORIZED.into_response(),
        Why::NoPage => StatusCode::OK.into_response(),
        Why::Closed | Why::Away => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    };
    response.extensions_mut().insert(held);
    response
}
