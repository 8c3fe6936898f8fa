//! Where an application or an invitation becomes an account: by a link that went to its address. Looking changes nothing.

use askama::Template;
use axum::{
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{let_in, organisation::foreign, roles, with_key};
use crate::{
    accounts::{
        MOST_NAME,
        key::Key,
        password,
        policy::{
            Enter, OverPassword, Own,
            joining::{Accept, Join},
        },
        reads::{
            applications::{self, Applied},
            invitations::{self, Invitation},
        },
        workflow::joining,
    },
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{
            At, Client, Crumb, Faults, Flash, Layout, Routes, Sent, Visit, Who, again, carry_flash, html, line, links, see_other,
            unkept,
        },
    },
};

/// The pages of the links, and where their forms are sent.
pub(in crate::accounts) fn routes() -> Routes {
    Routes::new()
        .page(links::CONFIRM_APPLICATION, Right::Register, look)
        .post(links::CONFIRM_APPLICATION, Right::Register, confirm)
        .page(links::INVITATION, Right::Register, look_invited)
        .post(links::INVITATION, Right::Register, answer)
        .page(links::OWN_INVITATION, Right::OwnAccount, back)
        .post(links::OWN_INVITATION, Right::OwnAccount, accept_own)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    namn: String,
    losenord: String,
}

/// What a link leads to.
enum Found {
    /// An application without account.
    Application(Applied),
    /// An invitation of an address without account.
    New(Invitation),
    /// An invitation of who has signed in.
    Own(Invitation),
    /// An invitation of who has not, or of somebody else.
    Others(Invitation),
    /// Nothing any more.
    Over,
}

#[derive(Template)]
#[template(path = "accounts/confirm.html")]
struct ConfirmPage {
    layout: Layout,
    title: &'static str,
    found: Found,
    action: String,
    form: Form,
    faults: Faults,
}

impl ConfirmPage {
    fn role(&self, invitation: &Invitation) -> String {
        roles::of_invitation(&self.layout, invitation)
    }

    fn ends(&self, invitation: &Invitation) -> String {
        self.layout.lang.moment(invitation.ends_at)
    }

    fn sign_in(&self) -> String {
        links::sign_in(self.layout.lang, &self.layout.href(links::OWN))
    }

    fn sign_out(&self) -> String {
        self.layout.href(links::SIGN_OUT)
    }

    fn register(&self) -> String {
        self.layout.href(links::REGISTER)
    }

    fn fewest(&self) -> i64 {
        i64::try_from(password::FEWEST).unwrap_or(i64::MAX)
    }

    fn most_name(&self) -> usize {
        MOST_NAME
    }

    fn most_password(&self) -> usize {
        password::MOST
    }
}

fn show(visit: &Visit, found: Found, action: &str, mut form: Form, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let title = match &found {
        Found::Application(_) => t.accounts_confirm(),
        Found::New(_) | Found::Own(_) | Found::Others(_) => t.accounts_invited(),
        Found::Over if visit.path.starts_with(links::INVITATION.trim_end_matches("{key}")) => t.accounts_invited_over(),
        Found::Over => t.accounts_confirm_over_heading(),
    };
    let is_over = matches!(found, Found::Over);
    let crumbs = vec![Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)), Crumb::here(title)];
    let layout = visit.layout(title, "sign_in", crumbs);
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    form.losenord.clear();
    let action = format!("{action}#{}", links::FAULTS);
    let page = unkept(html(&ConfirmPage { layout, title, found, action, form, faults })?);
    Ok(if is_over { (StatusCode::NOT_FOUND, page).into_response() } else { page })
}

async fn find_application(visit: &Visit, key: &str) -> Result<Found> {
    let Some(key) = Key::parse(key) else { return Ok(Found::Over) };
    let found = applications::by_key(&mut *visit.app.db.read().await?, &key.sha256(), visit.now).await?;
    Ok(found.filter(|applied| !applied.has_account).map_or(Found::Over, Found::Application))
}

async fn find_invitation(visit: &Visit, key: &str) -> Result<Found> {
    let Some(key) = Key::parse(key) else { return Ok(Found::Over) };
    let found = invitations::by_key(&mut *visit.app.db.read().await?, &key.sha256(), visit.now).await?;
    Ok(match found {
        None => Found::Over,
        Some(invitation) => match (invitation.person, &visit.who) {
            (None, _) => Found::New(invitation),
            (Some(person), Some(who)) if who.person == person => Found::Own(invitation),
            (Some(_), _) => Found::Others(invitation),
        },
    })
}

async fn look(visit: Visit, At(key): At<String>) -> Result<Response> {
    let found = find_application(&visit, &key).await?;
    show(&visit, found, &links::confirm_application(visit.lang, &key), Form::default(), Faults::default())
}

async fn look_invited(visit: Visit, At(key): At<String>) -> Result<Response> {
    let found = find_invitation(&visit, &key).await?;
    show(&visit, found, &links::invitation(visit.lang, &key), Form::default(), Faults::default())
}

/// Signs in somebody whose account was just made.
async fn enter(tx: &mut PgConnection, visit: &Visit, from: (&HeaderMap, Client), person: Uuid, hash: &str) -> Result<Response> {
    let proved = Enter::by_password(tx, person, hash).await?.ok_or(Error::NotFound)?;
    let_in(tx, visit, from, proved, "").await
}

async fn confirm(
    visit: Visit,
    client: Client,
    At(text): At<String>,
    headers: HeaderMap,
    Sent(form): Sent<Form>,
) -> Result<Response> {
    let (app, t, action) = (&visit.app, visit.texts(), links::confirm_application(visit.lang, &text));
    let found = find_application(&visit, &text).await?;
    let (Some(key), Found::Application(applied)) = (Key::parse(&text), &found) else {
        return show(&visit, Found::Over, &action, form, Faults::default());
    };
    // Nothing is locked while the password is judged and worked out.
    if let Some(fault) = password::fault(t, &form.losenord, vec![applied.name.clone(), applied.email.clone()]).await? {
        let mut faults = Faults::default();
        faults.add("losenord", fault);
        return again(faults, |faults| show(&visit, found, &action, form, faults));
    }
    let hash = password::hash(form.losenord).await?;
    let mut tx = app.db.begin().await?;
    let Some((permit, applied)) = Join::by_application(&mut tx, &key, visit.now).await? else {
        return show(&visit, Found::Over, &action, Form::default(), Faults::default());
    };
    let waits = joining::join(&mut tx, &permit, &applied, &hash, visit.now).await?;
    let mut response = enter(&mut tx, &visit, (&headers, client), permit.person(), &hash).await?;
    tx.commit().await?;
    let told = if waits { t.accounts_confirmed_waits() } else { t.accounts_confirmed() };
    carry_flash(&mut response, &app.settings, &Flash::new(told));
    Ok(response)
}

async fn answer(
    visit: Visit,
    client: Client,
    At(text): At<String>,
    headers: HeaderMap,
    Sent(mut form): Sent<Form>,
) -> Result<Response> {
    let (app, t, action) = (&visit.app, visit.texts(), links::invitation(visit.lang, &text));
    let found = find_invitation(&visit, &text).await?;
    let (email, key) = match (&found, Key::parse(&text)) {
        (Found::New(invitation), Some(key)) => (invitation.email.clone(), key),
        (Found::Own(invitation), _) => {
            let (id, who) = (invitation.id, visit.who.clone().ok_or(Error::NotSignedIn)?);
            return accept(&visit, &who, id).await;
        }
        // Whoever it is for signs in first.
        (Found::Others(_), _) => {
            return Ok((StatusCode::FORBIDDEN, show(&visit, found, &action, Form::default(), Faults::default())?).into_response());
        }
        _ => return show(&visit, Found::Over, &action, Form::default(), Faults::default()),
    };
    form.namn = line(&form.namn);
    let mut faults = Faults::default();
    if form.namn.is_empty() {
        faults.add("namn", t.accounts_name_missing());
    }
    faults.check_length(t, "namn", &form.namn, MOST_NAME);
    if let Some(fault) = password::fault(t, &form.losenord, vec![form.namn.clone(), email]).await? {
        faults.add("losenord", fault);
    }
    if !faults.is_empty() {
        return again(faults, |faults| show(&visit, found, &action, form, faults));
    }
    let hash = password::hash(form.losenord).await?;
    let mut tx = app.db.begin().await?;
    let Some((join, accept)) = Join::by_invitation(&mut tx, &key, &form.namn, visit.now).await? else {
        return show(&visit, Found::Over, &action, Form::default(), Faults::default());
    };
    joining::join_invited(&mut tx, (&join, &accept), &hash, visit.now).await?;
    let mut response = enter(&mut tx, &visit, (&headers, client), join.person(), &hash).await?;
    tx.commit().await?;
    carry_flash(&mut response, &app.settings, &Flash::new(t.accounts_confirmed()));
    Ok(response)
}

async fn accept(visit: &Visit, who: &Who, invitation: Uuid) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let Some(permit) = Accept::ask(&mut tx, who, invitation, visit.now).await? else {
        tx.rollback().await?;
        return foreign(visit, "invitation", invitation).await;
    };
    let own = Own::ask(&mut tx, who).await?.ok_or(Error::NotSignedIn)?;
    let key = joining::accept_own(&mut tx, (&own, &permit), visit.now).await?;
    tx.commit().await?;
    let mut response = with_key(&visit.app, &links::localized(visit.lang, links::OWN), &key);
    let text = visit.texts().accounts_invitation_accepted(permit.invitation().name(visit.lang));
    carry_flash(&mut response, &visit.app.settings, &Flash::new(text));
    Ok(response)
}

async fn back(visit: Visit) -> Response {
    see_other(&links::localized(visit.lang, links::OWN))
}

async fn accept_own(visit: Visit, who: Who, At(invitation): At<Uuid>) -> Result<Response> {
    accept(&visit, &who, invitation).await
}
