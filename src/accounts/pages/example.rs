//! Signing in as a person of the example bank. Elsewhere the address does not exist.

use axum::{http::HeaderMap, response::Response};
use serde::Deserialize;

use super::{browser_of, onwards_for, sign_in, with_key};
use crate::{
    accounts::{policy::Enter, workflow},
    kernel::{
        error::{Error, Result},
        limits::Taken,
        rights::Right,
        web::{Client, Routes, Sent, Unsent, Visit, links, see_other, session_of},
    },
};

/// Where the form is sent.
pub(in crate::accounts) fn routes() -> Routes {
    Routes::new().page(links::SIGN_IN_EXAMPLE, Right::SignIn, back).post(links::SIGN_IN_EXAMPLE, Right::SignIn, send)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    person: String,
    till: String,
    #[serde(flatten)]
    unsent: Unsent,
}

/// Whoever asks for the address by hand is shown the form.
async fn back(visit: Visit) -> Result<Response> {
    if visit.app.settings.example { Ok(see_other(&links::localized(visit.lang, links::SIGN_IN))) } else { Err(Error::NotFound) }
}

async fn send(visit: Visit, client: Client, headers: HeaderMap, Sent(form): Sent<Form>) -> Result<Response> {
    let app = &visit.app;
    if !app.settings.example {
        return Err(Error::NotFound);
    }
    let mut tx = app.db.begin().await?;
    if let Taken::NotUntil(at) = workflow::count_example(&mut tx, client, visit.now).await? {
        // The page reads through a connection of its own.
        tx.rollback().await?;
        return sign_in::not_until_page(&visit.on(links::SIGN_IN), at, form.unsent).await;
    }
    let permit = Enter::as_example(&mut tx, &form.person).await?.ok_or(Error::NotFound)?;
    let before = session_of(&headers, &app.settings);
    let key = workflow::enter(&mut tx, &permit, before.as_deref(), &browser_of(&headers), visit.now).await?;
    let to = onwards_for(&mut tx, &visit, permit.person(), permit.second(), &form.till).await?;
    tx.commit().await?;
    Ok(form.unsent.shown_on(with_key(app, &to, &key)))
}
