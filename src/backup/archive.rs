//! The file itself: a tar archive with `manifest.json` first, then the dump, then files.

use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions},
    io::{BufReader, BufWriter, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Component, Path, PathBuf},
};

use anyhow::Context;
use sha2::{Digest, Sha256};

use super::manifest::{FORMAT, FileSum, Manifest};
use crate::kernel::i18n::{Lang, Texts};

const T: Texts = Texts(Lang::Sv);
const MANIFEST: &str = "manifest.json";
/// The dump, as `pg_restore` reads it.
pub(super) const DUMP: &str = "database.dump";
/// What stands before the path of a file of the data directory.
pub(super) const FILES: &str = "files/";
/// No manifest is longer.
const MOST_MANIFEST: u64 = 16 << 20;

/// The archive is no archive, or not whole; the text says so to the operator.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct BadArchive(String);

impl BadArchive {
    pub(super) fn new(text: String) -> Self {
        Self(text)
    }
}

/// A file that nobody else may read, instead of what is there.
pub(super) fn private_file(path: &Path) -> std::io::Result<File> {
    // What an earlier run left may be open to others.
    let _ = fs::remove_file(path);
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// The files below a folder with the sum of each, by their path in the archive; none where there is no folder.
pub(super) fn sums_of(folder: &Path, name: &str) -> std::io::Result<BTreeMap<String, FileSum>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![(folder.to_owned(), format!("{FILES}{name}"))];
    while let Some((folder, name)) = waiting.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            let Some(last) = entry.file_name().to_str().map(str::to_owned) else { continue };
            let (kind, name) = (entry.file_type()?, format!("{name}/{last}"));
            if kind.is_dir() {
                waiting.push((entry.path(), name));
            } else if kind.is_file() {
                found.insert(name, sum_of(BufReader::new(File::open(entry.path())?))?);
            }
        }
    }
    Ok(found)
}

fn sum_of(mut source: impl Read) -> std::io::Result<FileSum> {
    let (mut hash, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 16]);
    loop {
        let length = source.read(&mut buffer)?;
        if length == 0 {
            return Ok(FileSum { bytes, sha256: hex::encode(hash.finalize()) });
        }
        hash.update(&buffer[..length]);
        bytes += length as u64;
    }
}

/// Writes the archive to `to`, which is on the disk when this returns. The dump lies in a file of its own, and the others in the
/// data directory.
pub(super) fn write(to: &Path, manifest: &Manifest, dump: &Path, data_dir: &Path) -> anyhow::Result<u64> {
    let mut archive = tar::Builder::new(BufWriter::new(private_file(to)?));
    let mtime = u64::try_from(manifest.created_at.unix_timestamp()).unwrap_or(0);
    let mut add = |name: &str, bytes: u64, source: &mut dyn Read| -> std::io::Result<()> {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes);
        header.set_mode(0o600);
        header.set_mtime(mtime);
        archive.append_data(&mut header, name, source)
    };
    let text = serde_json::to_vec_pretty(manifest)?;
    add(MANIFEST, text.len() as u64, &mut text.as_slice())?;
    for (name, sum) in &manifest.files {
        let path = name.strip_prefix(FILES).map_or_else(|| dump.to_owned(), |rest| data_dir.join(rest));
        // One that grows meanwhile is as long as it was when it was counted.
        add(name, sum.bytes, &mut BufReader::new(File::open(path)?).take(sum.bytes))?;
    }
    let file = archive.into_inner()?.into_inner().context("an archive that cannot be written")?;
    file.sync_all()?;
    Ok(file.metadata()?.len())
}

/// Reads the whole archive and compares each file in it with what the manifest says.
///
/// # Errors
/// When it is no archive, of another format, cut off, or not as it was made.
pub(super) fn check(file: &Path) -> anyhow::Result<Manifest> {
    let mut archive = tar::Archive::new(BufReader::new(File::open(file).with_context(|| file.display().to_string())?));
    let broken = |what: &dyn std::fmt::Display| BadArchive(T.backup_archive_broken(file.display(), what));
    let mut entries = archive.entries().map_err(|error| broken(&error))?;
    let first = entries.next().and_then(Result::ok).filter(|entry| entry.path().is_ok_and(|path| path == Path::new(MANIFEST)));
    let Some(first) = first else { return Err(BadArchive(T.backup_no_archive(file.display())).into()) };
    let mut text = Vec::new();
    first.take(MOST_MANIFEST).read_to_end(&mut text).map_err(|error| broken(&error))?;
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|error| broken(&error))?;
    if manifest.format != FORMAT {
        return Err(BadArchive(T.backup_other_format(manifest.format.to_string())).into());
    }
    let mut missing = manifest.files.clone();
    for entry in entries {
        let entry = entry.map_err(|error| broken(&error))?;
        let name = entry.path().map(|path| path.to_string_lossy().into_owned()).map_err(|error| broken(&error))?;
        let wanted = missing.remove(&name).ok_or_else(|| broken(&name))?;
        if name != DUMP && !is_file_of_ours(&name) {
            return Err(broken(&name).into());
        }
        if sum_of(entry).map_err(|error| broken(&error))? != wanted {
            return Err(BadArchive(T.backup_file_differs(&name)).into());
        }
    }
    match missing.into_keys().next() {
        Some(name) => Err(BadArchive(T.backup_file_missing(&name)).into()),
        None if !manifest.files.contains_key(DUMP) => Err(BadArchive(T.backup_file_missing(DUMP)).into()),
        None => Ok(manifest),
    }
}

/// Whether it is the path of a file below the folder of uploads, and of nothing above it.
fn is_file_of_ours(name: &str) -> bool {
    let Some(rest) = name.strip_prefix(FILES).and_then(|rest| rest.strip_prefix(super::UPLOADS)?.strip_prefix('/')) else {
        return false;
    };
    !rest.is_empty() && Path::new(rest).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Hands on the dump of an archive that was checked.
pub(super) fn with_dump<T>(file: &Path, to: impl FnOnce(&mut dyn Read) -> anyhow::Result<T>) -> anyhow::Result<T> {
    let mut archive = tar::Archive::new(BufReader::new(File::open(file)?));
    for entry in archive.entries()? {
        let mut entry = entry?;
        if entry.path()? == Path::new(DUMP) {
            return to(&mut entry);
        }
    }
    Err(BadArchive(T.backup_file_missing(DUMP)).into())
}

/// Lays the files of an archive that was checked into the data directory; gives how many there were.
pub(super) fn unpack(file: &Path, data_dir: &Path) -> anyhow::Result<usize> {
    let mut archive = tar::Archive::new(BufReader::new(File::open(file)?));
    let mut laid = 0;
    for entry in archive.entries()? {
        let mut entry = entry?;
        let name = entry.path()?.to_string_lossy().into_owned();
        if !is_file_of_ours(&name) {
            continue;
        }
        let path: PathBuf = data_dir.join(name.trim_start_matches(FILES));
        fs::create_dir_all(path.parent().context("a folder")?)?;
        let mut to = private_file(&path)?;
        std::io::copy(&mut entry, &mut to)?;
        to.flush()?;
        to.sync_all()?;
        laid += 1;
    }
    Ok(laid)
}
