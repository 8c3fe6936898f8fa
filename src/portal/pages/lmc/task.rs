//! Where it is said that somebody takes what waits, or leaves it.

use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{Flash, Routes, Sent, Visit, Who, carry_flash, links, see_other},
    },
    portal::reads::lmc::{reach::Reach, task::waits_since},
    proposals,
    tasks::{self, Kind, Refused, Taking},
};

/// Where the buttons are sent.
pub fn routes() -> Routes {
    Routes::new().swedish_page(links::TASKS, Right::ReadInbox, async || see_other(links::INBOX)).swedish_post(
        links::TASKS,
        Right::TakeTasks,
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

async fn send(visit: Visit, who: Who, Sent(form): Sent<Form>) -> Result<Response> {
    let t = visit.texts();
    let kind = Kind::from_code(&form.slag).ok_or(Error::NotFound)?;
    let subject = Uuid::try_parse(&form.id).map_err(|_| Error::NotFound)?;
    let mut tx = visit.app.db.begin().await?;
    let (actor, now) = (visit.actor(), visit.now);
    let reach = Reach::of(&mut tx, &actor, &visit.viewer, who.person, (visit.today(), now)).await?;
    let since = waits_since(&mut tx, &reach, now, visit.today(), kind, subject).await?.ok_or(Error::NotFound)?;
    let takes = form.gor != "lamna";
    let seen = Uuid::try_parse(&form.har).ok();
    let done = if takes { t.tasks_taken() } else { t.tasks_left() };
    let is_done = if kind == Kind::Proposal {
        // Who has it is kept with the proposal.
        proposals::hand_waiting(&mut tx, &actor, subject, (seen, takes), (visit.today(), now)).await.map_err(refused)?
    } else {
        let taking = if takes {
            tasks::take(&mut tx, &actor, kind, subject, since, seen, now).await
        } else {
            tasks::leave(&mut tx, &actor, kind, subject, since, now).await
        };
        taking.map_err(|refused| match refused {
            Refused::Right => Error::NotAllowed,
            Refused::Database(error) => error.into(),
        })? == Taking::Done
    };
    tx.commit().await?;
    let text = if is_done { done } else { t.tasks_another() };
    let back = if links::is_local(&form.tillbaka) { form.tillbaka.as_str() } else { links::INBOX };
    let mut response = see_other(back);
    carry_flash(&mut response, &visit.app.settings, &Flash::new(text));
    Ok(response)
}

/// What was refused of a proposal, which was found to wait in the same transaction.
fn refused(why: proposals::Refused) -> Error {
    match why {
        proposals::Refused::Right | proposals::Refused::NotSender => Error::NotAllowed,
        proposals::Refused::Database(error) => error.into(),
        _ => Error::NotFound,
    }
}
