//! Work beside the requests.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::workflow;
use crate::kernel::{
    actor::{Actor, System},
    jobs,
};

/// Throws away sessions that were over long ago, and links and steps that open nothing any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct SweepSessions {}

impl TaskHandler for SweepSessions {
    const IDENTIFIER: &'static str = "sweep_sessions";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = jobs::app(&context)?;
        let mut tx = app.db.begin().await.map_err(|error| error.to_string())?;
        let swept = workflow::sweep(&mut tx, &Actor::System(System::Job), app.clock.now()).await;
        swept.map_err(|error| error.to_string())?;
        tx.commit().await.map_err(|error| error.to_string())
    }
}

/// Takes away what is left of those whose account was erased: sessions that were ended, that there were letters.
#[derive(Debug, Serialize, Deserialize)]
pub struct EraseRemains {}

impl TaskHandler for EraseRemains {
    const IDENTIFIER: &'static str = "erase_remains";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = jobs::app(&context)?;
        let mut tx = app.db.begin().await.map_err(|error| error.to_string())?;
        let erased = workflow::erase::erase_remains(&mut tx, &Actor::System(System::Job), app.clock.now()).await;
        erased.map_err(|error| error.to_string())?;
        tx.commit().await.map_err(|error| error.to_string())
    }
}
