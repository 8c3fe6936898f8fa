//! What every form of a selection does first and last: the permit for a selection that may be changed, the way back, the
//! cookie.

use axum::response::Response;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    kernel::{
        error::{Error, Result},
        web::{Flash, SelectionKey, Visit, carry_flash, carry_selections, links, see_other, unkept},
    },
    selections::{
        Holder,
        policy::{Decide, Denied, Edit},
    },
};

/// Where a form says that it was sent from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Back {
    /// The path to come back to.
    pub tillbaka: String,
}

/// The permit to change a selection.
///
/// # Errors
/// [`Error::NotFound`] where there is none that one may know of, [`Error::NotAllowed`] where it may only be read, and when the
/// database refuses.
pub async fn own(tx: &mut PgConnection, visit: &Visit, selection: Uuid) -> Result<Edit> {
    let holder = Holder::asking(visit).ok_or(Error::NotFound)?;
    let asked = Edit::ask(tx, &visit.actor(), &holder, selection, visit.now, visit.today()).await?;
    asked.map_err(refused)
}

/// The permit to decide about a selection: who else opens it, whose it is, its end.
///
/// # Errors
/// As [`own`], and [`Error::NotAllowed`] where it is a colleague's.
pub async fn decided(tx: &mut PgConnection, visit: &Visit, selection: Uuid) -> Result<Decide> {
    Decide::of(own(tx, visit, selection).await?, &visit.actor()).ok_or(Error::NotAllowed)
}

/// What is answered to who may not.
pub fn refused(denied: Denied) -> Error {
    match denied {
        Denied::Unknown => Error::NotFound,
        Denied::TooLittle => Error::NotAllowed,
    }
}

/// Whose a new selection is to be; and the key that the browser carries from then on, where it is a browser's.
pub fn maker(visit: &Visit) -> (Holder, Option<SelectionKey>) {
    if let Some(member @ Holder::Member { .. }) = Holder::asking(visit) {
        return (member, None);
    }
    let carried = visit.carried.selections.as_ref().and_then(|selections| selections.key.clone());
    let key = carried.unwrap_or_else(SelectionKey::draw);
    (Holder::of(&key), Some(key))
}

/// 303 to a page of ours, with a message and the number of rows for the header.
pub fn back(visit: &Visit, to: &str, rows: Option<i64>, flash: Option<&Flash>) -> Response {
    let mut response = see_other(if links::is_local(to) { to } else { "/" });
    let settings = &visit.app.settings;
    match (Holder::asking(visit), &visit.carried.selections) {
        (Some(Holder::Member { .. }), _) => {
            if let Some(rows) = rows {
                carry_selections(&mut response, settings, None, rows);
            }
        }
        (_, Some(selections)) => {
            // The key is kept for another thirty days.
            carry_selections(&mut response, settings, selections.key.as_ref(), rows.unwrap_or(selections.rows));
        }
        (_, None) => {}
    }
    if let Some(flash) = flash {
        carry_flash(&mut response, settings, flash);
    }
    unkept(response)
}
