//! That a proposal came in: its number, what happens next, by when it is answered.

use askama::Template;
use axum::response::Response;

use super::{crumbs, number};
use crate::{
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{At, Crumb, Layout, Routes, Visit, html, links, see_other, unkept},
    },
    proposals::reads::one::{self as read, Proposal},
};

/// The page, for who sent it.
pub fn routes() -> Routes {
    Routes::new().page(links::PROPOSAL_RECEIPT, Right::DraftProposals, page)
}

#[derive(Template)]
#[template(path = "proposals/receipt.html")]
struct ReceiptPage {
    layout: Layout,
    one: Proposal,
}

impl ReceiptPage {
    fn link(&self) -> String {
        links::proposal(self.layout.lang, self.one.cited())
    }

    fn answer_by(&self) -> String {
        self.one.answer_by.map(|day| self.layout.lang.date(day)).unwrap_or_default()
    }
}

async fn page(visit: Visit, At(text): At<String>) -> Result<Response> {
    let number = match number(&visit, &text)? {
        Ok(number) => number,
        Err(response) => return Ok(response),
    };
    let one = read::one(&mut *visit.app.db.read().await?, &visit, number).await?.ok_or(Error::NotFound)?;
    // Of others there is nothing to receipt.
    if !one.own {
        return Ok(see_other(&links::proposal(visit.lang, number)));
    }
    let t = visit.texts();
    let crumbs = crumbs(
        &visit,
        vec![Crumb::link(number.to_string(), links::proposal(visit.lang, number)), Crumb::here(t.proposals_receipt())],
    );
    let layout = visit.layout(&t.proposals_receipt_title(number), "proposals", crumbs);
    Ok(unkept(html(&ReceiptPage { layout, one })?))
}
