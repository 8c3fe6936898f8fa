//! Up to four requirements side by side: `/jamfor?krav=KB-0042&krav=KB-0107:3&visa=skillnader`.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use time::OffsetDateTime;

use super::side_rows::{Cell, Row, rows};
use crate::{
    kernel::{
        error::Result,
        i18n::Lang,
        rights::Right,
        web::{Asked, Crumb, Layout, Routes, Visit, html, links},
    },
    portal::{
        labels,
        reads::side_by_side::{self as read, Column, Wanted},
    },
    requirements::{RequirementNumber, lifecycle::Standing, parameters::Segment},
};

/// How many stand beside each other at most.
pub const MOST: usize = 4;
/// Characters of what is no number that are said again.
const MOST_SHOWN: usize = 40;
/// How the address asks for differences alone.
const DIFFERENCES: &str = "skillnader";

/// Where comparisons of requirements are.
pub fn routes() -> Routes {
    Routes::new().page(links::SIDE_BY_SIDE, Right::ReadPublished, page)
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    krav: Vec<String>,
    visa: Option<String>,
}

/// A piece of the address: a requirement, or something that is none.
#[derive(Debug, PartialEq, Eq)]
enum Chosen {
    Requirement(Wanted),
    Unread(String),
}

impl std::fmt::Display for Chosen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Requirement(wanted) => wanted.fmt(f),
            Self::Unread(text) => f.write_str(text),
        }
    }
}

impl Asks {
    /// What is chosen, each once and in order. Several may stand in one field, between commas.
    fn chosen(&self) -> Vec<Chosen> {
        let mut chosen: Vec<Chosen> = Vec::new();
        for text in self.krav.iter().flat_map(|field| field.split([',', ';'])).map(str::trim).filter(|text| !text.is_empty()) {
            let one = wanted(text).map_or_else(|| Chosen::Unread(text.chars().take(MOST_SHOWN).collect()), Chosen::Requirement);
            if !chosen.contains(&one) {
                chosen.push(one);
            }
        }
        chosen
    }

    fn differences(&self) -> bool {
        self.visa.as_deref() == Some(DIFFERENCES)
    }
}

/// Reads `KB-0042` or `KB-0107:3`, spelt as people spell it.
fn wanted(text: &str) -> Option<Wanted> {
    let (number, version) = match text.split_once(':') {
        Some((number, version)) => {
            let version = version.trim().trim_start_matches(['v', 'V']);
            (number, Some(version.parse::<i32>().ok().filter(|version| *version > 0)?))
        }
        None => (text, None),
    };
    Some(Wanted { number: RequirementNumber::parse_loosely(number)?, version })
}

#[derive(Template)]
#[template(path = "portal/side_by_side.html")]
struct SideBySidePage {
    layout: Layout,
    now: OffsetDateTime,
    columns: Vec<Column>,
    rows: Vec<Row>,
    /// Names of the rows that are left out since all are the same there.
    left_out: Vec<String>,
    differences: bool,
    /// What of the choice is not shown, and why.
    notes: Vec<String>,
}

impl SideBySidePage {
    fn is_possible(&self) -> bool {
        self.columns.len() > 1
    }

    fn has_room(&self) -> bool {
        self.columns.len() < MOST
    }

    /// As it is cited: with its version.
    fn cited(&self, column: &Column) -> String {
        format!("{}:{}", column.id(), column.version)
    }

    /// Where it is read whole.
    fn link(&self, column: &Column) -> String {
        match column.wanted().version {
            Some(version) => links::version(self.layout.lang, column.id(), version),
            None => links::requirement(self.layout.lang, column.id()),
        }
    }

    fn standing(&self, column: &Column) -> Standing {
        column.standing(self.now)
    }

    fn chosen(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.wanted().to_string()).collect()
    }

    fn address(&self, chosen: &[String], differences: bool) -> String {
        address(self.layout.lang, chosen, differences)
    }

    /// The same without this one.
    fn without(&self, place: &usize) -> String {
        let mut chosen = self.chosen();
        chosen.remove(*place);
        self.address(&chosen, self.differences)
    }

    /// The same with this one and the one before it in each other's place.
    fn earlier(&self, place: &usize) -> String {
        let mut chosen = self.chosen();
        chosen.swap(*place, place.saturating_sub(1));
        self.address(&chosen, self.differences)
    }

    fn later(&self, place: &usize) -> String {
        self.earlier(&(place + 1))
    }

    /// The same page with every row, or with differences alone.
    fn other_view(&self) -> String {
        self.address(&self.chosen(), !self.differences)
    }

    fn same(&self) -> i64 {
        let marked = self.rows.iter().filter(|row| row.same).count();
        i64::try_from(marked + self.left_out.len()).unwrap_or(i64::MAX)
    }

    /// The fields of the form: what is chosen, and empty ones up to the most.
    fn fields(&self) -> Vec<String> {
        let mut fields = self.chosen();
        fields.resize(MOST, String::new());
        fields
    }

    /// Where more can be chosen: the groups of what is.
    fn groups(&self) -> Vec<(String, &str)> {
        let lang = self.layout.lang;
        self.columns.iter().map(|c| (links::group(lang, &c.area.slug, &c.group.slug), c.group.in_lang(lang))).collect()
    }
}

fn address(lang: Lang, chosen: &[String], differences: bool) -> String {
    let pairs = chosen.iter().map(|one| ("krav", one.as_str())).chain(differences.then_some(("visa", DIFFERENCES)));
    links::with_query(&links::localized(lang, links::SIDE_BY_SIDE), pairs)
}

async fn page(visit: Visit, Asked(asks): Asked<Asks>) -> Result<Response> {
    let (t, lang) = (visit.texts(), visit.lang);
    let (chosen, differences) = (asks.chosen(), asks.differences());
    let spelt: Vec<String> = chosen.iter().map(ToString::to_string).collect();
    if spelt != asks.krav || asks.visa.is_some() != differences {
        let canonical = address(lang, &spelt, differences);
        return Ok((StatusCode::PERMANENT_REDIRECT, [("location", canonical)]).into_response());
    }
    let requirements = chosen.iter().filter_map(|one| if let Chosen::Requirement(wanted) = one { Some(*wanted) } else { None });
    let mut asked: Vec<Wanted> = requirements.collect();
    let over = asked.split_off(asked.len().min(MOST));
    let mut columns = Vec::new();
    if !asked.is_empty() {
        let mut connection = visit.app.db.read().await?;
        columns = read::side_by_side(&mut connection, &visit.viewer, visit.now, &asked).await?.columns;
    }
    let mut notes = Vec::new();
    let unread = chosen.iter().filter(|one| matches!(one, Chosen::Unread(_))).map(ToString::to_string);
    let absent = asked.iter().filter(|wanted| !columns.iter().any(|c| c.wanted() == **wanted)).map(ToString::to_string);
    notes.extend(unread.map(|text| t.side_unread(text)));
    notes.extend(absent.map(|id| t.side_unknown(id)));
    let hidden = columns.iter().filter(|column| column.core.is_none());
    notes.extend(hidden.map(|column| t.side_hidden(format!("{}:{}", column.id(), column.version))));
    if !over.is_empty() {
        notes.push(t.side_too_many(over.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")));
    }
    columns.retain(|column| column.core.is_some());
    let mut rows = if columns.len() > 1 { rows(&t, lang, visit.now, &columns) } else { Vec::new() };
    let mut left_out = Vec::new();
    if differences {
        left_out = rows.iter().filter(|row| row.same).map(|row| row.label.clone()).collect();
        rows.retain(|row| !row.same);
    }
    let shown = columns.iter().map(|column| column.wanted().to_string()).collect::<Vec<_>>().join(", ");
    let title = match columns.len() {
        0 => t.side_heading().to_owned(),
        1 => t.side_title_one(shown),
        _ if differences => t.side_title_differences(shown),
        _ => t.side_title(shown),
    };
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(lang, links::START)),
        Crumb::link(t.list_heading(), links::localized(lang, links::REQUIREMENTS)),
        Crumb::here(t.side_heading()),
    ];
    let layout = visit.layout(&title, "requirements", crumbs);
    html(&SideBySidePage { layout, now: visit.now, columns, rows, left_out, differences, notes })
}
