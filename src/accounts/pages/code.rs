//! Between the password and the session: a code of the app, or one on paper.

use askama::Template;
use axum::{http::HeaderMap, response::Response};
use serde::Deserialize;

use super::{browser_of, not_until, onwards_for, with_key};
use crate::{
    accounts::{
        factor::STEP_HOLDS,
        key::Key,
        policy::{
            Enter,
            factor::{Given, Shown, Shows, Step},
        },
        reads::factor,
        workflow,
    },
    kernel::{
        error::{Error, Result},
        limits::Taken,
        rights::Right,
        web::{
            Asked, Client, Crumb, Faults, Flash, Layout, Passing, Routes, Sent, Visit, again, carry_flash, forget_passing, html,
            line, links, passing_of, see_other, session_of, too_many, unkept,
        },
    },
};

/// Both pages, and where their forms are sent.
pub(in crate::accounts) fn routes() -> Routes {
    Routes::new()
        .page(links::SIGN_IN_CODE, Right::SignIn, code)
        .post(links::SIGN_IN_CODE, Right::SignIn, send_code)
        .page(links::SIGN_IN_RECOVERY, Right::SignIn, recovery)
        .post(links::SIGN_IN_RECOVERY, Right::SignIn, send_recovery)
}

/// `?till=/krav/KB-0042` is where somebody is on their way to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    till: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    kod: String,
    reservkod: String,
    till: String,
}

#[derive(Template)]
#[template(path = "accounts/code.html")]
struct CodePage {
    layout: Layout,
    is_recovery: bool,
    till: String,
    faults: Faults,
}

impl CodePage {
    fn action(&self) -> String {
        let path = if self.is_recovery { links::SIGN_IN_RECOVERY } else { links::SIGN_IN_CODE };
        format!("{}#{}", self.layout.href(path), links::FAULTS)
    }

    fn other(&self) -> String {
        let path = if self.is_recovery { links::SIGN_IN_CODE } else { links::SIGN_IN_RECOVERY };
        links::on_the_way(self.layout.lang, path, &self.till)
    }

    fn minutes(&self) -> i64 {
        STEP_HOLDS.whole_minutes()
    }

    fn contact(&self) -> String {
        self.layout.href(links::CONTACT)
    }
}

fn show(visit: &Visit, is_recovery: bool, till: &str, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let title = if is_recovery { t.accounts_code_recovery_heading() } else { t.accounts_code_heading() };
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(t.accounts_sign_in(), links::localized(visit.lang, links::SIGN_IN)),
        Crumb::here(title),
    ];
    let layout = visit.layout(title, "sign_in", crumbs);
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    let till = if links::is_local(till) { till.to_owned() } else { String::new() };
    Ok(unkept(html(&CodePage { layout, is_recovery, till, faults })?))
}

/// To begin again with the password, since the time or the tries are over.
fn anew(visit: &Visit, till: &str) -> Response {
    let mut response = see_other(&links::on_the_way(visit.lang, links::SIGN_IN, till));
    forget_passing(&mut response, &visit.app.settings, Passing::Step);
    carry_flash(&mut response, &visit.app.settings, &Flash::new(visit.texts().accounts_code_over()));
    response
}

async fn code(visit: Visit, headers: HeaderMap, Asked(asks): Asked<Asks>) -> Result<Response> {
    page(visit, &headers, &asks, false).await
}

async fn recovery(visit: Visit, headers: HeaderMap, Asked(asks): Asked<Asks>) -> Result<Response> {
    page(visit, &headers, &asks, true).await
}

async fn page(visit: Visit, headers: &HeaderMap, asks: &Asks, is_recovery: bool) -> Result<Response> {
    let Some(key) = key_of(&visit, headers) else {
        return Ok(see_other(&links::on_the_way(visit.lang, links::SIGN_IN, &asks.till)));
    };
    if !factor::is_asked(&mut *visit.app.db.read().await?, &key, visit.now).await? {
        return Ok(anew(&visit, &asks.till));
    }
    show(&visit.bare(), is_recovery, &asks.till, Faults::default())
}

fn key_of(visit: &Visit, headers: &HeaderMap) -> Option<Key> {
    Key::parse(&passing_of(headers, &visit.app.settings, Passing::Step)?)
}

async fn send_code(visit: Visit, client: Client, headers: HeaderMap, Sent(form): Sent<Form>) -> Result<Response> {
    send(visit.on(links::SIGN_IN_CODE), client, &headers, &form, false).await
}

async fn send_recovery(visit: Visit, client: Client, headers: HeaderMap, Sent(form): Sent<Form>) -> Result<Response> {
    send(visit.on(links::SIGN_IN_RECOVERY), client, &headers, &form, true).await
}

async fn send(visit: Visit, client: Client, headers: &HeaderMap, form: &Form, is_recovery: bool) -> Result<Response> {
    let t = visit.texts();
    let Some(key) = key_of(&visit, headers) else {
        return Ok(see_other(&links::on_the_way(visit.lang, links::SIGN_IN, &form.till)));
    };
    match try_code(&visit, client, headers, (&key, form, is_recovery)).await {
        Ok(Outcome::In(response)) => Ok(response),
        Ok(Outcome::Over) => Ok(anew(&visit, &form.till)),
        Ok(Outcome::Not) => {
            let mut faults = Faults::default();
            if is_recovery {
                faults.add("reservkod", t.accounts_code_recovery_wrong());
            } else {
                faults.add("kod", t.accounts_code_wrong());
            }
            again(faults, |faults| show(&visit, is_recovery, &form.till, faults))
        }
        Ok(Outcome::NotUntil(at)) => Ok(too_many(show(&visit, is_recovery, &form.till, not_until(&visit, at))?, &visit, at)),
        Err(error) if error.is_ours() => {
            let page = show(&visit, is_recovery, &form.till, Faults::general(t.accounts_away()))?;
            Ok(error.on_page(page))
        }
        Err(error) => Err(error),
    }
}

enum Outcome {
    In(Response),
    Not,
    /// The password has to be shown again.
    Over,
    NotUntil(time::OffsetDateTime),
}

async fn try_code(
    visit: &Visit,
    client: Client,
    headers: &HeaderMap,
    (key, form, is_recovery): (&Key, &Form, bool),
) -> Result<Outcome> {
    let (app, now) = (&visit.app, visit.now);
    let mut tx = app.db.begin().await?;
    let Some(step) = Step::ask(&mut tx, key, now).await? else { return Ok(Outcome::Over) };
    if let Taken::NotUntil(at) = workflow::factor::count(&mut tx, &step, is_recovery, client, now).await? {
        return Ok(Outcome::NotUntil(at));
    }
    let typed = line(if is_recovery { &form.reservkod } else { &form.kod });
    let given = if is_recovery { Given::Recovery(&typed) } else { Given::Code(&typed) };
    let Some(shown) = Shown::ask(&mut tx, &step, given, now).await? else {
        workflow::factor::refuse_code(&mut tx, &step, is_recovery, now).await?;
        tx.commit().await?;
        return Ok(if step.is_last() { Outcome::Over } else { Outcome::Not });
    };
    let enter = Enter::by_code(&step, &shown).ok_or(Error::NotFound)?;
    let before = session_of(headers, &app.settings);
    let browser = (before.as_deref(), browser_of(headers), client);
    let key = workflow::factor::enter_by_code(&mut tx, (&step, &enter), &shown, (browser.0, &browser.1, browser.2), now).await?;
    let to = onwards_for(&mut tx, visit, step.person(), true, &form.till).await?;
    tx.commit().await?;
    let mut response = with_key(app, &to, &key);
    forget_passing(&mut response, &app.settings, Passing::Step);
    if is_recovery {
        let t = visit.texts();
        let flash = Flash::new(t.accounts_code_recovery_used());
        let link = Some((t.accounts_two_steps_heading().to_owned(), links::localized(visit.lang, links::TWO_STEPS)));
        carry_flash(&mut response, &app.settings, &Flash { link, ..flash });
    }
    Ok(Outcome::In(response))
}
