//! Taking a proposal back: a page that asks, since it ends there.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;

use super::{cosigners::told, crumbs, number};
use crate::{
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{At, Crumb, Flash, Layout, Routes, Sent, Visit, carry_flash, html, links, see_other, unkept},
    },
    proposals::{
        policy::Withdraw,
        reads::one::{self as read, Proposal},
        workflow::{self, Refused},
    },
};

/// The page that asks, and where its form is sent.
pub fn routes() -> Routes {
    Routes::new().page(links::PROPOSAL_WITHDRAWAL, Right::DraftProposals, ask).post(
        links::PROPOSAL_WITHDRAWAL,
        Right::DraftProposals,
        send,
    )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {}

#[derive(Template)]
#[template(path = "proposals/withdrawal.html")]
struct WithdrawalPage {
    layout: Layout,
    one: Proposal,
}

impl WithdrawalPage {
    fn action(&self) -> String {
        links::in_proposal(self.layout.lang, self.one.cited(), links::WITHDRAWAL)
    }

    fn back(&self) -> String {
        links::proposal(self.layout.lang, self.one.cited())
    }
}

async fn ask(visit: Visit, At(text): At<String>) -> Result<Response> {
    let number = match number(&visit, &text)? {
        Ok(number) => number,
        Err(response) => return Ok(response),
    };
    let one = read::one(&mut *visit.app.db.read().await?, &visit, number).await?.ok_or(Error::NotFound)?;
    if !one.own || !one.state().is_open() {
        return Ok(see_other(&links::proposal(visit.lang, number)));
    }
    let t = visit.texts();
    let crumbs = crumbs(
        &visit,
        vec![Crumb::link(number.to_string(), links::proposal(visit.lang, number)), Crumb::here(t.proposals_withdraw())],
    );
    let layout = visit.layout(&t.proposals_withdraw_title(number), "proposals", crumbs);
    Ok(unkept(html(&WithdrawalPage { layout, one })?))
}

async fn send(visit: Visit, At(text): At<String>, Sent(Form {}): Sent<Form>) -> Result<Response> {
    let number = match number(&visit, &text)? {
        Ok(number) => number,
        Err(response) => return Ok(response),
    };
    let mut tx = visit.app.db.begin().await?;
    let done = async {
        let permit = Withdraw::ask(&mut tx, &visit.actor(), number).await?;
        workflow::withdraw(&mut tx, &permit, visit.now).await?;
        tx.commit().await?;
        Ok::<_, Refused>(())
    };
    match done.await {
        Ok(()) => {
            let mut response = see_other(&links::proposal(visit.lang, number));
            carry_flash(&mut response, &visit.app.settings, &Flash::new(visit.texts().proposals_withdrawn(number)));
            Ok(response)
        }
        Err(why) => told(&visit, why, number).await,
    }
}
