//! A file as an answer: to be saved, never shown as a page of this site, a piece at a time.

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;

use super::reads::{self, Attachment};
use crate::kernel::{
    error::Error,
    web::{App, disposition},
};

/// What no page of this site may do: nothing at all.
const SANDBOX: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox");

/// Whether a browser may keep it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// For everybody: it asks again each time whether it is still there.
    Asked,
    /// Not for everybody.
    Never,
}

/// Gives out a file that was found for whoever asks. No connection to the database waits for a slow line.
pub fn serve(app: &App, one: &Attachment, headers: &HeaderMap, kept: Kept) -> Response {
    let tag = format!("\"{}\"", one.sha256);
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|known| known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag || known.trim() == "*"));
    let cache = if kept == Kept::Asked { "private, no-cache" } else { "private, no-store" };
    let value = |text: &str| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("attachment"));
    let always = [
        (header::ETAG, value(&tag)),
        (header::CACHE_CONTROL, HeaderValue::from_static(cache)),
        (header::CONTENT_SECURITY_POLICY, SANDBOX),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    ];
    if known {
        return (StatusCode::NOT_MODIFIED, always).into_response();
    }
    let file = [
        (header::CONTENT_TYPE, value(&one.media_type)),
        (header::CONTENT_LENGTH, HeaderValue::from(one.bytes)),
        (header::CONTENT_DISPOSITION, value(&disposition("attachment", &one.name))),
        (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
    ];
    let (app, id) = (app.clone(), one.id);
    let pieces = stream::try_unfold((0, one.bytes), move |(part, left)| {
        let app = app.clone();
        async move {
            if left <= 0 {
                return Ok(None);
            }
            let piece = reads::part(&mut *app.db.read().await?, id, part).await?;
            // Taken away meanwhile: the browser is not to take what it has for the whole.
            let piece = piece.ok_or_else(|| anyhow::anyhow!("a file ended before its end"))?;
            let left = left - i64::try_from(piece.len()).unwrap_or(i64::MAX);
            Ok::<_, Error>(Some((Bytes::from(piece), (part + 1, left))))
        }
    });
    (always, file, Body::from_stream(pieces)).into_response()
}
