//! What is said of an area, and a new one.

use axum::{http::StatusCode, response::Response};

use super::{
    answered,
    place::{Form, show_area, show_new},
    refused, told, told_of_place,
};
use crate::{
    curation::{
        reads::tree::{self as read, Place},
        workflow,
    },
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{At, Drafted, Faults, Routes, Visit, links},
    },
};

/// Both forms, and where they are sent.
pub(in crate::curation) fn routes() -> Routes {
    Routes::new()
        .swedish_page(links::TAXONOMY_NEW_AREA, Right::EditTaxonomy, new_page)
        .swedish_form(links::TAXONOMY_NEW_AREA, Right::EditTaxonomy, add)
        .swedish_page(links::TAXONOMY_AREA, Right::EditTaxonomy, page)
        .swedish_form(links::TAXONOMY_AREA, Right::EditTaxonomy, edit)
}

pub(super) async fn read(visit: &Visit, slug: &str) -> Result<Place> {
    read::area(&mut *visit.app.db.read().await?, slug).await?.ok_or(Error::NotFound)
}

async fn new_page(visit: Visit) -> Result<Response> {
    show_new(&visit, Form::default(), Faults::default(), None)
}

async fn page(visit: Visit, At(slug): At<String>) -> Result<Response> {
    show_area(&visit, &read(&visit, &slug).await?, None, Faults::default())
}

async fn add(visit: Visit, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let (t, form) = (visit.texts(), form.clean());
    if is_draft {
        return show_new(&visit, form, Faults::default(), None);
    }
    let facts = match form.said(t) {
        Ok((facts, _)) => facts,
        Err(faults) => return Ok(answered(StatusCode::UNPROCESSABLE_ENTITY, show_new(&visit, form, faults, None)?)),
    };
    let mut tx = visit.app.db.begin().await?;
    match workflow::add_area(&mut tx, &visit.actor(), &facts, visit.now).await {
        Ok(slug) => {
            tx.commit().await?;
            Ok(told(&visit, &links::edited_area(&slug, ""), t.curation_area_added()))
        }
        Err(why) => {
            drop(tx);
            let (faults, status) = refused(&visit, why)?;
            Ok(answered(status, show_new(&visit, form, faults, None)?))
        }
    }
}

async fn edit(visit: Visit, At(slug): At<String>, Drafted { form, is_draft }: Drafted<Form>) -> Result<Response> {
    let (t, form) = (visit.texts(), form.clean());
    let there = read(&visit, &slug).await?;
    if is_draft {
        return show_area(&visit, &there, Some(form), Faults::default());
    }
    let facts = match form.said(t) {
        Ok((facts, _)) => facts,
        Err(faults) => {
            return Ok(answered(StatusCode::UNPROCESSABLE_ENTITY, show_area(&visit, &there, Some(form), faults)?));
        }
    };
    let mut tx = visit.app.db.begin().await?;
    match workflow::edit_area(&mut tx, &visit.actor(), (&slug, form.lock()), &facts, visit.now).await {
        Ok(found) => {
            tx.commit().await?;
            Ok(told_of_place(&visit, &links::edited_area(&slug, ""), t.curation_area_saved(), found))
        }
        Err(why) => {
            drop(tx);
            let (faults, status) = refused(&visit, why)?;
            Ok(answered(status, show_area(&visit, &read(&visit, &slug).await?, Some(form), faults)?))
        }
    }
}
