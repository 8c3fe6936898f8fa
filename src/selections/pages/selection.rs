//! One selection: `/korgar/…`. Its rows by type, as tenders are written, and what has become of each since.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    paging::Paging,
    said::{Said, Speaker},
    written::apart,
};
use crate::{
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{Asked, At, Client, Crumb, Flash, Layout, Routes, Visit, html, links, unkept},
    },
    requirements::{
        fields::{Kind, Parameter, ParameterKind},
        names,
    },
    selections::{
        Holder,
        notices::{self, Notice, blocks_export},
        reads::{
            Access,
            selection::{self as read, RowLine, SelectionData},
        },
        values::printed,
    },
};

/// Rows on a page.
const PAGE: usize = 50;

/// Rows that something is to be done with and that are shown at once.
const SHOWN_TO_DO: usize = 8;

/// Where it is.
pub fn routes() -> Routes {
    Routes::new().page(links::SELECTION, Right::ReadPublished, page)
}

/// `?fran=51`: the row that the page begins with; `?rad=…`: a row that it is to hold.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    fran: Option<usize>,
    rad: Option<Uuid>,
}

/// The rows of one type.
struct Group<'a> {
    kind: Kind,
    rows: Vec<Shown<'a>>,
}

/// A row and its place among those of its type.
struct Shown<'a> {
    row: &'a RowLine,
    notices: Vec<Said>,
    first: bool,
    last: bool,
}

/// A value of a parameter in words.
struct ShownValue {
    label: String,
    value: String,
    /// Whether the requirement proposes it, and nobody has chosen it.
    proposed: bool,
    /// Whether it is Swedish on an English page.
    foreign: bool,
}

/// A row that something is to be done with.
struct ToDo<'a> {
    row: &'a RowLine,
    link: String,
    /// What it is, in a word or two each.
    what: String,
}

#[derive(Template)]
#[template(path = "selections/selection.html")]
struct SelectionPage<'a> {
    layout: Layout,
    data: &'a SelectionData,
    /// What each row has to say, in the order of the rows.
    notices: Vec<Vec<Notice<'a>>>,
    paging: Paging,
}

impl SelectionPage<'_> {
    /// The groups of this page.
    fn groups(&self) -> Vec<Group<'_>> {
        let rows = &self.data.rows;
        let mut groups: Vec<Group<'_>> = Vec::new();
        for (place, (row, notices)) in rows.iter().zip(&self.notices).enumerate().take(self.paging.end()).skip(self.paging.first)
        {
            let same = |other: Option<&RowLine>| other.is_some_and(|other| other.kind == row.kind);
            let shown = Shown {
                row,
                notices: notices.iter().map(|notice| self.speaker().say(row, notice).for_reader(self.data.may_edit())).collect(),
                first: !same(place.checked_sub(1).and_then(|before| rows.get(before))),
                last: !same(rows.get(place + 1)),
            };
            match groups.last_mut().filter(|group| group.kind == row.kind) {
                Some(group) => group.rows.push(shown),
                None => groups.push(Group { kind: row.kind, rows: vec![shown] }),
            }
        }
        groups
    }

    /// Whose it is, and what colleagues may do.
    fn whose(&self) -> String {
        let (t, data) = (self.layout.t, self.data);
        let membership = self.layout.who.as_ref().and_then(|who| who.membership());
        let organisation = membership.map(|membership| membership.name(self.layout.lang)).unwrap_or_default();
        match (&data.owner, data.is_mine()) {
            (_, true) => match data.colleagues {
                0 => t.selections_whose_mine(organisation),
                1 => t.selections_whose_mine_read(organisation),
                _ => t.selections_whose_mine_edit(organisation),
            },
            (Some(owner), false) if data.may_edit() => t.selections_whose_edit(owner, organisation),
            (Some(owner), false) => t.selections_whose_read(owner, organisation),
            (None, false) => t.selections_whose_left(organisation),
        }
    }

    fn speaker(&self) -> Speaker {
        Speaker { t: self.layout.t, lang: self.layout.lang, selection: self.data.id }
    }

    /// The rows that something is to be done with, on whichever page they stand.
    fn to_do(&self) -> Vec<ToDo<'_>> {
        let speaker = self.speaker();
        let to_do = |(row, notices): (_, &Vec<Notice<'_>>)| {
            let mut what: Vec<String> = Vec::new();
            for notice in notices.iter().filter(|notice| notice.is_open()) {
                let (_, words) = speaker.say(row, notice).tag;
                if !what.contains(&words) {
                    what.push(words);
                }
            }
            (!what.is_empty()).then(|| ToDo { row, link: speaker.place(row), what: what.join(", ") })
        };
        self.data.rows.iter().zip(&self.notices).filter_map(to_do).collect()
    }

    /// Whether a repeal has to be answered before the selection can be taken out as a file.
    fn is_blocked(&self) -> bool {
        blocks_export(self.notices.iter().flatten())
    }

    /// What is filled in, or proposed. Nothing where nothing is either.
    fn values(&self, row: &RowLine) -> Vec<ShownValue> {
        let lang = self.layout.lang;
        let there =
            |parameter: &&Parameter| !row.hidden && (parameter.default.is_some() || row.values.contains_key(&parameter.key));
        let value = |parameter: &Parameter| {
            let value = row.values.get(&parameter.key);
            let words = matches!(parameter.kind, ParameterKind::Choice | ParameterKind::Text);
            ShownValue {
                label: parameter.label.clone(),
                value: printed(parameter, value, lang).unwrap_or_default(),
                proposed: value.is_none(),
                foreign: words && !lang.is_swedish(),
            }
        };
        row.parameters.iter().filter(there).map(value).collect()
    }

    fn count(&self, to_do: &[ToDo<'_>]) -> i64 {
        number(to_do.len())
    }

    /// Those that are shown at once, and the rest.
    fn parted<'a, 'b>(&self, to_do: &'a [ToDo<'b>]) -> (&'a [ToDo<'b>], &'a [ToDo<'b>]) {
        to_do.split_at(to_do.len().min(SHOWN_TO_DO))
    }

    /// What was just done with a row.
    fn flash(&self, row: &RowLine) -> Option<&Flash> {
        self.layout.flash_at(format!("rad-{}", row.id))
    }

    fn title(&self, row: &RowLine) -> (String, bool) {
        let (title, foreign) = row.title(self.layout.lang);
        (title.to_owned(), foreign)
    }

    fn rows(&self) -> i64 {
        number(self.data.rows.len())
    }

    fn place(&self, rest: &str) -> String {
        links::in_selection(self.layout.lang, self.data.id, rest)
    }

    fn row_link(&self, row: &RowLine) -> String {
        links::row(self.layout.lang, self.data.id, row.id)
    }

    fn row_action(&self, row: &RowLine, rest: &str) -> String {
        links::in_row(self.layout.lang, self.data.id, row.id, rest)
    }

    fn version_link(&self, row: &RowLine) -> String {
        links::version(self.layout.lang, row.number(), row.version)
    }

    /// Links to first, previous, next and last page; empty where there is none.
    fn pages(&self) -> [String; 4] {
        self.paging.links(&links::selection(self.layout.lang, self.data.id))
    }
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

async fn page(visit: Visit, client: Client, At(id): At<Uuid>, Asked(asks): Asked<Asks>) -> Result<Response> {
    let access = Access::Holder(Holder::asking(&visit), id);
    let mut connection = visit.app.db.read().await?;
    let data = read::selection(&mut connection, &visit.viewer, visit.now, &access).await?.ok_or(Error::NotFound)?;
    drop(connection);
    let here = visit.clone();
    apart(&visit, &client, data.bytes(), move || show(&here, &asks, &data.read()?)).await
}

fn show(visit: &Visit, asks: &Asks, data: &SelectionData) -> Result<Response> {
    let t = visit.texts();
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(t.selections_heading(), links::localized(visit.lang, links::SELECTIONS)),
        Crumb::here(&data.name),
    ];
    let place_of = |id: Uuid| data.rows.iter().position(|row| row.id == id);
    let total = data.rows.len();
    let paging = match asks.rad.and_then(place_of) {
        Some(place) => Paging::holding(place, PAGE, total),
        None => Paging::asked(asks.fran, PAGE, total),
    };
    let title = if paging.has_others() {
        let [first, last, total] = [paging.from(), paging.to(), paging.of()].map(|n| visit.lang.number(n));
        format!("{}, {}", data.name, t.selections_title_page(first, last, total))
    } else {
        data.name.clone()
    };
    let layout = visit.layout(&title, "selections", crumbs).described(t.selections_description());
    Ok(unkept(html(&SelectionPage { layout, data, notices: notices::of(&data.rows, visit.now), paging })?))
}
