//! The tree of product areas.

use askama::Template;
use axum::response::Response;

use crate::{
    kernel::{
        error::Result,
        rights::Right,
        web::{Crumb, Layout, Routes, Visit, html, links},
    },
    portal::reads::areas::{self, AreaCount},
    search::catalogue::Catalogue,
};

/// Where the page is.
pub fn routes() -> Routes {
    Routes::new().page(links::AREAS, Right::ReadPublished, page)
}

#[derive(Template)]
#[template(path = "portal/areas.html")]
struct AreasPage {
    layout: Layout,
    areas: Vec<AreaCount>,
    /// What is retired and has requirements in force.
    retired: Vec<AreaCount>,
}

impl AreasPage {
    /// Requirements in force in all areas together.
    fn total(&self) -> i64 {
        // An area counts what stands in its retired groups too.
        self.areas.iter().chain(self.retired.iter().filter(|area| area.is_retired())).map(|area| area.count).sum()
    }

    /// Product groups in all.
    fn groups(&self) -> i64 {
        self.areas.iter().map(|area| i64::try_from(area.groups.len()).unwrap_or(0)).sum()
    }

    /// Areas in all.
    fn count(&self) -> i64 {
        i64::try_from(self.areas.len()).unwrap_or(0)
    }

    fn area(&self, slug: &str) -> String {
        links::area(self.layout.lang, slug)
    }

    fn group(&self, area: &str, group: &str) -> String {
        links::group(self.layout.lang, area, group)
    }
}

async fn page(visit: Visit) -> Result<Response> {
    let mut connection = visit.app.db.read().await?;
    let tree = areas::areas(&mut connection, &Catalogue::of(&visit.app), &visit.viewer, visit.now, visit.today()).await?;
    let t = visit.texts();
    let crumbs =
        vec![Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)), Crumb::here(t.layout_nav_areas())];
    let layout = visit.layout(t.areas_heading(), "areas", crumbs).described(t.areas_lead());
    html(&AreasPage { layout, areas: tree.areas, retired: tree.retired })
}
