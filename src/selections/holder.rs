//! Whose a selection is: a browser that has the key, or a person at the organisation that they act for.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::kernel::web::{SelectionKey, Visit};

/// Who holds selections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// A browser, by the hash of its key. The key itself never reaches the database.
    Browser(Vec<u8>),
    /// Somebody who has signed in, for an organisation. Whoever acts for none is as good as a browser.
    Member {
        /// The person.
        person: Uuid,
        /// The organisation.
        organisation: Uuid,
    },
}

impl Holder {
    /// The browser with this key.
    pub fn of(key: &SelectionKey) -> Self {
        Self::Browser(Sha256::digest(key.as_str().as_bytes()).to_vec())
    }

    /// Who asks: the person for the organisation that they act for, else the browser if it has a key.
    pub fn asking(visit: &Visit) -> Option<Self> {
        if let Some(who) = &visit.who
            && let Some(membership) = who.membership()
        {
            return Some(Self::Member { person: who.person, organisation: membership.organisation });
        }
        visit.carried.selections.as_ref()?.key.as_ref().map(Self::of)
    }

    /// As the functions of the database are asked: hash of the browser's key, person, organisation.
    pub fn arguments(&self) -> (Option<&[u8]>, Option<Uuid>, Option<Uuid>) {
        match self {
            Self::Browser(sha256) => (Some(sha256), None, None),
            Self::Member { person, organisation } => (None, Some(*person), Some(*organisation)),
        }
    }
}
