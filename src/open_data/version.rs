//! The versions of a requirement: the list, and one of them.

use axum::response::Response;
use serde::Serialize;
use time::{OffsetDateTime, serde::rfc3339};
use utoipa::ToSchema;

use super::{
    body::{Links, Requirement},
    paging::{List, Offset, PARAMETERS, Place},
    params::Params,
    requirement::{Named, dated, identify, version},
    row::{some, standing},
    store,
};
use crate::{
    decisions::DecisionNumber,
    kernel::{
        error::{Error, Result},
        web::{Asked, At, Problem, Visit},
    },
    requirements::RequirementNumber,
};

/// A version as the database lists it.
#[derive(Debug)]
pub(super) struct Summary {
    pub(super) version: i32,
    pub(super) state: String,
    pub(super) origin: String,
    pub(super) title: Option<String>,
    pub(super) r#type: String,
    pub(super) level: String,
    pub(super) valid_from: Option<OffsetDateTime>,
    pub(super) valid_to: Option<OffsetDateTime>,
    pub(super) decided_at: Option<OffsetDateTime>,
    pub(super) changes: Vec<String>,
    pub(super) change_note: String,
    pub(super) sha256: Option<String>,
    pub(super) hash_scheme: Option<i16>,
    pub(super) not_shown_since: Option<OffsetDateTime>,
    pub(super) not_shown_reason: Option<String>,
    pub(super) decision: Option<i64>,
    pub(super) decision_year: Option<i16>,
    pub(super) ended: bool,
    pub(super) updated_at: Option<OffsetDateTime>,
}

/// A version in the list of versions.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct VersionItem {
    #[schema(example = "KB-0042")]
    id: String,
    #[schema(example = 2)]
    version: i32,
    /// How it stands now.
    #[schema(example = "superseded")]
    status: &'static str,
    /// Null where the text may not be shown.
    title: Option<String>,
    r#type: String,
    level: String,
    #[serde(with = "rfc3339::option")]
    valid_from: Option<OffsetDateTime>,
    #[serde(with = "rfc3339::option")]
    valid_to: Option<OffsetDateTime>,
    #[serde(with = "rfc3339::option")]
    decided_at: Option<OffsetDateTime>,
    /// What it changed.
    changes: Vec<String>,
    change_note: Option<String>,
    origin: String,
    /// Number of the decision; null in the example bank.
    #[schema(example = "B-2026-0011")]
    decision: Option<String>,
    sha256: Option<String>,
    hash_scheme: Option<i16>,
    /// Why the text may not be shown, if so; the version's own address then answers 410.
    not_shown: Option<NotShown>,
    links: Links,
}

/// That a text may not be shown.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NotShown {
    #[serde(with = "rfc3339")]
    since: OffsetDateTime,
    reason: String,
}

/// Every decided version of a requirement, newest first
#[utoipa::path(
    get,
    path = "/api/v1/requirements/{id}/versions",
    operation_id = "versions",
    tag = "requirements",
    params(
        ("id" = String, Path, description = "The permanent number", example = "KB-0042"),
        ("limit" = Option<u32>, Query),
        ("page" = Option<u32>, Query),
        ("cursor" = Option<String>, Query),
    ),
    responses(
        (status = 200, description = "The versions", body = List<VersionItem>),
        (status = 308, description = "The id is spelt otherwise; go to `Location`"),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such requirement", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(visit: Visit, At(id): At<String>, Asked(query): Asked<Vec<(String, String)>>) -> Result<Response> {
    let params = Params::read(query, &PARAMETERS)?;
    let number = match identify(&id, |id| format!("/api/v1/requirements/{id}/versions"))? {
        Named::Canonically(number) => number,
        Named::Otherwise(redirect) => return Ok(redirect),
    };
    let path = format!("/api/v1/requirements/{number}/versions");
    let place: Place<Offset> = Place::read(&params, &visit.app, &path)?;
    let mut connection = visit.app.db.read().await?;
    let rows = store::versions(&mut connection, &visit.viewer, visit.now, number.get()).await?;
    drop(connection);
    if rows.is_empty() {
        return Err(Error::NotFound);
    }
    let changed = rows.iter().filter_map(|row| row.updated_at).max();
    let base = visit.app.settings.base_url();
    let items = rows.into_iter().map(|row| item(row, number, base, visit.now)).collect();
    dated(&place.slice(&params, &visit.app, &path, items)?, changed)
}

fn item(row: Summary, number: RequirementNumber, base: &str, now: OffsetDateTime) -> VersionItem {
    VersionItem {
        id: number.to_string(),
        version: row.version,
        status: standing(now, &row.state, row.valid_from, row.valid_to, row.ended).code(),
        title: row.title,
        r#type: row.r#type,
        level: row.level,
        valid_from: row.valid_from,
        valid_to: row.valid_to,
        decided_at: row.decided_at,
        changes: row.changes,
        change_note: some(row.change_note),
        origin: row.origin,
        decision: row.decision.map(|number| DecisionNumber { year: row.decision_year, number }.to_string()),
        sha256: row.sha256,
        hash_scheme: row.hash_scheme,
        not_shown: row.not_shown_since.map(|since| NotShown { since, reason: row.not_shown_reason.unwrap_or_default() }),
        links: Links::to(base, number, row.version),
    }
}

/// One version, whatever its status
#[utoipa::path(
    get,
    path = "/api/v1/requirements/{id}/versions/{version}",
    operation_id = "version",
    tag = "requirements",
    params(
        ("id" = String, Path, description = "The permanent number", example = "KB-0042"),
        ("version" = i32, Path, description = "The version's number, from 1", example = 1),
    ),
    responses(
        (status = 200, description = "The version", body = Requirement),
        (status = 308, description = "The id is spelt otherwise; go to `Location`"),
        (status = 404, description = "No such version", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "The text may not be shown; what can be said of the version stands in the problem",
         body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn one(
    visit: Visit,
    At((id, wanted)): At<(String, i32)>,
    Asked(query): Asked<Vec<(String, String)>>,
) -> Result<Response> {
    Params::read(query, &[])?;
    match identify(&id, |id| format!("/api/v1/requirements/{id}/versions/{wanted}"))? {
        Named::Canonically(number) => version(&visit, number, Some(wanted)).await,
        Named::Otherwise(redirect) => Ok(redirect),
    }
}
