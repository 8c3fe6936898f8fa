//! Pages for signing in and for what is one's own.

pub(super) mod account;
pub(super) mod acting;
pub(super) mod approval;
pub(super) mod choose_password;
pub(super) mod confirm;
pub(super) mod email;
pub(super) mod example;
pub(super) mod forgot;
pub(super) mod member;
pub(super) mod organisation;
pub(super) mod own;
pub(super) mod register;
mod roles;
pub(super) mod sessions;
pub(super) mod sign_in;
pub(super) mod sign_out;

use axum::{
    http::{HeaderMap, header},
    response::Response,
};
use time::OffsetDateTime;

use super::{browser, key::Key};
use crate::kernel::{
    i18n::Lang,
    web::{App, Faults, Visit, again_at, carry_session, links, see_other},
};

/// What the browser of a request calls itself, in two words.
fn browser_of(headers: &HeaderMap) -> String {
    headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).map(browser::name).unwrap_or_default()
}

/// Where somebody goes who has signed in: back to where they came from, if that is a page of ours.
fn onwards(lang: Lang, wanted: &str) -> String {
    if links::is_local(wanted) { wanted.to_owned() } else { links::localized(lang, links::OWN) }
}

/// That there were too many tries, and when one may try again.
fn not_until(visit: &Visit, at: OffsetDateTime) -> Faults {
    let t = visit.texts();
    Faults::general(match again_at(visit, at) {
        (None, time) => t.accounts_not_until_today(time),
        (Some(day), time) => t.accounts_not_until_later(visit.lang.date(day), time),
    })
}

/// Leads on, with a new key for the browser.
fn with_key(app: &App, to: &str, key: &Key) -> Response {
    let mut response = see_other(to);
    carry_session(&mut response, &app.settings, key.as_str());
    response
}
