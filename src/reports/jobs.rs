//! Work beside the requests.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::workflow;
use crate::kernel::{
    actor::{Actor, System},
    jobs,
};

/// Erases the addresses that were kept to answer, when their time is over.
#[derive(Debug, Serialize, Deserialize)]
pub struct ForgetContacts {}

impl TaskHandler for ForgetContacts {
    const IDENTIFIER: &'static str = "forget_contacts";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = jobs::app(&context)?;
        let mut tx = app.db.begin().await.map_err(|error| error.to_string())?;
        let erased = workflow::forget_contacts(&mut tx, &Actor::System(System::Job), app.clock.now()).await;
        erased.map_err(|error| error.to_string())?;
        tx.commit().await.map_err(|error| error.to_string())
    }
}
