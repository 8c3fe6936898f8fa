//! Search and browse: `/krav`.

use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::{
    filters::{Chip, FilterGroup, filter_groups},
    numbers,
};
use crate::{
    kernel::{
        error::Result,
        rights::Right,
        web::{
            Asked, Crumb, Layout, Routes, Visit, html,
            links::{self, words},
            see_other,
        },
    },
    portal::{
        labels,
        reads::list::{self, ListData, ListQuery, PAGE},
    },
    requirements::RequirementNumber,
    search::{self, catalogue::Catalogue},
    selections::MOST_ROWS,
    taxonomy,
};

/// Where the list is.
pub fn routes() -> Routes {
    Routes::new().page(links::REQUIREMENTS, Right::ReadPublished, page)
}

/// Characters of a query that are looked at, as in the search box.
const MOST_TYPED: usize = 200;

/// What the address says. Unknown words in it are passed over, so that an old bookmark still shows something.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Asks {
    /// What was typed.
    pub q: Option<String>,
    /// Area, or area and group: `textil/tvatteritjanster`.
    pub omrade: Vec<String>,
    /// Objectives.
    pub miljomal: Vec<String>,
    /// Levels.
    pub niva: Vec<String>,
    /// Types.
    pub typ: Vec<String>,
    /// Evidence.
    pub bevis: Vec<String>,
    /// Standings; none means in force.
    pub status: Vec<String>,
    /// `forsenad`.
    pub oversyn: Option<String>,
    /// CPV code or the beginning of one.
    pub cpv: Option<String>,
    /// Order.
    pub sort: Option<String>,
    /// The page begins after this key.
    pub efter: Option<String>,
    /// The page ends before this key; `slut` is the last page.
    pub fore: Option<String>,
}

impl Asks {
    /// What was typed, trimmed.
    pub fn typed(&self) -> &str {
        let typed = self.q.as_deref().unwrap_or("").trim();
        typed.char_indices().nth(MOST_TYPED).map_or(typed, |(end, _)| typed.get(..end).unwrap_or(typed))
    }

    /// Whether only overdue ones are asked for.
    pub fn overdue(&self) -> bool {
        self.oversyn.as_deref() == Some("forsenad")
    }

    /// The CPV prefix asked for, digits only.
    pub fn cpv_digits(&self) -> Option<String> {
        let digits: String =
            self.cpv.as_deref()?.split('-').next().unwrap_or("").chars().filter(char::is_ascii_digit).take(8).collect();
        (digits.len() >= 2).then(|| search::cpv_prefix(&digits))
    }

    /// The order, as the query names it.
    fn order(&self) -> &'static str {
        let default = if self.typed().is_empty() { "latest" } else { "relevance" };
        self.sort.as_deref().and_then(|word| words::code(words::SORT, word)).unwrap_or(default)
    }

    /// What is asked of the catalogue and the database.
    pub fn query(&self) -> ListQuery {
        let mut query = ListQuery {
            areas: self.omrade.iter().map(|a| format!("{}:{a}", if a.contains('/') { "group" } else { "area" })).collect(),
            levels: facets("level", words::LEVELS, &self.niva),
            types: facets("type", words::TYPES, &self.typ),
            objectives: self.miljomal.iter().map(|o| format!("objective:{o}")).collect(),
            evidence: facets("evidence", words::EVIDENCE, &self.bevis),
            standings: self.status.iter().filter_map(|s| words::code(words::STATUS, s)).map(str::to_owned).collect(),
            overdue: self.overdue(),
            sort: self.order(),
            cpv: self.cpv_digits(),
            ..ListQuery::default()
        };
        let parsed = search::parse(self.typed());
        if query.standings.is_empty() {
            query.standings.push("current".to_owned());
            // Contracts cite numbers for years: a number finds its requirement also when that is repealed or to come.
            if matches!(parsed, search::Query::Number(_)) {
                query.standings.extend(["coming".to_owned(), "repealed".to_owned()]);
            }
        }
        match parsed {
            search::Query::All => {}
            search::Query::Number(number) => query.number = Some(number),
            search::Query::Cpv(code) => query.cpv = Some(code),
            search::Query::Words(words) => query.words = Some(words),
        }
        if let Some(key) = &self.fore {
            query.backwards = true;
            query.key = key.parse().ok();
        } else {
            query.key = self.efter.as_deref().and_then(|key| key.parse().ok());
        }
        query
    }

    /// Every pair of the address but the place in the list; `leave` says which are left out.
    pub fn pairs(&self, leave: impl Fn(&str, &str) -> bool) -> Vec<(&'static str, &str)> {
        let mut pairs: Vec<(&'static str, &str)> = Vec::new();
        let single = [
            ("q", self.q.as_deref()),
            ("cpv", self.cpv.as_deref()),
            ("oversyn", self.oversyn.as_deref()),
            ("sort", self.sort.as_deref()),
        ];
        for (name, value) in single {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                pairs.push((name, value));
            }
        }
        for (name, values) in [
            ("omrade", &self.omrade),
            ("niva", &self.niva),
            ("typ", &self.typ),
            ("miljomal", &self.miljomal),
            ("bevis", &self.bevis),
            ("status", &self.status),
        ] {
            pairs.extend(values.iter().map(|value| (name, value.as_str())));
        }
        pairs.retain(|(name, value)| !leave(name, value));
        pairs
    }
}

fn facets(group: &str, known: &[(&'static str, &'static str)], given: &[String]) -> Vec<String> {
    given.iter().filter_map(|word| words::code(known, word)).map(|code| format!("{group}:{code}")).collect()
}

#[derive(Template)]
#[template(path = "portal/list.html")]
struct ListPage {
    layout: Layout,
    asks: Asks,
    data: ListData,
    groups: Vec<FilterGroup>,
    chips: Vec<Chip>,
    heading: String,
    /// Links to first, previous, next and last page; empty where there is none.
    pages: [String; 4],
    drops: Vec<Chip>,
}

impl ListPage {
    fn first(&self) -> i64 {
        self.data.before + 1
    }

    fn last(&self) -> i64 {
        self.data.before + i64::try_from(self.data.hits.len()).unwrap_or(0)
    }

    fn chosen(&self) -> i64 {
        i64::try_from(self.chips.len()).unwrap_or(0)
    }

    fn several_pages(&self) -> bool {
        self.data.total > PAGE
    }

    /// That more have the words than were looked at.
    fn more_hint(&self) -> String {
        self.layout.t.list_more_hint(search::MOST)
    }

    /// Nothing at all is published: the bank is new.
    fn is_empty_bank(&self) -> bool {
        self.data.found.everything() == 0 && self.asks.typed().is_empty() && self.chips.is_empty()
    }

    /// The orders to choose from: word, label, chosen.
    fn sorts(&self) -> Vec<(&'static str, &'static str, bool)> {
        let t = self.layout.t;
        words::SORT
            .iter()
            .filter(|(_, code)| *code != "relevance" || !self.asks.typed().is_empty())
            .map(|(word, code)| {
                let label = match *code {
                    "relevance" => t.list_sort_relevance(),
                    "latest" => t.list_sort_latest(),
                    "title" => t.list_sort_title(),
                    _ => t.list_sort_number(),
                };
                (*word, label, *code == self.asks.order())
            })
            .collect()
    }

    fn clear(&self) -> String {
        let typed = self.asks.typed();
        let pairs = if typed.is_empty() { Vec::new() } else { vec![("q", typed)] };
        links::with_query(&self.layout.href(links::REQUIREMENTS), pairs)
    }

    /// Where everything in the list is put into the selection; none where it is more than a selection takes, or just one.
    fn collect(&self) -> Option<String> {
        let fits = (2..=i64::try_from(MOST_ROWS).unwrap_or(i64::MAX)).contains(&self.data.total) && !self.data.more;
        fits.then(|| links::with_query(&self.layout.href(links::COLLECTED), self.asks.pairs(|_, _| false)))
    }

    /// How a hit is named in a comparison: the version where it is not the one in force.
    fn picked(&self, id: RequirementNumber, version: i32, current: bool) -> String {
        if current { id.to_string() } else { format!("{id}:{version}") }
    }

    /// The id of a hit on the page: as it is named, without what may not stand in one.
    fn anchor(&self, id: RequirementNumber, version: i32, current: bool) -> String {
        self.picked(id, version, current).replace(':', "-")
    }

    fn requirement(&self, id: RequirementNumber, version: i32, current: bool) -> String {
        if current { links::requirement(self.layout.lang, id) } else { links::version(self.layout.lang, id, version) }
    }
}

async fn page(visit: Visit, Asked(asks): Asked<Asks>) -> Result<Response> {
    if let Some(address) = numbers::address_of(&visit, asks.typed()).await? {
        return Ok(see_other(&address));
    }
    let query = asks.query();
    let mut connection = visit.app.db.read().await?;
    // A group that was moved or merged is found by its old path.
    let groups: Vec<String> = asks.omrade.iter().filter(|path| path.contains('/')).cloned().collect();
    let now = taxonomy::where_now(&mut connection, groups.clone()).await?;
    if now != groups {
        let leads = |path: &str| groups.iter().position(|old| old == path).and_then(|place| now.get(place)).map(String::as_str);
        let pairs = asks.pairs(|_, _| false).into_iter().map(|(name, value)| match name {
            "omrade" => (name, leads(value).unwrap_or(value)),
            _ => (name, value),
        });
        let to = links::with_query(&links::localized(visit.lang, links::REQUIREMENTS), pairs.collect::<Vec<_>>());
        return Ok(moved(&to));
    }
    let catalogue = Catalogue::of(&visit.app);
    let data = list::list(&mut connection, &catalogue, &visit.viewer, visit.now, visit.today(), &query).await?;
    drop(connection);
    let t = visit.texts();
    let typed = asks.typed();
    let heading = match (data.total, typed.is_empty()) {
        (0, true) => t.list_result_none().to_owned(),
        (0, false) => t.list_result_none_for(typed),
        (n, true) => t.list_result(n),
        (n, false) if data.uncounted => t.list_result_more(n, typed),
        (n, false) => t.list_result_for(n, typed),
    };
    let (groups, chips) = filter_groups(&visit, &asks, &data);
    let drops = drops(&visit, &asks, &data, &groups);
    let pages = pages(&visit, &asks, &data);
    let last = data.before + i64::try_from(data.hits.len()).unwrap_or(0);
    let mut title = if data.total > PAGE {
        let n = |n: i64| visit.lang.number(n);
        let place = t.list_title_page(n(data.before + 1), n(last), n(data.total));
        if typed.is_empty() { place } else { format!("{heading}, {place}") }
    } else if typed.is_empty() && chips.is_empty() {
        t.list_heading().to_owned()
    } else {
        heading.clone()
    };
    // Each filter has a page title of its own; beyond a few, their number says enough.
    if !chips.is_empty() {
        let named: Vec<&str> = chips.iter().take(3).map(|chip| chip.label.as_str()).collect();
        title = format!("{title} ({})", named.join(", "));
    }
    let layout = visit.layout(
        &title,
        "requirements",
        vec![Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)), Crumb::here(t.list_heading())],
    );
    let layout = layout.described(t.list_description());
    html(&ListPage { layout, asks, data, groups, chips, heading, pages, drops })
}

/// It is elsewhere for good.
fn moved(to: &str) -> Response {
    (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to)]).into_response()
}

/// Links to first, previous, next and last page.
fn pages(visit: &Visit, asks: &Asks, data: &ListData) -> [String; 4] {
    let path = links::localized(visit.lang, links::REQUIREMENTS);
    let base = asks.pairs(|_, _| false);
    let link = |place: Option<(&'static str, String)>| {
        let mut pairs: Vec<(&str, &str)> = base.clone();
        let place = place.as_ref();
        if let Some((name, key)) = place {
            pairs.push((name, key.as_str()));
        }
        format!("{}#resultat", links::with_query(&path, pairs))
    };
    let shown = i64::try_from(data.hits.len()).unwrap_or(0);
    let (earlier, later) = (data.before > 0, data.before + shown < data.total);
    let key = |hit: Option<&list::Hit>| hit.map(|hit| hit.key.to_string()).unwrap_or_default();
    let none = String::new;
    [
        if earlier { link(None) } else { none() },
        if earlier { link(Some(("fore", key(data.hits.first())))) } else { none() },
        if later { link(Some(("efter", key(data.hits.last())))) } else { none() },
        if later { link(Some(("fore", "slut".to_owned()))) } else { none() },
    ]
}

/// Where nothing matches: which filter to drop, and what that would give.
fn drops(visit: &Visit, asks: &Asks, data: &ListData, groups: &[FilterGroup]) -> Vec<Chip> {
    if data.total > 0 {
        return Vec::new();
    }
    let t = visit.texts();
    let path = links::localized(visit.lang, links::REQUIREMENTS);
    let every_standing = words::STATUS.iter().map(|(word, _)| ("status", *word));
    let mut drops: Vec<Chip> = groups
        .iter()
        .filter(|group| group.chosen > 0 && group.without > 0)
        .map(|group| Chip {
            label: t.list_none_drop_filter(&group.title, group.without),
            // Without the filter on standing there would be every standing; an address without it asks for what is in force.
            href: links::with_query(
                &path,
                asks.pairs(|name, _| name == group.name)
                    .into_iter()
                    .chain(every_standing.clone().filter(|(name, _)| *name == group.name))
                    .collect::<Vec<_>>(),
            ),
        })
        .collect();
    if data.found.everything() > 0 {
        let pairs = asks.pairs(|name, _| name != "q");
        drops.push(Chip {
            label: t.list_none_drop_all(data.found.everything()),
            href: links::with_query(&path, pairs.into_iter().chain(every_standing)),
        });
    }
    drops
}
