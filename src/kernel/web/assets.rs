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

/// The one route of static files.
pub fn routes() -> Routes {
    Routes::new().get("/static/{file}", Right::ReadPublished, serve)
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
