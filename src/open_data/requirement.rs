//! `GET /api/v1/requirements/{id}`, and what every address of a requirement has in common.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;
use serde_json::json;
use time::{OffsetDateTime, format_description::well_known::Rfc3339, macros::format_description};

use super::{
    body::{Links, Requirement},
    info,
    params::Params,
    row::VersionRow,
    store,
};
use crate::{
    kernel::{
        error::{Error, Result},
        web::{self, Asked, At, Problem, Visit},
    },
    requirements::RequirementNumber,
};

/// The current version of a requirement
///
/// Where none is in force, the latest that was decided, with its status. Other spellings of the id (`kb42`) are sent on.
#[utoipa::path(
    get,
    path = "/api/v1/requirements/{id}",
    operation_id = "requirement",
    tag = "requirements",
    params(("id" = String, Path, description = "The permanent number", example = "KB-0042")),
    responses(
        (status = 200, description = "The version", body = Requirement),
        (status = 308, description = "The id is spelt otherwise; go to `Location`"),
        (status = 404, description = "No such requirement", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "The text may not be shown; what can be said of the version stands in the problem",
         body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn current(visit: Visit, At(id): At<String>, Asked(query): Asked<Vec<(String, String)>>) -> Result<Response> {
    Params::read(query, &[])?;
    match identify(&id, |id| format!("/api/v1/requirements/{id}"))? {
        Named::Canonically(number) => version(&visit, number, None).await,
        Named::Otherwise(redirect) => Ok(redirect),
    }
}

/// An id that was read.
pub(super) enum Named {
    /// In the one spelling that addresses have.
    Canonically(RequirementNumber),
    /// In another: the way to the right address.
    Otherwise(Response),
}

/// Reads an id; `address` is where it should have been looked for.
///
/// # Errors
/// Not found, where it cannot be one.
pub(super) fn identify(text: &str, address: impl FnOnce(RequirementNumber) -> String) -> Result<Named> {
    let number = RequirementNumber::parse_loosely(text).ok_or(Error::NotFound)?;
    if number.to_string() == text {
        return Ok(Named::Canonically(number));
    }
    Ok(Named::Otherwise(Redirect::permanent(&address(number)).into_response()))
}

/// The version asked for, or the current one.
///
/// # Errors
/// Not found where there is none that may be seen; gone where its text may not be shown.
pub(super) async fn version(visit: &Visit, number: RequirementNumber, version: Option<i32>) -> Result<Response> {
    let mut connection = visit.app.db.read().await?;
    let row = store::requirement(&mut connection, &visit.viewer, visit.now, number.get(), version).await?;
    drop(connection);
    let row = row.ok_or(Error::NotFound)?;
    let base = visit.app.settings.base_url();
    if row.not_shown_since.is_some() {
        return Err(gone(&row, base, visit.now)?);
    }
    let changed = row.updated_at;
    dated(&row.body(base, visit.now)?, Some(changed))
}

/// A JSON answer with the time of its last change.
///
/// # Errors
/// When it cannot be written as JSON, which is a fault of ours.
pub(super) fn dated(body: &impl Serialize, changed: Option<OffsetDateTime>) -> Result<Response> {
    const HTTP_DATE: time::format_description::StaticFormatDescription =
        format_description!("[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT");
    let mut response = web::json(body)?;
    // Nothing has looked as it does for longer than this version of the API has been out.
    let changed = changed.max(Some(info::released()));
    let changed = changed.and_then(|at| at.to_offset(time::UtcOffset::UTC).format(HTTP_DATE).ok());
    if let Some(value) = changed.and_then(|text| HeaderValue::from_str(&text).ok()) {
        response.headers_mut().insert(header::LAST_MODIFIED, value);
    }
    Ok(response)
}

/// What can be said of a version whose text may not be shown.
fn gone(row: &VersionRow, base: &str, now: OffsetDateTime) -> Result<Error> {
    let text = |at: Option<OffsetDateTime>| at.and_then(|at| at.format(&Rfc3339).ok());
    let detail = "The text of this version may not be shown. Its id, dates and hash stay.";
    let mut problem = Problem::new(StatusCode::GONE, Some(detail.to_owned()));
    let more = json!({
        "id": row.id().to_string(),
        "version": row.version,
        // The key `status` is the HTTP status in a problem document.
        "version_status": row.standing(now).code(),
        "valid_from": text(row.valid_from),
        "valid_to": text(row.valid_to),
        "decided_at": text(row.decided_at),
        "sha256": row.sha256,
        "hash_scheme": row.hash_scheme,
        "not_shown_since": text(row.not_shown_since),
        "reason": row.not_shown_reason,
        "links": serde_json::to_value(Links::to(base, row.id(), row.version))?,
    });
    if let serde_json::Value::Object(more) = more {
        problem.more = more;
    }
    Ok(Error::Problem(Box::new(problem)))
}
