//! Who asks for a selection that is somebody else's is told that there is none; the audit log is told what was asked for. One
//! look at the answers of all pages and forms below `/korgar/{id}`, so that none can forget it.

use axum::{
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use uuid::Uuid;

use super::{Holder, reads::theirs};
use crate::kernel::{
    error::{Error, Failure, Result},
    web::{App, Carried, Visit, Who, links},
};

/// Marks the answer to who asked for a selection that they do not open. It takes the same work where there is none at all.
pub async fn foreign(State(app): State<App>, request: Request, next: Next) -> Response {
    let Some(selection) = links::selection_of(request.uri().path()) else { return next.run(request).await };
    let uri = request.uri().clone();
    let carried = Carried::of(request.headers(), &app.settings);
    let response = next.run(request).await;
    let plain = response.extensions().get::<Failure>().is_some_and(|failure| !failure.has_page);
    if response.status() != StatusCode::NOT_FOUND || !plain {
        return response;
    }
    let who = response.extensions().get::<Who>().cloned();
    let visit = Visit::of(uri.path(), uri.query(), &app, carried, who.clone());
    let mut answer = match whose(&visit, selection).await {
        Ok(None) => return response,
        Ok(Some(error)) => error.into_response(),
        Err(error) => {
            tracing::warn!(%error, "a refusal is not in the audit log");
            return response;
        }
    };
    if let Some(who) = who {
        answer.extensions_mut().insert(who);
    }
    answer
}

/// What is said to who does not open it; none for who does, whatever else is not there.
async fn whose(visit: &Visit, id: Uuid) -> Result<Option<Error>> {
    let (kind, holder) = ("selection", Holder::asking(visit));
    let right = theirs::right(&mut *visit.app.db.read().await?, holder.as_ref(), id, visit.now).await?;
    Ok(match right {
        None => Some(Error::Nobodys { kind, id }),
        Some(0) => Some(Error::NotTheirs { kind, id }),
        Some(_) => None,
    })
}
