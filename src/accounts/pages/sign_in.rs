//! Where one signs in.

use askama::Template;
use axum::{
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use time::OffsetDateTime;

use super::{let_in, not_until, onwards, roles};
use crate::{
    accounts::{
        password,
        policy::Enter,
        reads::example::{self, Example},
        workflow::{self, Try},
    },
    kernel::{
        actor::Actor,
        config::OidcProvider,
        error::Result,
        rights::Right,
        web::{
            Asked, Client, Crumb, Faults, Layout, MOST_EMAIL, Routes, Sent, Visit, html, line, links, see_other, too_many, unkept,
        },
    },
};

/// The page, and where its form is sent.
pub(in crate::accounts) fn routes() -> Routes {
    Routes::new().page(links::SIGN_IN, Right::SignIn, page).post(links::SIGN_IN, Right::SignIn, send)
}

/// `?till=/krav/KB-0042` is where somebody came from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    till: String,
}

/// What was typed. The password is never shown again.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    epost: String,
    losenord: String,
    till: String,
}

#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
struct SignInPage {
    layout: Layout,
    form: Form,
    faults: Faults,
    people: Vec<Example>,
    services: Vec<OidcProvider>,
}

impl SignInPage {
    fn action(&self) -> String {
        format!("{}#{}", self.layout.href(links::SIGN_IN), links::FAULTS)
    }

    fn example_action(&self) -> String {
        self.layout.href(links::SIGN_IN_EXAMPLE)
    }

    /// The services to come in through: what each is called, and the way there.
    fn services(&self) -> Vec<(String, String)> {
        let way = |one: &OidcProvider| (one.name.clone(), links::oidc(self.layout.lang, one.number, &self.form.till));
        self.services.iter().map(way).collect()
    }

    fn contact(&self) -> String {
        self.layout.href(links::CONTACT)
    }

    fn roles(&self, person: &Example) -> String {
        roles::names(&self.layout.t, &person.roles())
    }

    fn most_email(&self) -> usize {
        MOST_EMAIL
    }

    fn most_password(&self) -> usize {
        password::MOST
    }
}

async fn show(visit: &Visit, form: Form, faults: Faults) -> Result<Response> {
    let people =
        if visit.app.settings.example { example::people(&mut *visit.app.db.read().await?, visit.now).await? } else { Vec::new() };
    show_with(visit, form, faults, people)
}

/// The page for who has signed in too often as a person of the example bank.
pub(super) async fn not_until_page(visit: &Visit, until: OffsetDateTime) -> Result<Response> {
    Ok(too_many(show(visit, Form::default(), not_until(visit, until)).await?, visit, until))
}

fn show_with(visit: &Visit, mut form: Form, faults: Faults, people: Vec<Example>) -> Result<Response> {
    let t = visit.texts();
    form.losenord.clear();
    let crumbs =
        vec![Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)), Crumb::here(t.accounts_sign_in())];
    let layout = visit.layout(t.accounts_sign_in(), "sign_in", crumbs).described(t.accounts_sign_in_lead());
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&SignInPage { layout, form, faults, people, services: visit.app.settings.oidc.clone() })?))
}

async fn page(visit: Visit, Asked(asks): Asked<Asks>) -> Result<Response> {
    if visit.who.is_some() {
        return Ok(see_other(&onwards(visit.lang, &asks.till)));
    }
    let form = Form { till: if links::is_local(&asks.till) { asks.till } else { String::new() }, ..Form::default() };
    show(&visit.bare(), form, Faults::default()).await
}

async fn send(visit: Visit, client: Client, headers: HeaderMap, Sent(mut form): Sent<Form>) -> Result<Response> {
    let visit = visit.on(links::SIGN_IN);
    let (t, mut faults) = (visit.texts(), Faults::default());
    form.epost = line(&form.epost);
    if form.epost.is_empty() {
        faults.add("epost", t.accounts_email_missing());
    }
    faults.check_length(t, "epost", &form.epost, MOST_EMAIL);
    if form.losenord.is_empty() {
        faults.add("losenord", t.accounts_password_missing());
    }
    faults.check_length(t, "losenord", &form.losenord, password::MOST);
    if !faults.is_empty() {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, show(&visit, form, faults).await?).into_response());
    }
    let outcome = enter(&visit, client, &headers, &form).await;
    match outcome {
        Ok(Outcome::In(response)) => Ok(response),
        Ok(Outcome::Not) => {
            faults.add("epost", t.accounts_sign_in_wrong());
            Ok((StatusCode::UNPROCESSABLE_ENTITY, show(&visit, form, faults).await?).into_response())
        }
        Ok(Outcome::NotUntil(at)) => {
            let page = show(&visit, form, not_until(&visit, at)).await?;
            Ok(too_many(page, &visit, at))
        }
        // The database is not asked for anything more.
        Err(error) if error.is_ours() => {
            let page = show_with(&visit, form, Faults::general(t.accounts_away()), Vec::new())?;
            Ok(error.on_page(page))
        }
        Err(error) => Err(error),
    }
}

/// What came of trying.
enum Outcome {
    In(Response),
    /// It does not say what was wrong: whoever tries is not to learn which addresses have accounts.
    Not,
    NotUntil(OffsetDateTime),
}

async fn enter(visit: &Visit, client: Client, headers: &HeaderMap, form: &Form) -> Result<Outcome> {
    let (app, now) = (&visit.app, visit.now);
    let mut tx = app.db.begin().await?;
    let tried = workflow::try_sign_in(&mut tx, &form.epost, client, now).await?;
    // No connection is held while the password is compared.
    tx.commit().await?;
    let (person, kept) = match tried {
        Try::With(person, kept) => (person, kept),
        Try::NotUntil(at) => return Ok(Outcome::NotUntil(at)),
    };
    let is_it = password::is(form.losenord.clone(), kept.clone()).await?;
    let anew = match &kept {
        Some(kept) if is_it && password::is_old(kept) => Some(password::hash(form.losenord.clone()).await?),
        _ => None,
    };
    let mut tx = app.db.begin().await?;
    let proved = match (person, &kept) {
        (Some(person), Some(kept)) if is_it => Enter::by_password(&mut tx, person, kept).await?,
        _ => None,
    };
    let Some(proved) = proved else {
        workflow::note_failure(&mut tx, &Actor::Anonymous, person, if is_it { "closed" } else { workflow::WRONG }, now).await?;
        tx.commit().await?;
        return Ok(Outcome::Not);
    };
    if let Some(hash) = anew {
        workflow::strengthen(&mut tx, &proved, &hash).await?;
    }
    let response = let_in(&mut tx, visit, (headers, client), proved, &form.till).await?;
    tx.commit().await?;
    Ok(Outcome::In(response))
}
