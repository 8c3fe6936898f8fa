//! What is done at night: selections of browsers that were not seen for thirty days go.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::{policy::Sweep, workflow};
use crate::kernel::{
    actor::{Actor, System},
    clock,
    jobs::app,
    web::KEPT,
};

/// Throws away what nobody can come back to.
#[derive(Debug, Serialize, Deserialize)]
pub struct SweepSelections {}

impl TaskHandler for SweepSelections {
    const IDENTIFIER: &'static str = "sweep_selections";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = app(&context)?;
        let now = app.clock.now();
        let mut tx = app.db.begin().await.map_err(|error| error.to_string())?;
        // A day more than the cookie: a browser is noted by the day.
        let kept = KEPT + time::Duration::DAY;
        let permit = Sweep::ask(&Actor::System(System::Job)).ok_or("no right to sweep")?;
        workflow::sweep(&mut tx, &permit, now, clock::in_sweden(now).date(), kept).await.map_err(|error| error.to_string())?;
        tx.commit().await.map_err(|error| error.to_string())
    }
}
