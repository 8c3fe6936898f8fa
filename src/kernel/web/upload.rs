//! A form that brings a file. The file goes to a temporary one that has no name, piece by piece: it is never held in memory,
//! no connection to the database waits for a slow line, and what is left behind by a crash is gone with the process.

#![expect(clippy::disallowed_types, reason = "axum's extractor answers in English; this is the one place that wraps it")]

use std::{collections::BTreeMap, fs::File, io::Write, time::Duration};

use axum::{
    extract::{FromRequest, Multipart, Request, multipart::MultipartError},
    http::{StatusCode, header},
};
use sha2::{Digest, Sha256};

use super::App;
use crate::kernel::error::{Error, Result};

/// Whoever sends nothing for so long is not waited for any longer.
const SILENCE: Duration = Duration::from_secs(20);
/// Fields beside the file.
const MOST_FIELDS: usize = 32;
/// The largest of them.
const LONGEST_FIELD: usize = 16 * 1024;

/// A file that was sent.
#[derive(Debug)]
pub struct UploadedFile {
    /// What its sender calls it; a name and no path.
    pub name: String,
    /// How large it is.
    pub bytes: u64,
    /// What it hashes to.
    pub sha256: Vec<u8>,
    /// What is in it, from the beginning. It ends with this handle.
    pub file: File,
}

/// A form with at most one file.
#[derive(Debug, Default)]
pub struct Uploaded {
    /// The fields beside it; the last of several that have one name.
    pub fields: BTreeMap<String, String>,
    /// The file, where one was chosen.
    pub file: Option<UploadedFile>,
    /// Whether there were more files than one; only the first is here.
    pub several: bool,
}

impl Uploaded {
    /// What a field says; empty where it was not sent.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}

/// A form with a file as it arrives. It is read when the handler asks, so that a page can be shown where it is too large.
#[derive(Debug)]
pub struct Upload {
    form: Option<Multipart>,
    /// How much was announced.
    announced: Option<u64>,
}

impl FromRequest<App> for Upload {
    type Rejection = Error;

    async fn from_request(request: Request, state: &App) -> Result<Self, Error> {
        let length = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
        // What is no such form holds no file: the page says so.
        let form = Multipart::from_request(request, state).await.ok();
        Ok(Self { form, announced: length })
    }
}

impl Upload {
    /// Reads the form; of the file at most so many bytes.
    ///
    /// # Errors
    /// [`Error::TooLarge`], [`Error::BadRequest`] for what breaks off or is no form with files, and when the disk is full.
    pub async fn read(self, most: u64) -> Result<Uploaded> {
        if self.announced.is_some_and(|announced| announced > most + LONGEST_FIELD as u64 * MOST_FIELDS as u64) {
            return Err(Error::TooLarge);
        }
        let mut form = self.form.ok_or(Error::UnsupportedMedia)?;
        let mut read = Uploaded::default();
        while let Some(mut field) = in_time(form.next_field()).await? {
            let name = field.name().unwrap_or_default().to_owned();
            let Some(file_name) = field.file_name().map(bare_name) else {
                let mut value = Vec::new();
                while let Some(piece) = in_time(field.chunk()).await? {
                    value.extend_from_slice(&piece);
                    if value.len() > LONGEST_FIELD {
                        return Err(Error::TooLarge);
                    }
                }
                if read.fields.len() >= MOST_FIELDS {
                    return Err(Error::BadRequest("too many fields".to_owned()));
                }
                let value = String::from_utf8(value).map_err(|_| Error::BadRequest("a field is not UTF-8".to_owned()))?;
                read.fields.insert(name, value);
                continue;
            };
            let mut spool = Spool::new().await?;
            while let Some(piece) = in_time(field.chunk()).await? {
                if spool.bytes + piece.len() as u64 > most {
                    return Err(Error::TooLarge);
                }
                spool = spool.with(piece).await?;
            }
            // A browser sends an empty part where nothing was chosen.
            if file_name.is_empty() && spool.bytes == 0 {
                continue;
            }
            if read.file.is_some() {
                read.several = true;
            } else {
                read.file = Some(spool.end(file_name)?);
            }
        }
        Ok(read)
    }
}

/// What comes within the time that is waited for a piece.
async fn in_time<T>(piece: impl Future<Output = std::result::Result<T, MultipartError>>) -> Result<T> {
    let silent = |_| Error::BadRequest("nothing was sent for too long".to_owned());
    tokio::time::timeout(SILENCE, piece).await.map_err(silent)?.map_err(|error| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
        _ => Error::BadRequest(error.body_text()),
    })
}

/// The last part of a path as any system writes it.
fn bare_name(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

/// A file without a name that is being filled.
struct Spool {
    file: File,
    bytes: u64,
    hash: Sha256,
}

impl Spool {
    async fn new() -> Result<Self> {
        let file = tokio::task::spawn_blocking(tempfile::tempfile).await.map_err(anyhow::Error::from)?;
        Ok(Self { file: file.map_err(no_room)?, bytes: 0, hash: Sha256::new() })
    }

    /// With some more in it; the disk may be slow.
    async fn with(mut self, piece: impl AsRef<[u8]> + Send + 'static) -> Result<Self> {
        let write = move || {
            let piece = piece.as_ref();
            self.file.write_all(piece)?;
            self.hash.update(piece);
            self.bytes += piece.len() as u64;
            Ok(self)
        };
        tokio::task::spawn_blocking(write).await.map_err(anyhow::Error::from)?.map_err(no_room)
    }

    fn end(mut self, name: String) -> Result<UploadedFile> {
        std::io::Seek::rewind(&mut self.file).map_err(no_room)?;
        Ok(UploadedFile { name, bytes: self.bytes, sha256: self.hash.finalize().to_vec(), file: self.file })
    }
}

/// The place for temporary files is full, or is not there: nothing that the sender can mend.
fn no_room(error: std::io::Error) -> Error {
    Error::Unavailable(anyhow::Error::from(error).context("a file that was sent cannot be put down"))
}
