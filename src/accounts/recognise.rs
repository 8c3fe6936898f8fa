//! Who asks: looked for once a request, by the key in the cookie.

use axum::{
    extract::{Request, State},
    http::Method,
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::sync::Arc;

use super::{
    key,
    pages::{prove, sign_in},
    reads::recognised::recognised,
    session::{IDLE, NOTED_EVERY},
    store,
};
use crate::kernel::{
    error::Result,
    web::{App, Carried, DeadKey, Denied, Found, Held, SignedIn, Visit, Who, Why, links, session_of},
};

/// Puts who has signed in on the request, and on the answer for the frame. A form that takes somebody who is signed in, where
/// nobody is, is answered with the page to sign in on, and goes with it; so is one
/// that hurts, with the page to prove once more who one is.
pub async fn recognise(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return with_who(&app, request, next).await;
    }
    let carried = Carried::of(request.headers(), &app.settings);
    let uri = request.uri().clone();
    let visit = |who| Visit::of(uri.path(), uri.query(), &app, carried, who);
    let mut response = with_who(&app, request, next).await;
    match response.extensions_mut().remove::<Held>() {
        Some(held) if held.why == Why::NotProved => {
            let who = response.extensions().get::<Who>().cloned();
            let mut page = prove::instead(&visit(who.clone()), held).await.unwrap_or_else(IntoResponse::into_response);
            if let Some(who) = who {
                page.extensions_mut().insert(who);
            }
            page
        }
        Some(held) if held.why == Why::NotSignedIn => {
            let visit = visit(None);
            let denied = response.extensions_mut().remove::<Denied>();
            let page = sign_in::instead(&visit, held).await.unwrap_or_else(IntoResponse::into_response);
            match denied {
                Some(denied) => denied.on(page),
                None => page,
            }
        }
        Some(held) => {
            response.extensions_mut().insert(held);
            response
        }
        None => response,
    }
}

/// A key that opens nothing is nobody's. What machines ask for is the same for all and asks nothing.
async fn with_who(app: &App, mut request: Request, next: Next) -> Response {
    let Some(key) = session_of(request.headers(), &app.settings) else { return next.run(request).await };
    if links::is_for_machines(request.uri().path()) {
        return next.run(request).await;
    }
    match signed_in(app, &key).await {
        Ok(Some(signed_in)) => {
            let who = Who(Arc::new(signed_in));
            if let Some(found) = request.extensions().get::<Found>() {
                found.put(who.clone());
            }
            request.extensions_mut().insert(who.clone());
            let mut response = next.run(request).await;
            // Whoever has just signed out is nobody on the answer.
            if response.extensions().get::<SignedOut>().is_none() {
                response.extensions_mut().insert(who);
            }
            response
        }
        // Nothing is said of a key that opens nothing: another answer, on its way, may be bringing the next one.
        Ok(None) => {
            request.extensions_mut().insert(DeadKey);
            next.run(request).await
        }
        Err(error) => error.into_response(),
    }
}

/// On an answer that has the browser forget its session.
#[derive(Debug, Clone, Copy)]
pub(super) struct SignedOut;

/// Who has signed in with a key; none where it opens nothing.
///
/// # Errors
/// When the database is away.
pub async fn signed_in(app: &App, key: &str) -> Result<Option<SignedIn>> {
    let now = app.clock.now();
    let mut connection = app.db.read().await?;
    let Some((signed_in, seen)) = recognised(&mut connection, &key::sha256(key), now, now - IDLE).await? else { return Ok(None) };
    // While the bank is closed for changes reading it writes nothing, not even this.
    if now - seen >= NOTED_EVERY && !app.words.get().is_closed() {
        store::note_seen(&mut connection, signed_in.session, now).await?;
    }
    Ok(Some(signed_in))
}
