//! Another address to sign in with: asked for with the password, taken when its owner has opened a link that went there.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::not_until;
use crate::{
    accounts::{
        key::Key,
        password,
        policy::{Own, by_mail::ChangeEmail},
        reads::{
            account,
            people::{self, Wanted},
        },
        workflow::{self, Try, by_mail},
    },
    kernel::{
        error::{Error, Result},
        limits::Taken,
        rights::Right,
        web::{
            At, Crumb, Faults, Flash, Layout, MOST_EMAIL, Routes, Sent, Visit, Who, carry_flash, html, is_email, line, links,
            see_other, too_many, unkept,
        },
    },
};

/// The form and where it is sent, and the page of the link.
pub(in crate::accounts) fn routes() -> Routes {
    Routes::new()
        .page(links::OWN_EMAIL, Right::OwnAccount, page)
        .post(links::OWN_EMAIL, Right::OwnAccount, send)
        .page(links::CONFIRM_EMAIL, Right::SignIn, look)
        .post(links::CONFIRM_EMAIL, Right::SignIn, confirm)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    ny: String,
    nuvarande: String,
}

#[derive(Template)]
#[template(path = "accounts/email.html")]
struct EmailPage {
    layout: Layout,
    email: String,
    has_password: bool,
    form: Form,
    faults: Faults,
}

impl EmailPage {
    fn action(&self) -> String {
        format!("{}#{}", self.layout.href(links::OWN_EMAIL), links::FAULTS)
    }

    /// Where somebody without a password gets one.
    fn choose(&self) -> String {
        self.layout.href(links::FORGOT)
    }

    fn account(&self) -> String {
        self.layout.href(links::OWN_ACCOUNT)
    }

    fn most_email(&self) -> usize {
        MOST_EMAIL
    }

    fn most_password(&self) -> usize {
        password::MOST
    }
}

#[derive(Template)]
#[template(path = "accounts/confirm_email.html")]
struct ConfirmPage {
    layout: Layout,
    /// None where the link opens nothing any more.
    wanted: Option<Wanted>,
    action: String,
}

impl ConfirmPage {
    fn account(&self) -> String {
        self.layout.href(links::OWN_ACCOUNT)
    }
}

async fn show(visit: &Visit, who: &Who, mut form: Form, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let account = account::account(&mut *visit.app.db.read().await?, who).await?.ok_or(Error::NotSignedIn)?;
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(t.accounts_own(), links::localized(visit.lang, links::OWN)),
        Crumb::link(t.accounts_account(), links::localized(visit.lang, links::OWN_ACCOUNT)),
        Crumb::here(t.accounts_change_email()),
    ];
    let layout = visit.layout(t.accounts_change_email(), "own", crumbs);
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    form.nuvarande.clear();
    let has_password = account.password_changed.is_some();
    Ok(unkept(html(&EmailPage { layout, email: account.email, has_password, form, faults })?))
}

async fn page(visit: Visit, who: Who) -> Result<Response> {
    show(&visit, &who, Form::default(), Faults::default()).await
}

async fn send(visit: Visit, who: Who, Sent(mut form): Sent<Form>) -> Result<Response> {
    let (t, app, mut faults) = (visit.texts(), &visit.app, Faults::default());
    form.ny = line(&form.ny);
    if form.ny.is_empty() {
        faults.add("ny", t.accounts_email_missing());
    } else if !is_email(&form.ny) {
        faults.add("ny", t.accounts_email_odd());
    }
    if form.nuvarande.is_empty() {
        faults.add("nuvarande", t.accounts_password_missing());
    }
    faults.check_length(t, "nuvarande", &form.nuvarande, password::MOST);
    if !faults.is_empty() {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, show(&visit, &who, form, faults).await?).into_response());
    }
    let mut tx = app.db.begin().await?;
    let tried = workflow::try_own(&mut tx, who.person, visit.now).await?;
    tx.commit().await?;
    let kept = match tried {
        Try::With(_, kept) => kept,
        Try::NotUntil(at) => return Ok(too_many(show(&visit, &who, form, not_until(&visit, at)).await?, &visit, at)),
    };
    if !password::is(form.nuvarande.clone(), kept).await? {
        let mut tx = app.db.begin().await?;
        workflow::note_failure(&mut tx, &who.actor(), Some(who.person), "own_password", visit.now).await?;
        tx.commit().await?;
        faults.add("nuvarande", t.accounts_password_wrong());
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, show(&visit, &who, form, faults).await?).into_response());
    }
    let mut tx = app.db.begin().await?;
    let permit = Own::ask(&mut tx, &who).await?.ok_or(Error::NotSignedIn)?;
    match by_mail::ask_email(&mut tx, &permit, &form.ny, visit.lang, visit.now).await? {
        Taken::Yes => tx.commit().await?,
        Taken::NotUntil(at) => {
            tx.rollback().await?;
            return Ok(too_many(show(&visit, &who, form, not_until(&visit, at)).await?, &visit, at));
        }
    }
    let mut response = see_other(&links::localized(visit.lang, links::OWN_EMAIL));
    carry_flash(&mut response, &app.settings, &Flash::new(t.accounts_change_email_sent(&form.ny)));
    Ok(response)
}

fn show_link(visit: &Visit, key: &str, wanted: Option<Wanted>) -> Result<Response> {
    let t = visit.texts();
    let is_open = wanted.as_ref().is_some_and(|wanted| !wanted.taken);
    let title = if is_open { t.accounts_confirm_email() } else { t.accounts_confirm_email_over() };
    let crumbs = vec![Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)), Crumb::here(title)];
    let layout = visit.layout(title, "sign_in", crumbs);
    let action = links::confirm_email(visit.lang, key);
    let page = unkept(html(&ConfirmPage { layout, wanted, action })?);
    Ok(if is_open { page } else { (StatusCode::NOT_FOUND, page).into_response() })
}

async fn find(visit: &Visit, key: &str) -> Result<Option<Wanted>> {
    let Some(key) = Key::parse(key) else { return Ok(None) };
    Ok(people::wanted_email(&mut *visit.app.db.read().await?, &key.sha256(), visit.now).await?)
}

/// Looking changes nothing: mail programs look at links.
async fn look(visit: Visit, At(key): At<String>) -> Result<Response> {
    let wanted = find(&visit, &key).await?;
    show_link(&visit, &key, wanted)
}

async fn confirm(visit: Visit, At(text): At<String>) -> Result<Response> {
    let Some(key) = Key::parse(&text) else { return show_link(&visit, &text, None) };
    let mut tx = visit.app.db.begin().await?;
    let Some(permit) = ChangeEmail::ask(&mut tx, &key, visit.now).await? else {
        tx.rollback().await?;
        let wanted = find(&visit, &text).await?;
        return show_link(&visit, &text, wanted);
    };
    by_mail::change_email(&mut tx, &permit, visit.now).await?;
    tx.commit().await?;
    let mut response = see_other(&links::localized(visit.lang, links::OWN_ACCOUNT));
    carry_flash(&mut response, &visit.app.settings, &Flash::new(visit.texts().accounts_email_changed()));
    Ok(response)
}
