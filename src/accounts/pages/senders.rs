//! Who sends in the name of an organisation: said by those who look after its accounts.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::organisation::{Form, back, find, foreign, show, told};
use crate::{
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{Faults, Routes, Sent, Visit, links},
    },
    organisations::{self, Senders},
};

/// Where the form is sent.
pub(in crate::accounts) fn routes() -> Routes {
    Routes::new().page(links::ORGANISATION_SENDERS, Right::Invite, back).post(links::ORGANISATION_SENDERS, Right::Invite, choose)
}

async fn choose(visit: Visit, Sent(form): Sent<Form>) -> Result<Response> {
    let visit = visit.on(links::OWN_ORGANISATION);
    let t = visit.texts();
    let organisation = match find(&visit, Some(form.organisation), None).await {
        Err(Error::NotFound | Error::NotTheirs { .. }) => return foreign(&visit, "organisation", form.organisation).await,
        found => found?,
    };
    let Some(senders) = Senders::from_code(&form.avsandare) else {
        let mut faults = Faults::default();
        faults.add("avsandare", t.accounts_senders_missing());
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, show(&visit, organisation, form, faults).await?).into_response());
    };
    let mut tx = visit.app.db.begin().await?;
    if !organisations::set_senders(&mut tx, &visit.actor(), (organisation.id, senders), visit.now).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    Ok(told(&visit, &organisation.slug, t.accounts_senders_set()))
}
