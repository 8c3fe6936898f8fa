//! A backup: everything of one snapshot, while others go on writing.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::Connection;
use time::OffsetDateTime;

use super::{
    UPLOADS, archive,
    manifest::{FORMAT, FileSum, Manifest},
    policy::Keep,
    programs::{Prepared, Target},
    store,
};
use crate::kernel::{actor::Actor, audit, db};

/// The commit that the program was built from; may be empty.
const COMMIT: &str = env!("KRAVBANK_COMMIT");

/// A backup that was taken.
#[derive(Debug)]
pub struct Taken {
    /// What stands in it.
    pub manifest: Manifest,
    /// How long the file is.
    pub bytes: u64,
}

/// Files that are in the making, which go when it fails.
struct Unfinished(Vec<PathBuf>);

impl Drop for Unfinished {
    fn drop(&mut self) {
        for path in &self.0 {
            let _ = fs::remove_file(path);
        }
    }
}

/// Takes a backup into this file, which is there when it is whole, and not before. The file may be read by nobody else.
///
/// # Errors
/// For who may not; where `pg_dump` is missing or fails; when the database is away or the disk is full.
pub async fn take(
    target: &Target,
    actor: &Actor,
    (file, data_dir): (&Path, &Path),
    now: OffsetDateTime,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> anyhow::Result<Taken> {
    let Some(permit) = Keep::ask(actor) else { bail!("no right to take backups") };
    let beside = |ending: &str| {
        let mut name = file.file_name().unwrap_or_default().to_owned();
        name.push(ending);
        file.with_file_name(name)
    };
    let (whole, dump) = (beside(".tmp"), beside(".tmp-dump"));
    let unfinished = Unfinished(vec![whole.clone(), dump.clone()]);
    let mut connection = db::connect_as_owner(&target.options).await?;
    let server = store::server(&mut connection).await?;
    let owner = db::owner(&mut connection).await?;
    let snapshot = store::begin_snapshot(&mut connection).await?;
    let mut arguments = vec!["--format=custom".to_owned(), "--no-password".to_owned(), format!("--snapshot={snapshot}")];
    arguments.extend(owner.map(|owner| format!("--role={owner}")));
    let program = target.program("pg_dump", server)?.args(arguments.iter().map(String::as_str));
    // The snapshot lives as long as the transaction that counts.
    let dumping = {
        let dump = dump.clone();
        tokio::task::spawn_blocking(move || write_dump(program, &dump))
    };
    let counted = store::sums(&mut connection, progress).await;
    let dumped = dumping.await?;
    let (tables, dumped) = (counted?, dumped?);
    let (schema, last_seal) = (db::schema_version(&mut connection).await?, store::last_seal(&mut connection).await?);
    store::end_snapshot(&mut connection).await?;
    connection.close().await?;
    let data_dir = data_dir.to_owned();
    let target_file = file.to_owned();
    let (manifest, bytes) = tokio::task::spawn_blocking(move || -> anyhow::Result<(Manifest, u64)> {
        let mut files = BTreeMap::from([(archive::DUMP.to_owned(), dumped)]);
        files.extend(archive::sums_of(&data_dir.join(UPLOADS), UPLOADS)?);
        let manifest = Manifest {
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            commit: COMMIT.to_owned(),
            schema,
            server,
            created_at: now,
            last_seal,
            tables,
            files,
        };
        let bytes = archive::write(&whole, &manifest, &dump, &data_dir)?;
        fs::rename(&whole, &target_file).with_context(|| target_file.display().to_string())?;
        // The name is on the disk too.
        let folder = target_file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()?;
        Ok((manifest, bytes))
    })
    .await??;
    drop(unfinished);
    note(target, &permit, (&manifest, bytes), now).await?;
    Ok(Taken { manifest, bytes })
}

/// Has the dump written to a file, and sums it up meanwhile.
fn write_dump(program: Prepared, to: &Path) -> anyhow::Result<FileSum> {
    let mut file = BufWriter::new(archive::private_file(to).with_context(|| to.display().to_string())?);
    let (mut hash, mut bytes) = (Sha256::new(), 0);
    program.read(|part| {
        hash.update(part);
        bytes += part.len() as u64;
        file.write_all(part)
    })?;
    file.flush()?;
    Ok(FileSum { bytes, sha256: hex::encode(hash.finalize()) })
}

/// That there is a backup, and when it was taken, for whoever looks after the bank.
async fn note(target: &Target, permit: &Keep, (manifest, bytes): (&Manifest, u64), now: OffsetDateTime) -> anyhow::Result<()> {
    let value = json!({"bytes": bytes, "rows": manifest.rows(), "schema": manifest.schema});
    let mut connection = db::connect_for_work(&target.options).await?;
    let mut tx = connection.begin().await?;
    store::note_taken(&mut tx, permit, &value.to_string(), now).await?;
    let entry =
        audit::Entry { action: "backup.take", object_kind: "bank", object_id: None, old: None, new: Some(value), reason: None };
    audit::record(&mut tx, permit.by(), now, entry).await?;
    tx.commit().await?;
    connection.close().await?;
    Ok(())
}
