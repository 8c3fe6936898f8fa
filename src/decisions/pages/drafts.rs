//! Decisions under way, for those who prepare and decide: what waits, and what is drafted.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{inner_crumbs, named, when};
use crate::{
    accounts::name_or_removed,
    decisions::{
        lifecycle::State,
        names,
        reads::{
            drafts::{self as read, PAGE, Row},
            list::{self, List, Wanted},
        },
    },
    kernel::{
        error::Result,
        rights::Right,
        web::{Asked, Crumb, Layout, Routes, Visit, html, links},
    },
};

/// The page.
pub fn routes() -> Routes {
    Routes::new().swedish_page(links::DECISION_DRAFTS, Right::PrepareDecisions, page)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    efter: String,
}

#[derive(Template)]
#[template(path = "decisions/drafts.html")]
struct DraftsPage {
    layout: Layout,
    waiting: Vec<Row>,
    drafts: Vec<Row>,
    /// Whether it is a later page, which has what was not shown yet alone.
    is_later: bool,
    /// Where there are more; empty where there are not.
    more: String,
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

    fn first(&self) -> &'static str {
        links::DECISION_DRAFTS
    }

    fn all_link(&self) -> String {
        links::DECISIONS.to_owned()
    }
}

async fn page(visit: Visit, Asked(asks): Asked<Asks>) -> Result<Response> {
    let beyond: Option<Uuid> = asks.efter.parse().ok();
    let mut connection = visit.app.db.read().await?;
    let mut rows = read::drafts(&mut connection, (&visit.viewer, &visit.actor()), when(&visit), beyond).await?;
    let is_more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let last = rows.last().filter(|_| is_more).map(|row| row.id.to_string());
    let more = last.map_or_else(String::new, |id| links::with_query(links::DECISION_DRAFTS, [("efter", id.as_str())]));
    let wanted = Wanted { kind: "network", area: None, key: None, backwards: false };
    let decided = list::list(&mut connection, &wanted, list::PAGE).await?;
    drop(connection);
    let (waiting, drafts) = rows.into_iter().partition(|row| row.state() == State::Waiting);
    let t = visit.texts();
    let mut layout = visit.layout(t.decisions_drafts_heading(), "lmc", inner_crumbs(&visit, vec![])).without_alternate();
    if let Some(last) = layout.crumbs.last_mut() {
        *last = Crumb::here(t.decisions_drafts_heading());
    }
    let unnamed = named(&visit, "");
    let may_begin = super::begin::may_begin(&visit);
    html(&DraftsPage { layout, waiting, drafts, is_later: beyond.is_some(), more, decided, unnamed, may_begin })
}
