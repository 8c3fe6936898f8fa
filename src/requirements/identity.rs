//! How pages of one requirement find it: canonical spelling, redirects from other spellings.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::RequirementNumber;
use crate::kernel::{
    error::{Error, Result},
    web::Visit,
};

/// A number from the address, or the answer that leads to the canonical spelling of the same address.
pub enum Found {
    /// The number, spelt as it should be.
    Number(RequirementNumber),
    /// 308 to where it is.
    Elsewhere(Response),
}

/// Reads the number of the address.
///
/// # Errors
/// [`Error::NotFound`] for what is no number in any spelling.
pub fn find(visit: &Visit, id: &str) -> Result<Found> {
    let number = RequirementNumber::parse_loosely(id).ok_or(Error::NotFound)?;
    let canonical = number.to_string();
    if id == canonical {
        return Ok(Found::Number(number));
    }
    // The id is one whole segment of the path, however it was escaped there.
    let mut segments: Vec<String> = visit.path.split('/').map(str::to_owned).collect();
    if let Some(segment) = segments.get_mut(2) {
        *segment = canonical;
    }
    let moved = Visit { path: segments.join("/"), ..visit.clone() };
    Ok(Found::Elsewhere((StatusCode::PERMANENT_REDIRECT, [("location", moved.address_in(visit.lang))]).into_response()))
}
