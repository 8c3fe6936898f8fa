//! `kravbank import` and `import-cpv`: a file from the disk, a transaction, a report.

use std::{
    io::Read as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, anyhow, bail};
use clap::ValueEnum;
use sqlx::{Connection, PgConnection};

use super::{
    BAD_INPUT, Database, T, clock, out,
    out::{aside, say},
    progress_bar,
};
use crate::{
    imports::{self, ImportError, MOST_BYTES, Options, Progress, Target},
    kernel::{
        actor::{Actor, System},
        config::Settings,
        db, words,
    },
    taxonomy,
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Filen
    file: PathBuf,
    /// Visa vad som skulle hända, spara ingenting
    #[arg(long)]
    dry_run: bool,
    /// Ta in kraven som beredning eller som redan gällande
    #[arg(long = "as", value_enum, default_value = "preparation")]
    target: As,
    /// Skapa produktgrupper som saknas
    #[arg(long)]
    create_groups: bool,
    /// Hoppa över rader med fel och spara resten
    #[arg(long)]
    skip_invalid: bool,
    /// Låt ett befintligt krav få både ny rubrik och ny produktgrupp
    #[arg(long)]
    replace: bool,
    /// Vad inläsningen grundar sig på, till exempel ett beslut eller diarienummer
    #[arg(long, default_value = "", value_name = "TEXT")]
    reference: String,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum As {
    Preparation,
    Current,
}

/// `kravbank import`: requirements, in one transaction.
pub(super) async fn requirements(settings: &Settings, args: Args) -> anyhow::Result<ExitCode> {
    let file = match read(&args.file) {
        Ok(file) => file,
        Err(code) => return Ok(code),
    };
    let database = Database::find(settings).await?;
    db::migrate(&database.options, false).await?;
    let options = Options {
        target: match args.target {
            As::Preparation => Target::Preparation,
            As::Current => Target::Current,
        },
        create_groups: args.create_groups,
        skip_invalid: args.skip_invalid,
        replace: args.replace,
        reference: args.reference,
        operator: std::env::var("SUDO_USER")
            .or_else(|_| std::env::var("USER"))
            .unwrap_or_else(|_| T.commands_operator_unknown().to_owned()),
        file_name: args.file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
    };
    let bar = progress_bar();
    let show = |progress: Progress| {
        bar.set_length(progress.of as u64);
        bar.set_position(progress.done as u64);
    };
    let mut connection = db::connect_for_work(&database.options).await.context(T.database_unreachable())?;
    if !args.dry_run {
        must_be_open(settings, &mut connection).await?;
    }
    let mut tx = connection.begin().await?;
    let actor = Actor::System(System::CommandLine);
    let outcome = imports::run(&mut tx, &actor, &options, &file, clock(settings).now(), &show).await;
    bar.finish_and_clear();
    let report = match outcome {
        Ok(report) => report,
        Err(ImportError::File(text)) => {
            aside!("{text}");
            return Ok(ExitCode::from(BAD_INPUT));
        }
        Err(error) => return Err(error.into()),
    };
    if report.accepted && !args.dry_run {
        tx.commit().await?;
    } else {
        tx.rollback().await?;
    }
    out::whole(&report.text(args.dry_run))?;
    Ok(if report.accepted { ExitCode::SUCCESS } else { ExitCode::from(BAD_INPUT) })
}

/// Nothing is read in while the bank is closed for changes.
async fn must_be_open(settings: &Settings, connection: &mut PgConnection) -> anyhow::Result<()> {
    if settings.read_only || words::is_closed(connection).await? {
        bail!(T.commands_closed());
    }
    Ok(())
}

/// `kravbank import-cpv`: codes and their names.
pub(super) async fn cpv(settings: &Settings, file: &Path) -> anyhow::Result<ExitCode> {
    let text = match read(file).map(String::from_utf8) {
        Ok(Ok(text)) => text,
        Ok(Err(error)) => return Ok(unreadable(file, &error)),
        Err(code) => return Ok(code),
    };
    let database = Database::find(settings).await?;
    db::migrate(&database.options, false).await?;
    let mut connection = db::connect_for_work(&database.options).await.context(T.database_unreachable())?;
    must_be_open(settings, &mut connection).await?;
    let mut tx = connection.begin().await?;
    let permit = taxonomy::policy::Edit::ask(&Actor::System(System::CommandLine)).context("no right to the tree")?;
    match taxonomy::import_cpv(&mut tx, &permit, &text, clock(settings).now()).await {
        Ok(report) => {
            tx.commit().await?;
            let n = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
            say!(
                "{}",
                T.imports_cpv_summary(
                    T.imports_count_new(n(report.new)),
                    T.imports_count_changed(n(report.changed)),
                    T.imports_count_unchanged(n(report.unchanged)),
                )
            )?;
            Ok(ExitCode::SUCCESS)
        }
        Err(taxonomy::CpvError::Lines(lines)) => {
            if lines.is_empty() {
                aside!("{}", T.imports_empty());
            }
            for (line, text) in lines {
                aside!("{}", T.imports_cpv_line(line.to_string(), text));
            }
            aside!("{}", T.imports_nothing_saved());
            Ok(ExitCode::from(BAD_INPUT))
        }
        Err(taxonomy::CpvError::Database(error)) => Err(anyhow!(error)),
    }
}

/// A file that somebody names; what is too large is refused unread.
fn read(file: &Path) -> Result<Vec<u8>, ExitCode> {
    let read = || -> std::io::Result<Option<Vec<u8>>> {
        let source = std::fs::File::open(file)?;
        let mut bytes = Vec::new();
        if source.metadata()?.len() <= MOST_BYTES as u64 {
            // A pipe has no length beforehand.
            source.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
            if bytes.len() <= MOST_BYTES {
                return Ok(Some(bytes));
            }
        }
        Ok(None)
    };
    match read() {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => {
            aside!("{}", T.imports_too_large());
            Err(ExitCode::from(BAD_INPUT))
        }
        Err(error) => Err(unreadable(file, &error)),
    }
}

fn unreadable(file: &Path, error: &dyn std::error::Error) -> ExitCode {
    aside!("{}", T.imports_unreadable(file.display(), error));
    ExitCode::from(BAD_INPUT)
}
