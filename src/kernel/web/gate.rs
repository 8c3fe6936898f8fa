//! In front of every page that takes more than a visitor has: who may, goes in; who may not, is told so. Forms have a gate of
//! their own (`bound`).

use axum::{
    extract::Request,
    http::Method,
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{DeadKey, Denied, Who, bound::denied, form::see_other, links};
use crate::kernel::{error::Error, i18n::Lang, rights::Right};

/// Lets in who holds the right. Whoever has not signed in is led there from a page, and back afterwards.
pub(super) async fn gate(right: Right, request: Request, next: Next) -> Response {
    let Some(who) = request.extensions().get::<Who>().cloned() else {
        let has_key = request.extensions().get::<DeadKey>().is_some();
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            let denied = Denied::new(if has_key { "session_over" } else { "not_signed_in" }).without(right);
            return denied.on(Error::NotSignedIn.into_response());
        }
        let lang = Lang::of_path(request.uri().path());
        let here = request.uri().path_and_query().map_or("/", |whole| whole.as_str());
        let to_sign_in = see_other(&links::sign_in(lang, here));
        // Whoever never signed in is shown the way; a key that opens nothing may be one that somebody took.
        return if has_key { Denied::new("session_over").without(right).on(to_sign_in) } else { to_sign_in };
    };
    if right.held_by(&who.actor()) {
        return next.run(request).await;
    }
    denied(right, &who)
}
