//! What the first administrator does first.

use askama::Template;
use axum::response::Response;

use super::{Entry, frame};
use crate::{
    admin::reads::start::{self as read, Begun},
    kernel::{
        error::Result,
        i18n::Texts,
        rights::Right,
        web::{Layout, Routes, Visit, Who, html, links},
    },
};

/// Where it is.
pub(in crate::admin) fn routes() -> Routes {
    Routes::new().swedish_page(links::ADMIN_START, Right::ManageAccounts, page)
}

/// One thing to do: what, why, where, and whether it is done as far as can be known.
struct Task {
    heading: &'static str,
    text: &'static str,
    /// A page, where there is one; some of it is done at the command line.
    link: Option<&'static str>,
    /// A command.
    command: &'static str,
    is_done: bool,
}

/// Everything to do, in order. Whatever gets a page of its own gets a line here.
fn tasks(t: Texts, begun: &Begun) -> [Task; 7] {
    [
        Task {
            heading: t.accounts_two_steps_heading(),
            text: t.admin_start_two_steps(),
            link: Some(links::TWO_STEPS),
            command: "",
            is_done: begun.factor,
        },
        Task {
            heading: t.admin_start_letters(),
            text: t.admin_start_letters_text(),
            link: Some(links::ADMIN_LETTERS),
            command: "",
            is_done: begun.letters,
        },
        Task {
            heading: t.admin_organisations(),
            text: t.admin_start_organisations_text(),
            link: Some(links::ADMIN_ORGANISATIONS),
            command: "",
            is_done: begun.organisations,
        },
        Task {
            heading: t.admin_start_invite(),
            text: t.admin_start_invite_text(),
            link: Some(links::OWN_ORGANISATION),
            command: "",
            is_done: begun.people,
        },
        Task {
            heading: t.admin_start_areas(),
            text: t.admin_start_areas_text(),
            link: Some(links::AREAS),
            command: "",
            is_done: begun.requirements,
        },
        Task {
            heading: t.admin_start_import(),
            text: t.admin_start_import_text(),
            link: Some(links::IMPORT_FORMAT),
            command: "kravbank import FIL --dry-run",
            is_done: begun.requirements,
        },
        Task {
            heading: t.admin_start_backup(),
            text: t.admin_start_backup_text(),
            link: None,
            command: "kravbank backup FIL",
            is_done: begun.backup,
        },
    ]
}

#[derive(Template)]
#[template(path = "admin/start.html")]
struct StartPage {
    layout: Layout,
    menu: Vec<Entry>,
    tasks: [Task; 7],
}

async fn page(visit: Visit, who: Who) -> Result<Response> {
    let t = visit.texts();
    let begun = read::begun(&mut *visit.app.db.read().await?, who.person).await?;
    let (layout, menu) = frame(&visit, t.admin_start_heading(), "", None);
    html(&StartPage { layout, menu, tasks: tasks(t, &begun) })
}
