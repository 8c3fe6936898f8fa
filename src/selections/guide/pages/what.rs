//! The first step: what is bought.

use std::collections::HashSet;

use askama::Template;
use axum::response::Response;

use super::{carried, layout};
use crate::{
    kernel::{
        error::Result,
        rights::Right,
        web::{Asked, Faults, Layout, Routes, Visit, html, links},
    },
    search::catalogue::Catalogue,
    selections::guide::{
        asks::{Asks, Step},
        reads::groups::{self, AreaChoice, GroupChoice},
    },
};

/// Groups that a search shows.
const FOUND: usize = 30;

/// Where it is.
pub fn routes() -> Routes {
    Routes::new().page(links::GUIDE, Right::ReadPublished, page)
}

#[derive(Template)]
#[template(path = "selections/guide/what.html")]
struct WhatPage {
    layout: Layout,
    asks: Asks,
    query: String,
    chosen: Vec<GroupChoice>,
    found: Vec<GroupChoice>,
    /// The areas with what is left of their groups.
    rest: Vec<AreaChoice>,
    faults: Faults,
}

impl WhatPage {
    fn action(&self) -> String {
        self.layout.href(links::GUIDE_CONTRACT)
    }

    fn search_action(&self) -> String {
        self.layout.href(links::GUIDE)
    }

    fn carried(&self) -> Vec<(&'static str, String)> {
        carried(&self.asks, &["grupp"])
    }

    /// The group that stands first, to which a fault leads.
    fn is_first(&self, group: &GroupChoice) -> bool {
        let rest = self.rest.iter().flat_map(|area| &area.groups);
        let first = self.chosen.iter().chain(&self.found).chain(rest).next();
        first.is_some_and(|first| first.name.slug == group.name.slug)
    }

    fn is_searched(&self) -> bool {
        !self.query.is_empty()
    }
}

async fn page(visit: Visit, Asked(asks): Asked<Asks>) -> Result<Response> {
    let (t, query, slugs) = (visit.texts(), asks.query(), asks.groups());
    let mut connection = visit.app.db.read().await?;
    let catalogue = Catalogue::of(&visit.app);
    let asked = groups::query(&query);
    let areas = groups::groups(&mut connection, &catalogue, &visit.viewer, visit.now, visit.today(), &asked).await?;
    drop(connection);
    let all = areas.iter().flat_map(|area| &area.groups);
    let chosen: Vec<GroupChoice> = all.clone().filter(|group| slugs.contains(&group.name.slug)).cloned().collect();
    let mut found: Vec<GroupChoice> =
        all.filter(|group| group.is_found() && !slugs.contains(&group.name.slug)).cloned().collect();
    found.sort_by_cached_key(GroupChoice::place);
    found.truncate(FOUND);
    let shown: HashSet<&str> = chosen.iter().chain(&found).map(|group| group.name.slug.as_str()).collect();
    let left = |area: &AreaChoice| {
        let groups: Vec<GroupChoice> =
            area.groups.iter().filter(|group| !shown.contains(group.name.slug.as_str())).cloned().collect();
        (!groups.is_empty()).then(|| AreaChoice { name: area.name.clone(), groups })
    };
    let rest = areas.iter().filter_map(left).collect();
    let mut faults = Faults::default();
    if asks.lacks(Step::What) && chosen.is_empty() {
        faults.add("grupp", t.guide_what_missing());
    }
    let about = if query.is_empty() { String::new() } else { t.guide_what_about(&query) };
    let layout = layout(&visit, Step::What, t.guide_what_heading(), &about, &faults);
    html(&WhatPage { layout, asks, query, chosen, found, rest, faults })
}
