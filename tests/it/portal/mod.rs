//! The public pages as visitors meet them.

mod area;
mod collect;
mod compare;
mod history;
mod import_format;
mod inbox;
mod inbox_of_areas;
mod levels;
mod list;
mod long;
mod machines;
mod organisations;
mod own;
mod own_data;
mod pages;
mod previews;
mod requirement;
mod side_by_side;
mod weight;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Url;

use crate::support::{Answer, TestApp};

/// Every standing, as the list's address names it.
const EVERY_STATUS: &str = "status=gallande&status=kommande&status=ersatt&status=upphavt";

/// The hits of a page of the list: number, with the version where it is not the one in force. Cut from the text, since a
/// walk has hundreds of pages.
fn hits(page: &Answer) -> Vec<String> {
    let text = page.text();
    let marks = text.split("<p class=\"hit__marks\"><span class=\"ref\">").skip(1);
    marks.map(|rest| rest.split('<').next().unwrap_or_default().to_owned()).collect()
}

/// How many hits the heading says that there are.
#[track_caller]
fn total(page: &Answer) -> usize {
    let text = page.text();
    let heading =
        between(&text, "<h2 id=\"resultat\" tabindex=\"-1\">", "</h2>").unwrap_or_else(|| panic!("{}: no heading", page.path));
    if heading.starts_with("Inga krav") { 0 } else { number(heading.split(" krav").next().unwrap_or_default()) }
}

/// What stands between two texts.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.split_once(before)?.1.split_once(after).map(|(between, _)| between)
}

/// Where the link of this relation leads.
fn link(page: &Answer, rel: &str) -> Option<String> {
    let text = page.text();
    let before = text.split_once(&format!("\" rel=\"{rel}\">"))?.0;
    before.rsplit_once("<a href=\"").map(|(_, href)| href.replace("&#38;", "&"))
}

/// The digits of a text as a number.
#[track_caller]
fn number(text: &str) -> usize {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|_| panic!("no number in {text}"))
}

/// Every page from here on, by the links with this relation.
async fn walk(app: &TestApp, path: &str, rel: &str) -> Vec<Answer> {
    let mut pages = Vec::new();
    let mut path = Some(path.to_owned());
    while let Some(at) = path {
        let page = app.get(&at).await.expect(200);
        path = link(&page, rel);
        pages.push(page);
        assert!(pages.len() < 200, "{at}: no end");
    }
    pages
}

/// The pairs of an address, sorted.
fn pairs(path: &str) -> Vec<(String, String)> {
    let url = Url::parse(&format!("http://bank{path}")).expect("an address");
    let mut pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    pairs.sort();
    pairs
}

/// A text as it stands in an address.
fn escaped(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}
