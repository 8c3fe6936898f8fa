//! What the app is to be given, and its first code.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;

use super::{Till, crumbs, prove};
use crate::{
    accounts::{
        factor::{self, Secret},
        key::Key,
        pages::{CODES_KEPT, with_key},
        policy::{Own, factor::Fresh},
        reads::{account, factor as reads},
        workflow,
    },
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{
            Asked, Faults, Layout, Passing, Routes, Sent, Visit, Who, again, carry_passing, html, line, links, see_other, unkept,
        },
    },
};

/// The page, and where its form is sent.
pub(super) fn routes() -> Routes {
    Routes::new().page(links::TWO_STEPS_NEW, Right::OwnAccount, page).post(links::TWO_STEPS_NEW, Right::OwnAccount, send)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    kod: String,
    till: String,
}

#[derive(Template)]
#[template(path = "accounts/two_steps/set_up.html")]
struct SetUpPage {
    layout: Layout,
    /// The picture that an app reads.
    picture: String,
    /// The same to open on the device that has the app.
    address: String,
    /// The same to type.
    groups: Vec<String>,
    till: String,
    faults: Faults,
}

impl SetUpPage {
    fn action(&self) -> String {
        format!("{}#{}", self.layout.href(links::TWO_STEPS_NEW), links::FAULTS)
    }
}

async fn show(visit: &Visit, who: &Who, secret: &Secret, till: &str, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let account = account::account(&mut *visit.app.db.read().await?, who).await?.ok_or(Error::NotSignedIn)?;
    let whose = if account.email.is_empty() { account.name } else { account.email };
    let bank = if visit.app.settings.example { t.accounts_two_steps_example_name() } else { t.layout_name() };
    let broken = || Error::Internal(anyhow::anyhow!("the secret of a second factor gives no picture"));
    let address = secret.address(&whose, bank).ok_or_else(broken)?;
    let picture = factor::picture(&address).ok_or_else(broken)?;
    let layout = visit.layout(t.accounts_two_steps_new_heading(), "own", crumbs(visit, Some(t.accounts_two_steps_new_heading())));
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    let groups = secret.groups();
    Ok(unkept(html(&SetUpPage { layout, picture, address, groups, till: till.to_owned(), faults })?))
}

async fn page(visit: Visit, who: Who, Asked(asks): Asked<Till>) -> Result<Response> {
    let draft = reads::draft(&mut *visit.app.db.read().await?, &who, visit.now).await?;
    let Some(secret) = draft else {
        return Ok(see_other(&links::on_the_way(visit.lang, links::TWO_STEPS, asks.local())));
    };
    show(&visit.bare(), &who, &secret, asks.local(), Faults::default()).await
}

async fn send(visit: Visit, who: Who, Sent(form): Sent<Form>) -> Result<Response> {
    let visit = visit.on(links::TWO_STEPS_NEW);
    let (app, now) = (&visit.app, visit.now);
    let till = Till { till: form.till };
    let to_start = || links::on_the_way(visit.lang, links::TWO_STEPS, till.local());
    let mut tx = app.db.begin().await?;
    let own = Own::ask(&mut tx, &who).await?.ok_or(Error::NotSignedIn)?;
    let Some(permit) = Fresh::of(&mut tx, own, now).await? else { return Ok(prove::first(&visit, &to_start())) };
    let Some(secret) = reads::draft(&mut tx, &who, now).await? else { return Ok(see_other(&to_start())) };
    let Some(step) = secret.step_of(&line(&form.kod), 0, now) else {
        tx.rollback().await?;
        let mut faults = Faults::default();
        faults.add("kod", visit.texts().accounts_two_steps_code_wrong());
        let page = show(&visit, &who, &secret, till.local(), Faults::clone(&faults)).await?;
        return again(faults, |_| Ok(page));
    };
    let codes = Key::draw();
    let key = workflow::factor::set_up(&mut tx, &permit, (&secret, step, &codes), now).await?;
    tx.commit().await?;
    let mut response = with_key(app, &links::on_the_way(visit.lang, links::RECOVERY_CODES, till.local()), &key);
    carry_passing(&mut response, &app.settings, Passing::Codes, codes.as_str(), CODES_KEPT);
    Ok(response)
}
