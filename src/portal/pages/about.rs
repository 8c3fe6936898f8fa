//! What the bank is: one page of prose.

use askama::Template;
use axum::response::Response;

use crate::{
    kernel::{
        error::Result,
        rights::Right,
        web::{Crumb, Layout, Routes, Visit, html, links},
    },
    portal::labels,
    requirements::lifecycle::Standing,
};

/// Where the page is.
pub fn routes() -> Routes {
    Routes::new().page(links::ABOUT, Right::ReadPublished, page)
}

#[derive(Template)]
#[template(path = "portal/about.html")]
struct AboutPage {
    layout: Layout,
    base_url: String,
}

impl AboutPage {
    /// Every section: its anchor and its heading, for the list at the top.
    fn sections(&self) -> [(&'static str, &'static str); 9] {
        let t = self.layout.t;
        [
            ("varfor", t.about_why()),
            ("vem", t.about_who()),
            ("liv", t.about_life()),
            ("citera", t.about_cite()),
            ("nummer", t.about_numbers()),
            ("licens", t.about_licence()),
            ("data", t.about_data()),
            ("tillganglighet", t.about_access()),
            ("kontakt", t.about_contact()),
        ]
    }

    /// Where a version can stand: the class of its tag, its name and what that means.
    fn standings(&self) -> [(&'static str, &'static str, &'static str); 6] {
        let t = self.layout.t;
        [
            (Standing::InPreparation, t.about_standing_preparation()),
            (Standing::Coming, t.about_standing_coming()),
            (Standing::Current, t.about_standing_current()),
            (Standing::Superseded, t.about_standing_superseded()),
            (Standing::Repealed, t.about_standing_repealed()),
            (Standing::Dropped, t.about_standing_dropped()),
        ]
        .map(|(standing, note)| (labels::standing_tag(&standing), labels::standing(&t, &standing), note))
    }

    /// The address of a version, as a tender would cite it.
    fn example_address(&self) -> String {
        format!("{}{}", self.base_url, links::version(self.layout.lang, "KB-0042", 3))
    }
}

async fn page(visit: Visit) -> Result<Response> {
    let t = visit.texts();
    let crumbs =
        vec![Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)), Crumb::here(t.about_heading())];
    let layout = visit.layout(t.about_heading(), "about", crumbs).described(t.about_lead());
    html(&AboutPage { layout, base_url: visit.app.settings.base_url().to_owned() })
}
