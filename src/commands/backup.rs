//! `kravbank backup` and `restore`.

use std::{
    fs,
    io::{BufRead, IsTerminal},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail};
use clap::Args as Arguments;
use sqlx::Connection;
use time::{OffsetDateTime, macros::format_description};

use super::{
    BAD_INPUT, Database, T, clock, log,
    out::{aside, say},
    progress_bar,
};
use crate::{
    accounts,
    backup::{self, BadArchive, Target},
    kernel::{
        actor::{Actor, System},
        config::Settings,
        db,
        i18n::Lang,
    },
};

const ACTOR: Actor = Actor::System(System::CommandLine);
/// What somebody types who means it.
const WORD: &str = "radera";

/// What is asked for.
#[derive(Debug, Arguments)]
pub(super) struct Take {
    /// Filen som skrivs, eller en katalog där den får ett namn efter tiden
    file: PathBuf,
    /// Behåll så många säkerhetskopior i katalogen och ta bort de äldre
    #[arg(long, value_name = "ANTAL", value_parser = clap::value_parser!(u16).range(1..))]
    keep: Option<u16>,
}

/// What is asked for.
#[derive(Debug, Arguments)]
pub(super) struct Restore {
    /// Säkerhetskopian
    file: PathBuf,
    /// Ersätt det som finns i databasen
    #[arg(long)]
    force: bool,
}

fn target(settings: &Settings, database: &Database) -> Target {
    Target { options: database.options.clone(), url: settings.database_url.clone(), pg_bin: settings.pg_bin.clone() }
}

/// Takes a backup. The schema stays as it is: this may be the backup before an upgrade.
pub(super) async fn take(settings: &Settings, args: Take) -> anyhow::Result<ExitCode> {
    let now = clock(settings).now();
    let folder = args.file.is_dir().then(|| args.file.clone());
    if args.keep.is_some() && folder.is_none() {
        aside!("{}", T.backup_keep_needs_folder(args.file.display()));
        return Ok(ExitCode::from(2));
    }
    let file = match &folder {
        Some(folder) => folder.join(name(now)?),
        None => args.file,
    };
    let database = Database::find(settings).await?;
    if db::version_there(&database.options).await? == 0 {
        bail!(T.backup_nothing());
    }
    let bar = progress_bar();
    let taken = backup::take(&target(settings, &database), &ACTOR, (&file, &settings.data_dir), now, &|done, of| {
        bar.set_length(of as u64);
        bar.set_position(done as u64);
    })
    .await?;
    bar.finish_and_clear();
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let (rows, tables) = (count(taken.manifest.rows()), count(taken.manifest.tables.len() as u64));
    say!("{}", T.backup_taken(file.display(), count(taken.bytes.div_ceil(1024)), rows, tables))?;
    if let (Some(folder), Some(keep)) = (folder, args.keep) {
        for old in superseded(&folder, usize::from(keep))? {
            fs::remove_file(&old).with_context(|| old.display().to_string())?;
            say!("{}", T.backup_removed(old.display()))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// `kravbank-2026-11-28T021000Z.tar`: in the order of names they are in the order of time.
fn name(now: OffsetDateTime) -> anyhow::Result<String> {
    let form = format_description!("kravbank-[year]-[month]-[day]T[hour][minute][second]Z.tar");
    Ok(now.to_offset(time::UtcOffset::UTC).format(form)?)
}

/// The backups of a folder but the newest, by their names; nothing else in it is touched.
fn superseded(folder: &Path, keep: usize) -> anyhow::Result<Vec<PathBuf>> {
    let shape = |name: &str| name.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect::<String>();
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(|name| shape(name) == "kravbank-0000-00-00T000000Z.tar") {
            found.push(entry.path());
        }
    }
    found.sort();
    found.truncate(found.len().saturating_sub(keep));
    Ok(found)
}

/// Puts a backup in place, compares, brings the schema to this program's version and looks at the log.
pub(super) async fn restore(settings: &Settings, args: Restore) -> anyhow::Result<ExitCode> {
    let database = Database::find(settings).await?;
    let target = target(settings, &database);
    if args.force && !may_replace(&backup::contents(&target).await?)? {
        say!("{}", T.backup_left_alone())?;
        return Ok(ExitCode::FAILURE);
    }
    let bar = progress_bar();
    let restored = backup::restore(&target, &ACTOR, (&args.file, &settings.data_dir), args.force, &|done, of| {
        bar.set_length(of as u64);
        bar.set_position(done as u64);
    })
    .await;
    bar.finish_and_clear();
    let restored = match restored {
        Ok(restored) => restored,
        Err(error) if error.is::<BadArchive>() => {
            aside!("{error:#}");
            return Ok(ExitCode::from(BAD_INPUT));
        }
        Err(error) => return Err(error),
    };
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let rows = i64::try_from(restored.manifest.rows()).unwrap_or(i64::MAX);
    let taken = Lang::Sv.moment(restored.manifest.created_at);
    say!("{}", T.backup_restored(taken, rows, count(restored.manifest.tables.len()), count(restored.files)))?;
    let migrated = db::migrate(&database.options, false).await?;
    say!("{}", T.commands_migrated(migrated.from.to_string(), migrated.to.to_string()))?;
    let mut connection = db::connect_for_work(&database.options).await.context(T.database_unreachable())?;
    let now = clock(settings).now();
    let mut tx = connection.begin().await?;
    let ended = accounts::end_all_sessions(&mut tx, &ACTOR, now).await?;
    restored.note(&mut tx, &ACTOR, now).await?;
    tx.commit().await?;
    say!("{}", T.backup_sessions(ended))?;
    Ok(if log::check(&mut connection).await? { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Says what would be destroyed. On a terminal somebody has to agree in a word; elsewhere the flag is the word.
fn may_replace(there: &[(String, i64)]) -> anyhow::Result<bool> {
    if there.is_empty() {
        return Ok(true);
    }
    aside!("{}", T.backup_destroys());
    for (name, rows) in there {
        aside!("  {}", T.backup_table(name.trim_start_matches("public."), *rows));
    }
    if !std::io::stdin().is_terminal() {
        return Ok(true);
    }
    aside!("{}", T.backup_confirm(WORD));
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    Ok(answer.trim() == WORD)
}
