//! The directory narrowed to a kind or to a name: a list in pages.

use askama::Template;
use axum::response::Response;
use sqlx::PgConnection;

use super::organisations::{Asks, KindChoice};
use crate::{
    kernel::{
        error::Result,
        web::{
            Crumb, Layout, Visit, html,
            links::{self, words},
        },
    },
    portal::{
        labels,
        reads::{
            organisations::Listed,
            organisations_found::{self as read, FoundPage, PAGE, Wanted},
            words::first_sentence,
        },
    },
};

#[derive(Template)]
#[template(path = "portal/organisations_found.html")]
struct OrganisationsFoundPage {
    layout: Layout,
    found: FoundPage,
    typed: String,
    heading: String,
    choices: Vec<KindChoice>,
    /// Whether hits of several kinds stand beside each other.
    mixed: bool,
    /// Links to first, previous, next and last page; empty where there is none.
    pages: [String; 4],
}

impl OrganisationsFoundPage {
    fn typed(&self) -> &str {
        &self.typed
    }

    fn first(&self) -> i64 {
        self.found.before + 1
    }

    fn last(&self) -> i64 {
        last(&self.found)
    }

    fn several_pages(&self) -> bool {
        self.found.total > PAGE
    }

    fn organisation(&self, slug: &str) -> String {
        links::organisation(self.layout.lang, slug)
    }
}

/// The page.
///
/// # Errors
/// When the database is away.
pub(super) async fn page(visit: &Visit, connection: &mut PgConnection, asks: &Asks, wanted: &Wanted) -> Result<Response> {
    let found = read::found(connection, wanted, visit.lang).await?;
    let (t, lang, typed, kind) = (visit.texts(), visit.lang, asks.typed(), asks.kind());
    let heading = match (kind, typed) {
        _ if found.total == 0 => t.organisations_none().to_owned(),
        (Some(kind), "") => t.organisations_of_kind(labels::organisations(&t, &kind), found.total),
        (Some(kind), typed) => t.organisations_of_kind_for(labels::organisations(&t, &kind), typed, found.total),
        (None, typed) => t.organisations_found_for(found.total, typed),
    };
    let n = |n: i64| lang.number(n);
    let title = if found.total > PAGE {
        t.organisations_title_page(&heading, n(found.before + 1), n(last(&found)))
    } else if found.total == 0 {
        t.organisations_title_none(&heading, typed)
    } else {
        heading.clone()
    };
    let choices = found.kinds.iter().map(|there| KindChoice::new(&t, *there, kind)).collect();
    let here = kind.map_or(t.organisations_result(), |kind| labels::organisations(&t, &kind));
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(lang, links::START)),
        Crumb::link(t.organisations_heading(), links::localized(lang, links::ORGANISATIONS)),
        Crumb::here(here),
    ];
    let pages = pages(visit, asks, &found);
    let layout = visit.layout(&title, "", crumbs).described(t.organisations_lead());
    html(&OrganisationsFoundPage { layout, typed: typed.to_owned(), heading, choices, mixed: kind.is_none(), pages, found })
}

fn last(found: &FoundPage) -> i64 {
    found.before + i64::try_from(found.hits.len()).unwrap_or(0)
}

/// Links to first, previous, next and last page.
fn pages(visit: &Visit, asks: &Asks, found: &FoundPage) -> [String; 4] {
    let path = links::localized(visit.lang, links::ORGANISATIONS);
    let kind = asks.kind().and_then(|kind| words::word(words::ORGANISATIONS, kind.code()));
    let link = |place: Option<(&str, &str)>| {
        let asked = [("slag", kind), ("q", Some(asks.typed()).filter(|typed| !typed.is_empty()))];
        let asked = asked.into_iter().filter_map(|(name, value)| Some((name, value?)));
        format!("{}#resultat", links::with_query(&path, asked.chain(place)))
    };
    let key = |hit: Option<&Listed>| hit.map(|hit| hit.name.slug.clone()).unwrap_or_default();
    let (earlier, later) = (found.before > 0, last(found) < found.total);
    let (first, end) = (key(found.hits.first()), key(found.hits.last()));
    let there = |there: bool, place: Option<(&str, &str)>| if there { link(place) } else { String::new() };
    [
        there(earlier, None),
        there(earlier, Some(("fore", first.as_str()))),
        there(later, Some(("efter", end.as_str()))),
        there(later, Some(("fore", "slut"))),
    ]
}
