//! What requirements are sorted by: product areas and groups, objectives, CPV.

use axum::response::Response;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use utoipa::ToSchema;

use super::{
    paging::{List, Offset, PARAMETERS, Place},
    params::Params,
    requirement::dated,
    store::{self, Rows},
};
use crate::{
    kernel::{
        error::Result,
        web::{Asked, Problem, Visit},
    },
    requirements::fields::iso_date_option,
    search::{self, Query},
};

/// A product area with its groups.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct ProductArea {
    #[schema(example = "textil")]
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) name_en: String,
    pub(super) description: String,
    pub(super) description_en: String,
    pub(super) groups: Vec<ProductGroup>,
}

/// A product group.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct ProductGroup {
    #[schema(example = "tvatteritjanster")]
    slug: String,
    /// Area and group, unique in the bank.
    #[schema(example = "textil/tvatteritjanster")]
    path: String,
    name: String,
    name_en: String,
    description: String,
    description_en: String,
    /// Which of the regions' procurement areas owns the group today.
    owner: Option<Owner>,
    /// CPV codes of the group.
    cpv: Vec<String>,
}

/// A procurement area that owns a group, or that a region is in.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct Owner {
    #[schema(example = "F")]
    procurement_area: String,
    name: String,
    name_en: String,
    /// First day.
    #[serde(with = "iso_date_option")]
    from: Option<Date>,
    /// Last day.
    #[serde(with = "iso_date_option")]
    to: Option<Date>,
}

/// An environmental quality objective.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct Objective {
    #[schema(example = "giftfri-miljo")]
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) name_en: String,
    pub(super) description: String,
    pub(super) description_en: String,
}

/// A code of the Common Procurement Vocabulary.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct CpvCode {
    /// Without check digit.
    #[schema(example = "33141420")]
    pub(super) code: String,
    pub(super) name: String,
    pub(super) name_en: String,
}

/// Product areas with their groups
#[utoipa::path(
    get,
    path = "/api/v1/product-areas",
    operation_id = "areas",
    tag = "taxonomy",
    params(
        ("limit" = Option<u32>, Query),
        ("page" = Option<u32>, Query),
        ("cursor" = Option<String>, Query),
    ),
    responses(
        (status = 200, description = "A page", body = List<ProductArea>),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn areas(visit: Visit, Asked(query): Asked<Vec<(String, String)>>) -> Result<Response> {
    let today = visit.today();
    whole(&visit, query, "/api/v1/product-areas", async |connection, now| store::areas(connection, today, now).await).await
}

/// The sixteen national environmental quality objectives
#[utoipa::path(
    get,
    path = "/api/v1/objectives",
    operation_id = "objectives",
    tag = "taxonomy",
    params(
        ("limit" = Option<u32>, Query),
        ("page" = Option<u32>, Query),
        ("cursor" = Option<String>, Query),
    ),
    responses(
        (status = 200, description = "A page", body = List<Objective>),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn objectives(visit: Visit, Asked(query): Asked<Vec<(String, String)>>) -> Result<Response> {
    whole(&visit, query, "/api/v1/objectives", store::objectives).await
}

/// A page of a list that is short enough to be read as a whole.
async fn whole<T: Serialize>(
    visit: &Visit,
    query: Vec<(String, String)>,
    path: &str,
    read: impl AsyncFnOnce(&mut PgConnection, OffsetDateTime) -> sqlx::Result<Rows<T>>,
) -> Result<Response> {
    let params = Params::read(query, &PARAMETERS)?;
    let place: Place<Offset> = Place::read(&params, &visit.app, path)?;
    let mut connection = visit.app.db.read().await?;
    let rows = read(&mut connection, visit.now).await?;
    drop(connection);
    dated(&place.slice(&params, &visit.app, path, rows.items)?, rows.changed)
}

/// CPV codes by code or words
#[utoipa::path(
    get,
    path = "/api/v1/cpv",
    operation_id = "cpv",
    tag = "taxonomy",
    params(
        ("q" = Option<String>, Query),
        ("limit" = Option<u32>, Query),
        ("page" = Option<u32>, Query),
        ("cursor" = Option<String>, Query),
    ),
    responses(
        (status = 200, description = "A page", body = List<CpvCode>),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn cpv(visit: Visit, Asked(query): Asked<Vec<(String, String)>>) -> Result<Response> {
    let path = "/api/v1/cpv";
    let params = Params::read(query, &["q", "limit", "page", "cursor"])?;
    let place: Place<Offset> = Place::read(&params, &visit.app, path)?;
    let typed = params.one("q")?.unwrap_or_default();
    let (prefix, words) = match search::parse(typed) {
        // Here two digits are a code even without the word CPV before them.
        _ if (1..=8).contains(&typed.len()) && typed.bytes().all(|b| b.is_ascii_digit()) => (Some(typed.to_owned()), ""),
        Query::Cpv(code) => (Some(code), ""),
        _ => (None, typed),
    };
    let patterns: Vec<String> = words.split_whitespace().take(10).map(pattern).collect();
    let mut connection = visit.app.db.read().await?;
    let (offset, limit) = (i64::from(place.offset()), i64::from(place.limit));
    let rows = store::cpv(&mut connection, prefix.as_deref(), &patterns, offset, limit, visit.now).await?;
    drop(connection);
    dated(&place.list(&params, &visit.app, path, rows.items, rows.total)?, rows.changed)
}

/// A word as a pattern that finds it anywhere, its own signs meaning nothing.
fn pattern(word: &str) -> String {
    let word: String = word.chars().take(80).collect();
    format!("%{}%", word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}
