//! Keys that open something: drawn here, carried by a cookie or a link, kept only as what they hash to.

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A key that nobody can guess: 64 hexadecimal digits.
#[derive(Clone)]
pub(super) struct Key(String);

impl Key {
    /// A new one. Three random UUIDs have 366 bits of chance; their hash keeps 256 of them.
    pub(super) fn draw() -> Self {
        let mut hash = Sha256::new();
        for _ in 0..3 {
            hash.update(Uuid::new_v4().as_bytes());
        }
        Self(hex::encode(hash.finalize()))
    }

    /// The key of a link, if it is formed as one.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let is_key = text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f'));
        is_key.then(|| Self(text.to_owned()))
    }

    /// As it stands in cookies and links.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    pub(super) fn sha256(&self) -> Vec<u8> {
        sha256(&self.0)
    }
}

/// What is kept of a key that somebody brought.
pub(super) fn sha256(key: &str) -> Vec<u8> {
    Sha256::digest(key.as_bytes()).to_vec()
}

/// Never in a log.
impl std::fmt::Debug for Key {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Key")
    }
}
