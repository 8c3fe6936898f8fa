//! Signing in in two steps: whether one does, how to begin, how to go back.

mod codes;
mod remove;
mod set_up;

use askama::Template;
use axum::response::Response;
use serde::Deserialize;

use super::{prove, roles};
use crate::{
    accounts::{
        policy::{Own, factor::Fresh},
        reads::factor::{self, State},
        workflow,
    },
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{Asked, Crumb, Layout, Routes, Sent, Visit, Who, html, links, see_other, unkept},
    },
};

/// Every page, and where its forms are sent.
pub(in crate::accounts) fn routes() -> Routes {
    Routes::new()
        .page(links::TWO_STEPS, Right::OwnAccount, page)
        .page(links::TWO_STEPS_START, Right::OwnAccount, back)
        .post(links::TWO_STEPS_START, Right::OwnAccount, start)
        .merge(set_up::routes())
        .merge(codes::routes())
        .merge(remove::routes())
}

/// `?till=/krav/KB-0042` is where somebody was going when they were led here.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Till {
    till: String,
}

impl Till {
    /// Where that is, if it is a page of ours.
    fn local(&self) -> &str {
        if links::is_local(&self.till) { &self.till } else { "" }
    }
}

#[derive(Template)]
#[template(path = "accounts/two_steps/state.html")]
struct StatePage {
    layout: Layout,
    who: Who,
    state: State,
    till: String,
}

impl StatePage {
    fn since(&self) -> Option<String> {
        self.state.since.map(|at| self.layout.lang.moment(at))
    }

    /// The roles that rest until a second factor is shown, over all that the person does.
    fn resting(&self) -> String {
        roles::names(&self.layout.t, &self.who.resting())
    }

    fn start(&self) -> String {
        self.layout.href(links::TWO_STEPS_START)
    }

    fn renew(&self) -> String {
        self.layout.href(links::RECOVERY_CODES)
    }

    fn remove(&self) -> String {
        self.layout.href(links::TWO_STEPS_REMOVE)
    }

    fn prove(&self) -> String {
        links::on_the_way(self.layout.lang, links::PROVE, &self.layout.href(links::TWO_STEPS))
    }
}

/// The way to these pages.
fn crumbs(visit: &Visit, here: Option<&str>) -> Vec<Crumb> {
    let t = visit.texts();
    let mut crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(t.accounts_own(), links::localized(visit.lang, links::OWN)),
    ];
    match here {
        None => crumbs.push(Crumb::here(t.accounts_two_steps_heading())),
        Some(here) => {
            crumbs.push(Crumb::link(t.accounts_two_steps_heading(), links::localized(visit.lang, links::TWO_STEPS)));
            crumbs.push(Crumb::here(here));
        }
    }
    crumbs
}

async fn page(visit: Visit, who: Who, Asked(asks): Asked<Till>) -> Result<Response> {
    let t = visit.texts();
    let state = factor::state(&mut *visit.app.db.read().await?, &who).await?;
    let till = asks.local().to_owned();
    let visit = visit.bare();
    let layout = visit.layout(t.accounts_two_steps_heading(), "own", crumbs(&visit, None));
    Ok(unkept(html(&StatePage { layout, who, state, till })?))
}

async fn back(visit: Visit) -> Response {
    see_other(&links::localized(visit.lang, links::TWO_STEPS))
}

async fn start(visit: Visit, who: Who, Sent(form): Sent<Till>) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let own = Own::ask(&mut tx, &who).await?.ok_or(Error::NotSignedIn)?;
    let Some(permit) = Fresh::of(&mut tx, own, visit.now).await? else {
        return Ok(prove::first(&visit, &links::on_the_way(visit.lang, links::TWO_STEPS, form.local())));
    };
    workflow::factor::begin(&mut tx, &permit, visit.now).await?;
    tx.commit().await?;
    Ok(see_other(&links::on_the_way(visit.lang, links::TWO_STEPS_NEW, form.local())))
}
