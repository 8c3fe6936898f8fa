//! An account that is erased on request: what goes, what remains, and the form that does it.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{Entry, MOST_REASON, frame, reason, to_faults, told};
use crate::{
    accounts::{self as people, EraseRefused, Leaving, NotErased, OrganisationName},
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
    Routes::new().swedish_page(links::ADMIN_ACCOUNT_ERASE, right, page).swedish_proved_form(
        links::ADMIN_ACCOUNT_ERASE,
        right,
        send,
    )
}

/// `forstatt=ja`: that it cannot be undone is understood.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    skal: String,
    forstatt: String,
}

#[derive(Template)]
#[template(path = "admin/erase.html")]
struct ErasePage {
    layout: Layout,
    menu: Vec<Entry>,
    account: Account,
    leaving: Leaving,
    form: Form,
    faults: Faults,
}

impl ErasePage {
    fn action(&self) -> String {
        to_faults(&links::admin(links::ADMIN_ACCOUNT_ERASE, self.account.id))
    }

    fn back(&self) -> String {
        links::admin(links::ADMIN_ACCOUNT, self.account.id)
    }

    fn most_reason(&self) -> usize {
        MOST_REASON
    }

    /// What stands instead of the name: `Borttagen användare, Region Skåne`.
    fn instead(&self, organisation: &OrganisationName) -> String {
        people::name_for(self.layout.t, None, organisation.of(self.layout.lang))
    }

    fn name<'a>(&'a self, organisation: &'a OrganisationName) -> &'a str {
        organisation.of(self.layout.lang)
    }
}

async fn show(visit: &Visit, person: Uuid, form: Form, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    if visit.who.as_ref().is_some_and(|who| who.person == person) {
        return Ok(see_other(links::OWN_ERASE));
    }
    let mut connection = visit.app.db.read().await?;
    let account = read::account(&mut connection, person, visit.now).await?.ok_or(Error::NotFound)?;
    let leaving = people::leaving(&mut connection, person, visit.now).await?.ok_or(Error::NotFound)?;
    drop(connection);
    let above = links::admin(links::ADMIN_ACCOUNT, person);
    let (layout, menu) = frame(visit, t.admin_erase_heading(), "", Some((&account.name, above)));
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&ErasePage { layout, menu, account, leaving, form, faults })?))
}

async fn page(visit: Visit, At(person): At<Uuid>) -> Result<Response> {
    show(&visit, person, Form::default(), Faults::default()).await
}

async fn send(visit: Visit, At(person): At<Uuid>, Drafted { mut form, is_draft }: Drafted<Form>) -> Result<Response> {
    let (t, mut faults) = (visit.texts(), Faults::default());
    let own = visit.who.as_ref().is_some_and(|who| who.person == person);
    if is_draft || own {
        return show(&visit, person, form, faults).await;
    }
    form.skal = lines(&form.skal);
    reason(t, &form.skal, &mut faults);
    if form.forstatt != "ja" {
        faults.add("forstatt", t.admin_erase_understood_missing());
    }
    if faults.is_empty() {
        let mut tx = visit.app.db.begin().await?;
        match people::erase(&mut tx, &visit.actor(), (person, &form.skal), visit.now).await {
            Ok(()) => {
                tx.commit().await?;
                return Ok(told(&visit, links::ADMIN_ACCOUNTS, t.admin_erase_done()));
            }
            Err(EraseRefused::Not(NotErased::LastAdministrator)) => faults = Faults::general(t.admin_erase_last()),
            Err(EraseRefused::Not(NotErased::Unknown)) => return Err(Error::NotFound),
            Err(EraseRefused::Right) => return Err(Error::NotAllowed),
            Err(EraseRefused::Database(error)) => return Err(error.into()),
        }
    }
    let page = show(&visit, person, form, faults.clone()).await?;
    again(faults, |_| Ok(page))
}
