//! `kravbank reports`: the reports that wait, until the bank has an inbox for them.

use std::process::ExitCode;

use anyhow::Context;
use sqlx::Connection;

use super::{Database, T, clock, out};
use crate::{
    kernel::{
        actor::{Actor, System},
        config::Settings,
        db,
    },
    reports,
};

pub(super) async fn list(settings: &Settings, as_json: bool) -> anyhow::Result<ExitCode> {
    let database = Database::find(settings).await?;
    db::migrate(&database.options, false).await?;
    let mut connection = db::connect_for_work(&database.options).await.context(T.database_unreachable())?;
    let mut tx = connection.begin().await?;
    let open = reports::open_reports(&mut tx, &Actor::System(System::CommandLine), clock(settings).now()).await?;
    // What is shown is written down first.
    tx.commit().await?;
    out::whole(&reports::listing(&open, as_json)?)?;
    Ok(ExitCode::SUCCESS)
}
