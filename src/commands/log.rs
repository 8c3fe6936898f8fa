//! `kravbank verify-log`: is the audit log as it was written? And the line in it that says with what the program started.

use std::process::ExitCode;

use anyhow::Context;
use serde_json::{Map, Value, json};
use sqlx::Connection;

use super::{Database, T, out::say};
use crate::kernel::{
    actor::{Actor, System},
    audit::{self, Broken, Why},
    config::{Settings, Source},
    db,
    error::Result,
    i18n::Lang,
    web::App,
};

/// Recomputes the chain and says what was found; 1 where something does not fit.
pub(super) async fn verify(settings: &Settings) -> anyhow::Result<ExitCode> {
    let database = Database::find(settings).await?;
    db::migrate(&database.options, false).await?;
    let mut connection = db::connect_for_work(&database.options).await.context(T.database_unreachable())?;
    let whole = check(&mut connection).await?;
    connection.close().await?;
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Recomputes the chain through this connection, and prints what was found; whether it is whole.
pub(super) async fn check(connection: &mut sqlx::PgConnection) -> anyhow::Result<bool> {
    let bar = super::progress_bar();
    let found = audit::verify(connection, &|read, of| {
        bar.set_length(of.unsigned_abs());
        bar.set_position(read.unsigned_abs());
    })
    .await?;
    bar.finish_and_clear();
    say!("{}", T.commands_log_counted(found.rows, found.seals))?;
    if let Some(since) = found.unsealed_since {
        say!("{}", T.commands_log_unsealed(found.unsealed, Lang::Sv.moment(since)))?;
    }
    match found.broken {
        None => {
            say!("{}", T.commands_log_whole())?;
            if !found.last.is_empty() {
                say!("{}", T.commands_log_last(hex::encode(&found.last)))?;
            }
            Ok(true)
        }
        Some(broken) => {
            say!("{}", said(&broken))?;
            Ok(false)
        }
    }
}

fn said(broken: &Broken) -> String {
    let seal = broken.seal.to_string();
    let (first, last) = broken.held.unwrap_or_default();
    match broken.why {
        Why::Previous => T.commands_log_broken_previous(seal),
        Why::Count => T.commands_log_broken_count(seal, first.to_string(), last.to_string()),
        Why::Hash => T.commands_log_broken_hash(seal, first.to_string(), last.to_string()),
    }
}

/// Writes down which program starts with which settings. Secrets are hidden in what is shown of them.
pub(super) async fn note_start(app: &App) -> Result<()> {
    let set: Map<String, Value> = app
        .settings
        .shown
        .iter()
        .filter(|(_, _, source)| *source != Source::Default)
        .map(|(setting, value, _)| (setting.name.to_owned(), json!(value)))
        .collect();
    let new = json!({
        "version": env!("CARGO_PKG_VERSION"), "commit": env!("KRAVBANK_COMMIT"), "schema": db::newest(), "settings": set,
    });
    let mut tx = app.db.begin().await?;
    let entry = audit::Entry {
        action: "program.start",
        object_kind: "program",
        object_id: None,
        old: None,
        new: Some(new),
        reason: None,
    };
    audit::record(&mut tx, &Actor::System(System::CommandLine), app.clock.now(), entry).await?;
    tx.commit().await?;
    Ok(())
}
