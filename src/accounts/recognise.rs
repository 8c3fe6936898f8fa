//! Who asks: looked for once a request, by the key in the cookie.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::sync::Arc;

use super::{
    key,
    reads::recognised::recognised,
    session::{IDLE, NOTED_EVERY},
    store,
};
use crate::kernel::{
    error::Result,
    web::{App, DeadKey, Found, SignedIn, Who, links, session_of},
};

/// Puts who has signed in on the request, and on the answer for the frame. A key that opens nothing is nobody's.
/// What machines ask for is the same for all and asks nothing.
pub async fn recognise(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let Some(key) = session_of(request.headers(), &app.settings) else { return next.run(request).await };
    if links::is_for_machines(request.uri().path()) {
        return next.run(request).await;
    }
    match find(&app, &key).await {
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

async fn find(app: &App, key: &str) -> Result<Option<SignedIn>> {
    let now = app.clock.now();
    let mut connection = app.db.read().await?;
    let Some((signed_in, seen)) = recognised(&mut connection, &key::sha256(key), now, now - IDLE).await? else { return Ok(None) };
    if now - seen >= NOTED_EVERY {
        store::note_seen(&mut connection, signed_in.session, now).await?;
    }
    Ok(Some(signed_in))
}
