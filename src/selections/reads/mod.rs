//! What pages and files read, each in one round trip.

pub mod instead;
pub mod listing;
pub mod overview;
pub mod rows;
pub mod selection;
pub mod shares;

use crate::{kernel::web::SelectionKey, selections::Holder};

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
