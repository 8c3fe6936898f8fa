//! `kravbank export-all`.

use std::{fs, io::ErrorKind, path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::Args as Arguments;
use sqlx::Connection;

use super::{
    Database, T, clock,
    out::{aside, say},
    progress_bar,
};
use crate::{
    kernel::{config::Settings, db},
    open_data::export::{self, Bank},
};

const WRONG_USAGE: u8 = 2;

/// What is asked for.
#[derive(Debug, Arguments)]
pub(super) struct Args {
    /// Katalogen, som ska vara tom; den skapas om den inte finns
    folder: PathBuf,
}

/// Writes all public content into a folder.
pub(super) async fn all(settings: &Settings, args: Args) -> anyhow::Result<ExitCode> {
    let folder = args.folder;
    match fs::read_dir(&folder).map(Iterator::count) {
        Ok(0) => {}
        Ok(_) => {
            aside!("{}", T.open_data_export_not_empty(folder.display()));
            return Ok(ExitCode::from(WRONG_USAGE));
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        }
        Err(error) => {
            aside!("{}", T.open_data_export_no_folder(folder.display(), error));
            return Ok(ExitCode::from(WRONG_USAGE));
        }
    }
    let database = Database::find(settings).await?;
    db::migrate(&database.options, false).await?;
    let mut connection = db::connect_for_work(&database.options).await.context(T.database_unreachable())?;
    let bank = Bank { base: settings.base_url(), example: settings.example, now: clock(settings).now() };
    let bar = progress_bar();
    let written = export::write(&mut connection, &bank, &folder, &|number, of| {
        bar.set_length(of.unsigned_abs());
        bar.set_position(number.unsigned_abs());
    })
    .await;
    bar.finish_and_clear();
    let written = written?;
    connection.close().await?;
    let rows =
        |name: &str| written.files.get(name).and_then(|sum| sum.rows).and_then(|rows| i64::try_from(rows).ok()).unwrap_or(0);
    let files = i64::try_from(written.files.len()).unwrap_or(i64::MAX);
    say!("{}", T.open_data_export_written(folder.display(), rows("requirements.jsonl"), files))?;
    let left_out = rows("import/left-out.csv");
    if left_out > 0 {
        say!("{}", T.open_data_export_left_out(left_out))?;
    }
    Ok(ExitCode::SUCCESS)
}
