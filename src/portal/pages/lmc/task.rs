//! Where it is said that somebody takes what waits, or leaves it.

use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{Flash, Routes, Sent, Visit, carry_flash, links, see_other},
    },
    portal::reads::lmc::task::waits_since,
    tasks::{self, Kind, Refused, Taking},
};

/// Where the buttons are sent.
pub fn routes() -> Routes {
    Routes::new().swedish_page(links::TASKS, Right::ReadInbox, async || see_other(links::INBOX)).swedish_post(
        links::TASKS,
        Right::HandleInbox,
        send,
    )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    slag: String,
    id: String,
    /// `ta` or `lamna`.
    gor: String,
    /// Who had it on the page that was looked at.
    har: String,
    tillbaka: String,
}

async fn send(visit: Visit, Sent(form): Sent<Form>) -> Result<Response> {
    let t = visit.texts();
    let kind = Kind::from_code(&form.slag).ok_or(Error::NotFound)?;
    let subject = Uuid::try_parse(&form.id).map_err(|_| Error::NotFound)?;
    let mut tx = visit.app.db.begin().await?;
    let since = waits_since(&mut tx, &visit.viewer, visit.now, visit.today(), kind, subject).await?.ok_or(Error::NotFound)?;
    let (actor, now) = (visit.actor(), visit.now);
    let (outcome, done) = if form.gor == "lamna" {
        (tasks::leave(&mut tx, &actor, kind, subject, since, now).await, t.tasks_left())
    } else {
        let seen = Uuid::try_parse(&form.har).ok();
        (tasks::take(&mut tx, &actor, kind, subject, since, seen, now).await, t.tasks_taken())
    };
    let outcome = outcome.map_err(|refused| match refused {
        Refused::Right => Error::NotAllowed,
        Refused::Database(error) => error.into(),
    })?;
    tx.commit().await?;
    let text = match outcome {
        Taking::Done => done,
        Taking::Another(_) => t.tasks_another(),
    };
    let back = if links::is_local(&form.tillbaka) { form.tillbaka.as_str() } else { links::INBOX };
    let mut response = see_other(back);
    carry_flash(&mut response, &visit.app.settings, &Flash::new(text));
    Ok(response)
}
