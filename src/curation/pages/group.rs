//! What is said of a group, a new one, and who owns it when.

use axum::{http::StatusCode, response::Response};
use uuid::Uuid;

use super::{
    answered, area, day,
    place::{Form, OfGroup, OwnerForm, REMOVES, show_group, show_new},
    refused, told, told_of_place,
};
use crate::{
    curation::{reads::tree as read, workflow},
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{Asked, At, Drafted, Faults, Routes, Visit, line, links, see_other},
    },
};

/// The forms, and where they are sent.
pub(in crate::curation) fn routes() -> Routes {
    Routes::new()
        .swedish_page(links::TAXONOMY_NEW_GROUP, Right::EditTaxonomy, new_page)
        .swedish_form(links::TAXONOMY_NEW_GROUP, Right::EditTaxonomy, add)
        .swedish_page(links::TAXONOMY_GROUP, Right::EditTaxonomy, page)
        .swedish_form(links::TAXONOMY_GROUP, Right::EditTaxonomy, edit)
        .swedish_page(links::TAXONOMY_GROUP_OWNERS, Right::EditTaxonomy, back)
        .swedish_form(links::TAXONOMY_GROUP_OWNERS, Right::EditTaxonomy, own)
}

pub(super) async fn read(visit: &Visit, id: Uuid, owner: OwnerForm) -> Result<OfGroup> {
    let mut connection = visit.app.db.read().await?;
    let facts = read::group(&mut connection, id).await?.ok_or(Error::NotFound)?;
    Ok(OfGroup { facts, letters: read::letters(&mut connection).await?, owner })
}

async fn new_page(visit: Visit, Asked(form): Asked<Form>) -> Result<Response> {
    // A group is added in an area, which is chosen in the tree.
    if form.omrade.is_empty() {
        return Ok(see_other(links::TAXONOMY));
    }
    let area = area::read(&visit, &form.omrade).await?;
    show_new(&visit, Form::in_area(form.omrade), Faults::default(), Some(&area.name_sv))
}

/// The page; it asks about the period of an owner that is to be taken away.
async fn page(visit: Visit, At(id): At<Uuid>, Asked(owner): Asked<OwnerForm>) -> Result<Response> {
    let owner = if owner.gor == REMOVES { owner } else { OwnerForm::default() };
    show_group(&visit, read(&visit, id, owner).await?, None, Faults::default())
}

async fn back(visit: Visit, At(id): At<Uuid>) -> Result<Response> {
    drop(visit);
    Ok(see_other(&links::edited_group(id, "")))
}

async fn add(visit: Visit, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let (t, form) = (visit.texts(), form.clean());
    let area = area::read(&visit, &form.omrade).await?.name_sv;
    if is_draft {
        return show_new(&visit, form, Faults::default(), Some(&area));
    }
    let (facts, codes) = match form.said(t) {
        Ok(said) => said,
        Err(faults) => return Ok(answered(StatusCode::UNPROCESSABLE_ENTITY, show_new(&visit, form, faults, Some(&area))?)),
    };
    let mut tx = visit.app.db.begin().await?;
    match workflow::add_group(&mut tx, &visit.actor(), &form.omrade, (&facts, &codes), visit.now).await {
        Ok(id) => {
            tx.commit().await?;
            Ok(told(&visit, &links::edited_group(id, ""), t.curation_group_added()))
        }
        Err(why) => {
            drop(tx);
            let (faults, status) = refused(&visit, why)?;
            Ok(answered(status, show_new(&visit, form, faults, Some(&area))?))
        }
    }
}

async fn edit(visit: Visit, At(id): At<Uuid>, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let (t, form) = (visit.texts(), form.clean());
    let there = read(&visit, id, OwnerForm::default()).await?;
    if is_draft {
        return show_group(&visit, there, Some(form), Faults::default());
    }
    let (facts, codes) = match form.said(t) {
        Ok(said) => said,
        Err(faults) => {
            return Ok(answered(StatusCode::UNPROCESSABLE_ENTITY, show_group(&visit, there, Some(form), faults)?));
        }
    };
    let mut tx = visit.app.db.begin().await?;
    match workflow::edit_group(&mut tx, &visit.actor(), (id, form.lock()), (&facts, &codes), visit.now).await {
        Ok(found) => {
            tx.commit().await?;
            Ok(told_of_place(&visit, &links::edited_group(id, ""), t.curation_group_saved(), found))
        }
        Err(why) => {
            drop(tx);
            let (faults, status) = refused(&visit, why)?;
            let there = read(&visit, id, OwnerForm::default()).await?;
            Ok(answered(status, show_group(&visit, there, Some(form), faults)?))
        }
    }
}

/// Gives the group an owner, or takes a period away.
async fn own(visit: Visit, At(id): At<Uuid>, Drafted { form, is_draft }: Drafted<OwnerForm>) -> Result<Response> {
    let visit = visit.on(&links::edited_group(id, ""));
    let t = visit.texts();
    let form = OwnerForm { bokstav: line(&form.bokstav), fran: line(&form.fran), till: line(&form.till), ..form };
    let there = read(&visit, id, form.clone()).await?;
    if is_draft {
        return show_group(&visit, there, None, Faults::default());
    }
    let (from, to) = (day(&form.fran), day(&form.till));
    let mut faults = Faults::default();
    let removes = form.gor == REMOVES;
    if !there.letters.iter().any(|(letter, _)| *letter == form.bokstav) {
        faults.add("bokstav", t.curation_owner_letter_missing());
    }
    if from.is_none() {
        faults.add("fran", t.curation_owner_from_missing());
    }
    if !removes && to.is_none_or(|to| from.is_some_and(|from| to < from)) {
        faults.add("till", t.curation_owner_to_missing());
    }
    if removes && form.bekrafta != "ja" && faults.is_empty() {
        faults.add("fraga", t.curation_owner_remove_unsure());
    }
    let (Some(from), true) = (from, faults.is_empty()) else {
        return Ok(answered(StatusCode::UNPROCESSABLE_ENTITY, show_group(&visit, there, None, faults)?));
    };
    let mut tx = visit.app.db.begin().await?;
    let actor = visit.actor();
    let done = match to.filter(|_| !removes) {
        Some(to) => workflow::add_owner(&mut tx, &actor, id, (&form.bokstav, from, to), visit.now).await,
        None => workflow::remove_owner(&mut tx, &actor, id, (&form.bokstav, from), visit.now).await,
    };
    match done {
        Ok(()) => {
            tx.commit().await?;
            let text = if removes { t.curation_owner_removed() } else { t.curation_owner_added() };
            Ok(told(&visit, &links::edited_group(id, ""), text))
        }
        Err(why) => {
            drop(tx);
            let (faults, status) = refused(&visit, why)?;
            Ok(answered(status, show_group(&visit, there, None, faults)?))
        }
    }
}
