//! Work beside the requests.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::{
    policy::LetLie,
    workflow::{self, taking},
};
use crate::kernel::{
    actor::{Actor, System},
    jobs,
};

/// Lets lie what was returned for completion and never came back.
#[derive(Debug, Serialize, Deserialize)]
pub struct LetSilentLie {}

impl TaskHandler for LetSilentLie {
    const IDENTIFIER: &'static str = "let_silent_proposals_lie";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = jobs::app(&context)?;
        let now = app.clock.now();
        let mut tx = app.db.begin().await.map_err(|error| error.to_string())?;
        for id in workflow::silent(&mut tx, now).await.map_err(|error| error.to_string())? {
            let permit = LetLie::ask(&mut tx, &Actor::System(System::Job), id).await.map_err(|error| error.to_string())?;
            if let Some(permit) = permit {
                workflow::let_lie(&mut tx, &permit, now).await.map_err(|error| error.to_string())?;
            }
        }
        tx.commit().await.map_err(|error| error.to_string())
    }
}

/// Closes what is open on requirements that have ceased to apply.
#[derive(Debug, Serialize, Deserialize)]
pub struct CloseOvertaken {}

impl TaskHandler for CloseOvertaken {
    const IDENTIFIER: &'static str = "close_overtaken_proposals";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = jobs::app(&context)?;
        let now = app.clock.now();
        let mut connection = app.db.read().await.map_err(|error| error.to_string())?;
        let due = taking::due(&mut connection, now).await.map_err(|error| error.to_string())?;
        drop(connection);
        // Each by itself, so that one that cannot be closed holds up none of the others.
        for one in due {
            let mut tx = app.db.begin().await.map_err(|error| error.to_string())?;
            match taking::overtake_due(&mut tx, &Actor::System(System::Job), &one, now).await {
                Ok(()) => tx.commit().await.map_err(|error| error.to_string())?,
                Err(error) => tracing::error!(proposal = %one.proposal, %error, "a proposal on what is repealed stays open"),
            }
        }
        Ok::<_, String>(())
    }
}
