//! How the service is, and what needs a hand.

use askama::Template;
use axum::response::Response;

use super::{Entry, frame, since};
use crate::{
    admin::reads::state::{self, Health},
    backup::STALE,
    kernel::{
        db,
        error::Result,
        mail,
        rights::Right,
        web::{Layout, Routes, Visit, html, links},
    },
};

/// Where it is.
pub(in crate::admin) fn routes() -> Routes {
    Routes::new().swedish_page(links::ADMIN, Right::Administer, page)
}

/// Rows of the log that wait longer than this for their seal wait for somebody.
const SEALED_WITHIN: time::Duration = time::Duration::minutes(10);
/// A job that is due waits no longer than this where a worker runs.
const DONE_WITHIN: time::Duration = time::Duration::minutes(10);

/// Something that somebody has to look after.
#[derive(Debug)]
struct Care {
    title: String,
    text: String,
    /// Where one sees to it: words and path.
    link: Option<(&'static str, &'static str)>,
}

#[derive(Template)]
#[template(path = "admin/overview.html")]
struct OverviewPage {
    layout: Layout,
    menu: Vec<Entry>,
    cares: Vec<Care>,
    figures: Vec<(&'static str, String)>,
    facts: Vec<(&'static str, String)>,
}

async fn page(visit: Visit) -> Result<Response> {
    let health = state::health(&mut *visit.app.db.read().await?, visit.now).await?;
    let (layout, menu) = frame(&visit, visit.texts().admin_overview(), links::ADMIN, None);
    let (cares, figures, facts) = (cares(&visit, &health), figures(&visit, &health), facts(&visit, &health));
    html(&OverviewPage { layout, menu, cares, figures, facts })
}

fn cares(visit: &Visit, health: &Health) -> Vec<Care> {
    let (t, now) = (visit.texts(), visit.now);
    let mut found = Vec::new();
    let mut add = |title: &str, text: String, link| found.push(Care { title: title.to_owned(), text, link });
    match health.backup {
        None => add(t.admin_care_backup(), t.admin_care_backup_none().to_owned(), None),
        Some(at) if now - at > STALE => add(t.admin_care_backup(), t.admin_care_backup_old(since(&t, at, now)), None),
        Some(_) => {}
    }
    if health.jobs_failed > 0 {
        let link = Some((t.admin_care_jobs_link(), links::ADMIN_JOBS));
        add(t.admin_care_jobs(), t.admin_care_jobs_text(health.jobs_failed), link);
    }
    if let Some(at) = health.jobs_oldest.filter(|at| now - *at > DONE_WITHIN) {
        let link = Some((t.admin_care_jobs_link(), links::ADMIN_JOBS));
        add(t.admin_care_waiting(), t.admin_care_waiting_text(since(&t, at, now)), link);
    }
    let letters = Some((t.admin_care_mails_link(), links::ADMIN_LETTERS));
    if health.mails_lost > 0 {
        add(t.admin_care_mails(), t.admin_care_mails_text(health.mails_lost), letters);
    }
    if let Some(at) = health.mails_oldest.filter(|at| now - *at > mail::LATE) {
        add(t.admin_care_letters(), t.admin_care_letters_text(since(&t, at, now)), letters);
    }
    if let Some(at) = health.unsealed_since.filter(|at| now - *at > SEALED_WITHIN) {
        add(t.admin_care_unsealed(), t.admin_care_unsealed_text(health.unsealed, since(&t, at, now)), None);
    }
    found
}

fn figures(visit: &Visit, health: &Health) -> Vec<(&'static str, String)> {
    let (t, n) = (visit.texts(), |n: i64| visit.lang.number(n));
    vec![
        (t.admin_figure_accounts(), n(health.accounts)),
        (t.admin_figure_sessions(), n(health.sessions)),
        (t.admin_figure_jobs(), n(health.jobs_waiting + health.jobs_later)),
        (t.admin_figure_mails(), n(health.mails_waiting)),
    ]
}

fn facts(visit: &Visit, health: &Health) -> Vec<(&'static str, String)> {
    let (t, lang) = (visit.texts(), visit.lang);
    let commit = env!("KRAVBANK_COMMIT");
    let commit = if commit.is_empty() { t.commands_no_commit() } else { commit };
    let backup = health.backup.map_or_else(
        || t.admin_fact_backup_none().to_owned(),
        |at| t.admin_fact_backup_at(lang.moment(at), since(&t, at, visit.now)),
    );
    vec![
        (t.admin_fact_backup(), backup),
        (t.admin_fact_log(), t.admin_fact_log_unsealed(health.unsealed)),
        (t.admin_fact_size(), t.admin_fact_megabytes(health.size.div_euclid(1 << 20).max(1))),
        (t.admin_fact_version(), format!("{} · {commit}", env!("CARGO_PKG_VERSION"))),
        (t.admin_fact_schema(), db::newest().to_string()),
    ]
}
