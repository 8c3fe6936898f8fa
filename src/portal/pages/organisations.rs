//! The directory of organisations: `/organisationer`. With a kind or a name in the address it is a list in pages.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;

use super::organisations_found as found_page;
use crate::{
    kernel::{
        error::Result,
        i18n::{Lang, Texts},
        rights::Right,
        web::{
            Asked, Crumb, Layout, Routes, Visit, html,
            links::{self, words},
        },
    },
    organisations::Kind,
    portal::{
        labels,
        reads::{
            organisations::{self as read, Directory, OfKind, OwnedGroup, ProcurementArea, Region},
            organisations_found::Wanted,
            words::first_sentence,
        },
    },
    search::catalogue::Catalogue,
};

/// Where the directory is.
pub fn routes() -> Routes {
    Routes::new().page(links::ORGANISATIONS, Right::ReadPublished, page)
}

/// Characters of a name that are looked at, as in the search box.
const MOST_TYPED: usize = 100;
/// Words of it that are looked at.
const MOST_WORDS: usize = 10;
/// The regions as the map shows them, row by row; the stylesheet says where in its row each stands.
const NORTH_TO_SOUTH: [&str; 21] = [
    "SE332", "SE331", "SE322", "SE321", "SE312", "SE313", "SE311", "SE124", "SE125", "SE121", "SE232", "SE122", "SE110", "SE231",
    "SE211", "SE123", "SE214", "SE212", "SE213", "SE224", "SE221",
];
/// Where long names are divided on the map.
const PARTS: [&str; 8] = ["norr", "land", "botten", "dalen", "berg", "borg", "holm", "ping"];
/// Letters of a word that may have to be divided.
const LONG: usize = 9;

/// What the address says. Words that are not known are passed over, so that an old bookmark still shows something.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asks {
    q: Option<String>,
    slag: Option<String>,
    efter: Option<String>,
    fore: Option<String>,
}

impl Asks {
    /// What was typed, trimmed.
    pub(super) fn typed(&self) -> &str {
        let typed = self.q.as_deref().unwrap_or("").trim();
        typed.char_indices().nth(MOST_TYPED).map_or(typed, |(end, _)| typed.get(..end).unwrap_or(typed))
    }

    /// The kind that was chosen.
    pub(super) fn kind(&self) -> Option<Kind> {
        self.slag.as_deref().and_then(|word| words::code(words::ORGANISATIONS, word)).and_then(Kind::from_code)
    }

    /// What is asked of the database; none where the whole directory is.
    fn wanted(&self) -> Option<Wanted> {
        let (typed, kind) = (self.typed(), self.kind());
        if typed.is_empty() && kind.is_none() {
            return None;
        }
        let words = typed.to_lowercase().split_whitespace().take(MOST_WORDS).map(str::to_owned).collect();
        let key = self.fore.as_ref().or(self.efter.as_ref()).cloned();
        Some(Wanted { kind, words, key, backwards: self.fore.is_some() })
    }
}

/// A kind that the form lets choose.
pub(super) struct KindChoice {
    pub(super) word: &'static str,
    pub(super) label: &'static str,
    pub(super) chosen: bool,
}

impl KindChoice {
    pub(super) fn new(t: &Texts, kind: Kind, chosen: Option<Kind>) -> Self {
        Self { word: word(kind), label: labels::organisations(t, &kind), chosen: chosen == Some(kind) }
    }
}

/// A kind as addresses name it.
fn word(kind: Kind) -> &'static str {
    words::word(words::ORGANISATIONS, kind.code()).unwrap_or_default()
}

/// The list of one kind.
pub(super) fn of_kind(lang: Lang, kind: Kind) -> String {
    links::with_query(&links::localized(lang, links::ORGANISATIONS), [("slag", word(kind))])
}

#[derive(Template)]
#[template(path = "portal/organisations.html")]
struct OrganisationsPage {
    layout: Layout,
    directory: Directory,
    choices: Vec<KindChoice>,
}

impl OrganisationsPage {
    fn lang(&self) -> Lang {
        self.layout.lang
    }

    /// Nothing was typed.
    fn typed(&self) -> &'static str {
        ""
    }

    /// The regions from north to south, so that the map is read like a text.
    fn on_map(&self) -> Vec<&Region> {
        let mut regions: Vec<&Region> = self.directory.regions().collect();
        let place = |region: &Region| NORTH_TO_SOUTH.iter().position(|nuts| region.nuts.as_deref() == Some(*nuts));
        regions.sort_by_key(|region| place(region).unwrap_or(NORTH_TO_SOUTH.len()));
        regions
    }

    /// The class that places a region on the map.
    fn place(&self, region: &Region) -> String {
        region.nuts.as_deref().unwrap_or_default().to_lowercase()
    }

    /// A name as it stands on a tile: where it may be divided, it says so.
    fn divided(&self, name: &str) -> String {
        let divided = |word: &str| {
            let mut text = word.to_owned();
            if word.chars().count() >= LONG {
                for part in PARTS {
                    text = text.replace(part, &format!("\u{ad}{part}"));
                }
            }
            text
        };
        name.split(' ').map(divided).collect::<Vec<_>>().join(" ")
    }

    /// The class that gives a procurement area its colour.
    fn tone(&self, letter: &str) -> String {
        format!("tone-{}", letter.to_lowercase())
    }

    fn anchor(&self, letter: &str) -> String {
        links::procurement_area_anchor(letter)
    }

    fn organisation(&self, slug: &str) -> String {
        links::organisation(self.lang(), slug)
    }

    fn group(&self, area: &str, group: &str) -> String {
        links::group(self.lang(), area, group)
    }

    /// The requirements in force in what a procurement area looks after.
    fn requirements(&self, area: &ProcurementArea) -> String {
        let paths: Vec<String> = area.groups.iter().map(OwnedGroup::path).collect();
        links::with_query(&self.layout.href(links::REQUIREMENTS), paths.iter().map(|path| ("omrade", path.as_str())))
    }

    /// The list of a kind, where the page does not show all of it.
    fn rest(&self, of_kind: &OfKind) -> Option<String> {
        let shown = i64::try_from(of_kind.first.len()).unwrap_or(i64::MAX);
        (of_kind.total > shown).then(|| self::of_kind(self.lang(), of_kind.kind))
    }
}

async fn page(visit: Visit, Asked(asks): Asked<Asks>) -> Result<Response> {
    let mut connection = visit.app.db.read().await?;
    if let Some(wanted) = asks.wanted() {
        return found_page::page(&visit, &mut connection, &asks, &wanted).await;
    }
    let catalogue = Catalogue::of(&visit.app);
    let directory = read::directory(&mut connection, &catalogue, &visit.viewer, visit.now, visit.today(), visit.lang).await?;
    drop(connection);
    let t = visit.texts();
    let kinds = directory.regions().next().map(|_| Kind::Region).into_iter().chain(directory.kinds.iter().map(|of| of.kind));
    let choices = kinds.map(|kind| KindChoice::new(&t, kind, None)).collect();
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::here(t.organisations_heading()),
    ];
    let layout = visit.layout(t.organisations_heading(), "", crumbs).described(t.organisations_lead());
    html(&OrganisationsPage { layout, directory, choices })
}
