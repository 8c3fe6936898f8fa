//! The order of rows, rows that go and come back.

use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    own::{self, Back},
    said,
};
use crate::{
    kernel::{
        error::{Error, Result},
        rights::Right,
        web::{At, Flash, Routes, Sent, Visit, links, see_other},
    },
    selections::workflow::{
        MOST_ROWS,
        rows::{self, Returned},
    },
};

/// Where buttons of rows are sent.
pub fn routes() -> Routes {
    Routes::new()
        .post(links::ROW_PLACE, Right::MakeSelection, place)
        .post(links::ROW_REMOVAL, Right::MakeSelection, remove)
        .post(links::ROW_RETURN, Right::MakeSelection, restore)
        .post(links::SELECTION_BATCH, Right::MakeSelection, undo)
        .page(links::ROW_PLACE, Right::ReadPublished, elsewhere)
        .page(links::ROW_REMOVAL, Right::ReadPublished, elsewhere)
        .page(links::ROW_RETURN, Right::ReadPublished, elsewhere)
        .page(links::SELECTION_BATCH, Right::ReadPublished, elsewhere)
}

/// `upp` or `ned`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Move {
    at: String,
}

/// The way back, or to the selection.
fn to(visit: &Visit, selection: Uuid, back: &str) -> String {
    if back.is_empty() { links::selection(visit.lang, selection) } else { back.split('#').next().unwrap_or(back).to_owned() }
}

async fn place(visit: Visit, At((id, row)): At<(Uuid, Uuid)>, Sent(form): Sent<Move>) -> Result<Response> {
    let upwards = match form.at.as_str() {
        "upp" => true,
        "ned" => false,
        _ => return Err(Error::BadRequest("expected at=upp or at=ned".to_owned())),
    };
    let mut tx = visit.app.db.begin().await?;
    let permit = own::own(&mut tx, &visit, id).await?;
    rows::swap_places(&mut tx, &permit, row, upwards, visit.now).await?;
    tx.commit().await?;
    // The row may stand on another page now.
    Ok(own::back(&visit, &said::place(visit.lang, id, row), None, None))
}

async fn remove(visit: Visit, At((id, row)): At<(Uuid, Uuid)>, Sent(form): Sent<Back>) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let permit = own::own(&mut tx, &visit, id).await?;
    let (done, rows) = rows::take_out(&mut tx, &permit, row, visit.now).await?;
    tx.commit().await?;
    let t = visit.texts();
    let flash = done.then(|| Flash {
        undo: Some((t.selections_undo().to_owned(), links::in_row(visit.lang, id, row, "aterstallning"))),
        ..Flash::new(t.selections_row_removed())
    });
    Ok(own::back(&visit, &to(&visit, id, &form.tillbaka), Some(rows), flash.as_ref()))
}

async fn restore(visit: Visit, At((id, row)): At<(Uuid, Uuid)>) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let permit = own::own(&mut tx, &visit, id).await?;
    let (returned, rows) = rows::put_back(&mut tx, &permit, row, visit.now).await?;
    tx.commit().await?;
    let t = visit.texts();
    let flash = Flash::new(match returned {
        Returned::Done => t.selections_row_back().to_owned(),
        Returned::Gone => t.selections_row_gone().to_owned(),
        Returned::NoRoom => t.selections_no_room(1, i64::try_from(MOST_ROWS).unwrap_or(i64::MAX), 0),
    });
    Ok(own::back(&visit, &said::place(visit.lang, id, row), Some(rows), Some(&flash)))
}

async fn undo(visit: Visit, At((id, batch)): At<(Uuid, Uuid)>, Sent(form): Sent<Back>) -> Result<Response> {
    let mut tx = visit.app.db.begin().await?;
    let permit = own::own(&mut tx, &visit, id).await?;
    let (removed, rows) = rows::undo(&mut tx, &permit, batch, visit.now).await?;
    tx.commit().await?;
    let t = visit.texts();
    let flash = Flash::new(match i64::try_from(removed).unwrap_or(i64::MAX) {
        0 => t.selections_nothing_to_undo().to_owned(),
        removed => t.selections_undone(removed, permit.name()),
    });
    Ok(own::back(&visit, &to(&visit, id, &form.tillbaka), Some(rows), Some(&flash)))
}

/// Whoever asks for the address of a form by hand is shown the selection.
async fn elsewhere(visit: Visit, At((id, _)): At<(Uuid, Uuid)>) -> Response {
    see_other(&links::selection(visit.lang, id))
}
