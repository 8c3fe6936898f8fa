//! Open data: the API under `/api/v1`, read-only and without a key. Documented by itself at `/api/v1/openapi.json`.

mod body;
pub mod examples;
pub mod export;
mod guide;
mod info;
mod openapi;
mod organisations;
mod paging;
mod params;
mod proposals;
mod requirement;
mod requirements;
mod root;
mod row;
mod store;
mod taxonomy;
mod version;

use crate::kernel::{rights::Right, web::Routes};

/// Every route of the API.
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1", Right::ReadPublished, root::root)
        .get("/api/v1/requirements", Right::ReadPublished, requirements::list)
        .get("/api/v1/requirements/{id}", Right::ReadPublished, requirement::current)
        .get("/api/v1/requirements/{id}/versions", Right::ReadPublished, version::list)
        .get("/api/v1/requirements/{id}/versions/{version}", Right::ReadPublished, version::one)
        .get("/api/v1/product-areas", Right::ReadPublished, taxonomy::areas)
        .get("/api/v1/objectives", Right::ReadPublished, taxonomy::objectives)
        .get("/api/v1/cpv", Right::ReadPublished, taxonomy::cpv)
        .get("/api/v1/organisations", Right::ReadPublished, organisations::list)
        .get("/api/v1/organisations/{slug}", Right::ReadPublished, organisations::one)
        .get("/api/v1/proposals", Right::ReadPublished, proposals::list)
        .get("/api/v1/proposals/{id}", Right::ReadPublished, proposals::one)
        .get("/api/v1/api-info", Right::ReadPublished, info::api_info)
        .get("/api/v1/openapi.json", Right::ReadPublished, openapi::document)
}

/// The page about it for people, and what it offers.
pub fn guide_routes() -> Routes {
    guide::routes()
}
