//! Work beside the requests.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};
use tokio::runtime::Handle;

use super::{runner, workflow};
use crate::kernel::{
    actor::{Actor, System},
    jobs,
};

/// Examines and reads in whatever waits. Safe to run twice, and by many programs at once: one of them works.
#[derive(Debug, Serialize, Deserialize)]
pub struct RunImports {}

impl TaskHandler for RunImports {
    const IDENTIFIER: &'static str = "run_imports";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = jobs::app(&context)?;
        let runtime = Handle::current();
        // Taking a file apart takes seconds in which nobody else would be answered: it has a thread of its own.
        let work = tokio::task::spawn_blocking(move || runtime.block_on(runner::run_waiting(&app)));
        work.await.map_err(|error| error.to_string())?.map_err(|error| format!("{error:#}"))
    }
}

/// Gives up what has lain too long.
#[derive(Debug, Serialize, Deserialize)]
pub struct EndImports {}

impl TaskHandler for EndImports {
    const IDENTIFIER: &'static str = "end_imports";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = jobs::app(&context)?;
        let mut tx = app.db.begin().await.map_err(|error| error.to_string())?;
        let ended = workflow::end_old(&mut tx, &Actor::System(System::Job), app.clock.now()).await;
        ended.map_err(|error| error.to_string())?;
        tx.commit().await.map_err(|error| error.to_string())
    }
}
