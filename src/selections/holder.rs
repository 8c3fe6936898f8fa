//! Whose a selection is, as long as nobody signs in: a browser that has the key.

use sha2::{Digest, Sha256};

use crate::kernel::web::{SelectionKey, Visit};

/// A browser, by the hash of its key. The key itself never reaches the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder(Vec<u8>);

impl Holder {
    /// The browser with this key.
    pub fn of(key: &SelectionKey) -> Self {
        Self(Sha256::digest(key.as_str().as_bytes()).to_vec())
    }

    /// The browser that asks, if it has a key.
    pub fn asking(visit: &Visit) -> Option<Self> {
        visit.carried.selections.as_ref().map(|selections| Self::of(&selections.key))
    }

    /// The 32 bytes that stand in the database.
    pub fn sha256(&self) -> &[u8] {
        &self.0
    }
}
