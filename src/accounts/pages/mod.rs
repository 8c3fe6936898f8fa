//! Pages for signing in and for what is one's own.

pub(super) mod account;
pub(super) mod acting;
pub(super) mod choose_password;
pub(super) mod example;
pub(super) mod own;
mod roles;
pub(super) mod sessions;
pub(super) mod sign_in;
pub(super) mod sign_out;

use axum::{http::HeaderMap, http::header, response::Response};

use super::{browser, key::Key};
use time::OffsetDateTime;

use crate::kernel::{
    clock,
    i18n::Lang,
    web::{App, Visit, carry_session, links, see_other},
};

/// What the browser of a request calls itself, in two words.
fn browser_of(headers: &HeaderMap) -> String {
    headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).map(browser::name).unwrap_or_default()
}

/// Where somebody goes who has signed in: back to where they came from, if that is a page of ours.
fn onwards(lang: Lang, wanted: &str) -> String {
    if links::is_local(wanted) { wanted.to_owned() } else { links::localized(lang, links::OWN) }
}

/// When one may try again, by the clock in Sweden.
fn not_until(visit: &Visit, at: OffsetDateTime) -> String {
    let (t, time) = (visit.texts(), visit.lang.time_of(at));
    // What is rounded up to midnight is tomorrow.
    let day = clock::in_sweden(at + time::Duration::seconds(59)).date();
    if day == visit.today() { t.accounts_not_until_today(time) } else { t.accounts_not_until_later(visit.lang.date(day), time) }
}

/// Leads on, with a new key for the browser.
fn with_key(app: &App, to: &str, key: &Key) -> Response {
    let mut response = see_other(to);
    carry_session(&mut response, &app.settings, key.as_str());
    response
}
