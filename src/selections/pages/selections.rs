//! The selections of a browser, or of an organisation for one who acts for it: `/korgar`.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::paging::Paging;

use crate::{
    kernel::{
        error::Result,
        rights::Right,
        web::{Asked, Client, Crumb, Drafted, Faults, Layout, Routes, SelectionKey, Visit, html, line, links, unkept},
    },
    selections::{
        EXAMPLE_LINK, Holder, MOST_SELECTIONS,
        pages::adding::{Putting, put},
        reads::listing::{self, Listed},
        workflow::MOST_NAME,
    },
};

/// The list, and where a new one is sent.
pub fn routes() -> Routes {
    Routes::new().page(links::SELECTIONS, Right::ReadPublished, page).form(links::SELECTIONS, Right::MakeSelection, send)
}

/// The name of a new selection.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    namn: String,
}

/// What links may fill in.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    namn: Option<String>,
    /// The first of the colleagues' that the page shows, from 1.
    fran: Option<usize>,
}

/// Colleagues' selections on a page.
const PAGE: usize = 25;

#[derive(Template)]
#[template(path = "selections/selections.html")]
struct SelectionsPage {
    layout: Layout,
    own: Vec<Listed>,
    /// Those that colleagues share, and those that nobody owns any more.
    others: Vec<Listed>,
    paging: Paging,
    form: Form,
    faults: Faults,
}

impl SelectionsPage {
    fn link(&self, selection: &Listed) -> String {
        links::selection(self.layout.lang, selection.id)
    }

    fn use_action(&self, selection: &Listed) -> String {
        links::in_selection(self.layout.lang, selection.id, "anvandning")
    }

    /// The selection that the example bank is born with, for whoever wants to see a filled one.
    fn example(&self) -> Option<String> {
        let key = SelectionKey::parse(EXAMPLE_LINK).filter(|_| self.layout.example)?;
        Some(links::link(self.layout.lang, &key))
    }

    fn has_room(&self) -> bool {
        i64::try_from(self.own.len()).unwrap_or(i64::MAX) < MOST_SELECTIONS
    }

    /// The organisation that the selections belong to; none where they are the browser's.
    fn organisation(&self) -> Option<&str> {
        Some(self.layout.who.as_ref()?.membership()?.name(self.layout.lang))
    }

    /// The colleagues' of this page.
    fn shown(&self) -> &[Listed] {
        &self.others[self.paging.first.min(self.others.len())..self.paging.end().min(self.others.len())]
    }

    /// Links to first, previous, next and last page; empty where there is none.
    fn pages(&self) -> [String; 4] {
        self.paging.links(&self.layout.href(links::SELECTIONS))
    }
}

async fn show(visit: Visit, from: Option<usize>, form: Form, faults: Faults) -> Result<Response> {
    let all = match Holder::asking(&visit) {
        Some(holder) => listing::listing(&mut *visit.app.db.read().await?, &holder, visit.now).await?,
        None => Vec::new(),
    };
    let (own, others): (Vec<_>, Vec<_>) = all.into_iter().partition(Listed::is_mine);
    let paging = Paging::asked(from, PAGE, others.len());
    let t = visit.texts();
    let crumbs = vec![Crumb::link(t.layout_nav_start(), links::localized(visit.lang, "/")), Crumb::here(t.selections_heading())];
    let layout = visit.layout(t.selections_heading(), "selections", crumbs).described(t.selections_description());
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    html(&SelectionsPage { layout, own, others, paging, form, faults })
}

async fn page(visit: Visit, Asked(asks): Asked<Asks>) -> Result<Response> {
    let namn = line(asks.namn.as_deref().unwrap_or_default());
    show(visit.bare(), asks.fran, Form { namn }, Faults::default()).await
}

async fn send(visit: Visit, client: Client, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let form = Form { namn: line(&form.namn) };
    if is_draft {
        return Ok(unkept(show(visit, None, form, Faults::default()).await?));
    }
    let mut faults = Faults::default();
    check_name(&visit, &mut faults, &form.namn);
    if !faults.is_empty() {
        let page = show(visit, None, form, faults).await?;
        return Ok(unkept((StatusCode::UNPROCESSABLE_ENTITY, page).into_response()));
    }
    let back = links::localized(visit.lang, links::SELECTIONS);
    put(&visit, &client, Putting { wanted: &[], back: &back, at: None, new: Some(&form.namn) }).await
}

/// What a name must be.
pub fn check_name(visit: &Visit, faults: &mut Faults, name: &str) {
    let t = visit.texts();
    if name.is_empty() {
        faults.add("namn", t.selections_name_empty());
    }
    faults.check_length(t, "namn", name, MOST_NAME);
}
