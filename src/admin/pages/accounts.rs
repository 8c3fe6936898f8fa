//! Accounts: searched, page by page.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{Entry, frame};
use crate::{
    accounts::roles,
    admin::reads::accounts::{self, Listed, PAGE, Work},
    kernel::{
        actor::Role,
        error::Result,
        rights::Right,
        web::{Asked, Layout, Routes, Visit, html, line, links},
    },
};

/// Where they are.
pub(in crate::admin) fn routes() -> Routes {
    Routes::new().swedish_page(links::ADMIN_ACCOUNTS, Right::ManageAccounts, page)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Query {
    q: String,
    efter: String,
}

#[derive(Template)]
#[template(path = "admin/accounts.html")]
struct AccountsPage {
    layout: Layout,
    menu: Vec<Entry>,
    q: String,
    people: Vec<Listed>,
    next: Option<String>,
    first: Option<String>,
}

impl AccountsPage {
    fn account(&self, person: &Listed) -> String {
        links::admin(links::ADMIN_ACCOUNT, person.id)
    }

    fn work(&self, work: &Work) -> String {
        let held: Vec<Role> = work.roles.iter().filter_map(|role| Role::from_code(role)).collect();
        format!("{}: {}", work.organisation, roles::names(&self.layout.t, &held))
    }

    fn seen(&self, person: &Listed) -> String {
        person.seen_at.map_or_else(|| self.layout.t.admin_account_never().to_owned(), |at| self.layout.lang.day_of(at))
    }
}

async fn page(visit: Visit, Asked(query): Asked<Query>) -> Result<Response> {
    let q: String = line(&query.q).chars().take(100).collect();
    let after = Uuid::parse_str(&query.efter).ok();
    let mut people = accounts::accounts(&mut *visit.app.db.read().await?, &q, after, visit.now).await?;
    let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = people.len() > most;
    people.truncate(most);
    let asked = || Some(("q", q.as_str())).filter(|(_, q)| !q.is_empty());
    let next = people.last().filter(|_| more).map(|last| {
        let id = last.id.to_string();
        links::with_query(links::ADMIN_ACCOUNTS, asked().into_iter().chain([("efter", id.as_str())]))
    });
    let first = after.map(|_| links::with_query(links::ADMIN_ACCOUNTS, asked()));
    let (layout, menu) = frame(&visit, visit.texts().admin_accounts(), links::ADMIN_ACCOUNTS, None);
    html(&AccountsPage { layout, menu, q, people, next, first })
}
