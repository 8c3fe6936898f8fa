//! What has happened to a requirement: `/krav/KB-0042/historik`.

use askama::Template;
use axum::response::Response;
use time::{Date, OffsetDateTime};

use super::identity::{Found, find};
use crate::{
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{At, Crumb, Layout, Routes, Visit, html, links},
    },
    portal::{
        labels,
        reads::{
            history::{self as read, HistoryData},
            requirement::VersionRow,
        },
    },
    requirements::{RequirementNumber, lifecycle::Standing},
};

/// Where histories are.
pub fn routes() -> Routes {
    Routes::new().page(links::HISTORY, Right::ReadPublished, page)
}

/// One thing that happened.
struct Entry {
    at: OffsetDateTime,
    day: Option<Date>,
    heading: String,
    /// Whether it began or ended something.
    major: bool,
    changes: String,
    note: String,
    running_contracts: String,
    /// Links: label, address.
    links: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "portal/history.html")]
struct HistoryPage {
    layout: Layout,
    id: RequirementNumber,
    title: Option<String>,
    entries: Vec<Entry>,
}

async fn page(visit: Visit, At(id): At<String>) -> Result<Response> {
    let number = match find(&visit, &id)? {
        Found::Number(number) => number,
        Found::Elsewhere(response) => return Ok(response),
    };
    let mut connection = visit.app.db.read().await?;
    let data = read::history(&mut connection, &visit.viewer, visit.now, number).await?;
    drop(connection);
    let data = data.ok_or(Error::NotFound)?;
    let t = visit.texts();
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(t.list_heading(), links::localized(visit.lang, links::REQUIREMENTS)),
        Crumb::link(number.to_string(), links::requirement(visit.lang, number)),
        Crumb::here(t.history_heading()),
    ];
    let layout = visit.layout(&t.history_title(number), "requirements", crumbs).described(t.history_description(number));
    let entries = entries(&visit, number, &data);
    html(&HistoryPage { layout, id: number, title: data.title, entries })
}

/// Everything, the latest first. A version stands at its first day in force; what never came into force stands nowhere.
fn entries(visit: &Visit, number: RequirementNumber, data: &HistoryData) -> Vec<Entry> {
    let t = visit.texts();
    let mut entries: Vec<Entry> = data.versions.iter().filter_map(|row| version_entry(visit, number, row, data)).collect();
    for event in &data.events {
        let heading = match event.kind.as_str() {
            "requirement.stopped" => t.history_stopped().to_owned(),
            "requirement.stop_lifted" => t.history_lifted().to_owned(),
            "requirement.repealed" => t.history_repealed().to_owned(),
            "requirement.reviewed" => t.history_reviewed().to_owned(),
            "requirement.text_hidden" => t.history_text_hidden(event.version.unwrap_or_default().to_string()),
            _ => t.history_revoked().to_owned(),
        };
        entries.push(Entry {
            at: event.at,
            day: event.day,
            heading,
            major: event.kind == "requirement.repealed",
            changes: String::new(),
            note: event.reason.clone().unwrap_or_default(),
            running_contracts: String::new(),
            links: Vec::new(),
        });
    }
    for decision in &data.decisions {
        let cited = decision.cited();
        let (heading, note) = match cited.year {
            Some(_) => (t.history_decision(cited), decision.title.clone()),
            None => (t.history_import(cited), decision.reference.clone()),
        };
        entries.push(Entry {
            at: decision.at,
            day: decision.day,
            heading,
            major: false,
            changes: String::new(),
            note,
            running_contracts: String::new(),
            links: vec![(t.history_read_decision(cited), links::decision(visit.lang, cited))],
        });
    }
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
    entries
}

fn version_entry(visit: &Visit, number: RequirementNumber, row: &VersionRow, data: &HistoryData) -> Option<Entry> {
    let t = visit.texts();
    let at = row.begins()?;
    let mut to = vec![(t.history_read(row.number.to_string()), links::version(visit.lang, number, row.number))];
    if let Some(before) = data.versions.iter().find(|other| other.number < row.number && !other.hidden && !row.hidden) {
        to.push((t.history_compare(before.number.to_string()), links::compare(visit.lang, number, before.number, row.number)));
    }
    let shown = row.number.to_string();
    Some(Entry {
        at,
        day: row.from_day,
        heading: if row.standing(visit.now) == Standing::Coming {
            t.history_version_coming(shown)
        } else {
            t.history_version(shown)
        },
        major: true,
        changes: row.changes.iter().map(|change| labels::change(&t, change)).collect::<Vec<_>>().join(", "),
        note: if row.hidden { t.history_hidden().to_owned() } else { row.note.clone() },
        running_contracts: if row.hidden { String::new() } else { row.running_contracts.clone() },
        links: to,
    })
}
