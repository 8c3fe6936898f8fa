//! Sending, beside the requests.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{ADDRESS_KEPT, MOST_ATTEMPTS, SAID_KEPT, eml, message, smtp, smtp::Trouble, store};
use crate::kernel::{
    jobs::{self, How},
    web::{App, line},
};

/// Sends one letter. Run twice it sends once, unless the program ended between the server's yes and our note of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendMail {
    id: Uuid,
}

impl TaskHandler for SendMail {
    const IDENTIFIER: &'static str = "send_mail";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = jobs::app(&context)?;
        send(&app, self.id).await
    }
}

/// Puts the job for a letter in the queue. Letters go one after the other: a server that does not answer holds up no more
/// than one of the worker's turns.
pub(super) async fn enqueue(tx: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    let how = How { queue: Some("mail"), attempts: Some(MOST_ATTEMPTS), flag: None };
    jobs::enqueue_how(tx, &SendMail { id }, &format!("send_mail:{id}"), how).await
}

async fn send(app: &App, id: Uuid) -> Result<(), String> {
    let text = |error: crate::kernel::error::Error| error.to_string();
    let sql = |error: sqlx::Error| error.to_string();
    let letter = store::waiting(&mut *app.db.read().await.map_err(text)?, id).await.map_err(sql)?;
    let Some(letter) = letter else { return Ok(()) };
    let outcome = deliver(app, &letter).await;
    let mut connection = app.db.read().await.map_err(text)?;
    let now = app.clock.now();
    match outcome {
        // In the example bank what was written can be read, which is all that becomes of it there.
        Ok(()) => store::note_sent(&mut connection, (id, &letter.address), app.settings.example, now).await.map_err(sql),
        Err(trouble) => {
            let error: String = line(&trouble.text).chars().take(400).collect();
            let most = if trouble.lasts { 0 } else { MOST_ATTEMPTS };
            let refused = trouble.refused.then_some(letter.address.as_str());
            let is_dead = store::note_failed(&mut connection, id, (&error, refused), most, now).await.map_err(sql)?;
            if is_dead {
                let address_refused = trouble.refused;
                tracing::error!(mail = %id, kind = letter.kind, address_refused, "a letter was given up");
                return Ok(());
            }
            tracing::warn!(mail = %id, kind = letter.kind, "a letter was not sent and is tried again");
            // What the server said stands in the row: it may hold the address.
            Err("the letter was not sent".to_owned())
        }
    }
}

async fn deliver(app: &App, letter: &store::Waiting) -> Result<(), Trouble> {
    let message = message::message(&app.settings, letter)?;
    match &app.settings.mail.smtp {
        Some(url) => smtp::send(app, url, message).await,
        None => eml::write(&app.settings.data_dir, (letter.id, letter.created_at), &message).await,
    }
}

/// Forgets what was written to whom when its time is over, and sees to it that what waits has a job.
#[derive(Debug, Serialize, Deserialize)]
pub struct TendMail {}

impl TaskHandler for TendMail {
    const IDENTIFIER: &'static str = "tend_mail";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = jobs::app(&context)?;
        let now = app.clock.now();
        let mut tx = app.db.begin().await.map_err(|error| error.to_string())?;
        store::forget(&mut tx, now - SAID_KEPT, now - ADDRESS_KEPT).await.map_err(|error| error.to_string())?;
        for id in store::all_waiting(&mut tx).await.map_err(|error| error.to_string())? {
            enqueue(&mut tx, id).await.map_err(|error| error.to_string())?;
        }
        tx.commit().await.map_err(|error| error.to_string())?;
        eml::forget(&app.settings.data_dir, now - ADDRESS_KEPT).await.map_err(|error| error.to_string())
    }
}
