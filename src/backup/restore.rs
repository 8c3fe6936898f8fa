//! A backup put in place of what is there, and compared with what it was made of before anybody is told that it worked.

use std::path::Path;

use anyhow::bail;
use serde_json::json;
use sqlx::Connection;
use time::OffsetDateTime;

use super::{
    UPLOADS,
    archive::{self, BadArchive},
    manifest::Manifest,
    policy::Keep,
    programs::Target,
    store,
};
use crate::kernel::{
    actor::Actor,
    audit, db,
    i18n::{Lang, Texts},
};

const T: Texts = Texts(Lang::Sv);

/// A backup that was restored.
#[derive(Debug)]
pub struct Restored {
    /// What stood in it, and stands in the database now.
    pub manifest: Manifest,
    /// How many files of the data directory there were.
    pub files: usize,
}

/// What the database holds that no migration has put there: table and rows.
///
/// # Errors
/// When the database is away.
pub async fn contents(target: &Target) -> anyhow::Result<Vec<(String, i64)>> {
    let mut connection = db::connect_as_owner(&target.options).await?;
    let found = store::contents(&mut connection).await?;
    connection.close().await?;
    Ok(found)
}

/// Puts a backup into a database that is empty, or with `force` in the place of what is in it. The schema is that of the backup
/// afterwards: the caller migrates.
///
/// # Errors
/// For who may not; when the archive is not whole or of a newer program; when the database is not empty, or somebody uses it;
/// where `pg_restore` is missing or fails; when what was put in is not what was taken out.
pub async fn restore(
    target: &Target,
    actor: &Actor,
    (file, data_dir): (&Path, &Path),
    force: bool,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> anyhow::Result<Restored> {
    let Some(permit) = Keep::ask(actor) else { bail!("no right to restore backups") };
    let manifest = {
        let file = file.to_owned();
        tokio::task::spawn_blocking(move || archive::check(&file)).await??
    };
    if manifest.schema > db::newest() {
        let text = T.backup_newer(manifest.schema.to_string(), db::newest().to_string(), &manifest.version);
        return Err(BadArchive::new(text).into());
    }
    let mut connection = db::connect_as_owner(&target.options).await?;
    let there = store::contents(&mut connection).await?;
    if !there.is_empty() && !force {
        bail!(T.backup_not_empty(listed(&there)));
    }
    let uploads = archive::sums_of(&data_dir.join(UPLOADS), UPLOADS)?;
    if !uploads.is_empty() && !force {
        bail!(T.backup_files_there(data_dir.join(UPLOADS).display()));
    }
    // A connection that was closed a moment ago may still be on its way out.
    let mut others = store::others(&mut connection).await?;
    for _ in 0..10 {
        if others > 0 {
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            others = store::others(&mut connection).await?;
        }
    }
    if others > 0 {
        bail!(T.backup_in_use(others));
    }
    db::check_ownership(&mut connection).await?;
    let server = store::server(&mut connection).await?;
    let database = target.options.get_database().unwrap_or_else(|| target.options.get_username()).to_owned();
    let mut arguments = vec![
        "--exit-on-error".to_owned(),
        "--single-transaction".to_owned(),
        "--no-owner".to_owned(),
        "--no-privileges".to_owned(),
        "--no-comments".to_owned(),
        "--no-password".to_owned(),
        format!("--dbname={database}"),
    ];
    arguments.extend(db::owner(&mut connection).await?.map(|owner| format!("--role={owner}")));
    let program = target.program("pg_restore", server)?.args(arguments.iter().map(String::as_str));
    store::clear(&mut connection, &permit).await?;
    {
        let file = file.to_owned();
        tokio::task::spawn_blocking(move || archive::with_dump(&file, |dump| program.write(dump))).await??;
    }
    let differing = manifest.differing(&store::sums(&mut connection, progress).await?);
    if !differing.is_empty() {
        bail!(T.backup_differs(differing.join(", ")));
    }
    connection.close().await?;
    let files = {
        let (file, data_dir) = (file.to_owned(), data_dir.to_owned());
        tokio::task::spawn_blocking(move || {
            if force {
                match std::fs::remove_dir_all(data_dir.join(UPLOADS)) {
                    Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                    _ => {}
                }
            }
            archive::unpack(&file, &data_dir)
        })
        .await??
    };
    Ok(Restored { manifest, files })
}

/// Table and rows, in words.
pub(super) fn listed(there: &[(String, i64)]) -> String {
    let one = |(name, rows): &(String, i64)| T.backup_table(name.trim_start_matches("public."), *rows);
    there.iter().map(one).collect::<Vec<_>>().join(", ")
}

impl Restored {
    /// Writes down that this was done, in the bank that is there now.
    ///
    /// # Errors
    /// For who may not, and when the database refuses.
    pub async fn note(&self, tx: &mut sqlx::PgConnection, actor: &Actor, now: OffsetDateTime) -> anyhow::Result<()> {
        let Some(permit) = Keep::ask(actor) else { bail!("no right to restore backups") };
        let taken = self.manifest.created_at.format(&time::format_description::well_known::Rfc3339)?;
        let new = json!({"taken_at": taken, "rows": self.manifest.rows(), "schema": self.manifest.schema});
        let entry = audit::Entry {
            action: "backup.restore",
            object_kind: "bank",
            object_id: None,
            old: None,
            new: Some(new),
            reason: None,
        };
        Ok(audit::record(tx, permit.by(), now, entry).await?)
    }
}
