//! What is in preparation, longest first.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::named;
use crate::{
    kernel::{
        error::Result,
        i18n::Texts,
        rights::Right,
        web::{
            Asked, Crumb, Layout, Routes, Visit, html,
            links::{self, words},
            see_other,
        },
    },
    preparation::{
        names,
        reads::list::{self as read, List, PAGE, Row, Wanted},
    },
    requirements::{RequirementNumber, lifecycle::State},
};

/// The page.
pub fn routes() -> Routes {
    Routes::new().swedish_page(links::PREPARED, Right::ReadPreparation, page)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    visa: String,
    omrade: String,
    mina: String,
    efter: String,
    fore: String,
    /// The number of a requirement to go to.
    krav: String,
}

impl Asks {
    fn group(&self) -> &'static str {
        words::code(words::PREPARED_STATES, &self.visa).unwrap_or("all")
    }
}

fn states(group: &str) -> &'static [State] {
    match group {
        "preparation" => &[State::Preparation],
        "ready" => &[State::Ready],
        _ => &[State::Preparation, State::Ready],
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
#[template(path = "preparation/list.html")]
struct ListPage {
    layout: Layout,
    list: List,
    choices: Vec<Choice>,
    area: String,
    group_word: String,
    own: bool,
    may_prepare: bool,
    /// What was asked for and is no number.
    no_number: Option<String>,
    now: time::OffsetDateTime,
    pages: [String; 4],
}

impl ListPage {
    fn link(&self, row: &Row) -> String {
        links::workbench(row.requirement(), "")
    }

    fn cited(&self, row: &Row) -> String {
        format!("{}:{}", row.requirement(), row.number)
    }

    fn state(&self, row: &Row) -> &'static str {
        names::state(&self.layout.t, row.state())
    }

    fn tag(&self, row: &Row) -> &'static str {
        names::state_tag(row.state())
    }

    fn age(&self, row: &Row) -> String {
        let days = (self.now - row.created_at).whole_days();
        if days < 1 { self.layout.t.preparation_age_today().to_owned() } else { self.layout.t.tasks_late(days) }
    }

    fn since(&self, row: &Row) -> String {
        self.layout.lang.day_of(row.created_at)
    }

    fn handler(&self, row: &Row) -> String {
        match &row.handler {
            Some(handler) => named(self.layout.t, handler.name.as_deref()),
            None => self.layout.t.tasks_free().to_owned(),
        }
    }

    /// How much is missing before a decision, and what.
    fn lacks(&self, row: &Row) -> (String, String) {
        let t = self.layout.t;
        let reasons = row.facts().why_not_yet();
        let names: Vec<String> = reasons.iter().map(|reason| names::reason(&self.layout.t, *reason).0).collect();
        let count = i64::try_from(names.len()).unwrap_or(0);
        let said = if count == 0 { t.preparation_lacks_none().to_owned() } else { t.preparation_lacks_count(count) };
        (said, names.join(" "))
    }

    fn place(&self) -> String {
        let rows = i64::try_from(self.list.rows.len()).unwrap_or(0);
        self.layout.t.preparation_place(self.list.before + 1, self.list.before + rows, self.list.total)
    }

    fn several_pages(&self) -> bool {
        self.list.total > PAGE
    }

    fn is_area(&self, slug: &str) -> bool {
        self.area == slug
    }
}

async fn page(visit: Visit, Asked(asks): Asked<Asks>) -> Result<Response> {
    let t = visit.texts();
    if let Some(number) = RequirementNumber::parse_loosely(asks.krav.trim()).filter(|_| !asks.krav.trim().is_empty()) {
        return Ok(see_other(&links::workbench(number, "")));
    }
    let backwards = !asks.fore.is_empty();
    let key = if backwards { asks.fore.as_str() } else { asks.efter.as_str() };
    let own = asks.mina == "1";
    let wanted = Wanted {
        states: states(asks.group()),
        area: Some(asks.omrade.as_str()).filter(|area| !area.is_empty()),
        own,
        key: Uuid::try_parse(key).ok(),
        backwards,
    };
    let list = read::list(&mut *visit.app.db.read().await?, &visit, &wanted).await?;
    let to = |group: &str, turn: Option<(&str, String)>| {
        let mut asked: Vec<(&str, &str)> = Vec::new();
        if group != "all" {
            asked.push(("visa", words::word(words::PREPARED_STATES, group).unwrap_or_default()));
        }
        if !asks.omrade.is_empty() {
            asked.push(("omrade", &asks.omrade));
        }
        if own {
            asked.push(("mina", "1"));
        }
        if let Some((name, key)) = &turn {
            asked.push((name, key));
        }
        links::with_query(links::PREPARED, asked)
    };
    let choice = |(group, label): (&'static str, &'static str)| Choice {
        label,
        href: to(group, None),
        count: list.count(states(group)),
        chosen: asks.group() == group,
    };
    let choices = choices_of(t).into_iter().map(choice).collect();
    let pages = turns(&list, |turn| to(asks.group(), turn));
    let group_word = words::word(words::PREPARED_STATES, asks.group()).unwrap_or_default().to_owned();
    let label = choices_of(t).into_iter().find(|(group, _)| *group == asks.group()).map_or("", |(_, label)| label);
    let title = if asks.group() == "all" { t.preparation_heading().to_owned() } else { t.preparation_list_title(label) };
    let crumbs = vec![Crumb::link(t.layout_nav_start(), links::START.to_owned()), Crumb::here(t.preparation_heading())];
    let layout = visit.layout(&title, "lmc", crumbs).without_alternate();
    let may_prepare = Right::Prepare.held_by(&visit.actor());
    let no_number = Some(asks.krav.trim().to_owned()).filter(|krav| !krav.is_empty());
    html(&ListPage {
        layout,
        list,
        choices,
        area: asks.omrade.clone(),
        group_word,
        own,
        may_prepare,
        no_number,
        now: visit.now,
        pages,
    })
}

/// The groups of states, with what they are called.
fn choices_of(t: Texts) -> [(&'static str, &'static str); 3] {
    [("all", t.preparation_all()), ("preparation", t.preparation_state_preparation()), ("ready", t.preparation_state_ready())]
}

/// First, previous, next, last; empty where there is none.
fn turns(list: &List, to: impl Fn(Option<(&str, String)>) -> String) -> [String; 4] {
    let rows = i64::try_from(list.rows.len()).unwrap_or(0);
    let (Some(oldest), Some(newest)) = (list.rows.first(), list.rows.last()) else { return Default::default() };
    let (is_first, is_last) = (list.before == 0, list.before + rows >= list.total);
    [
        if is_first { String::new() } else { to(None) },
        if is_first { String::new() } else { to(Some(("fore", oldest.id.to_string()))) },
        if is_last { String::new() } else { to(Some(("efter", newest.id.to_string()))) },
        // From behind: before none there are as many as a page holds.
        if is_last { String::new() } else { to(Some(("fore", "slut".to_owned()))) },
    ]
}
