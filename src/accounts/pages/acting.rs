//! Whom one acts for.

use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{organisation::foreign, with_key};
use crate::{
    accounts::{policy::Own, workflow},
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{Flash, Routes, Sent, Unsent, Visit, Who, carry_flash, links, see_other},
    },
};

/// Where the choice is sent.
pub(in crate::accounts) fn routes() -> Routes {
    Routes::new().page(links::ACTING, Right::OwnAccount, back).post_unbound(links::ACTING, Right::OwnAccount, send)
}

#[derive(Debug, Deserialize)]
struct Form {
    uppdrag: Uuid,
    #[serde(default)]
    tillbaka: String,
    /// A form that was shown for that membership, to be shown again.
    #[serde(flatten)]
    unsent: Unsent,
}

async fn back(visit: Visit) -> Response {
    see_other(&links::localized(visit.lang, links::OWN))
}

async fn send(visit: Visit, who: Who, Sent(form): Sent<Form>) -> Result<Response> {
    let app = &visit.app;
    let mut tx = app.db.begin().await?;
    let permit = Own::ask(&mut tx, &who).await?.ok_or(Error::NotSignedIn)?;
    let key = workflow::act_for(&mut tx, &permit, form.uppdrag, visit.now).await?;
    tx.commit().await?;
    let Some(key) = key else { return foreign(&visit, "membership", form.uppdrag).await };
    let to = if links::is_local(&form.tillbaka) { form.tillbaka } else { links::localized(visit.lang, links::OWN) };
    let mut response = with_key(app, &to, &key);
    if form.unsent.is_some() {
        // The form itself says whom it is shown for.
        return Ok(form.unsent.shown_on(response));
    }
    if let Some(membership) = who.memberships.iter().find(|one| one.id == form.uppdrag) {
        let text = visit.texts().accounts_acting_chosen(membership.name(visit.lang));
        carry_flash(&mut response, &app.settings, &Flash::new(text));
    }
    Ok(response)
}
