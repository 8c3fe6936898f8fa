//! What the bank is: one page of prose.

use std::sync::Arc;

use askama::Template;
use axum::response::Response;

use crate::{
    kernel::{
        error::Result,
        rights::Right,
        web::{Crumb, Layout, Routes, Visit, html, links},
        words::{Said, Word},
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
    said: Arc<Said>,
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

    /// What those who run the bank say of how to reach them.
    fn contact(&self) -> Vec<String> {
        self.said.contact(self.layout.lang)
    }

    fn email(&self) -> Option<&str> {
        self.said.set(Word::ContactEmail)
    }

    /// The number to call: as it is written, and as a telephone dials it.
    fn phone(&self) -> Option<(&str, String)> {
        let shown = self.said.set(Word::ContactPhone)?;
        Some((shown, shown.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()))
    }

    fn host(&self) -> Option<&str> {
        self.said.host(self.layout.lang)
    }

    fn decision_label(&self) -> Option<&str> {
        self.said.decision_label(self.layout.lang)
    }

    /// Whether nobody has said how to be reached.
    fn is_silent(&self) -> bool {
        self.contact().is_empty() && self.email().is_none() && self.phone().is_none()
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
    html(&AboutPage { layout, base_url: visit.app.settings.base_url().to_owned(), said: visit.app.words.get() })
}
