//! Proposals that were sent in: what is under way, what lies, what was answered.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;

use super::crumbs;
use crate::{
    kernel::{
        error::Result,
        i18n::Texts,
        rights::Right,
        web::{
            Asked, Crumb, Layout, Routes, Visit, html,
            links::{self, words},
        },
    },
    proposals::{
        lifecycle::State,
        names,
        reads::{
            list::{self as read, List, PAGE, Row, Wanted},
            targets::{self, AreaName},
        },
    },
};

/// The list.
pub fn routes() -> Routes {
    Routes::new().page(links::PROPOSALS, Right::ReadPublished, page)
}

const OPEN: &[State] = &[State::Submitted, State::Returned, State::InPreparation, State::TakenIn];
const RESTING: &[State] = &[State::Dormant];
const ANSWERED: &[State] = &[State::Accepted, State::PartlyAccepted, State::Rejected, State::Merged, State::Withdrawn];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    visa: String,
    omrade: String,
    /// `1`: only those of the own organisation.
    vara: String,
    efter: String,
    fore: String,
}

impl Asks {
    fn group(&self) -> &'static str {
        words::code(words::PROPOSAL_STATES, &self.visa).unwrap_or("open")
    }

    fn states(&self) -> &'static [State] {
        states(self.group())
    }
}

fn states(group: &str) -> &'static [State] {
    match group {
        "resting" => RESTING,
        "answered" => ANSWERED,
        "all" => &State::PUBLIC,
        _ => OPEN,
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
#[template(path = "proposals/list.html")]
struct ListPage {
    layout: Layout,
    list: List,
    choices: Vec<Choice>,
    areas: Vec<AreaName>,
    area: String,
    group_word: String,
    own: bool,
    may_own: bool,
    may_draft: bool,
    pages: [String; 4],
}

impl ListPage {
    fn link(&self, row: &Row) -> String {
        links::proposal(self.layout.lang, row.cited())
    }

    fn kind(&self, row: &Row) -> &'static str {
        names::kind(&self.layout.t, &row.kind)
    }

    fn state(&self, row: &Row) -> &'static str {
        names::state(&self.layout.t, &row.state())
    }

    fn tag(&self, row: &Row) -> &'static str {
        names::state_tag(&row.state())
    }

    fn organisation<'a>(&self, row: &'a Row) -> &'a str {
        row.organisation(self.layout.lang)
    }

    fn group<'a>(&self, row: &'a Row) -> &'a str {
        row.group(self.layout.lang)
    }

    fn submitted(&self, row: &Row) -> String {
        self.layout.lang.day_of(row.submitted)
    }

    /// By when it is answered, as long as an answer is to come.
    fn answer_by(&self, row: &Row) -> Option<String> {
        let waits = matches!(row.state(), State::Submitted | State::InPreparation | State::TakenIn);
        row.answer_by.filter(|_| waits && !row.held).map(|day| self.layout.lang.date(day))
    }

    fn requirement(&self, row: &Row) -> Option<(String, String)> {
        row.requirement().map(|number| (number.to_string(), links::requirement(self.layout.lang, number)))
    }

    fn place(&self) -> String {
        let rows = i64::try_from(self.list.rows.len()).unwrap_or(0);
        self.layout.t.proposals_place(self.list.before + 1, self.list.before + rows, self.list.total)
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
    let may_own = visit.who.as_ref().is_some_and(|who| who.membership().is_some());
    let backwards = !asks.fore.is_empty();
    let key = if backwards { asks.fore.as_str() } else { asks.efter.as_str() };
    let own = may_own && asks.vara == "1";
    let wanted = Wanted {
        states: asks.states(),
        area: Some(asks.omrade.as_str()).filter(|area| !area.is_empty()),
        own,
        person: visit.actor().person().0,
        key: key.parse().ok(),
        backwards,
    };
    let mut connection = visit.app.db.read().await?;
    let list = read::list(&mut connection, &visit.viewer, &wanted).await?;
    let areas = targets::area_names(&mut connection).await?;
    drop(connection);
    let word = |group: &str| words::word(words::PROPOSAL_STATES, group).unwrap_or_default();
    let to = |group: &str, turn: Option<(&str, i64)>| {
        let turned = turn.map(|(name, key)| (name, key.to_string()));
        let mut asked: Vec<(&str, &str)> = Vec::new();
        if group != "open" {
            asked.push(("visa", word(group)));
        }
        if !asks.omrade.is_empty() {
            asked.push(("omrade", &asks.omrade));
        }
        if own {
            asked.push(("vara", "1"));
        }
        if let Some((name, key)) = &turned {
            asked.push((name, key));
        }
        links::with_query(&links::localized(visit.lang, links::PROPOSALS), asked)
    };
    let choice = |(group, label): (&'static str, &'static str)| Choice {
        label,
        href: to(group, None),
        count: list.count(states(group)),
        chosen: asks.group() == group,
    };
    let choices = choices_of(t).into_iter().map(choice).collect();
    let pages = turns(&list, |turn| to(asks.group(), turn));
    let may_draft = visit.who.is_none() || Right::DraftProposals.held_by(&visit.actor());
    let group_word = word(asks.group()).to_owned();
    let title = match choices_of(t).into_iter().find(|(group, _)| *group == asks.group()) {
        Some((group, label)) if group != "open" => t.proposals_list_title(label),
        _ => t.proposals_heading().to_owned(),
    };
    let layout = visit.layout(&title, "proposals", crumbs(&visit, vec![])).described(t.proposals_lead());
    let mut layout = layout;
    if let Some(last) = layout.crumbs.last_mut() {
        *last = Crumb::here(t.proposals_heading());
    }
    html(&ListPage { layout, list, choices, areas, area: asks.omrade.clone(), group_word, own, may_own, may_draft, pages })
}

/// The groups of states, with what they are called.
fn choices_of(t: Texts) -> [(&'static str, &'static str); 4] {
    [
        ("open", t.proposals_open()),
        ("resting", t.proposals_resting()),
        ("answered", t.proposals_answered()),
        ("all", t.proposals_all()),
    ]
}

/// First, previous, next, last; empty where there is none.
fn turns(list: &List, to: impl Fn(Option<(&str, i64)>) -> String) -> [String; 4] {
    let rows = i64::try_from(list.rows.len()).unwrap_or(0);
    let (Some(newest), Some(oldest)) = (list.rows.first(), list.rows.last()) else { return Default::default() };
    let (is_first, is_last) = (list.before == 0, list.before + rows >= list.total);
    // What lies beyond the last page is reached from behind: before the oldest there are as many as a page holds.
    [
        if is_first { String::new() } else { to(None) },
        if is_first { String::new() } else { to(Some(("fore", newest.number))) },
        if is_last { String::new() } else { to(Some(("efter", oldest.number))) },
        if is_last { String::new() } else { to(Some(("fore", 0))) },
    ]
}
