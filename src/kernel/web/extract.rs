//! Axum's extractors answer in English plain text when they refuse; these answer as the rest of the bank does.
#![expect(clippy::disallowed_types, reason = "this is the one place that wraps them")]

use axum::{
    extract::{FromRequest, FromRequestParts, Path, Request},
    http::{StatusCode, request::Parts},
    response::IntoResponse,
};
use serde::de::DeserializeOwned;

use super::{App, ShownAgain};
use crate::kernel::error::Error;

/// How NUL stands in an address. It is a character in a URL but in no text of the database, so it ends here.
const NUL: &str = "%00";

/// The query string; repeated keys become lists. What cannot be read, or holds NUL, is a bad request.
#[derive(Debug)]
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Asked<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &App) -> Result<Self, Error> {
        if parts.uri.query().is_some_and(|query| query.contains(NUL)) {
            return Err(nul(parts, state).await);
        }
        match axum_extra::extract::Query::<T>::from_request_parts(parts, state).await {
            Ok(axum_extra::extract::Query(value)) => Ok(Self(value)),
            Err(rejection) => Err(Error::BadRequest(rejection.body_text())),
        }
    }
}

/// The refusal of a query that holds NUL, by the name of the parameter.
async fn nul(parts: &mut Parts, state: &App) -> Error {
    let pairs = axum_extra::extract::Query::<Vec<(String, String)>>::from_request_parts(parts, state).await;
    let found =
        pairs.ok().and_then(|pairs| pairs.0.into_iter().find(|(name, value)| name.contains('\0') || value.contains('\0')));
    let (name, value) = found.unwrap_or_default();
    let value: String = value.chars().take(80).collect();
    let (name, value) = (name.escape_debug(), value.escape_debug());
    Error::BadRequest(format!("parameter {name}: got \"{value}\", expected text without NUL"))
}

/// The variable parts of the path. What cannot be read, or holds NUL, does not exist.
#[derive(Debug)]
pub struct At<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for At<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &App) -> Result<Self, Error> {
        if parts.uri.path().contains(NUL) {
            return Err(Error::NotFound);
        }
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(value)) => Ok(Self(value)),
            Err(_) => Err(Error::NotFound),
        }
    }
}

/// A form that was sent. What is too large, in another format or not to be read never reaches a page.
#[derive(Debug)]
pub struct Sent<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Sent<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &App) -> Result<Self, Error> {
        // Whoever takes a form in this way would do what it says; `bound` lets none in that is only to be shown.
        if request.extensions().get::<ShownAgain>().is_some() {
            return Err(Error::Internal(anyhow::anyhow!("a form that is only shown again reached a handler that sends it")));
        }
        form(request, state).await.map(Self)
    }
}

/// A form that was sent, or that is only to be shown again with what was typed, by the way that leads to its faults.
#[derive(Debug)]
pub struct Drafted<T> {
    /// What was typed.
    pub form: T,
    /// Whether it is only to be shown: nothing is done.
    pub is_draft: bool,
}

impl<T: DeserializeOwned> FromRequest<App> for Drafted<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &App) -> Result<Self, Error> {
        let is_draft = request.extensions().get::<ShownAgain>().is_some();
        Ok(Self { form: form(request, state).await?, is_draft })
    }
}

async fn form<T: DeserializeOwned>(request: Request, state: &App) -> Result<T, Error> {
    match axum_extra::extract::Form::<T>::from_request(request, state).await {
        Ok(axum_extra::extract::Form(value)) => Ok(value),
        Err(rejection) => {
            let text = rejection.to_string();
            Err(match rejection.into_response().status() {
                StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
                StatusCode::UNSUPPORTED_MEDIA_TYPE => Error::UnsupportedMedia,
                _ => Error::BadRequest(text),
            })
        }
    }
}
