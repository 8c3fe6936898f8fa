//! What requirements refer to, for those who look after it: searched, filtered, page by page.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;

use super::reference::{kind_name, status_name, status_tag};
use crate::{
    curation::reads::references::{self as read, PAGE, Row, Wanted, label},
    kernel::{
        error::Result,
        rights::Right,
        web::{
            Asked, Faults, Layout, Routes, Visit, html, line,
            links::{self, words},
        },
    },
};

/// The list.
pub(in crate::curation) fn routes() -> Routes {
    Routes::new().swedish_page(links::REFERENCES, Right::EditTaxonomy, page)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    q: String,
    slag: String,
    lage: String,
    efter: String,
}

#[derive(Template)]
#[template(path = "curation/references.html")]
struct ReferencesPage {
    layout: Layout,
    asks: Asks,
    rows: Vec<Row>,
    first: String,
    next: String,
}

impl ReferencesPage {
    fn kinds(&self) -> Vec<(&'static str, &'static str)> {
        words::REFERENCE_KINDS.iter().map(|(word, code)| (*word, kind_name(self.layout.t, code))).collect()
    }

    fn statuses(&self) -> Vec<(&'static str, &'static str)> {
        words::REFERENCE_STATUS.iter().map(|(word, code)| (*word, status_name(self.layout.t, code))).collect()
    }

    fn kind(&self, row: &Row) -> &'static str {
        kind_name(self.layout.t, &row.kind)
    }

    fn status(&self, row: &Row) -> &'static str {
        status_name(self.layout.t, if row.same { "same" } else { &row.status })
    }

    fn tag(&self, row: &Row) -> &'static str {
        status_tag(if row.same { "same" } else { &row.status })
    }

    fn label(&self, row: &Row) -> String {
        label(&row.name, &row.edition)
    }

    fn href(&self, row: &Row) -> String {
        links::edited_reference(row.id, "")
    }

    fn new_one(&self) -> &'static str {
        links::REFERENCE_NEW
    }
}

async fn page(visit: Visit, Asked(asks): Asked<Asks>) -> Result<Response> {
    let asks = Asks { q: line(&asks.q).chars().take(100).collect(), ..asks };
    let wanted = Wanted {
        text: &asks.q,
        kind: words::code(words::REFERENCE_KINDS, &asks.slag),
        status: words::code(words::REFERENCE_STATUS, &asks.lage),
        after: asks.efter.parse().ok(),
    };
    let mut rows = read::list(&mut *visit.app.db.read().await?, &visit.viewer, visit.now, &wanted).await?;
    let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    let to = |after: Option<String>| {
        let asked = [("q", asks.q.as_str()), ("slag", asks.slag.as_str()), ("lage", asks.lage.as_str())];
        let asked = asked.into_iter().filter(|(_, value)| !value.is_empty());
        links::with_query(links::REFERENCES, asked.chain(after.as_deref().map(|after| ("efter", after))))
    };
    let next = rows.last().filter(|_| more).map(|last| to(Some(last.id.to_string()))).unwrap_or_default();
    let first = if wanted.after.is_some() { to(None) } else { String::new() };
    let layout = super::frame(&visit, visit.texts().curation_references(), Vec::new(), &Faults::default());
    html(&ReferencesPage { layout, asks, rows, first, next })
}
