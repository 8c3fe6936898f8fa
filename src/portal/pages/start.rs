//! The start page.

use askama::Template;
use axum::response::Response;

use crate::{
    kernel::{
        error::Result,
        rights::Right,
        web::{
            Layout, Routes, Visit, html,
            links::{self, words},
        },
    },
    portal::{
        labels,
        reads::start::{self, StartData},
    },
    requirements::fields::Level,
    search::catalogue::Catalogue,
};

/// Where the page is.
pub fn routes() -> Routes {
    Routes::new().page(links::START, Right::ReadPublished, page)
}

#[derive(Template)]
#[template(path = "portal/start.html")]
struct StartPage {
    layout: Layout,
    data: StartData,
}

impl StartPage {
    /// Whether nothing is in force, nor will be.
    fn is_empty_bank(&self) -> bool {
        self.data.in_force == 0 && self.data.coming.is_empty()
    }

    /// What the number of areas with something in them is a number of.
    fn areas_label(&self) -> String {
        let t = self.layout.t;
        if self.data.areas_in_use == self.data.areas_in_all {
            t.start_stat_areas().to_owned()
        } else {
            t.start_stat_areas_of(self.data.areas_in_all)
        }
    }

    /// The levels with what they mean and what leads to their requirements.
    fn levels(&self) -> [(Level, &'static str, &'static str); 3] {
        let t = self.layout.t;
        [
            (Level::Basic, t.start_level_basic(), t.start_level_basic_link()),
            (Level::Advanced, t.start_level_advanced(), t.start_level_advanced_link()),
            (Level::Spearhead, t.start_level_spearhead(), t.start_level_spearhead_link()),
        ]
    }

    /// The list of the requirements of a level.
    fn of_level(&self, level: &Level) -> String {
        let word = words::word(words::LEVELS, level.code());
        links::with_query(&self.layout.href(links::REQUIREMENTS), word.map(|word| ("niva", word)))
    }

    /// The list of those whose review is overdue.
    fn overdue(&self) -> String {
        links::with_query(&self.layout.href(links::REQUIREMENTS), [("oversyn", "forsenad")])
    }

    fn area(&self, slug: &str) -> String {
        links::area(self.layout.lang, slug)
    }

    fn version(&self, item: &start::News, in_force: bool) -> String {
        if in_force {
            links::requirement(self.layout.lang, item.id())
        } else {
            links::version(self.layout.lang, item.id(), item.version)
        }
    }
}

async fn page(visit: Visit) -> Result<Response> {
    let mut connection = visit.app.db.read().await?;
    let data = start::start(&mut connection, &Catalogue::of(&visit.app), &visit.viewer, visit.now, visit.today()).await?;
    let layout = visit.layout(visit.texts().start_title(), "start", Vec::new());
    html(&StartPage { layout, data })
}
