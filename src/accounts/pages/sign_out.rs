//! Signing out: whoever has no session any more is signed out as well.

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue},
    response::Response,
};

use crate::{
    accounts::{recognise::SignedOut, session::End, workflow},
    kernel::{
        error::Result,
        rights::Right,
        web::{Flash, Routes, Visit, carry_flash, forget_session, links, see_other, session_of},
    },
};

const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// Where the button is sent.
pub(in crate::accounts) fn routes() -> Routes {
    Routes::new().page(links::SIGN_OUT, Right::SignIn, back).post(links::SIGN_OUT, Right::SignIn, send)
}

async fn back(visit: Visit) -> Response {
    see_other(&links::localized(visit.lang, links::START))
}

async fn send(visit: Visit, headers: HeaderMap) -> Result<Response> {
    let app = &visit.app;
    if let Some(key) = session_of(&headers, &app.settings) {
        let mut tx = app.db.begin().await?;
        workflow::leave(&mut tx, &key, End::SignOut, visit.now).await?;
        tx.commit().await?;
    }
    Ok(signed_out(&visit, visit.texts().accounts_signed_out()))
}

/// Leads to the start, with a browser that has forgotten its session.
pub(super) fn signed_out(visit: &Visit, text: &'static str) -> Response {
    let mut response = see_other(&links::localized(visit.lang, links::START));
    forget_session(&mut response, &visit.app.settings);
    carry_flash(&mut response, &visit.app.settings, &Flash::new(text));
    // Nothing of what was seen stays behind on a computer that others use. Cookies stay: the selections are among them.
    response.headers_mut().insert(CLEAR_SITE_DATA, HeaderValue::from_static("\"cache\", \"storage\""));
    response.extensions_mut().insert(SignedOut);
    response
}
