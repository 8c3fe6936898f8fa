//! What the first administrator does first. In Swedish only, as all of administration is.

use askama::Template;
use axum::response::Response;

use crate::{
    accounts::reads::factor,
    kernel::{
        error::Result,
        i18n::Texts,
        rights::Right,
        web::{Crumb, Layout, Routes, Visit, Who, html, links},
    },
};

/// Where it is.
pub(in crate::accounts) fn routes() -> Routes {
    Routes::new().get(links::ADMIN_START, Right::ManageAccounts, page)
}

/// One thing to do: what, why, where, and whether it is done as far as can be known.
struct Task {
    heading: &'static str,
    text: &'static str,
    /// A page, where there is one; some of it is done at the command line.
    link: Option<String>,
    /// A command.
    command: &'static str,
    is_done: bool,
}

/// Everything to do, in order. Whatever gets a page of its own gets a line here.
fn tasks(t: Texts, has_factor: bool) -> Vec<Task> {
    vec![
        Task {
            heading: t.accounts_two_steps_heading(),
            text: t.accounts_start_two_steps(),
            link: Some(links::TWO_STEPS.to_owned()),
            command: "",
            is_done: has_factor,
        },
        Task {
            heading: t.accounts_start_letters(),
            text: t.accounts_start_letters_text(),
            link: Some(links::ADMIN_LETTERS.to_owned()),
            command: "",
            is_done: false,
        },
        Task {
            heading: t.accounts_start_organisations(),
            text: t.accounts_start_organisations_text(),
            link: Some(links::ORGANISATIONS.to_owned()),
            command: "",
            is_done: false,
        },
        Task {
            heading: t.accounts_start_areas(),
            text: t.accounts_start_areas_text(),
            link: Some(links::AREAS.to_owned()),
            command: "",
            is_done: false,
        },
        Task {
            heading: t.accounts_start_import(),
            text: t.accounts_start_import_text(),
            link: Some(links::IMPORT_FORMAT.to_owned()),
            command: "kravbank import FIL --dry-run",
            is_done: false,
        },
        Task {
            heading: t.accounts_start_backup(),
            text: t.accounts_start_backup_text(),
            link: None,
            command: "kravbank backup FIL",
            is_done: false,
        },
    ]
}

#[derive(Template)]
#[template(path = "accounts/admin_start.html")]
struct StartPage {
    layout: Layout,
    tasks: Vec<Task>,
}

async fn page(visit: Visit, who: Who) -> Result<Response> {
    let t = visit.texts();
    let state = factor::state(&mut *visit.app.db.read().await?, &who).await?;
    let crumbs = vec![Crumb::link(t.layout_nav_start(), links::START.to_owned()), Crumb::here(t.accounts_start_heading())];
    let layout = visit.layout(t.accounts_start_heading(), "own", crumbs).without_alternate();
    html(&StartPage { layout, tasks: tasks(t, state.since.is_some()) })
}
