//! What the bank holds about whoever asks: what it is, and all of it as a page to print and as a file. It is asked for by a
//! form, which is written down and told of by letter, and can then be read for some minutes in the same session.

mod parts;
mod shown;

use askama::Template;
use axum::{
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize, Serializer, ser::SerializeMap};
use serde_json::Value;

use self::{
    parts::{PARTS, Part},
    shown::shown,
};
use crate::{
    accounts::{self, EXPORT_HOLDS, Export},
    kernel::{
        error::{Error, Result},
        i18n::Lang,
        rights::Right,
        web::{Crumb, Faults, Layout, Routes, Sent, Visit, Who, again_at, html, links, see_other, too_many, unkept},
    },
    portal::reads::own_data::{MOST, Parts, own_data},
};

/// The most lines of a part on the page; the file has more.
const ON_PAGE: usize = 100;

/// The page, where its form is sent, and what comes of it.
pub fn routes() -> Routes {
    Routes::new()
        .page(links::OWN_DATA, Right::OwnAccount, page)
        .page(links::OWN_DATA_EXTRACT, Right::OwnAccount, extract)
        .post(links::OWN_DATA_EXTRACT, Right::OwnAccount, ask)
        .page(links::OWN_DATA_FILE, Right::OwnAccount, file)
}

/// `form=fil`: as a file at once.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    form: String,
}

#[derive(Template)]
#[template(path = "portal/own_data.html")]
struct OwnDataPage {
    layout: Layout,
    faults: Faults,
}

impl OwnDataPage {
    fn action(&self) -> String {
        format!("{}#{}", self.layout.href(links::OWN_DATA_EXTRACT), links::FAULTS)
    }

    fn erase(&self) -> String {
        self.layout.href(links::OWN_ERASE)
    }

    fn parts(&self) -> Vec<&'static str> {
        PARTS.iter().map(|part| (part.title)(self.layout.t)).collect()
    }

    fn minutes(&self) -> i64 {
        EXPORT_HOLDS.whole_minutes()
    }

    fn most(&self) -> i64 {
        MOST
    }
}

#[derive(Template)]
#[template(path = "portal/own_data_extract.html")]
struct ExtractPage {
    layout: Layout,
    who: Who,
    moment: String,
    sections: Vec<Section>,
}

/// A part on the page.
struct Section {
    key: &'static str,
    title: &'static str,
    headings: Vec<&'static str>,
    rows: Vec<Vec<String>>,
    /// How many lines only the file has.
    more: i64,
}

impl Section {
    fn of(lang: Lang, layout: &Layout, part: &Part, data: &Parts) -> Self {
        let lines = data.get(part.key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        // A column in which nothing stands says nothing.
        let says = |(key, _): &&(&str, _)| lines.iter().any(|line| line.get(*key).is_some_and(|value| !value.is_null()));
        let columns: Vec<_> = part.columns.iter().filter(says).collect();
        let row = |line: &Value| {
            let cell = |(key, _): &&(&str, _)| line.get(*key).map_or_else(String::new, |value| shown(lang, key, value));
            columns.iter().map(cell).collect()
        };
        Self {
            key: part.key,
            title: (part.title)(layout.t),
            headings: columns.iter().map(|(_, title)| title(layout.t)).collect(),
            rows: lines.iter().take(ON_PAGE).map(row).collect(),
            more: i64::try_from(lines.len().saturating_sub(ON_PAGE)).unwrap_or(i64::MAX),
        }
    }

    /// Whether there is one line at most, so that it is a list of facts.
    fn is_facts(&self) -> bool {
        matches!(self.key, "profile" | "second_factor")
    }
}

impl ExtractPage {
    fn file(&self) -> String {
        self.layout.href(links::OWN_DATA_FILE)
    }

    fn minutes(&self) -> i64 {
        EXPORT_HOLDS.whole_minutes()
    }
}

/// The file: what it is, then the parts in their order.
struct File<'a>(&'a Parts);

impl Serialize for File<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("format", "kravbanken-own-data")?;
        map.serialize_entry("format_version", &1)?;
        map.serialize_entry("exported_at", &self.0.get("exported_at"))?;
        map.serialize_entry("most_lines_of_a_part", &MOST)?;
        for part in PARTS {
            map.serialize_entry(part.key, &self.0.get(part.key))?;
        }
        map.end()
    }
}

fn crumbs(visit: &Visit, here: Option<&str>) -> Vec<Crumb> {
    let t = visit.texts();
    let to = |path| links::localized(visit.lang, path);
    let mut crumbs = vec![Crumb::link(t.layout_nav_start(), to(links::START)), Crumb::link(t.accounts_own(), to(links::OWN))];
    match here {
        None => crumbs.push(Crumb::here(t.own_data_heading())),
        Some(here) => {
            crumbs.push(Crumb::link(t.own_data_heading(), to(links::OWN_DATA)));
            crumbs.push(Crumb::here(here));
        }
    }
    crumbs
}

fn show(visit: &Visit, faults: Faults) -> Result<Response> {
    let layout = visit.layout(visit.texts().own_data_heading(), "own", crumbs(visit, None));
    let layout = if faults.is_empty() { layout } else { layout.faulty() };
    Ok(unkept(html(&OwnDataPage { layout, faults })?))
}

async fn page(visit: Visit) -> Result<Response> {
    show(&visit, Faults::default())
}

async fn ask(visit: Visit, who: Who, Sent(form): Sent<Form>) -> Result<Response> {
    let visit = visit.on(links::OWN_DATA);
    let mut tx = visit.app.db.begin().await?;
    match accounts::begin_export(&mut tx, &who, visit.now).await? {
        Export::Made => {}
        Export::NotSignedIn => return Err(Error::NotSignedIn),
        Export::Unproved => return Ok(accounts::prove_first(&visit, &links::localized(visit.lang, links::OWN_DATA))),
        Export::NotUntil(at) => {
            let t = visit.texts();
            let text = match again_at(&visit, at) {
                (None, time) => t.own_data_not_until_today(time),
                (Some(day), time) => t.own_data_not_until_later(visit.lang.date(day), time),
            };
            return Ok(too_many(show(&visit, Faults::general(text))?, &visit, at));
        }
    }
    tx.commit().await?;
    let to = if form.form == "fil" { links::OWN_DATA_FILE } else { links::OWN_DATA_EXTRACT };
    Ok(see_other(&links::localized(visit.lang, to)))
}

/// Everything, as long as it was asked for lately.
async fn read(visit: &Visit, who: &Who) -> Result<Option<Parts>> {
    Ok(own_data(&mut *visit.app.db.read().await?, who, visit.now).await?)
}

fn to_page(visit: &Visit) -> Response {
    see_other(&links::localized(visit.lang, links::OWN_DATA))
}

async fn extract(visit: Visit, who: Who) -> Result<Response> {
    let Some(data) = read(&visit, &who).await? else { return Ok(to_page(&visit)) };
    let title = visit.texts().own_data_extract_heading();
    let layout = visit.layout(title, "own", crumbs(&visit, Some(title)));
    let sections = PARTS.iter().map(|part| Section::of(visit.lang, &layout, part, &data)).collect();
    let moment = data.get("exported_at").map_or_else(String::new, |at| shown(visit.lang, "exported_at", at));
    Ok(unkept(html(&ExtractPage { layout, who, moment, sections })?))
}

async fn file(visit: Visit, who: Who) -> Result<Response> {
    let Some(data) = read(&visit, &who).await? else { return Ok(to_page(&visit)) };
    let body = serde_json::to_vec_pretty(&File(&data))?;
    let name = format!("attachment; filename=\"{}-{}.json\"", visit.texts().own_data_file_name(), visit.today());
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"))),
        (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
    ];
    Ok(unkept((headers, body).into_response()))
}
