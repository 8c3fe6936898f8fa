//! Organisations, to be edited: searched, page by page.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;

use super::{Entry, frame};
use crate::{
    admin::reads::organisations::{self, Listed, PAGE},
    kernel::{
        error::Result,
        rights::Right,
        web::{Asked, Layout, Routes, Visit, html, line, links},
    },
    organisations::Kind,
};

/// Where they are.
pub(in crate::admin) fn routes() -> Routes {
    Routes::new().swedish_page(links::ADMIN_ORGANISATIONS, Right::ManageAccounts, page)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Query {
    q: String,
    efter: String,
}

#[derive(Template)]
#[template(path = "admin/organisations.html")]
struct OrganisationsPage {
    layout: Layout,
    menu: Vec<Entry>,
    q: String,
    found: Vec<Listed>,
    next: Option<String>,
    first: Option<String>,
}

impl OrganisationsPage {
    fn edit(&self, one: &Listed) -> String {
        links::admin(links::ADMIN_ORGANISATION, &one.slug)
    }

    fn kind(&self, one: &Listed) -> &'static str {
        Kind::from_code(&one.kind).map_or("", |kind| super::organisation::kind_name(&self.layout.t, kind))
    }

    fn people(&self, one: &Listed) -> String {
        self.layout.lang.number(one.people)
    }

    fn new_one(&self) -> &'static str {
        links::ADMIN_ORGANISATION_NEW
    }
}

async fn page(visit: Visit, Asked(query): Asked<Query>) -> Result<Response> {
    let q: String = line(&query.q).chars().take(100).collect();
    let after = line(&query.efter);
    let mut found = organisations::organisations(&mut *visit.app.db.read().await?, &q, &after, visit.now).await?;
    let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = found.len() > most;
    found.truncate(most);
    let asked = || Some(("q", q.as_str())).filter(|(_, q)| !q.is_empty());
    let next = found
        .last()
        .filter(|_| more)
        .map(|last| links::with_query(links::ADMIN_ORGANISATIONS, asked().into_iter().chain([("efter", last.slug.as_str())])));
    let first = (!after.is_empty()).then(|| links::with_query(links::ADMIN_ORGANISATIONS, asked()));
    let (layout, menu) = frame(&visit, visit.texts().admin_organisations(), links::ADMIN_ORGANISATIONS, None);
    html(&OrganisationsPage { layout, menu, q, found, next, first })
}
