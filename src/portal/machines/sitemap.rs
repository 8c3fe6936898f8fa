//! `GET /sitemap.xml`: every page that a search engine should know, in parts that stay small however large the bank is.
//!
//! Without a parameter it is the index of the parts. They stand at the same address with a parameter, since a sitemap may
//! only name what lies beside or below itself.

use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use time::format_description::well_known::Rfc3339;

use crate::{
    kernel::{
        error::{Error, Result},
        i18n::Lang,
        rights::Right,
        web::{Asked, Routes, Visit, links, xml},
    },
    portal::reads::sitemap::{self as read, Listed, PART},
    requirements::RequirementNumber,
};

/// Where the index is.
pub(super) const PATH: &str = "/sitemap.xml";
/// The part with what are no requirements.
const PAGES: &str = "pages";
/// The part with the organisations.
const ORGANISATIONS: &str = "organisations";

/// Where it is.
pub(super) fn routes() -> Routes {
    Routes::new().get(PATH, Right::ReadPublished, sitemap)
}

/// `?part=pages` gives the pages and decisions, `?part=organisations` the organisations, `?part=3` the requirements whose numbers fall into that part.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    part: Option<String>,
}

#[derive(Template)]
#[template(path = "portal/sitemap-index.xml")]
struct Index<'a> {
    base: &'a str,
    parts: Vec<String>,
}

#[derive(Template)]
#[template(path = "portal/sitemap.xml")]
struct Part<'a> {
    base: &'a str,
    entries: Vec<Entry>,
}

/// A page that exists in both languages.
struct Entry {
    sv: String,
    en: String,
    changed: Option<String>,
}

impl Entry {
    fn page(path: &str) -> Self {
        Self { sv: links::localized(Lang::Sv, path), en: links::localized(Lang::En, path), changed: None }
    }

    fn requirement(listed: &Listed) -> Self {
        let id = RequirementNumber::from_db(listed.number);
        Self {
            sv: links::requirement(Lang::Sv, id),
            en: links::requirement(Lang::En, id),
            changed: listed.changed.and_then(|at| at.format(&Rfc3339).ok()),
        }
    }

    /// The address in each language; each names both.
    fn addresses(&self) -> [&str; 2] {
        [&self.sv, &self.en]
    }
}

async fn sitemap(visit: Visit, Asked(asks): Asked<Asks>) -> Result<Response> {
    let base = visit.app.settings.base_url();
    let mut connection = visit.app.db.read().await?;
    let entries: Vec<Entry> = match asks.part.as_deref() {
        None => {
            let numbers = read::parts(&mut connection, &visit.viewer).await?;
            let parts = [PAGES, ORGANISATIONS].map(str::to_owned).into_iter().chain(numbers.iter().map(i64::to_string)).collect();
            return xml(&Index { base, parts });
        }
        Some(PAGES) => {
            let fixed = [
                links::START,
                links::REQUIREMENTS,
                links::AREAS,
                links::ORGANISATIONS,
                links::PROPOSALS,
                links::DECISIONS,
                links::GLOSSARY,
                links::ABOUT,
                links::OPEN_DATA,
                links::IMPORT_FORMAT,
                links::ACCESSIBILITY,
            ]
            .map(Entry::page);
            let tree = read::tree(&mut connection).await?;
            let tree = tree.iter().filter_map(read::Place::page).map(|page| Entry::page(&page));
            fixed.into_iter().chain(tree).collect()
        }
        Some(ORGANISATIONS) => {
            let slugs = read::organisations(&mut connection).await?;
            slugs.iter().map(|slug| Entry::page(&links::organisation(Lang::Sv, slug))).collect()
        }
        Some(number) => {
            let part = number.parse::<u32>().ok().filter(|part| part.to_string() == number).ok_or(Error::NotFound)?;
            let after = i64::from(part) * PART;
            let listed = read::requirements(&mut connection, &visit.viewer, visit.now, after).await?;
            listed.iter().map(Entry::requirement).collect()
        }
    };
    drop(connection);
    if entries.is_empty() {
        return Err(Error::NotFound);
    }
    xml(&Part { base, entries })
}
