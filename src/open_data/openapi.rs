//! `GET /api/v1/openapi.json`: the API's description, made from the handlers themselves.

use axum::response::Response;
use utoipa::OpenApi;

use super::{info, requirement, requirements, taxonomy, version};
use crate::kernel::error::Result;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Kravbanken",
        version = info::VERSION,
        description = "The Swedish regions' bank of environmental requirements for public procurement, as open data. Read-only \
                       and without a key. Times are RFC 3339 in UTC, texts Swedish with English beside them where there is any; \
                       the Swedish text applies. Errors are problem documents (RFC 9457).",
        license(name = "CC0-1.0", identifier = "CC0-1.0"),
    ),
    paths(
        requirements::list,
        requirement::current,
        version::list,
        version::one,
        taxonomy::areas,
        taxonomy::objectives,
        taxonomy::cpv,
        info::api_info,
        document,
    ),
    tags(
        (name = "requirements", description = "Requirements and their versions"),
        (name = "taxonomy", description = "What requirements are sorted by"),
        (name = "api", description = "About this API"),
    )
)]
struct Document;

/// This document
#[utoipa::path(
    get,
    path = "/api/v1/openapi.json",
    tag = "api",
    responses((status = 200, description = "OpenAPI 3.1", body = Object))
)]
pub(super) async fn document() -> Result<Response> {
    requirement::dated(&Document::openapi(), Some(info::released()))
}
