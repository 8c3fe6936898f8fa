//! Static files: compiled in, a hash in each address, kept by the browser for ever.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use super::{At, Routes};
use crate::kernel::{
    error::{Error, Result},
    rights::Right,
};

/// A file of `static/`.
#[derive(Debug, Clone, Copy)]
pub struct File {
    /// Where it is served.
    pub address: &'static str,
    /// Its media type.
    pub media: &'static str,
    /// What is in it.
    pub bytes: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The route of static files, and the two addresses that browsers and telephones ask for without having been told of any.
pub fn routes() -> Routes {
    Routes::new()
        .get("/static/{file}", Right::ReadPublished, serve)
        .get("/favicon.ico", Right::ReadPublished, async || well_known(FAVICON_ICO))
        .get("/apple-touch-icon.png", Right::ReadPublished, async || well_known(APPLE_TOUCH_ICON_PNG))
}

/// A static file at an address without a hash, where it may be another tomorrow.
fn well_known(address: &str) -> Result<Response> {
    let file = FILES.iter().find(|file| file.address == address).ok_or(Error::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(file.media)),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400")),
    ];
    Ok((headers, file.bytes).into_response())
}

async fn serve(At(name): At<String>) -> Result<Response> {
    let file = FILES.iter().find(|file| file.address.strip_prefix("/static/") == Some(name.as_str())).ok_or(Error::NotFound)?;
    Ok((
        [
            (header::CONTENT_TYPE, HeaderValue::from_static(file.media)),
            (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
        ],
        file.bytes,
    )
        .into_response())
}
