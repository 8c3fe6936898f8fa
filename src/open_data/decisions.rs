//! What was decided: `GET /api/v1/decisions`, and each of them. As much as its page shows, but for those who were present.

use axum::response::{IntoResponse, Redirect, Response};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{
    decision::{DecisionKind, DecisionRecord, DecisionRow},
    paging::{List, Place},
    params::Params,
    requirement::dated,
    store,
};
use crate::{
    decisions::DecisionNumber,
    kernel::{
        error::{Error, Result},
        web::{Asked, At, Problem, Visit},
    },
    requirements::RequirementNumber,
    taxonomy::where_now,
};

/// Where they are.
pub(super) const PATH: &str = "/api/v1/decisions";
/// The most items that are told of a decision. One of the network has half as many at most; a file that was read in may have put
/// many thousands into force, which the requirements themselves tell.
pub(super) const MOST_ITEMS: i64 = 100;

/// A page of decisions.
#[derive(Debug, Deserialize)]
pub(super) struct DecisionRows {
    /// When anything was added to any of them last.
    #[serde(with = "time::serde::rfc3339::option")]
    pub(super) changed: Option<OffsetDateTime>,
    /// How many there are on all pages.
    pub(super) total: i64,
    /// Those on the page, and one more where there are more.
    pub(super) items: Vec<DecisionRow>,
}

/// Where a page of decisions ended.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct After {
    pub(super) number: i64,
}

/// What is asked of the database.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub(super) one: Option<DecisionNumber>,
    pub(super) kinds: Vec<String>,
    pub(super) requirement: Option<i64>,
    pub(super) areas: Vec<String>,
    pub(super) groups: Vec<String>,
    pub(super) updated_since: Option<OffsetDateTime>,
    pub(super) after: Option<After>,
    pub(super) offset: i64,
    pub(super) limit: i64,
}

const KNOWN: [&str; 8] = ["kind", "requirement", "product_area", "product_group", "updated_since", "limit", "page", "cursor"];

/// Decisions, the latest first
#[utoipa::path(
    get,
    path = "/api/v1/decisions",
    operation_id = "decisions",
    tag = "decisions",
    params(
        ("kind" = Option<Vec<DecisionKind>>, Query),
        ("requirement" = Option<String>, Query),
        ("product_area" = Option<Vec<String>>, Query),
        ("product_group" = Option<Vec<String>>, Query),
        ("updated_since" = Option<String>, Query),
        ("limit" = Option<u32>, Query),
        ("page" = Option<u32>, Query),
        ("cursor" = Option<String>, Query),
    ),
    responses(
        (status = 200, description = "A page", body = List<DecisionRecord>),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(visit: Visit, Asked(query): Asked<Vec<(String, String)>>) -> Result<Response> {
    let params = Params::read(query, &KNOWN)?;
    let place: Place<After> = Place::read(&params, &visit.app, PATH)?;
    let mut wanted = Wanted {
        one: None,
        kinds: params.codes("kind", &DecisionKind::CODES)?,
        requirement: params.requirement()?.map(RequirementNumber::get),
        areas: params.slugs("product_area")?,
        groups: params.slugs("product_group")?,
        updated_since: params.instant("updated_since")?,
        after: place.after,
        offset: place.passed_over(),
        limit: i64::from(place.limit),
    };
    let mut connection = visit.app.db.read().await?;
    wanted.groups = where_now(&mut connection, wanted.groups).await?;
    let rows = store::decisions(&mut connection, &visit.viewer, &wanted).await?;
    drop(connection);
    let base = visit.app.settings.base_url();
    let page = place.keyed(
        (&params, &visit.app, PATH),
        rows.items,
        rows.total,
        |row| After { number: row.key() },
        |row| row.body(base),
    )?;
    dated(&page, rows.changed)
}

/// One decision
#[utoipa::path(
    get,
    path = "/api/v1/decisions/{number}",
    operation_id = "decision",
    tag = "decisions",
    params(("number" = String, Path, description = "The number", example = "B-2026-0001")),
    responses(
        (status = 200, description = "The decision", body = DecisionRecord),
        (status = 308, description = "The number is spelt otherwise"),
        (status = 404, description = "No such decision", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn one(visit: Visit, At(text): At<String>, Asked(query): Asked<Vec<(String, String)>>) -> Result<Response> {
    Params::read(query, &[])?;
    let number = DecisionNumber::parse(&text).ok_or(Error::NotFound)?;
    if number.to_string() != text {
        return Ok(Redirect::permanent(&format!("{PATH}/{number}")).into_response());
    }
    let wanted = Wanted { one: Some(number), limit: 1, ..Wanted::default() };
    let mut connection = visit.app.db.read().await?;
    let rows = store::decisions(&mut connection, &visit.viewer, &wanted).await?;
    drop(connection);
    let row = rows.items.into_iter().next().ok_or(Error::NotFound)?;
    dated(&row.body(visit.app.settings.base_url()), rows.changed)
}
