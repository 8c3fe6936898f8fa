//! Decisions under way, for those who prepare and decide: what waits, and what is drafted.

use askama::Template;
use axum::response::Response;

use super::{inner_crumbs, named, when};
use crate::{
    accounts::name_or_removed,
    decisions::{
        lifecycle::State,
        names,
        reads::{
            drafts::{self as read, Row},
            list::{self, List, PAGE, Wanted},
        },
    },
    kernel::{
        error::Result,
        rights::Right,
        web::{Crumb, Layout, Routes, Visit, html, links},
    },
};

/// The page.
pub fn routes() -> Routes {
    Routes::new().swedish_page(links::DECISION_DRAFTS, Right::PrepareDecisions, page)
}

#[derive(Template)]
#[template(path = "decisions/drafts.html")]
struct DraftsPage {
    layout: Layout,
    waiting: Vec<Row>,
    drafts: Vec<Row>,
    decided: List,
    /// What a draft without a name is called.
    unnamed: String,
    may_begin: bool,
}

impl DraftsPage {
    fn title<'a>(&'a self, row: &'a Row) -> &'a str {
        if row.title.is_empty() { &self.unnamed } else { &row.title }
    }

    fn link(&self, row: &Row) -> String {
        links::decision_draft(row.id, "")
    }

    fn state(&self, row: &Row) -> &'static str {
        names::state(&self.layout.t, &row.state())
    }

    fn tag(&self, row: &Row) -> &'static str {
        names::state_tag(&row.state())
    }

    fn author<'a>(&self, row: &'a Row) -> &'a str {
        name_or_removed(self.layout.t, row.author.as_deref())
    }

    fn since(&self, row: &Row) -> String {
        self.layout.lang.moment(row.submitted_at.unwrap_or(row.changed_at))
    }

    fn decided_link(&self, row: &list::Row) -> String {
        links::decision(self.layout.lang, row.cited())
    }

    fn all_link(&self) -> String {
        links::DECISIONS.to_owned()
    }
}

async fn page(visit: Visit) -> Result<Response> {
    let mut connection = visit.app.db.read().await?;
    let rows = read::drafts(&mut connection, (&visit.viewer, &visit.actor()), when(&visit)).await?;
    let wanted = Wanted { kind: "network", area: None, key: None, backwards: false };
    let decided = list::list(&mut connection, &wanted, PAGE).await?;
    drop(connection);
    let (waiting, drafts) = rows.into_iter().partition(|row| row.state() == State::Waiting);
    let t = visit.texts();
    let mut layout = visit.layout(t.decisions_drafts_heading(), "lmc", inner_crumbs(&visit, vec![])).without_alternate();
    if let Some(last) = layout.crumbs.last_mut() {
        *last = Crumb::here(t.decisions_drafts_heading());
    }
    let unnamed = named(&visit, "");
    let may_begin = super::begin::may_begin(&visit);
    html(&DraftsPage { layout, waiting, drafts, decided, unnamed, may_begin })
}
