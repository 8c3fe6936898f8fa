//! Where the first administrator makes an account. There is no such page as soon as there is one.

use askama::Template;
use axum::{http::HeaderMap, response::Response};
use serde::Deserialize;

use super::{let_in, not_until};
use crate::{
    accounts::{
        MOST_NAME, password,
        policy::{Enter, setup::SetUp},
        reads,
        setup::Offered,
        workflow,
    },
    kernel::{
        actor::Actor,
        error::{Error, Result},
        limits::Taken,
        rights::Right,
        web::{
            Client, Crumb, Faults, Layout, MOST_EMAIL, Routes, Sent, Visit, again, html, is_email, line, links, too_many, unkept,
        },
    },
};

/// The page, and where its form is sent.
pub(in crate::accounts) fn routes() -> Routes {
    Routes::new().page(links::SETUP, Right::SignIn, page).post(links::SETUP, Right::SignIn, send)
}

/// What was typed. The password is never shown again.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    nyckel: String,
    namn: String,
    epost: String,
    losenord: String,
}

#[derive(Template)]
#[template(path = "accounts/setup.html")]
struct SetUpPage {
    layout: Layout,
    form: Form,
    faults: Faults,
}

impl SetUpPage {
    fn action(&self) -> String {
        format!("{}#{}", self.layout.href(links::SETUP), links::FAULTS)
    }

    fn fewest(&self) -> i64 {
        i64::try_from(password::FEWEST).unwrap_or(i64::MAX)
    }

    fn most_password(&self) -> usize {
        password::MOST
    }

    fn most_name(&self) -> usize {
        MOST_NAME
    }

    fn most_email(&self) -> usize {
        MOST_EMAIL
    }
}

/// An error where there is nothing to set up.
async fn open(visit: &Visit) -> Result<()> {
    let is_offered = !visit.app.settings.example && visit.app.kept.of::<Offered>().is_any();
    if !is_offered || reads::setup::has_admin(&mut *visit.app.db.read().await?, visit.now).await? {
        return Err(Error::NotFound);
    }
    Ok(())
}

fn show(visit: &Visit, form: Form, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::here(t.accounts_setup_heading()),
    ];
    let layout = visit.layout(t.accounts_setup_heading(), "sign_in", crumbs);
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&SetUpPage { layout, form, faults })?))
}

async fn page(visit: Visit) -> Result<Response> {
    open(&visit).await?;
    show(&visit, Form::default(), Faults::default())
}

async fn send(visit: Visit, client: Client, headers: HeaderMap, Sent(form): Sent<Form>) -> Result<Response> {
    open(&visit).await?;
    let (app, t, now) = (&visit.app, visit.texts(), visit.now);
    let password = form.losenord;
    let form = Form { nyckel: line(&form.nyckel), namn: line(&form.namn), epost: line(&form.epost), losenord: String::new() };
    let mut tx = app.db.begin().await?;
    let counted = workflow::setup::count(&mut tx, client, now).await?;
    tx.commit().await?;
    if let Taken::NotUntil(at) = counted {
        return Ok(too_many(show(&visit, form, not_until(&visit, at))?, &visit, at));
    }
    let offered = app.kept.of::<Offered>();
    let mut faults = Faults::default();
    if !offered.is(&form.nyckel) {
        let mut tx = app.db.begin().await?;
        workflow::note_failure(&mut tx, &Actor::Anonymous, None, "setup_key", now).await?;
        tx.commit().await?;
        // Nothing else is judged for whoever has not got the key.
        faults.add("nyckel", t.accounts_setup_key_wrong());
        return again(faults, |faults| show(&visit, form, faults));
    }
    if form.namn.is_empty() {
        faults.add("namn", t.accounts_name_missing());
    }
    faults.check_length(t, "namn", &form.namn, MOST_NAME);
    if !is_email(&form.epost) {
        faults.add("epost", t.accounts_setup_email_wrong());
    }
    if let Some(fault) = password::fault(t, &password, vec![form.namn.clone(), form.epost.clone()]).await? {
        faults.add("losenord", fault);
    }
    if !faults.is_empty() {
        return again(faults, |faults| show(&visit, form, faults));
    }
    let hash = password::hash(password).await?;
    let mut tx = app.db.begin().await?;
    let permit = SetUp::ask(&mut tx, &offered, &form.nyckel, now).await?.ok_or(Error::NotFound)?;
    let made = workflow::setup::set_up(&mut tx, &permit, (&form.namn, &form.epost, &hash), now).await;
    let Some(person) = made.map_err(anyhow::Error::from)? else {
        tx.rollback().await?;
        faults.add("epost", t.accounts_setup_email_taken());
        return again(faults, |faults| show(&visit, form, faults));
    };
    let proved = Enter::by_password(&mut tx, person, &hash).await?.ok_or(Error::NotFound)?;
    let response = let_in(&mut tx, &visit, (&headers, client), proved, links::ADMIN_START).await?;
    tx.commit().await?;
    offered.close();
    Ok(response)
}
