//! The answer to a repeal: that the requirement is wanted all the same.

use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::one;
use crate::{
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{At, Flash, Routes, Sent, Visit, links, see_other},
    },
    selections::workflow::row as of_row,
};

/// Where the buttons are sent; whoever comes there by hand is shown the selection.
pub fn routes() -> Routes {
    Routes::new().page(links::ROW_KEPT, Right::ReadPublished, elsewhere).post(links::ROW_KEPT, Right::MakeSelection, keep)
}

/// `ja` or `nej`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Keep {
    behall: String,
}

async fn keep(visit: Visit, At((id, row)): At<(Uuid, Uuid)>, Sent(form): Sent<Keep>) -> Result<Response> {
    let wanted = match form.behall.as_str() {
        "ja" => true,
        "nej" => false,
        _ => return Err(Error::BadRequest("expected behall=ja or behall=nej".to_owned())),
    };
    let mut tx = visit.app.db.begin().await?;
    let (permit, locked) = one::locked(&mut tx, &visit, id, row).await?;
    if locked.is_removed() {
        return Ok(one::gone(&visit, id));
    }
    let (is_repealed, rows) = of_row::confirm(&mut tx, &permit, &locked, wanted, visit.now).await?;
    tx.commit().await?;
    let t = visit.texts();
    let text = match (is_repealed, wanted) {
        (false, _) => t.selections_not_repealed(),
        (true, true) => t.selection_row_kept(),
        (true, false) => t.selection_row_not_kept(),
    };
    Ok(one::to_row(&visit, id, row, Some(rows), &Flash { at: Some(format!("rad-{row}")), ..Flash::new(text) }))
}

async fn elsewhere(visit: Visit, At((id, _)): At<(Uuid, Uuid)>) -> Response {
    see_other(&links::selection(visit.lang, id))
}
