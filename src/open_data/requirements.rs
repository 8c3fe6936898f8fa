//! `GET /api/v1/requirements`: search and filter.

use axum::response::Response;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    body::Requirement,
    paging::{List, Place},
    params::{Params, bad},
    requirement::dated,
    row::VersionRow,
    store,
};
use crate::{
    kernel::{
        error::{Error, Result},
        web::{Asked, Problem, Visit},
    },
    requirements::{
        fields::{Kind, Level},
        lifecycle::Standing,
    },
    search::{
        self, Query,
        catalogue::{self, Catalogue, Question, Snapshot},
    },
    taxonomy::where_now,
};

const PATH: &str = "/api/v1/requirements";
const PARAMETERS: [&str; 13] = [
    "q",
    "product_area",
    "product_group",
    "type",
    "level",
    "objective",
    "cpv",
    "status",
    "updated_since",
    "sort",
    "limit",
    "page",
    "cursor",
];
const ORDERS: [&str; 4] = ["relevance", "latest", "title", "number"];

/// The standings that can be asked for, for the description.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "it stands in the description alone; a test holds it against what is taken")]
pub(super) enum Status {
    Current,
    Coming,
    Superseded,
    Repealed,
}

/// The orders, for the description.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "it stands in the description alone; a test holds it against what is taken")]
pub(super) enum Order {
    Relevance,
    Latest,
    Title,
    Number,
}

/// What is asked of the database.
#[derive(Debug)]
pub(super) struct Filter {
    pub(super) words: Option<String>,
    pub(super) number: Option<i64>,
    pub(super) cpv: Vec<String>,
    pub(super) areas: Vec<String>,
    pub(super) groups: Vec<String>,
    pub(super) types: Vec<String>,
    pub(super) levels: Vec<String>,
    pub(super) objectives: Vec<String>,
    pub(super) standings: Vec<String>,
    pub(super) updated_since: Option<OffsetDateTime>,
    pub(super) order: &'static str,
    pub(super) after: Option<Key>,
    pub(super) offset: i64,
    pub(super) limit: i64,
    pub(super) counts: bool,
}

/// Where a version stands in an order.
#[derive(Debug, Clone)]
pub(super) struct Key {
    pub(super) place: f64,
    pub(super) name: String,
    pub(super) number: i64,
    pub(super) id: Uuid,
}

/// A key as the database writes it and a cursor carries it; a floating-point number survives as text.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct KeyText {
    place: String,
    name: String,
    number: i64,
    id: Uuid,
}

/// A cursor of this list holds for one order.
#[derive(Debug, Serialize, Deserialize)]
struct After {
    order: String,
    key: KeyText,
}

/// What the database answers.
#[derive(Debug, Deserialize)]
pub(super) struct ListRow {
    unknown: Vec<Unknown>,
    /// These three come from the catalogue where it chooses the page.
    #[serde(default)]
    total: i64,
    #[serde(default)]
    more: i64,
    #[serde(default)]
    last: Option<KeyText>,
    items: Vec<VersionRow>,
}

#[derive(Debug, Deserialize)]
struct Unknown {
    parameter: String,
    value: String,
}

/// A page of the list, with what each filter would give.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Found {
    #[serde(flatten)]
    list: List<Requirement>,
    /// Null on pages that were reached by cursor: it is the same on every page.
    facets: Option<Facets>,
}

/// For each filter its values with the number of hits, most first; a filter's own choice is left out of its counts.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(super) struct Facets {
    product_area: Vec<Facet>,
    /// As `area/group`.
    product_group: Vec<Facet>,
    r#type: Vec<Facet>,
    level: Vec<Facet>,
    objective: Vec<Facet>,
}

/// A value of a filter.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Facet {
    #[schema(example = "basic")]
    value: String,
    #[schema(example = 41)]
    count: i64,
}

/// Search and filter requirements
///
/// Each item is a whole version. Without `status` only versions in force are listed and counted. Several values of one
/// parameter widen the list, several parameters narrow it. Where more than 10,000 versions have the words of `q`, so many are
/// looked at, and besides them those with the words in their titles: `total` and `facets` count what was looked at.
#[utoipa::path(
    get,
    path = "/api/v1/requirements",
    operation_id = "requirements",
    tag = "requirements",
    params(
        ("q" = Option<String>, Query),
        ("product_area" = Option<Vec<String>>, Query),
        ("product_group" = Option<Vec<String>>, Query),
        ("type" = Option<Vec<Kind>>, Query),
        ("level" = Option<Vec<Level>>, Query),
        ("objective" = Option<Vec<String>>, Query),
        ("cpv" = Option<String>, Query),
        ("status" = Option<Vec<Status>>, Query),
        ("updated_since" = Option<String>, Query),
        ("sort" = Option<Order>, Query),
        ("limit" = Option<u32>, Query),
        ("page" = Option<u32>, Query),
        ("cursor" = Option<String>, Query),
    ),
    responses(
        (status = 200, description = "A page", body = Found),
        (status = 400, description = "A parameter is wrong, or the page too deep: then `next` says where to go on",
         body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(visit: Visit, Asked(query): Asked<Vec<(String, String)>>) -> Result<Response> {
    let params = Params::read(query, &PARAMETERS)?;
    let place: Place<After> = Place::read(&params, &visit.app, PATH)?;
    let mut filter = filter(&params, &place)?;
    let mut connection = visit.app.db.read().await?;
    filter.groups = where_now(&mut connection, filter.groups).await?;
    let (row, found) = read(&visit, &mut connection, &filter).await?;
    drop(connection);
    if let Some(unknown) = row.unknown.first() {
        let expected = match unknown.parameter.as_str() {
            "objective" => "a slug of /api/v1/objectives",
            "product_group" => "a slug of a group, or area/group, of /api/v1/product-areas",
            _ => "a slug of /api/v1/product-areas",
        };
        return Err(bad(&unknown.parameter, &unknown.value, expected));
    }
    let next = match row.last {
        Some(key) if row.more > 0 => {
            Some(place.next(&params, &visit.app, PATH, After { order: filter.order.to_owned(), key })?)
        }
        _ => None,
    };
    let changed = row.items.iter().map(|item| item.updated_at).max();
    let base = visit.app.settings.base_url();
    let items = row.items.into_iter().map(|item| item.body(base, visit.now)).collect::<serde_json::Result<Vec<_>>>()?;
    let list = List { items, total: row.total, page: place.page, limit: place.limit, next };
    dated(&Found { list, facets: filter.counts.then(|| facets(&found)) }, changed)
}

fn filter(params: &Params, place: &Place<After>) -> Result<Filter> {
    let asked = search::parse(params.one("q")?.unwrap_or_default());
    let words = match &asked {
        Query::Words(words) => Some(words.clone()),
        _ => None,
    };
    let mut cpv = Vec::new();
    if let Query::Cpv(code) = &asked {
        cpv.push(code.clone());
    }
    if let Some(text) = params.one("cpv")? {
        cpv.push(code(text)?);
    }
    let number = if let Query::Number(number) = asked { Some(number) } else { None };
    let mut standings = params.codes("status", &Standing::PUBLIC.map(Standing::code))?;
    if standings.is_empty() {
        standings.push(Standing::Current.code().to_owned());
    }
    let order = params.one_code("sort", &ORDERS)?;
    let order = ORDERS.into_iter().find(|known| order.as_deref() == Some(known));
    let order = order.unwrap_or(if words.is_some() { "relevance" } else { "number" });
    let codes = |all: &[&'static str], name| params.codes(name, all);
    Ok(Filter {
        words,
        number,
        cpv,
        areas: params.slugs("product_area")?,
        groups: params.slugs("product_group")?,
        types: codes(&Kind::ALL.iter().map(|kind| kind.code()).collect::<Vec<_>>(), "type")?,
        levels: codes(&Level::ALL.iter().map(|level| level.code()).collect::<Vec<_>>(), "level")?,
        objectives: params.slugs("objective")?,
        standings,
        updated_since: params.instant("updated_since")?,
        order,
        after: place.after.as_ref().map(|after| key(after, order)).transpose()?,
        offset: place.passed_over(),
        limit: i64::from(place.limit),
        counts: place.after.is_none(),
    })
}

/// A CPV code or its beginning, check digit allowed.
fn code(text: &str) -> Result<String> {
    let digits = match text.split_once('-') {
        Some((code, check)) if code.len() == 8 && check.len() == 1 && check.bytes().all(|b| b.is_ascii_digit()) => code,
        Some(_) => "",
        None => text,
    };
    if (2..=8).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(digits.to_owned());
    }
    Err(bad("cpv", text, "a CPV code such as 33141420, or its first two digits or more"))
}

/// The key in a cursor, which anybody may have written.
fn key(after: &After, order: &str) -> Result<Key> {
    let place: Option<f64> = after.key.place.parse().ok().filter(|place: &f64| place.is_finite());
    match place {
        Some(place) if after.order == order && !after.key.name.contains('\0') => {
            Ok(Key { place, name: after.key.name.clone(), number: after.key.number, id: after.key.id })
        }
        _ => Err(Error::BadRequest("parameter cursor: it belongs to another list or order; follow \"next\"".to_owned())),
    }
}

/// Reads the page: what the catalogue chooses, or what words pick out.
async fn read(visit: &Visit, connection: &mut PgConnection, filter: &Filter) -> Result<(ListRow, catalogue::Found)> {
    let catalogue = Catalogue::of(&visit.app);
    let mut snapshot = catalogue.held(connection).await?;
    loop {
        let question = filter.question(visit, &snapshot);
        let (seen, row, found) = if let Some(words) = &filter.words {
            let (seen, ids, row) = store::with_words(connection, &question, filter, words).await?;
            (seen, row, snapshot.find_among(&question, &ids))
        } else {
            let found = snapshot.find(&question);
            let page = found.page(filter.catalogue_order(), filter.place(&snapshot)?, usize::try_from(filter.limit).unwrap_or(0));
            let (seen, mut row) = store::chosen(connection, &visit.viewer, visit.now, filter, &page.ids).await?;
            let end = page.before + i64::try_from(page.ids.len()).unwrap_or(0);
            row.total = found.total();
            row.more = row.total - end;
            row.last = page.ids.last().map(|id| KeyText { place: "0".to_owned(), name: String::new(), number: 0, id: *id });
            (seen, row, found)
        };
        if seen <= snapshot.generation() {
            return Ok((row, found));
        }
        snapshot = catalogue.at_least(connection, seen).await?;
    }
}

impl Filter {
    fn question(&self, visit: &Visit, snapshot: &Snapshot) -> Question {
        let filter = |prefixes, chosen: Vec<String>| catalogue::Filter { prefixes, chosen };
        let facets = |prefix: &str, values: &[String]| values.iter().map(|value| format!("{prefix}:{value}")).collect();
        // A group may be named without its area. One that nothing is in still narrows the list, to nothing.
        let mut groups: Vec<String> = facets("group", &self.groups);
        groups.extend(
            snapshot
                .facets("group:")
                .filter(|facet| facet.split_once('/').is_some_and(|(_, slug)| self.groups.iter().any(|group| group == slug)))
                .map(str::to_owned),
        );
        Question {
            viewer: visit.viewer.clone(),
            now: visit.now,
            today: visit.today(),
            number: self.number,
            cpv: self.cpv.clone(),
            changed_since: self.updated_since,
            filters: vec![
                filter(&["area:"], facets("area", &self.areas)),
                filter(&["group:"], groups),
                filter(&["type:"], facets("type", &self.types)),
                filter(&["level:"], facets("level", &self.levels)),
                filter(&["objective:"], facets("objective", &self.objectives)),
                filter(&["standing:"], facets("standing", &self.standings)),
            ],
        }
    }

    /// Without words there is nothing to be relevant to.
    fn catalogue_order(&self) -> catalogue::Order {
        match self.order {
            "latest" => catalogue::Order::Latest,
            "title" => catalogue::Order::Title,
            _ => catalogue::Order::Number,
        }
    }

    fn place(&self, snapshot: &Snapshot) -> Result<catalogue::Place> {
        match &self.after {
            None => Ok(catalogue::Place::Offset(usize::try_from(self.offset).unwrap_or(usize::MAX))),
            Some(key) if snapshot.knows(key.id) => Ok(catalogue::Place::After(key.id)),
            Some(_) => Err(Error::BadRequest("parameter cursor: what it points at is gone; begin anew without it".to_owned())),
        }
    }
}

fn facets(found: &catalogue::Found) -> Facets {
    let list = |prefix: &str| {
        let mut list: Vec<Facet> =
            found.counts(prefix).map(|(facet, count)| Facet { value: facet[prefix.len()..].to_owned(), count }).collect();
        list.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        list
    };
    Facets {
        product_area: list("area:"),
        product_group: list("group:"),
        r#type: list("type:"),
        level: list("level:"),
        objective: list("objective:"),
    }
}
