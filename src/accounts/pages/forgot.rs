//! Where one asks for a link to choose another password. The answer is the same whoever has an account.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;

use super::not_until;
use crate::{
    accounts::workflow::by_mail::{self, RESET_HOLDS},
    kernel::{
        error::{Error, Result},
        limits::Taken,
        rights::Right,
        web::{
            Client, Crumb, Faults, Layout, MOST_EMAIL, Routes, Sent, Visit, again, html, is_email, line, links, see_other,
            too_many, unkept,
        },
    },
};

/// The form, where it is sent, and the page that follows.
pub(in crate::accounts) fn routes() -> Routes {
    Routes::new().page(links::FORGOT, Right::SignIn, page).post(links::FORGOT, Right::SignIn, send).page(
        links::FORGOT_SENT,
        Right::SignIn,
        sent,
    )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    epost: String,
}

#[derive(Template)]
#[template(path = "accounts/forgot.html")]
struct ForgotPage {
    layout: Layout,
    form: Form,
    faults: Faults,
}

impl ForgotPage {
    fn action(&self) -> String {
        format!("{}#{}", self.layout.href(links::FORGOT), links::FAULTS)
    }

    fn most_email(&self) -> usize {
        MOST_EMAIL
    }
}

/// A page that says that a letter is on its way, if there is somebody to write to.
#[derive(Template)]
#[template(path = "accounts/written.html")]
pub(super) struct WrittenPage {
    pub(super) layout: Layout,
    pub(super) heading: &'static str,
    pub(super) lead: String,
    pub(super) else_: &'static str,
}

impl WrittenPage {
    fn contact(&self) -> String {
        self.layout.href(links::CONTACT)
    }

    fn letters(&self) -> String {
        self.layout.href(links::EXAMPLE_LETTERS)
    }
}

/// The way to a page beside the one to sign in on.
pub(super) fn crumbs(visit: &Visit, here: &str) -> Vec<Crumb> {
    let t = visit.texts();
    vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(t.accounts_sign_in(), links::localized(visit.lang, links::SIGN_IN)),
        Crumb::here(here),
    ]
}

fn show(visit: &Visit, form: Form, faults: Faults) -> Result<Response> {
    let title = visit.texts().accounts_forgot();
    let layout = visit.layout(title, "sign_in", crumbs(visit, title));
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&ForgotPage { layout, form, faults })?))
}

async fn page(visit: Visit) -> Result<Response> {
    show(&visit, Form::default(), Faults::default())
}

async fn send(visit: Visit, client: Client, Sent(mut form): Sent<Form>) -> Result<Response> {
    let (t, mut faults) = (visit.texts(), Faults::default());
    form.epost = line(&form.epost);
    if form.epost.is_empty() {
        faults.add("epost", t.accounts_email_missing());
    } else if !is_email(&form.epost) {
        faults.add("epost", t.accounts_email_odd());
    }
    if !faults.is_empty() {
        return again(faults, |faults| show(&visit, form, faults));
    }
    match ask(&visit, client, &form).await {
        Ok(Taken::Yes) => Ok(see_other(&links::localized(visit.lang, links::FORGOT_SENT))),
        Ok(Taken::NotUntil(at)) => Ok(too_many(show(&visit, form, not_until(&visit, at))?, &visit, at)),
        Err(error) if error.is_ours() => Ok(error.on_page(show(&visit, form, Faults::general(t.accounts_away()))?)),
        Err(error) => Err(error),
    }
}

async fn ask(visit: &Visit, client: Client, form: &Form) -> Result<Taken, Error> {
    let mut tx = visit.app.db.begin().await?;
    let taken = by_mail::ask_reset(&mut tx, &form.epost, client, visit.now).await?;
    tx.commit().await?;
    Ok(taken)
}

async fn sent(visit: Visit) -> Result<Response> {
    let t = visit.texts();
    let heading = t.accounts_forgot_sent();
    let layout = visit.layout(heading, "sign_in", crumbs(&visit, heading));
    let lead = t.accounts_forgot_sent_lead(RESET_HOLDS.whole_minutes());
    html(&WrittenPage { layout, heading, lead, else_: t.accounts_written_else() })
}
