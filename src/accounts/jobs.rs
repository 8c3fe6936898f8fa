//! Work beside the requests.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    policy::by_mail::SendLinks,
    workflow::{self, by_mail, joining},
};
use crate::kernel::{
    actor::{Actor, System},
    jobs,
};

const NO_RIGHT: &str = "no right to send links";

/// Sends a link to choose a password by to who asked for one, if there is an account.
#[derive(Debug, Serialize, Deserialize)]
pub struct AnswerReset {
    /// What was asked.
    pub(super) request: Uuid,
}

impl TaskHandler for AnswerReset {
    const IDENTIFIER: &'static str = "answer_reset";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = jobs::app(&context)?;
        let permit = SendLinks::ask(&Actor::System(System::Job)).ok_or(NO_RIGHT)?;
        let mut tx = app.db.begin().await.map_err(|error| error.to_string())?;
        let answered = by_mail::answer_reset(&mut tx, &permit, self.request, app.clock.now()).await;
        answered.map_err(|error| error.to_string())?;
        tx.commit().await.map_err(|error| error.to_string())
    }
}

/// Sends the link of an application, or a letter to who has an account already.
#[derive(Debug, Serialize, Deserialize)]
pub struct AnswerApplication {
    /// What was written.
    pub(super) application: Uuid,
}

impl TaskHandler for AnswerApplication {
    const IDENTIFIER: &'static str = "answer_application";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = jobs::app(&context)?;
        let permit = SendLinks::ask(&Actor::System(System::Job)).ok_or(NO_RIGHT)?;
        let mut tx = app.db.begin().await.map_err(|error| error.to_string())?;
        let answered = joining::answer_application(&mut tx, &permit, self.application, app.clock.now()).await;
        answered.map_err(|error| error.to_string())?;
        tx.commit().await.map_err(|error| error.to_string())
    }
}

/// Throws away sessions that were over long ago, and links, steps and requests that open nothing any more.
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
