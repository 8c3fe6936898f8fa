//! Pages for signing in and for what is one's own.

pub(super) mod account;
pub(super) mod acting;
pub(super) mod approval;
pub(super) mod choose_password;
pub(super) mod code;
pub(super) mod confirm;
pub(super) mod email;
pub(super) mod erase;
pub(super) mod example;
pub(super) mod forgot;
pub(super) mod member;
pub(super) mod oidc;
pub(super) mod organisation;
pub(super) mod prove;
pub(super) mod register;
pub mod roles;
pub(super) mod senders;
pub(super) mod services;
pub(super) mod sessions;
pub(super) mod setup;
pub(super) mod sign_in;
pub(super) mod sign_out;
pub(super) mod two_steps;

use axum::{
    http::{HeaderMap, header},
    response::Response,
};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{browser, factor::STEP_HOLDS, key::Key, policy::factor::Proved, reads::factor, workflow};
use crate::kernel::{
    error::Result,
    i18n::Lang,
    web::{App, Client, Faults, Passing, Visit, again_at, carry_passing, carry_session, links, see_other, session_of},
};

/// How long a browser can show codes on paper that were just made.
const CODES_KEPT: Duration = Duration::minutes(10);

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

/// Where somebody goes who has just come in: on, in the language that they have chosen, or first to where they learn why a
/// role of theirs rests.
async fn onwards_for(tx: &mut PgConnection, visit: &Visit, person: Uuid, second: bool, till: &str) -> Result<String> {
    let entering = factor::entering(tx, person, second, visit.now).await?;
    let lang = if entering.lang == Lang::En { Lang::En } else { visit.lang };
    let to = onwards(lang, till);
    Ok(if entering.rests { links::on_the_way(lang, links::TWO_STEPS, &to) } else { to })
}

/// Lets somebody in who has proved who they are, or leads them to where a code is asked for. The caller commits before it
/// answers.
async fn let_in(
    tx: &mut PgConnection,
    visit: &Visit,
    (headers, client): (&HeaderMap, Client),
    proved: Proved,
    till: &str,
) -> Result<Response> {
    let (app, now) = (&visit.app, visit.now);
    match proved {
        Proved::Half(half) => {
            let key = workflow::factor::ask_for_code(tx, &half, now).await?;
            let mut response = see_other(&links::on_the_way(visit.lang, links::SIGN_IN_CODE, till));
            carry_passing(&mut response, &app.settings, Passing::Step, key.as_str(), STEP_HOLDS);
            response.extensions_mut().insert(code::AsksCode);
            Ok(response)
        }
        Proved::Whole(enter) => {
            workflow::give_back_sign_in(tx, enter.person(), client, now).await?;
            let before = session_of(headers, &app.settings);
            let key = workflow::enter(tx, &enter, before.as_deref(), &browser_of(headers), now).await?;
            let to = onwards_for(tx, visit, enter.person(), enter.second(), till).await?;
            Ok(with_key(app, &to, &key))
        }
    }
}
