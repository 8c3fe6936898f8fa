//! How pages of one requirement find it.

pub use crate::requirements::identity::{Found, find};
