//! Where a password is chosen by a link that was given.

use askama::Template;
use axum::{
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::let_in;
use crate::{
    accounts::{
        key::Key,
        password,
        policy::{Choose, Enter, OverPassword, factor::Proved},
        reads::link,
        workflow,
    },
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{At, Client, Crumb, Faults, Flash, Layout, Routes, Sent, Visit, again, carry_flash, html, links, unkept},
    },
};

/// The page, and where its form is sent.
pub(in crate::accounts) fn routes() -> Routes {
    Routes::new().page(links::CHOOSE_PASSWORD, Right::SignIn, page).post(links::CHOOSE_PASSWORD, Right::SignIn, send)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    losenord: String,
}

#[derive(Template)]
#[template(path = "accounts/choose_password.html")]
struct ChoosePage {
    layout: Layout,
    /// None where the link opens nothing any more.
    email: Option<String>,
    action: String,
    faults: Faults,
}

impl ChoosePage {
    fn fewest(&self) -> i64 {
        i64::try_from(password::FEWEST).unwrap_or(i64::MAX)
    }

    fn most_password(&self) -> usize {
        password::MOST
    }

    fn contact(&self) -> String {
        self.layout.href(links::CONTACT)
    }
}

fn show(visit: &Visit, key: &str, email: Option<String>, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let title = if email.is_some() { t.accounts_choose_heading() } else { t.accounts_choose_over() };
    let crumbs = vec![Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)), Crumb::here(title)];
    let layout = visit.layout(title, "sign_in", crumbs);
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    let action = format!("{}#{}", links::choose_password(visit.lang, key), links::FAULTS);
    let is_open = email.is_some();
    let page = unkept(html(&ChoosePage { layout, email, action, faults })?);
    Ok(if is_open { page } else { (StatusCode::NOT_FOUND, page).into_response() })
}

async fn page(visit: Visit, At(key): At<String>) -> Result<Response> {
    let Some(parsed) = Key::parse(&key) else { return show(&visit, &key, None, Faults::default()) };
    let found = link::found(&mut *visit.app.db.read().await?, &parsed, visit.now).await?;
    show(&visit, &key, found.map(|found| found.email), Faults::default())
}

async fn send(
    visit: Visit,
    At(text): At<String>,
    client: Client,
    headers: HeaderMap,
    Sent(form): Sent<Form>,
) -> Result<Response> {
    let (app, t) = (&visit.app, visit.texts());
    let Some(key) = Key::parse(&text) else { return show(&visit, &text, None, Faults::default()) };
    // Nothing is locked while the password is judged and worked out.
    let Some(found) = link::found(&mut *app.db.read().await?, &key, visit.now).await? else {
        return show(&visit, &text, None, Faults::default());
    };
    if let Some(fault) = password::fault(t, &form.losenord, vec![found.name, found.email.clone()]).await? {
        let mut faults = Faults::default();
        faults.add("losenord", fault);
        return again(faults, |faults| show(&visit, &text, Some(found.email), faults));
    }
    let hash = password::hash(form.losenord).await?;
    let mut tx = app.db.begin().await?;
    let Some(permit) = Choose::ask(&mut tx, &key, visit.now).await? else {
        return show(&visit, &text, None, Faults::default());
    };
    workflow::choose_password(&mut tx, &permit, &hash, visit.now).await?;
    let proved = Enter::by_password(&mut tx, permit.person(), &hash).await?.ok_or(Error::NotFound)?;
    let is_in = matches!(proved, Proved::Whole(_));
    let mut response = let_in(&mut tx, &visit, (&headers, client), proved, "").await?;
    tx.commit().await?;
    let told = if is_in { t.accounts_chosen() } else { t.accounts_chosen_code() };
    carry_flash(&mut response, &app.settings, &Flash::new(told));
    Ok(response)
}
