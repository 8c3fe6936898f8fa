//! A document in short.

use std::sync::Arc;

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
    pub(super) changed: Option<OffsetDateTime>,
    pub(super) stops: Option<OffsetDateTime>,
    pub(super) title: String,
    pub(super) shelf: String,
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
    /// When what is told of it changed last, and when it is stopped.
    pub(super) changed: i64,
    pub(super) stops: i64,
    /// When it is to be reviewed.
    pub review_by: Option<Date>,
    /// Numbers of its facets in the dictionary.
    pub(super) facets: Box<[u16]>,
    /// CPV codes, whole ones.
    pub(super) codes: Box<[u32]>,
    /// The family's facet, if it is in one.
    pub family: Option<Box<str>>,
    /// Where it stands in the order of places; what stands on one shelf has the same.
    pub(super) shelf: Arc<str>,
    /// Its title, in a form whose order is that of the Swedish alphabet.
    pub(super) title: Box<[u8]>,
    pub(super) open: bool,
    pub(super) repealed: bool,
}

impl Entry {
    /// When it becomes or became a current answer.
    pub fn takes_effect(&self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.from) * 1_000).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }

    /// Whether something was written of it since, or came to hold by the clock.
    pub(super) fn has_changed(&self, since: i64, now: i64) -> bool {
        self.changed >= since || [self.from, self.to, self.stops].iter().any(|at| (since..=now).contains(at))
    }
}

/// An instant as entries hold it.
pub(super) fn micros(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000).unwrap_or(NEVER)
}
