//! Requirements in force that have to be mended: those whose review is overdue, and those that lack something.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use time::Date;

use crate::{
    kernel::{
        error::Result,
        rights::Right,
        web::{
            Asked, Crumb, Layout, Routes, Visit, Who, html,
            links::{self, words},
        },
    },
    portal::{
        labels,
        reads::lmc::{
            reach::Reach,
            requirements::{self as read, Listed, PAGE, Row},
        },
    },
    requirements::{RequirementNumber, lifecycle::Missing},
    search::catalogue::{Catalogue, Place},
    tasks::Kind,
};

/// Both lists.
pub fn routes() -> Routes {
    Routes::new().swedish_page(links::OVERDUE, Right::ReadInbox, overdue).swedish_page(
        links::INCOMPLETE,
        Right::ReadInbox,
        incomplete,
    )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    /// Only what lacks this.
    saknas: String,
    efter: String,
    fore: String,
}

impl Asks {
    fn place(&self) -> Place {
        match (self.efter.parse(), self.fore.as_str()) {
            (_, "slut") => Place::Last,
            (_, fore) if !fore.is_empty() => fore.parse().map_or(Place::Last, Place::Before),
            (Ok(efter), _) => Place::After(efter),
            (Err(_), _) => Place::Offset(0),
        }
    }

    fn only(&self) -> Option<Missing> {
        words::code(words::MISSING, &self.saknas).and_then(Missing::from_code)
    }
}

/// What may be missing, with how many lack it.
struct Choice {
    label: String,
    href: String,
    count: i64,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "portal/lmc/requirements.html")]
struct RequirementsPage {
    layout: Layout,
    listed: Listed,
    overdue: bool,
    today: Date,
    choices: Vec<Choice>,
    pages: [String; 4],
}

impl RequirementsPage {
    fn heading(&self) -> &'static str {
        heading(&self.layout, self.overdue)
    }

    fn lead(&self) -> &'static str {
        if self.overdue { self.layout.t.tasks_overdue_lead() } else { self.layout.t.tasks_incomplete_lead() }
    }

    fn none(&self) -> &'static str {
        if self.overdue { self.layout.t.tasks_overdue_none() } else { self.layout.t.tasks_incomplete_none() }
    }

    fn several_pages(&self) -> bool {
        self.listed.total > i64::try_from(PAGE).unwrap_or(i64::MAX)
    }

    fn place(&self) -> String {
        let last = self.listed.before + i64::try_from(self.listed.rows.len()).unwrap_or(0);
        self.layout.t.tasks_requirements_place(self.listed.before + 1, last, self.listed.total)
    }

    fn number(&self, row: &Row) -> RequirementNumber {
        RequirementNumber::from_db(row.number)
    }

    fn href(&self, row: &Row) -> String {
        links::requirement(self.layout.lang, self.number(row))
    }

    fn late(&self, row: &Row) -> String {
        let days = row.review_by.map_or(0, |day| (self.today - day).whole_days());
        self.layout.t.tasks_late(days)
    }

    fn missing(&self, row: &Row) -> Vec<&'static str> {
        row.missing().iter().map(|missing| labels::missing(&self.layout.t, missing)).collect()
    }

    fn since(&self, row: &Row) -> String {
        self.layout.lang.day_of(row.since)
    }
}

fn heading(layout: &Layout, overdue: bool) -> &'static str {
    if overdue { layout.t.tasks_overdue_heading() } else { layout.t.tasks_incomplete_heading() }
}

async fn overdue(visit: Visit, who: Who, Asked(asks): Asked<Asks>) -> Result<Response> {
    show(visit, who, &asks, Kind::Overdue).await
}

async fn incomplete(visit: Visit, who: Who, Asked(asks): Asked<Asks>) -> Result<Response> {
    show(visit, who, &asks, Kind::Incomplete).await
}

async fn show(visit: Visit, who: Who, asks: &Asks, kind: Kind) -> Result<Response> {
    let t = visit.texts();
    let is_overdue = kind == Kind::Overdue;
    let only = if is_overdue { None } else { asks.only() };
    let path = if is_overdue { links::OVERDUE } else { links::INCOMPLETE };
    let mut connection = visit.app.db.read().await?;
    let catalogue = Catalogue::of(&visit.app);
    let (today, place) = (visit.today(), asks.place());
    let reach = Reach::of(&mut connection, &visit.actor(), &visit.viewer, who.person, (today, visit.now)).await?;
    let listed = read::listed(&mut connection, &catalogue, &reach, visit.now, today, kind, only, place).await?;
    drop(connection);
    let word = |missing: Missing| words::word(words::MISSING, missing.code()).map(|word| ("saknas", word));
    let choices = listed.missing.iter().filter(|(missing, count)| *count > 0 || only == Some(*missing));
    let mut choices: Vec<Choice> = choices
        .map(|(missing, count)| Choice {
            label: labels::missing(&t, missing).to_owned(),
            href: links::with_query(path, word(*missing)),
            count: *count,
            chosen: only == Some(*missing),
        })
        .collect();
    if !is_overdue {
        choices.insert(0, Choice { label: t.tasks_all().to_owned(), href: path.to_owned(), count: 0, chosen: only.is_none() });
    }
    let key = |row: Option<&Row>| row.map(|row| row.key.to_string()).unwrap_or_default();
    let (first, last) = (key(listed.rows.first()), key(listed.rows.last()));
    let shown = i64::try_from(listed.rows.len()).unwrap_or(0);
    let (earlier, later) = (listed.before > 0, listed.before + shown < listed.total);
    let link = |there: bool, place: Option<(&str, &str)>| {
        let asked = only.and_then(word).into_iter().chain(place);
        if there { format!("{}#lista", links::with_query(path, asked)) } else { String::new() }
    };
    let pages = [
        link(earlier, None),
        link(earlier, Some(("fore", first.as_str()))),
        link(later, Some(("efter", last.as_str()))),
        link(later, Some(("fore", "slut"))),
    ];
    let crumbs = |here| {
        vec![
            Crumb::link(t.layout_nav_start(), links::START.to_owned()),
            Crumb::link(t.tasks_heading(), links::INBOX.to_owned()),
            Crumb::here(here),
        ]
    };
    let title = if is_overdue { t.tasks_overdue_heading() } else { t.tasks_incomplete_heading() };
    let mut narrowed: Vec<String> = Vec::new();
    narrowed.extend(only.map(|missing| labels::missing(&t, &missing).to_owned()));
    let (first, last) = (listed.before + 1, listed.before + shown);
    narrowed.extend((earlier || later).then(|| t.tasks_requirements_place(first, last, listed.total)));
    let crumbs = crumbs(title);
    let title = match narrowed.join(", ") {
        narrowed if narrowed.is_empty() => title.to_owned(),
        narrowed => t.tasks_title(title, narrowed),
    };
    let layout = visit.layout(&title, "lmc", crumbs).without_alternate();
    html(&RequirementsPage { layout, listed, overdue: is_overdue, today, choices, pages })
}
