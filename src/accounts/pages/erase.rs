//! Erasing one's own account: what goes, what remains, and the form that does it.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;

use super::{prove, sign_out};
use crate::{
    accounts::{
        policy::{
            Own,
            erase::{Erase, NotErased},
            factor::{Fresh, is_fresh},
        },
        reads::{
            factor,
            leaving::{self, Leaving, Name},
        },
        workflow,
    },
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{Crumb, Faults, Layout, Routes, Sent, Visit, Who, again, html, links, unkept},
    },
};

/// The page, and where its form is sent.
pub(in crate::accounts) fn routes() -> Routes {
    Routes::new().page(links::OWN_ERASE, Right::OwnAccount, page).post(links::OWN_ERASE, Right::OwnAccount, send)
}

/// `forstatt=ja`: that it cannot be undone is understood.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    forstatt: String,
}

#[derive(Template)]
#[template(path = "accounts/erase.html")]
struct ErasePage {
    layout: Layout,
    who: Who,
    leaving: Leaving,
    /// Whether who they are was proved lately.
    fresh: bool,
    faults: Faults,
}

impl ErasePage {
    fn action(&self) -> String {
        format!("{}#{}", self.layout.href(links::OWN_ERASE), links::FAULTS)
    }

    fn prove(&self) -> String {
        links::on_the_way(self.layout.lang, links::PROVE, &self.layout.href(links::OWN_ERASE))
    }

    fn data(&self) -> String {
        self.layout.href(links::OWN_DATA)
    }

    fn back(&self) -> String {
        self.layout.href(links::OWN_ACCOUNT)
    }

    fn contact(&self) -> String {
        self.layout.href(links::CONTACT)
    }

    /// What stands instead of the name: `Borttagen användare, Region Skåne`.
    fn instead(&self, organisation: &Name) -> String {
        crate::accounts::name_for(self.layout.t, None, organisation.of(self.layout.lang))
    }

    fn name<'a>(&'a self, organisation: &'a Name) -> &'a str {
        organisation.of(self.layout.lang)
    }
}

async fn show(visit: &Visit, who: Who, faults: Faults) -> Result<Response> {
    let t = visit.texts();
    let mut connection = visit.app.db.read().await?;
    let leaving = leaving::leaving(&mut connection, who.person, visit.now).await?.ok_or(Error::NotSignedIn)?;
    let has_factor = factor::ways(&mut connection, &who).await?.factor;
    drop(connection);
    let fresh = is_fresh(who.proved_at, who.second_at, has_factor, visit.now);
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(t.accounts_own(), links::localized(visit.lang, links::OWN)),
        Crumb::link(t.accounts_account(), links::localized(visit.lang, links::OWN_ACCOUNT)),
        Crumb::here(t.accounts_erase_heading()),
    ];
    let layout = visit.layout(t.accounts_erase_heading(), "own", crumbs);
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&ErasePage { layout, who, leaving, fresh, faults })?))
}

async fn page(visit: Visit, who: Who) -> Result<Response> {
    show(&visit, who, Faults::default()).await
}

async fn send(visit: Visit, who: Who, Sent(form): Sent<Form>) -> Result<Response> {
    let t = visit.texts();
    let mut faults = Faults::default();
    if form.forstatt != "ja" {
        faults.add("forstatt", t.accounts_erase_understood_missing());
        return refuse(&visit, who, faults).await;
    }
    let mut tx = visit.app.db.begin().await?;
    let own = Own::ask(&mut tx, &who).await?.ok_or(Error::NotSignedIn)?;
    let Some(fresh) = Fresh::of(&mut tx, own, visit.now).await? else {
        return Ok(prove::first(&visit, &links::localized(visit.lang, links::OWN_ERASE)));
    };
    match Erase::own(&mut tx, fresh, visit.now).await? {
        Ok(permit) => workflow::erase::erased(&mut tx, &permit, None, visit.now).await?,
        Err(NotErased::Unknown) => return Err(Error::NotSignedIn),
        Err(NotErased::LastAdministrator) => {
            tx.rollback().await?;
            return refuse(&visit, who, Faults::general(t.accounts_erase_last())).await;
        }
    }
    tx.commit().await?;
    Ok(sign_out::signed_out(&visit, t.accounts_erase_done()))
}

async fn refuse(visit: &Visit, who: Who, faults: Faults) -> Result<Response> {
    let page = show(visit, who, faults.clone()).await?;
    again(faults, |_| Ok(page))
}
