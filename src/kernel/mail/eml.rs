//! Letters as files, where there is no SMTP server: one `.eml` each, which mail programs open.

use std::{io, path::Path};

use lettre::Message;
use time::{OffsetDateTime, macros::format_description};
use tokio::{fs, io::AsyncWriteExt};
use uuid::Uuid;

use super::smtp::Trouble;

/// The folder below the data directory.
const FOLDER: &str = "mail";

/// The beginning of a file's name, by which they are in order.
fn stamp(at: OffsetDateTime) -> String {
    at.format(format_description!("[year][month][day]T[hour][minute][second]")).unwrap_or_default()
}

/// Writes it; the same letter again is the same file. Only the program's own user may read it.
///
/// # Errors
/// When the folder is not to be written to.
pub(super) async fn write(data_dir: &Path, (id, at): (Uuid, OffsetDateTime), message: &Message) -> Result<(), Trouble> {
    let folder = data_dir.join(FOLDER);
    let name = format!("{}-{id}.eml", stamp(at));
    let written = async {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        builder.mode(0o700);
        builder.create(&folder).await?;
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        options.mode(0o600);
        // Whoever looks finds it whole or not at all.
        let half = folder.join(format!("{name}.part"));
        let mut file = options.open(&half).await?;
        file.write_all(&message.formatted()).await?;
        file.sync_all().await?;
        fs::rename(&half, folder.join(&name)).await
    };
    written.await.map_err(|error: io::Error| Trouble::passing(&format!("no file could be written below {FOLDER}: {error}")))
}

/// Throws away the files from before this time.
pub(super) async fn forget(data_dir: &Path, before: OffsetDateTime) -> io::Result<()> {
    let mut entries = match fs::read_dir(data_dir.join(FOLDER)).await {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let before = stamp(before);
    while let Some(entry) = entries.next_entry().await? {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.contains(".eml") && *name < *before {
            fs::remove_file(entry.path()).await?;
        }
    }
    Ok(())
}
