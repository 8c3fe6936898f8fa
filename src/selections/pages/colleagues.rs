//! What colleagues may do with a selection, and whose it is: shared, handed over, taken.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    own,
    sharing::{Form, show, word},
};
use crate::{
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{At, Drafted, Faults, Flash, Routes, Visit, again, links, see_other},
    },
    selections::{
        Holder,
        policy::{Colleagues, Take},
        workflow::owned,
    },
};

/// Where the forms are sent; whoever comes there by hand is shown them.
pub fn routes() -> Routes {
    Routes::new()
        .page(links::SELECTION_COLLEAGUES, Right::ReadPublished, back)
        .form(links::SELECTION_COLLEAGUES, Right::MakeSelection, share)
        .page(links::SELECTION_HANDOVER, Right::ReadPublished, back)
        .form(links::SELECTION_HANDOVER, Right::MakeSelection, hand_over)
        .page(links::SELECTION_TAKEOVER, Right::ReadPublished, selection)
        .post(links::SELECTION_TAKEOVER, Right::MakeSelection, take)
}

async fn back(visit: Visit, At(id): At<Uuid>) -> Response {
    see_other(&links::in_selection(visit.lang, id, "delning"))
}

async fn selection(visit: Visit, At(id): At<Uuid>) -> Response {
    see_other(&links::selection(visit.lang, id))
}

/// What colleagues may do, and the state of the selection that the form was filled with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Shared {
    kollegor: String,
    las: String,
}

async fn share(visit: Visit, At(id): At<Uuid>, Drafted { form, is_draft }: Drafted<Shared>) -> Result<Response> {
    let t = visit.texts();
    let chosen = Form { kollegor: form.kollegor.clone(), ..Form::default() };
    if is_draft {
        return show(&visit, id, chosen, Faults::default()).await;
    }
    let mut tx = visit.app.db.begin().await?;
    let permit = own::decided(&mut tx, &visit, id).await?;
    let Some(colleagues) = Colleagues::ALL.into_iter().find(|choice| word(*choice) == form.kollegor) else {
        drop(tx);
        let mut faults = Faults::default();
        faults.add("kollegor", t.selection_share_colleagues_fault());
        let page = show(&visit, id, chosen, faults).await?;
        return again(Faults::default(), |_| Ok(page));
    };
    let seen = form.las.parse().unwrap_or_default();
    if !owned::share(&mut tx, &permit, colleagues, seen, visit.now).await? {
        drop(tx);
        // Sent once more, from the page that has seen what stands, it holds.
        let page = show(&visit, id, chosen, Faults::general(t.selection_share_changed_meanwhile())).await?;
        return Ok((StatusCode::CONFLICT, page).into_response());
    }
    tx.commit().await?;
    let said = match colleagues {
        Colleagues::Nothing => t.selection_share_colleagues_set_nothing(),
        Colleagues::Read => t.selection_share_colleagues_set_read(),
        Colleagues::Edit => t.selection_share_colleagues_set_edit(),
    };
    Ok(own::back(&visit, &links::in_selection(visit.lang, id, "delning"), None, Some(&Flash::new(said))))
}

/// Who is to have the selection.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Given {
    till: String,
}

async fn hand_over(visit: Visit, At(id): At<Uuid>, Drafted { form, is_draft }: Drafted<Given>) -> Result<Response> {
    let t = visit.texts();
    let chosen = Form { till: form.till.clone(), ..Form::default() };
    if is_draft {
        return show(&visit, id, chosen, Faults::default()).await;
    }
    let mut tx = visit.app.db.begin().await?;
    let permit = own::decided(&mut tx, &visit, id).await?;
    let given = match Uuid::try_parse(&form.till) {
        Ok(person) => owned::hand_over(&mut tx, &permit, person, visit.now).await?,
        Err(_) => None,
    };
    let Some((name, rows)) = given else {
        drop(tx);
        let mut faults = Faults::default();
        faults.add("till", t.selection_share_hand_over_fault());
        let page = show(&visit, id, chosen, faults).await?;
        return again(Faults::default(), |_| Ok(page));
    };
    tx.commit().await?;
    let flash = Flash::new(t.selection_share_handed_over(permit.edit().name(), name));
    // It may be that they open it no longer.
    Ok(own::back(&visit, &links::localized(visit.lang, links::SELECTIONS), Some(rows), Some(&flash)))
}

async fn take(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let holder = Holder::asking(&visit).ok_or(Error::NotFound)?;
    let asked = Take::ask(&mut tx, &visit.actor(), &holder, id, visit.now, visit.today()).await?;
    let permit = asked.map_err(own::refused)?;
    owned::take(&mut tx, &permit, visit.now).await?;
    tx.commit().await?;
    let flash = Flash::new(visit.texts().selection_share_taken(permit.name()));
    Ok(own::back(&visit, &links::selection(visit.lang, id), None, Some(&flash)))
}
