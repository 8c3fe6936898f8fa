//! What a requirement refers to, for everybody: what it is, what replaces it, which requirements in force cite it.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::reference::{condition_name, kind_name, status_name, status_tag};
use crate::{
    curation::reads::references::{self as read, CITING, Citing, Met, Named, Reference},
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{Asked, At, Crumb, Layout, Routes, Visit, html, links},
    },
    taxonomy::references::Condition,
};

/// The page.
pub(in crate::curation) fn routes() -> Routes {
    Routes::new().page(links::REFERENCE, Right::ReadPublished, page)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    efter: String,
}

#[derive(Template)]
#[template(path = "curation/cited.html")]
struct CitedPage {
    layout: Layout,
    one: Reference,
    /// First and next page of the requirements.
    pages: [String; 2],
}

impl CitedPage {
    fn kind(&self) -> &'static str {
        kind_name(self.layout.t, &self.one.kind)
    }

    fn status(&self) -> &'static str {
        status_name(self.layout.t, &self.one.status)
    }

    fn tag(&self) -> &'static str {
        status_tag(&self.one.status)
    }

    fn link(&self, other: &Named) -> String {
        links::reference(self.layout.lang, other.id)
    }

    fn requirement(&self, citing: &Citing) -> String {
        links::requirement(self.layout.lang, citing.id())
    }

    fn title<'a>(&self, citing: &'a Citing) -> (&'a str, bool) {
        citing.title(self.layout.lang)
    }

    fn is_label(&self) -> bool {
        self.one.kind == "label"
    }

    /// Each condition, and whether it is met; since when, where the bank knows.
    fn conditions(&self) -> Vec<(&'static str, bool, Option<String>)> {
        let all = Condition::ALL.into_iter();
        all.map(|condition| {
            let met: Option<&Met> = self.one.conditions.iter().find(|met| met.code == condition.code());
            let since = met.and_then(|met| met.at).map(|at| self.layout.lang.day_of(at));
            (condition_name(self.layout.t, condition), met.is_some(), since)
        })
        .collect()
    }

    fn edit(&self) -> Option<String> {
        let who = self.layout.who.as_ref()?;
        Right::EditTaxonomy.held_by(&who.actor()).then(|| links::edited_reference(self.one.id, ""))
    }
}

async fn page(visit: Visit, At(id): At<String>, Asked(asks): Asked<Asks>) -> Result<Response> {
    let id = Uuid::try_parse(&id).map_err(|_| Error::NotFound)?;
    let after = asks.efter.parse().unwrap_or(0);
    let one = read::one(&mut *visit.app.db.read().await?, &visit.viewer, visit.now, (id, after)).await?;
    let one = one.ok_or(Error::NotFound)?;
    let path = links::reference(visit.lang, id);
    let most = usize::try_from(CITING).unwrap_or(usize::MAX);
    let last = one.rows.last().map(|citing| citing.number.to_string());
    let next = last
        .filter(|_| one.rows.len() == most && one.cited > CITING)
        .map(|last| links::with_query(&path, [("efter", last.as_str())]));
    let pages = [if after > 0 { path } else { String::new() }, next.unwrap_or_default()];
    let t = visit.texts();
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(t.layout_nav_requirements(), links::localized(visit.lang, links::REQUIREMENTS)),
        Crumb::here(one.label()),
    ];
    let layout = visit.layout(&one.label(), "requirements", crumbs).described(t.curation_reference_about(one.label()));
    html(&CitedPage { layout, one, pages })
}
