//! What has been decided: by the network, and by files that were read in.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;

use super::{crumbs, weekday};
use crate::{
    decisions::reads::list::{self as read, List, PAGE, Row, Wanted},
    kernel::{
        clock,
        error::Result,
        i18n::Texts,
        rights::Right,
        web::{
            Asked, Crumb, Layout, Routes, Visit, html,
            links::{self, words},
        },
    },
    proposals::{self, AreaName},
};

/// The list.
pub fn routes() -> Routes {
    Routes::new().page(links::DECISIONS, Right::ReadPublished, page)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    visa: String,
    omrade: String,
    efter: String,
    fore: String,
}

impl Asks {
    fn kind(&self) -> &'static str {
        words::code(words::DECISIONS, &self.visa).unwrap_or("all")
    }
}

/// A choice above the list.
struct Choice {
    label: &'static str,
    href: String,
    count: i64,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "decisions/list.html")]
struct ListPage {
    layout: Layout,
    list: List,
    choices: Vec<Choice>,
    areas: Vec<AreaName>,
    area: String,
    word: &'static str,
    may_draft: bool,
    pages: [String; 4],
    label: Option<String>,
}

impl ListPage {
    fn link(&self, row: &Row) -> String {
        links::decision(self.layout.lang, row.cited())
    }

    fn feed(&self) -> &'static str {
        links::DECISIONS_FEED
    }

    fn title(&self, row: &Row) -> String {
        title(&self.layout.t, row)
    }

    /// Whether the title is Swedish on an English page.
    fn is_foreign(&self, row: &Row) -> bool {
        !self.layout.lang.is_swedish() && !row.is_import()
    }

    fn day(&self, row: &Row) -> String {
        weekday(&self.layout.t, clock::in_sweden(row.decided).date())
    }

    fn place(&self) -> String {
        let rows = i64::try_from(self.list.rows.len()).unwrap_or(0);
        self.layout.t.decisions_place(self.list.before + 1, self.list.before + rows, self.list.total)
    }

    fn several_pages(&self) -> bool {
        self.list.total > PAGE
    }

    fn is_area(&self, slug: &str) -> bool {
        self.area == slug
    }
}

/// What a decision is called; a file that was read in has no name.
pub(super) fn title(t: &Texts, row: &Row) -> String {
    if row.is_import() { t.decisions_import_title().to_owned() } else { row.title.clone() }
}

async fn page(visit: Visit, Asked(asks): Asked<Asks>) -> Result<Response> {
    let t = visit.texts();
    let backwards = !asks.fore.is_empty();
    let key = if backwards { asks.fore.as_str() } else { asks.efter.as_str() };
    let wanted = Wanted {
        kind: asks.kind(),
        area: Some(asks.omrade.as_str()).filter(|area| !area.is_empty()),
        key: key.parse().ok(),
        backwards,
    };
    let mut connection = visit.app.db.read().await?;
    let list = read::list(&mut connection, &wanted, PAGE).await?;
    let areas = proposals::area_names(&mut connection).await?;
    drop(connection);
    let word = |kind: &str| words::word(words::DECISIONS, kind).unwrap_or_default();
    let to = |kind: &str, turn: Option<(&str, i64)>| {
        let turned = turn.map(|(name, key)| (name, key.to_string()));
        let mut asked: Vec<(&str, &str)> = Vec::new();
        if kind != "all" {
            asked.push(("visa", word(kind)));
        }
        if !asks.omrade.is_empty() {
            asked.push(("omrade", &asks.omrade));
        }
        if let Some((name, key)) = &turned {
            asked.push((name, key));
        }
        links::with_query(&links::localized(visit.lang, links::DECISIONS), asked)
    };
    let named = [
        ("all", t.decisions_all()),
        ("network", t.decisions_of_network()),
        ("import", t.decisions_read_in()),
        ("awaiting", t.decisions_awaiting()),
    ];
    let choices =
        named.map(|(kind, label)| Choice { label, href: to(kind, None), count: list.count(kind), chosen: asks.kind() == kind });
    let pages = turns(&list, |turn| to(asks.kind(), turn));
    let title = match named.into_iter().find(|(kind, _)| *kind == asks.kind()) {
        Some((kind, label)) if kind != "all" => t.decisions_list_title(label),
        _ => t.decisions_heading().to_owned(),
    };
    let mut layout = visit.layout(&title, "decisions", crumbs(&visit, vec![])).described(t.decisions_lead());
    if let Some(last) = layout.crumbs.last_mut() {
        *last = Crumb::here(t.decisions_heading());
    }
    let may_draft = Right::PrepareDecisions.held_by(&visit.actor());
    let label = visit.app.words.get().decision_label(visit.lang).map(str::to_owned);
    let word = word(asks.kind());
    let choices = choices.into();
    html(&ListPage { layout, list, choices, areas, area: asks.omrade, word, may_draft, pages, label })
}

/// First, previous, next, last; empty where there is none.
fn turns(list: &List, to: impl Fn(Option<(&str, i64)>) -> String) -> [String; 4] {
    let rows = i64::try_from(list.rows.len()).unwrap_or(0);
    let (Some(newest), Some(oldest)) = (list.rows.first(), list.rows.last()) else { return Default::default() };
    let (is_first, is_last) = (list.before == 0, list.before + rows >= list.total);
    // What lies beyond the last page is reached from behind: before the oldest there are as many as a page holds.
    [
        if is_first { String::new() } else { to(None) },
        if is_first { String::new() } else { to(Some(("fore", newest.key()))) },
        if is_last { String::new() } else { to(Some(("efter", oldest.key()))) },
        if is_last { String::new() } else { to(Some(("fore", 0))) },
    ]
}
