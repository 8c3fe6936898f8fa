//! What an archive says of itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// The only form of archive that there is.
pub const FORMAT: u32 = 1;

/// The first file of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// `FORMAT`.
    pub format: u32,
    /// The version of the program that made it.
    pub version: String,
    /// The commit that program was built from; may be empty.
    pub commit: String,
    /// The version of the schema.
    pub schema: i64,
    /// The version of the server, as `server_version_num`.
    pub server: i32,
    /// When it was made.
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
    /// The hash of the last seal of the audit log, hexadecimal; empty where there is none.
    pub last_seal: String,
    /// Every table, by schema and name.
    pub tables: BTreeMap<String, TableSum>,
    /// Every other file of the archive, by its path in it.
    pub files: BTreeMap<String, FileSum>,
}

/// The rows of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableSum {
    /// How many there are.
    pub rows: u64,
    /// SHA-256 over all of them as `COPY` writes them, in the order of the primary key.
    pub sha256: String,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSum {
    /// How long it is.
    pub bytes: u64,
    /// SHA-256 of its content.
    pub sha256: String,
}

impl Manifest {
    /// The tables that are not as they should be.
    pub fn differing(&self, found: &BTreeMap<String, TableSum>) -> Vec<String> {
        let all = self.tables.keys().chain(found.keys().filter(|name| !self.tables.contains_key(*name)));
        all.filter(|name| self.tables.get(*name) != found.get(*name)).cloned().collect()
    }

    /// How many rows there are in all tables.
    pub fn rows(&self) -> u64 {
        self.tables.values().map(|table| table.rows).sum()
    }
}
