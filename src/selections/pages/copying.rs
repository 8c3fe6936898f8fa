//! A copy of a selection: of one's own as a start for the next tender, of somebody else's whose link one has.

use axum::response::Response;
use uuid::Uuid;

use super::own;
use crate::{
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{At, Client, Flash, Routes, SelectionKey, Visit, carry_flash, carry_selections, links, see_other, unkept},
    },
    selections::{
        Holder,
        reads::Access,
        workflow::{self, By, MOST_SELECTIONS, Outcome},
    },
};

/// Where the buttons are sent; whoever comes there by hand is shown what would be copied.
pub fn routes() -> Routes {
    Routes::new()
        .page(links::SELECTION_COPIES, Right::ReadPublished, original)
        .post(links::SELECTION_COPIES, Right::MakeSelection, copy_own)
        .page(links::LINK_COPIES, Right::ReadPublished, linked)
        .post(links::LINK_COPIES, Right::MakeSelection, copy_linked)
}

async fn original(visit: Visit, At(id): At<Uuid>) -> Response {
    see_other(&links::selection(visit.lang, id))
}

async fn linked(visit: Visit, At(key): At<String>) -> Result<Response> {
    let key = SelectionKey::parse(&key).ok_or(Error::NotFound)?;
    Ok(see_other(&links::link(visit.lang, &key)))
}

async fn copy_own(visit: Visit, At(id): At<Uuid>, client: Client) -> Result<Response> {
    let access = Access::Holder(Holder::asking(&visit), id);
    copy(&visit, &client, &access, &links::selection(visit.lang, id)).await
}

async fn copy_linked(visit: Visit, At(key): At<String>, client: Client) -> Result<Response> {
    let key = SelectionKey::parse(&key).ok_or(Error::NotFound)?;
    let back = links::link(visit.lang, &key);
    copy(&visit, &client, &Access::Link(key), &back).await
}

async fn copy(visit: &Visit, client: &Client, access: &Access, back: &str) -> Result<Response> {
    let t = visit.texts();
    let (holder, key) = own::maker(visit);
    let by = By {
        actor: &visit.actor(),
        viewer: &visit.viewer,
        holder: &holder,
        client: &client.subject_of(&visit.actor()),
        now: visit.now,
        today: visit.today(),
    };
    let mut tx = visit.app.db.begin().await?;
    let outcome = workflow::copy(&mut tx, by, access, |name| t.selections_copy_name(name)).await?;
    let settings = &visit.app.settings;
    let refused = match outcome {
        Outcome::Put(put) => {
            tx.commit().await?;
            let mut response = see_other(&links::selection(visit.lang, put.selection));
            carry_selections(&mut response, settings, key.as_ref(), put.rows);
            carry_flash(&mut response, settings, &Flash::new(t.selections_made(&put.name)));
            return Ok(unkept(response));
        }
        Outcome::NothingFound => return Err(Error::NotFound),
        Outcome::NotUntil(until) => t.selections_not_until(visit.lang.time_from(until)),
        Outcome::TooManySelections | Outcome::TooManyRows { .. } => t.selections_too_many(MOST_SELECTIONS),
    };
    let mut response = see_other(back);
    carry_flash(&mut response, settings, &Flash::new(refused));
    Ok(unkept(response))
}
