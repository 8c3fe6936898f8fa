//! Where somebody who has signed in proves once more who they are, before they change how they sign in.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::{not_until, onwards, with_key};
use crate::{
    accounts::{
        password,
        policy::{
            Own,
            factor::{Given, Shown},
        },
        reads::factor::{self, Ways},
        workflow::{
            self, Try,
            factor::{Proof, count, prove},
        },
    },
    kernel::{
        config::OidcProvider,
        error::{Error, Result},
        limits::Taken,
        rights::Right,
        web::{
            Asked, Client, Crumb, Faults, Held, Layout, Lost, Routes, Sent, Unsent, Visit, Who, again, html, line, links,
            see_other, too_many, unkept,
        },
    },
};

/// The page, and where its form is sent.
pub(in crate::accounts) fn routes() -> Routes {
    Routes::new().page(links::PROVE, Right::OwnAccount, page).post_keeping(links::PROVE, Right::OwnAccount, send)
}

/// To prove it, and to come back.
pub fn first(visit: &Visit, till: &str) -> Response {
    see_other(&links::on_the_way(visit.lang, links::PROVE, till))
}

/// `?till=/mitt/tvasteg` is what it is for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    till: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    losenord: String,
    kod: String,
    reservkod: String,
    till: String,
    /// A form that waits for it.
    #[serde(flatten)]
    unsent: Unsent,
}

#[derive(Template)]
#[template(path = "accounts/prove.html")]
struct ProvePage {
    layout: Layout,
    ways: Ways,
    services: Vec<OidcProvider>,
    till: String,
    unsent: Unsent,
    lost: Option<Lost>,
    faults: Faults,
}

impl ProvePage {
    fn action(&self) -> String {
        format!("{}#{}", self.layout.href(links::PROVE), links::FAULTS)
    }

    fn most_password(&self) -> usize {
        password::MOST
    }

    /// The services by which it can be proved, where there is no other way.
    fn services(&self) -> Vec<(String, String)> {
        let way = |one: &OidcProvider| (one.name.clone(), links::service_prove(self.layout.lang, one.number, &self.till));
        let linked = self.services.iter().filter(|one| self.ways.issuers.contains(&one.issuer));
        linked.map(way).collect()
    }

    /// Where a form that waits is shown again, once it was proved in another window.
    fn show_again(&self) -> String {
        self.layout.href(links::SHOWN_AGAIN)
    }

    fn contact(&self) -> String {
        self.layout.href(links::CONTACT)
    }
}

async fn ways(visit: &Visit, who: &Who) -> Result<Ways> {
    let mut ways = factor::ways(&mut *visit.app.db.read().await?, who).await?;
    ways.example &= visit.app.settings.example && !ways.factor && !ways.password;
    Ok(ways)
}

/// The page for a form that waits until it is proved who sends it.
pub(in crate::accounts) async fn instead(visit: &Visit, held: Held) -> Result<Response> {
    let who = visit.who.clone().ok_or(Error::NotSignedIn)?;
    let ways = ways(visit, &who).await?;
    // Without its text there is nothing to show again: back to where it came from.
    let (till, unsent) = match held.lost {
        Some(_) => (held.unsent.to, Unsent::default()),
        None => (String::new(), held.unsent),
    };
    let page = show_with(visit, ways, &till, (unsent, held.lost), Faults::default())?;
    Ok((StatusCode::UNAUTHORIZED, page).into_response())
}

fn show(visit: &Visit, ways: Ways, form: &Form, faults: Faults) -> Result<Response> {
    show_with(visit, ways, &form.till, (form.unsent.clone(), None), faults)
}

fn show_with(visit: &Visit, ways: Ways, till: &str, (unsent, lost): (Unsent, Option<Lost>), faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(t.accounts_own(), links::localized(visit.lang, links::OWN)),
        Crumb::here(t.accounts_prove_heading()),
    ];
    let layout = visit.layout(t.accounts_prove_heading(), "own", crumbs);
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    let layout = if unsent.is_some() || lost.is_some() { layout.without_alternate() } else { layout };
    let till = if links::is_local(till) { till.to_owned() } else { String::new() };
    Ok(unkept(html(&ProvePage { layout, ways, services: visit.app.settings.oidc.clone(), till, unsent, lost, faults })?))
}

async fn page(visit: Visit, who: Who, Asked(asks): Asked<Asks>) -> Result<Response> {
    let ways = ways(&visit, &who).await?;
    let form = Form { till: asks.till, ..Form::default() };
    show(&visit.bare(), ways, &form, Faults::default())
}

async fn send(visit: Visit, who: Who, client: Client, Sent(mut form): Sent<Form>) -> Result<Response> {
    let visit = visit.on(links::PROVE);
    let ways = ways(&visit, &who).await?;
    let outcome = if ways.factor {
        by_code(&visit, &who, client, &form).await?
    } else if ways.password {
        by_password(&visit, &who, client, std::mem::take(&mut form.losenord)).await?
    } else if ways.example {
        let mut tx = visit.app.db.begin().await?;
        let permit = Own::ask(&mut tx, &who).await?.ok_or(Error::NotSignedIn)?;
        let key = prove(&mut tx, &permit, Proof::Example, client, visit.now).await?;
        tx.commit().await?;
        Outcome::Proved(key)
    } else {
        return show(&visit, ways, &form, Faults::default());
    };
    let t = visit.texts();
    match outcome {
        Outcome::Proved(key) => Ok(form.unsent.shown_on(with_key(&visit.app, &onwards(visit.lang, &form.till), &key))),
        Outcome::Not(field) => {
            let mut faults = Faults::default();
            faults.add(
                field,
                match field {
                    "losenord" => t.accounts_password_wrong(),
                    "reservkod" => t.accounts_code_recovery_wrong(),
                    _ => t.accounts_code_wrong(),
                },
            );
            again(faults, |faults| show(&visit, ways, &form, faults))
        }
        Outcome::NotUntil(at) => {
            let page = show(&visit, ways, &form, not_until(&visit, at))?;
            Ok(too_many(page, &visit, at))
        }
    }
}

enum Outcome {
    Proved(crate::accounts::key::Key),
    /// The field that is wrong.
    Not(&'static str),
    NotUntil(time::OffsetDateTime),
}

async fn by_code(visit: &Visit, who: &Who, client: Client, form: &Form) -> Result<Outcome> {
    let now = visit.now;
    let (code, recovery) = (line(&form.kod), line(&form.reservkod));
    let is_recovery = code.is_empty() && !recovery.is_empty();
    let mut tx = visit.app.db.begin().await?;
    let permit = Own::ask(&mut tx, who).await?.ok_or(Error::NotSignedIn)?;
    if let Taken::NotUntil(at) = count(&mut tx, &permit, is_recovery, client, now).await? {
        return Ok(Outcome::NotUntil(at));
    }
    let given = if is_recovery { Given::Recovery(&recovery) } else { Given::Code(&code) };
    let Some(shown) = Shown::ask(&mut tx, &permit, given, now).await? else {
        let why = if is_recovery { "own_recovery_code" } else { "own_code" };
        workflow::note_failure(&mut tx, &who.actor(), Some(who.person), why, now).await?;
        tx.commit().await?;
        return Ok(Outcome::Not(if is_recovery { "reservkod" } else { "kod" }));
    };
    let key = prove(&mut tx, &permit, Proof::Code(&shown), client, now).await?;
    tx.commit().await?;
    Ok(Outcome::Proved(key))
}

async fn by_password(visit: &Visit, who: &Who, client: Client, typed: String) -> Result<Outcome> {
    let (app, now) = (&visit.app, visit.now);
    let mut tx = app.db.begin().await?;
    let tried = workflow::try_own(&mut tx, who.person, now).await?;
    tx.commit().await?;
    let kept = match tried {
        Try::With(_, kept) => kept,
        Try::NotUntil(at) => return Ok(Outcome::NotUntil(at)),
    };
    let is_it = typed.chars().count() <= password::MOST && password::is(typed, kept).await?;
    let mut tx = app.db.begin().await?;
    if !is_it {
        workflow::note_failure(&mut tx, &who.actor(), Some(who.person), "own_password", now).await?;
        tx.commit().await?;
        return Ok(Outcome::Not("losenord"));
    }
    let permit = Own::ask(&mut tx, who).await?.ok_or(Error::NotSignedIn)?;
    workflow::give_back_own(&mut tx, &permit, now).await?;
    let key = prove(&mut tx, &permit, Proof::Password, client, now).await?;
    tx.commit().await?;
    Ok(Outcome::Proved(key))
}
