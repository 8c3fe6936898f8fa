//! `GET /api/v1/api-info`: what this API is, as the Swedish REST API profile 1.2 wants it told. The profile names the fields
//! in camelCase and leaves the choice of case to the API; they stand in snake_case here as all others do.

use axum::response::Response;
use serde::Serialize;
use time::{Date, OffsetDateTime, macros::date};
use utoipa::ToSchema;

use super::{params::Params, requirement::dated};
use crate::kernel::{
    clock,
    error::Result,
    web::{Asked, Visit, links},
};

/// When this version of the API was released; it changes with [`VERSION`].
const RELEASED: Date = date!(2026 - 11 - 22);
/// Semantic version of the API, whose first part stands in every address.
pub(super) const VERSION: &str = "1.0.0";

/// When this version of the API was released.
pub(super) fn released() -> OffsetDateTime {
    clock::start_of_day(RELEASED)
}

/// What this API is.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ApiInfo {
    #[schema(example = "kravbanken")]
    api_name: &'static str,
    #[schema(example = "1.0.0")]
    api_version: &'static str,
    /// Day of release.
    #[schema(example = "2026-11-22")]
    api_released: String,
    /// Where it is described.
    api_documentation: String,
    /// `active`, or `deprecated` when a later version is out.
    #[schema(example = "active")]
    api_status: &'static str,
    /// Whether what it gives are made-up examples, not to be used in procurement.
    example_data: bool,
}

/// What this API is
#[utoipa::path(
    get,
    path = "/api/v1/api-info",
    operation_id = "info",
    tag = "api",
    responses((status = 200, description = "Name, version, release and status, as in the Swedish REST API profile", body = ApiInfo))
)]
pub(super) async fn api_info(visit: Visit, Asked(query): Asked<Vec<(String, String)>>) -> Result<Response> {
    Params::read(query, &[])?;
    let info = ApiInfo {
        api_name: "kravbanken",
        api_version: VERSION,
        api_released: RELEASED.to_string(),
        api_documentation: format!("{}{}", visit.app.settings.base_url(), links::OPEN_DATA),
        api_status: "active",
        example_data: visit.app.settings.example,
    };
    dated(&info, None)
}
