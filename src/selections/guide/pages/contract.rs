//! The second step: the contract, and the time there is for following it up.

use askama::Template;
use axum::response::Response;

use super::{back, carried, layout};
use crate::{
    kernel::{
        error::Result,
        rights::Right,
        web::{Asked, Faults, Layout, Routes, Visit, html, links, see_other},
    },
    selections::guide::asks::{Asks, Step},
};

/// Where it is.
pub fn routes() -> Routes {
    Routes::new().page(links::GUIDE_CONTRACT, Right::ReadPublished, page)
}

#[derive(Template)]
#[template(path = "selections/guide/contract.html")]
struct ContractPage {
    layout: Layout,
    asks: Asks,
    faults: Faults,
}

impl ContractPage {
    fn action(&self) -> String {
        self.layout.href(links::GUIDE_AMBITION)
    }

    fn back(&self) -> String {
        back(&self.layout, &self.asks, Step::What)
    }

    fn carried(&self) -> Vec<(&'static str, String)> {
        carried(&self.asks, &["varde", "ar", "timmar"])
    }
}

async fn page(visit: Visit, Asked(asks): Asked<Asks>) -> Result<Response> {
    let t = visit.texts();
    if let Some(step) = asks.unfinished(Step::Contract, t) {
        return Ok(see_other(&asks.again(visit.lang, step)));
    }
    let faults = asks.faults(t);
    let layout = layout(&visit, Step::Contract, t.guide_contract_heading(), "", &faults);
    html(&ContractPage { layout, asks, faults })
}
