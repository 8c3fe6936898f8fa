//! Work beside the requests.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::store;
use crate::kernel::jobs;

/// Throws away the notes of transactions of whose changes nothing is left but what later ones have written over.
#[derive(Debug, Serialize, Deserialize)]
pub struct ForgetCommits {}

impl TaskHandler for ForgetCommits {
    const IDENTIFIER: &'static str = "forget_search_commits";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = jobs::app(&context)?;
        let mut tx = app.db.begin().await.map_err(|error| error.to_string())?;
        store::forget_commits(&mut tx).await.map_err(|error| error.to_string())?;
        tx.commit().await.map_err(|error| error.to_string())
    }
}
