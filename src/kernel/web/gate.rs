//! In front of every page that takes more than a visitor has: who may, goes in; who may not, is told so. Forms have a gate of
//! their own (`bound`).

use axum::{
    extract::Request,
    http::Method,
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{Who, bound::denied, form::see_other, links};
use crate::kernel::{error::Error, i18n::Lang, rights::Right};

/// Lets in who holds the right. Whoever has not signed in is led there from a page, and back afterwards.
pub(super) async fn gate(right: Right, request: Request, next: Next) -> Response {
    let Some(who) = request.extensions().get::<Who>().cloned() else {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return Error::NotSignedIn.into_response();
        }
        let lang = Lang::of_path(request.uri().path());
        let here = request.uri().path_and_query().map_or("/", |whole| whole.as_str());
        return see_other(&links::sign_in(lang, here));
    };
    if right.held_by(&who.actor()) {
        return next.run(request).await;
    }
    denied(right, &who)
}
