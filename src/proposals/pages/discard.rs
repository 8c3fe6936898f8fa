//! Throwing a draft away: a page that asks, since nothing brings it back.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Told, crumbs,
    steps::{self, Found, Step},
};
use crate::{
    kernel::{
        error::Result,
        rights::Right,
        web::{At, Crumb, Faults, Flash, Layout, Routes, Sent, Visit, carry_flash, html, links, see_other, unkept},
    },
    proposals::{
        lifecycle::State,
        policy::Write,
        workflow::{self, Refused},
    },
};

/// The page that asks, and where its form is sent.
pub fn routes() -> Routes {
    Routes::new().page(links::PROPOSAL_DISCARD, Right::DraftProposals, ask).post(
        links::PROPOSAL_DISCARD,
        Right::DraftProposals,
        send,
    )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {}

#[derive(Template)]
#[template(path = "proposals/discard.html")]
struct DiscardPage {
    layout: Layout,
    faults: Faults,
    id: Uuid,
    title: String,
}

impl DiscardPage {
    fn action(&self) -> String {
        links::proposal_draft(self.layout.lang, self.id, links::STEP_DISCARD)
    }

    fn back(&self) -> String {
        links::proposal_draft(self.layout.lang, self.id, links::STEP_REVIEW)
    }
}

async fn show(visit: &Visit, id: Uuid, faults: Faults) -> Result<Response> {
    let found = steps::found(visit, &mut *visit.app.db.read().await?, id).await?;
    let draft = match found {
        Found::Draft(draft) if draft.state() == State::Draft => draft,
        // What was sent in before is withdrawn, not thrown away.
        Found::Draft(_) => return Ok(steps::to(visit, id, Step::Review)),
        Found::Elsewhere(response, _) => return Ok(response),
    };
    let t = visit.texts();
    let drafts = Crumb::link(t.proposals_drafts_heading(), links::localized(visit.lang, links::PROPOSAL_DRAFTS));
    let layout = visit.layout(
        &t.proposals_discard_title(draft.title.as_str()),
        "proposals",
        crumbs(visit, vec![drafts, Crumb::here(t.proposals_discard())]),
    );
    Ok(unkept(html(&DiscardPage { layout, faults, id, title: draft.title.clone() })?))
}

async fn ask(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    show(&visit, id, Faults::default()).await
}

async fn send(visit: Visit, At(id): At<Uuid>, Sent(Form {}): Sent<Form>) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let gone = async {
        let permit = Write::ask(&mut tx, &visit.actor(), id).await?;
        let title = permit.proposal().title.clone();
        workflow::discard(&mut tx, &permit, visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(title)
    };
    match gone.await {
        Ok(title) => {
            let mut response = see_other(&links::localized(visit.lang, links::PROPOSAL_DRAFTS));
            carry_flash(&mut response, &visit.app.settings, &Flash::new(visit.texts().proposals_discarded(title)));
            Ok(response)
        }
        Err(why) => {
            let told = Told::of(&visit, why)?;
            let page = show(&visit, id, told.faults.clone()).await?;
            Ok(told.on(&visit, page))
        }
    }
}
