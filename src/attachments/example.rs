//! Files of the example bank.

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{kind::Kind, workflow::New};

/// A file as the example bank has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleFile {
    name: String,
    file: Content,
}

/// What stands in it, by its name in `data/example/attachments`.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Content {
    Measurements,
    Chart,
    Weighed,
    Market,
}

impl ExampleFile {
    /// It, and what is known of it.
    pub fn made(&self) -> (New, &'static [u8]) {
        let (kind, file): (Kind, &[u8]) = match self.file {
            Content::Measurements => (Kind::Pdf, include_bytes!("../../data/example/attachments/measurements.pdf")),
            Content::Chart => (Kind::Png, include_bytes!("../../data/example/attachments/chart.png")),
            Content::Weighed => (Kind::Pdf, include_bytes!("../../data/example/attachments/weighed.pdf")),
            Content::Market => (Kind::Pdf, include_bytes!("../../data/example/attachments/market.pdf")),
        };
        let bytes = i64::try_from(file.len()).unwrap_or(i64::MAX);
        (New { name: self.name.clone(), kind, bytes, sha256: Sha256::digest(file).to_vec() }, file)
    }
}
