//! `GET /api/v1`: where everything is.

use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::{params::Params, requirement::dated};
use crate::kernel::{
    error::Result,
    web::{Asked, Problem, Visit, links},
};

/// Where everything is.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Root {
    /// The lists.
    requirements: String,
    product_areas: String,
    objectives: String,
    cpv: String,
    organisations: String,
    proposals: String,
    /// Name, version and status of this API.
    api_info: String,
    /// Its description for programs, OpenAPI 3.1.
    service_desc: String,
    /// Its description for people.
    service_doc: String,
    /// What may be done with the data.
    licence: &'static str,
}

/// Where everything is
#[utoipa::path(
    get,
    path = "/api/v1",
    operation_id = "root",
    tag = "api",
    responses(
        (status = 200, description = "Addresses", body = Root),
        (status = 400, description = "A parameter was given", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn root(visit: Visit, Asked(query): Asked<Vec<(String, String)>>) -> Result<Response> {
    Params::read(query, &[])?;
    let base = visit.app.settings.base_url();
    let at = |path: &str| format!("{base}/api/v1/{path}");
    let root = Root {
        requirements: at("requirements"),
        product_areas: at("product-areas"),
        objectives: at("objectives"),
        cpv: at("cpv"),
        organisations: at("organisations"),
        proposals: at("proposals"),
        api_info: at("api-info"),
        service_desc: at("openapi.json"),
        service_doc: format!("{base}{}", links::OPEN_DATA),
        licence: "https://creativecommons.org/publicdomain/zero/1.0/",
    };
    dated(&root, None)
}
