//! What pages and files read, each in one round trip.

pub mod instead;
pub mod listing;
pub mod overview;
pub mod rows;
pub mod selection;
pub mod shares;

use time::OffsetDateTime;

use crate::{kernel::web::SelectionKey, requirements::lifecycle::Standing, selections::Holder};

/// By what right a selection is opened.
#[derive(Debug, Clone)]
pub enum Access {
    /// The browser that made it.
    Holder(Option<Holder>, uuid::Uuid),
    /// Anybody who has a link.
    Link(SelectionKey),
}

impl Access {
    /// The arguments of the SQL function `opened_selection`: selection, hash of the browser's key, key of the link.
    pub fn arguments(&self) -> (Option<uuid::Uuid>, Option<&[u8]>, Option<&str>) {
        match self {
            Self::Holder(holder, id) => (Some(*id), holder.as_ref().map(Holder::sha256), None),
            Self::Link(key) => (None, None, Some(key.as_str())),
        }
    }
}

/// Where a pinned version stands at `now`: from the bounds of its validity, whether it was taken back, whether any version of
/// its requirement is in force, and whether a repeal of the requirement has taken effect.
pub fn standing(
    valid_from: Option<OffsetDateTime>,
    valid_to: Option<OffsetDateTime>,
    revoked: bool,
    in_force: bool,
    repealed_over: bool,
    now: OffsetDateTime,
) -> Standing {
    if revoked {
        Standing::Dropped
    } else if valid_from.is_some_and(|from| from > now) {
        Standing::Coming
    } else if valid_to.is_none_or(|to| now < to) {
        Standing::Current
    } else if !in_force && repealed_over {
        Standing::Repealed
    } else {
        Standing::Superseded
    }
}
