//! The third step: how far to go.

use askama::Template;
use axum::response::Response;

use super::{back, carried, layout};
use crate::{
    kernel::{
        error::Result,
        rights::Right,
        web::{
            Asked, Faults, Layout, Routes, Visit, html,
            links::{self, words},
            see_other,
        },
    },
    requirements::{fields::Level, names},
    selections::guide::asks::{Asks, Step},
};

/// Where it is.
pub fn routes() -> Routes {
    Routes::new().page(links::GUIDE_AMBITION, Right::ReadPublished, page)
}

/// A level to choose.
struct Choice {
    code: &'static str,
    word: &'static str,
    label: &'static str,
    /// What it means for the market.
    market: &'static str,
    /// What it means for follow-up.
    follow_up: &'static str,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "selections/guide/ambition.html")]
struct AmbitionPage {
    layout: Layout,
    asks: Asks,
    faults: Faults,
}

impl AmbitionPage {
    fn action(&self) -> String {
        self.layout.href(links::GUIDE_PROPOSAL)
    }

    fn back(&self) -> String {
        back(&self.layout, &self.asks, Step::Contract)
    }

    fn carried(&self) -> Vec<(&'static str, String)> {
        carried(&self.asks, &["niva"])
    }

    fn choices(&self) -> Vec<Choice> {
        let t = self.layout.t;
        let chosen = self.asks.ambition();
        [
            (Level::Basic, t.guide_ambition_basic_market(), t.guide_ambition_basic_follow_up()),
            (Level::Advanced, t.guide_ambition_advanced_market(), t.guide_ambition_advanced_follow_up()),
            (Level::Spearhead, t.guide_ambition_spearhead_market(), t.guide_ambition_spearhead_follow_up()),
        ]
        .map(|(level, market, follow_up)| Choice {
            code: level.code(),
            word: words::word(words::LEVELS, level.code()).unwrap_or_default(),
            label: names::level(&t, &level),
            market,
            follow_up,
            chosen: chosen == Some(level),
        })
        .into()
    }
}

async fn page(visit: Visit, Asked(asks): Asked<Asks>) -> Result<Response> {
    let t = visit.texts();
    if let Some(step) = asks.unfinished(Step::Ambition, t) {
        return Ok(see_other(&asks.again(visit.lang, step)));
    }
    let mut faults = Faults::default();
    if asks.lacks(Step::Ambition) && asks.ambition().is_none() {
        faults.add("niva", t.guide_ambition_missing());
    }
    let layout = layout(&visit, Step::Ambition, t.guide_ambition_heading(), "", &faults);
    html(&AmbitionPage { layout, asks, faults })
}
