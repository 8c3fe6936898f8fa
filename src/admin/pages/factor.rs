//! The second factor of who has lost it, taken away: a question, with a reason that the log keeps.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{Entry, MOST_REASON, frame, reason, to_faults, told};
use crate::{
    accounts::{Managed, reset_factor},
    admin::reads::account::{self as read, Account},
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{At, Drafted, Faults, Layout, Routes, Visit, again, html, lines, links, see_other, unkept},
    },
};

/// The page, and where its form is sent.
pub(in crate::admin) fn routes() -> Routes {
    let right = Right::ManageAccounts;
    Routes::new().swedish_page(links::ADMIN_ACCOUNT_FACTOR, right, page).swedish_proved_form(
        links::ADMIN_ACCOUNT_FACTOR,
        right,
        send,
    )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    skal: String,
}

#[derive(Template)]
#[template(path = "admin/factor.html")]
struct FactorPage {
    layout: Layout,
    menu: Vec<Entry>,
    account: Account,
    form: Form,
    faults: Faults,
}

impl FactorPage {
    fn action(&self) -> String {
        to_faults(&links::admin(links::ADMIN_ACCOUNT_FACTOR, self.account.id))
    }

    fn back(&self) -> String {
        links::admin(links::ADMIN_ACCOUNT, self.account.id)
    }

    fn most_reason(&self) -> usize {
        MOST_REASON
    }
}

/// The page; none where there is nothing to take away.
async fn show(visit: &Visit, person: Uuid, form: Form, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let account = read::account(&mut *visit.app.db.read().await?, person, visit.now).await?.ok_or(Error::NotFound)?;
    let above = links::admin(links::ADMIN_ACCOUNT, person);
    let own = visit.who.as_ref().is_some_and(|who| who.person == person);
    if account.factor_since.is_none() || own {
        return Ok(see_other(if own { links::TWO_STEPS } else { &above }));
    }
    let (layout, menu) = frame(visit, t.admin_factor_heading(), "", Some((&account.name, above)));
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&FactorPage { layout, menu, account, form, faults })?))
}

async fn page(visit: Visit, At(person): At<Uuid>) -> Result<Response> {
    show(&visit, person, Form::default(), Faults::default()).await
}

async fn send(visit: Visit, At(person): At<Uuid>, Drafted { mut form, is_draft }: Drafted<Form>) -> Result<Response> {
    let (t, mut faults) = (visit.texts(), Faults::default());
    if is_draft {
        return show(&visit, person, form, faults).await;
    }
    form.skal = lines(&form.skal);
    reason(t, &form.skal, &mut faults);
    if !faults.is_empty() {
        let page = show(&visit, person, form, faults.clone()).await?;
        return again(faults, |_| Ok(page));
    }
    let mut tx = visit.app.db.begin().await?;
    let done = reset_factor(&mut tx, &visit.actor(), (person, &form.skal), visit.now).await?;
    tx.commit().await?;
    let here = links::admin(links::ADMIN_ACCOUNT, person);
    match done {
        Managed::Done(_) => Ok(told(&visit, &here, t.admin_factor_done())),
        Managed::WasSo => Ok(told(&visit, &here, t.admin_factor_none())),
        Managed::Own => Ok(told(&visit, &here, t.admin_account_own())),
        Managed::NoSuch => Err(Error::NotFound),
    }
}
