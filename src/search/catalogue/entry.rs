//! A document in short.

use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// The end of what has none.
pub(super) const NEVER: i64 = i64::MAX;

/// A document as the database tells it.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) id: Uuid,
    pub(super) subject: Uuid,
    pub(super) number: i64,
    pub(super) audience: i16,
    pub(super) owner: Option<Uuid>,
    pub(super) from: OffsetDateTime,
    pub(super) to: Option<OffsetDateTime>,
    pub(super) title: String,
    /// With a blank between them, which no facet contains.
    pub(super) facets: String,
    pub(super) review_by: Option<Date>,
}

/// What the catalogue holds of a document.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id.
    pub id: Uuid,
    /// The printed number.
    pub number: i64,
    pub(super) subject: Uuid,
    pub(super) audience: i16,
    pub(super) owner: Option<Uuid>,
    /// Microseconds since 1970: when it is a current answer.
    pub(super) from: i64,
    pub(super) to: i64,
    pub(super) review_by: Option<Date>,
    /// Numbers of its facets in the dictionary.
    pub(super) facets: Box<[u16]>,
    /// CPV codes, whole ones.
    pub(super) codes: Box<[u32]>,
    /// The family's facet, if it is in one.
    pub family: Option<Box<str>>,
    /// Its title, in a form whose order is that of the Swedish alphabet.
    pub(super) title: Box<[u8]>,
    pub(super) open: bool,
    pub(super) repealed: bool,
}

/// An instant as entries hold it.
pub(super) fn micros(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000).unwrap_or(NEVER)
}
