//! All areas and groups, with the ways to edit them.

use askama::Template;
use axum::response::Response;

use crate::{
    curation::reads::tree::{self as read, Area, Group},
    kernel::{
        error::Result,
        rights::Right,
        web::{Faults, Layout, Routes, Visit, html, links},
    },
};

/// The page.
pub(in crate::curation) fn routes() -> Routes {
    Routes::new().swedish_page(links::TAXONOMY, Right::EditTaxonomy, page)
}

#[derive(Template)]
#[template(path = "curation/tree.html")]
struct TreePage {
    layout: Layout,
    areas: Vec<Area>,
}

impl TreePage {
    fn area(&self, area: &Area) -> String {
        links::edited_area(&area.slug, "")
    }

    fn group(&self, group: &Group) -> String {
        links::edited_group(group.id, "")
    }

    fn new_group(&self, area: &Area) -> String {
        links::with_query(links::TAXONOMY_NEW_GROUP, [("omrade", area.slug.as_str())])
    }

    fn new_area(&self) -> &'static str {
        links::TAXONOMY_NEW_AREA
    }
}

async fn page(visit: Visit) -> Result<Response> {
    let areas = read::tree(&mut *visit.app.db.read().await?, visit.today()).await?;
    let layout = super::frame(&visit, visit.texts().curation_tree(), Vec::new(), &Faults::default());
    html(&TreePage { layout, areas })
}
