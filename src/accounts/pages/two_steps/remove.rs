//! Back to one step.

use askama::Template;
use axum::response::Response;

use super::{crumbs, prove, roles};
use crate::{
    accounts::{
        pages::with_key,
        policy::{
            Own,
            factor::{Fresh, is_fresh},
        },
        reads::factor as reads,
        workflow,
    },
    kernel::{
        actor::Role,
        error::{Error, Result},
        rights::Right,
        web::{Flash, Layout, Routes, Visit, Who, carry_flash, html, links, see_other, unkept},
    },
};

/// The question, and where its answer is sent.
pub(super) fn routes() -> Routes {
    Routes::new()
        .page(links::TWO_STEPS_REMOVE, Right::OwnAccount, page)
        .page(links::TWO_STEPS_REMOVAL, Right::OwnAccount, back)
        .post(links::TWO_STEPS_REMOVAL, Right::OwnAccount, send)
}

#[derive(Template)]
#[template(path = "accounts/two_steps/remove.html")]
struct RemovePage {
    layout: Layout,
    /// The roles that are to rest, by name.
    resting: String,
}

impl RemovePage {
    fn action(&self) -> String {
        self.layout.href(links::TWO_STEPS_REMOVAL)
    }

    fn back(&self) -> String {
        self.layout.href(links::TWO_STEPS)
    }
}

async fn page(visit: Visit, who: Who) -> Result<Response> {
    let t = visit.texts();
    if reads::state(&mut *visit.app.db.read().await?, &who).await?.since.is_none() {
        return Ok(back(visit).await);
    }
    if !is_fresh(who.proved_at, who.second_at, true, visit.now) {
        return Ok(prove::first(&visit, &links::localized(visit.lang, links::TWO_STEPS_REMOVE)));
    }
    let title = t.accounts_two_steps_remove_heading();
    let layout = visit.layout(title, "own", crumbs(&visit, Some(title)));
    let wanting: Vec<Role> =
        who.memberships.iter().flat_map(|one| &one.roles).copied().filter(|role| role.needs_second_factor()).collect();
    Ok(unkept(html(&RemovePage { layout, resting: roles::names(&t, &wanting) })?))
}

async fn back(visit: Visit) -> Response {
    see_other(&links::localized(visit.lang, links::TWO_STEPS))
}

async fn send(visit: Visit, who: Who) -> Result<Response> {
    let app = &visit.app;
    let mut tx = app.db.begin().await?;
    let own = Own::ask(&mut tx, &who).await?.ok_or(Error::NotSignedIn)?;
    let Some(permit) = Fresh::of(&mut tx, own, visit.now).await? else {
        return Ok(prove::first(&visit, &links::localized(visit.lang, links::TWO_STEPS_REMOVE)));
    };
    let key = workflow::factor::remove(&mut tx, &permit, visit.now).await?;
    tx.commit().await?;
    let mut response = with_key(app, &links::localized(visit.lang, links::TWO_STEPS), &key);
    carry_flash(&mut response, &app.settings, &Flash::new(visit.texts().accounts_two_steps_removed()));
    Ok(response)
}
