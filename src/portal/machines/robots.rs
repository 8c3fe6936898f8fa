//! `GET /robots.txt` (RFC 9309): crawlers may read every page, and stay out of addresses with parameters, whose filters of
//! filters have no end. Made-up requirements are nothing for a search engine: the example bank is closed to them, here
//! and by the header `X-Robots-Tag` on every answer.

use axum::response::Response;

use super::sitemap;
use crate::kernel::{
    rights::Right,
    web::{Routes, Visit, text},
};

/// Where it is.
pub(super) fn routes() -> Routes {
    Routes::new().get("/robots.txt", Right::ReadPublished, robots)
}

async fn robots(visit: Visit) -> Response {
    let settings = &visit.app.settings;
    if settings.example {
        return text("User-agent: *\nDisallow: /\n".to_owned());
    }
    // The longest rule that fits an address holds: the parts of the sitemap have a parameter and may be read.
    text(format!(
        "User-agent: *\nDisallow: /*?\nAllow: {path}\n\nSitemap: {base}{path}\n",
        base = settings.base_url(),
        path = sitemap::PATH,
    ))
}
