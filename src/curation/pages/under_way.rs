//! What is going on, for everybody: area by area, what is prioritised until when, planned, in preparation, and when a decision
//! is expected.

use askama::Template;
use axum::response::Response;

use crate::{
    curation::reads::plan::{self as read, Line, Named, Owner, UnderWay},
    kernel::{
        error::Result,
        i18n::Texts,
        rights::Right,
        web::{Crumb, Layout, Routes, Visit, html, links},
    },
};

/// The page.
pub(in crate::curation) fn routes() -> Routes {
    Routes::new().page(links::UNDER_WAY, Right::ReadPublished, page)
}

/// What a state is called.
pub(super) fn state_name(t: Texts, state: &str) -> &'static str {
    match state {
        "planned" => t.curation_plan_planned(),
        "under_way" => t.curation_plan_under_way(),
        _ => t.curation_plan_done(),
    }
}

#[derive(Template)]
#[template(path = "curation/under_way.html")]
struct UnderWayPage {
    layout: Layout,
    areas: Vec<UnderWay>,
    may_edit: bool,
}

impl UnderWayPage {
    fn name<'a>(&self, area: &'a UnderWay) -> &'a str {
        area.area.name(self.layout.lang)
    }

    fn area(&self, area: &UnderWay) -> String {
        links::area(self.layout.lang, &area.area.slug)
    }

    fn group(&self, area: &UnderWay, group: &Named) -> String {
        links::group(self.layout.lang, &area.area.slug, &group.slug)
    }

    fn group_name<'a>(&self, group: &'a Named) -> &'a str {
        group.name(self.layout.lang)
    }

    fn proposals(&self, area: &UnderWay) -> String {
        links::with_query(&links::localized(self.layout.lang, links::PROPOSALS), [("omrade", area.area.slug.as_str())])
    }

    fn owner(&self, owner: &Owner) -> (String, String) {
        (owner.name(self.layout.lang).to_owned(), links::procurement_area(self.layout.lang, &owner.letter))
    }

    fn text<'a>(&self, line: &'a Line) -> &'a str {
        line.text(self.layout.lang)
    }

    fn state(&self, line: &Line) -> &'static str {
        state_name(self.layout.t, &line.state)
    }

    fn tag(&self, line: &Line) -> &'static str {
        match line.state.as_str() {
            "planned" => "preparation",
            "under_way" => "consultation",
            _ => "current",
        }
    }

    fn day(&self, day: &time::Date) -> String {
        self.layout.lang.date(*day)
    }

    /// The month without its day: `mars 2027`.
    fn month(&self, day: &time::Date) -> String {
        let whole = self.layout.lang.date(*day);
        whole.strip_prefix("1 ").unwrap_or(&whole).to_owned()
    }

    fn in_preparation(&self, line: &Line) -> Option<String> {
        line.in_preparation.map(|number| self.layout.t.curation_requirements(number))
    }

    fn changed(&self, line: &Line) -> String {
        self.layout.lang.day_of(line.changed)
    }

    fn edit(&self) -> &'static str {
        links::PLAN
    }
}

async fn page(visit: Visit) -> Result<Response> {
    let actor = visit.actor();
    let areas = read::under_way(&mut *visit.app.db.read().await?, &visit.viewer, visit.today(), actor.person().0).await?;
    let t = visit.texts();
    let crumbs =
        vec![Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)), Crumb::here(t.curation_under_way())];
    let layout = visit.layout(t.curation_under_way(), "under_way", crumbs).described(t.curation_under_way_lead());
    html(&UnderWayPage { layout, areas, may_edit: Right::EditTaxonomy.held_by(&actor) })
}
