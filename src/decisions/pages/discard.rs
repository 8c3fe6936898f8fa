//! Throwing a draft away.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;

use super::{Told, below, draft_name, find, id, when};
use crate::{
    decisions::{
        lifecycle::State,
        policy::Write,
        reads::draft::Draft,
        workflow::{self, Refused},
    },
    kernel::{
        error::Result,
        rights::Right,
        web::{At, Flash, Layout, Routes, Sent, Visit, carry_flash, html, links, see_other, unkept},
    },
};

/// The page that asks, and where its form is sent.
pub fn routes() -> Routes {
    Routes::new().swedish_page(links::DECISION_DISCARD, Right::PrepareDecisions, ask).swedish_post(
        links::DECISION_DISCARD,
        Right::PrepareDecisions,
        send,
    )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {}

#[derive(Template)]
#[template(path = "decisions/discard.html")]
struct DiscardPage {
    layout: Layout,
    draft: Draft,
    name: String,
}

impl DiscardPage {
    fn action(&self) -> String {
        links::decision_draft(self.draft.id, links::DECISION_STEP_DISCARD)
    }

    fn back(&self) -> String {
        links::decision_draft(self.draft.id, "")
    }
}

async fn ask(visit: Visit, At(text): At<String>) -> Result<Response> {
    let id = id(&text)?;
    let draft = match find(&visit, id).await? {
        Ok(draft) => draft,
        Err(response) => return Ok(response),
    };
    if draft.state() != State::Draft || !super::outcomes::may_write(&visit, &draft) {
        return Ok(see_other(&links::decision_draft(id, "")));
    }
    let t = visit.texts();
    let name = draft_name(&visit, &draft);
    let layout = visit.layout(t.decisions_discard_title(), "lmc", below(&visit, &draft, t.decisions_discard()));
    Ok(unkept(html(&DiscardPage { layout: layout.without_alternate(), draft, name })?))
}

async fn send(visit: Visit, At(text): At<String>, Sent(Form {}): Sent<Form>) -> Result<Response> {
    let id = id(&text)?;
    let mut tx = visit.app.db.begin().await?;
    let done = async {
        let permit = Write::ask(&mut tx, &visit.actor(), id, when(&visit)).await?;
        workflow::discard(&mut tx, &permit, visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(())
    };
    match done.await {
        Ok(()) => {
            let mut response = see_other(links::DECISION_DRAFTS);
            carry_flash(&mut response, &visit.app.settings, &Flash::new(visit.texts().decisions_discarded()));
            Ok(response)
        }
        Err(why) => {
            let told = Told::of(&visit, why)?;
            let here = visit.clone().on(&links::decision_draft(id, ""));
            let page = super::draft::show(&here, id, told.faults.clone()).await?;
            Ok(told.on(&visit, page))
        }
    }
}
