//! What every form of a selection does first and last: the permit for a selection of this browser's own, the way back, the
//! cookie.

use axum::response::Response;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    kernel::{
        error::{Error, Result},
        web::{Flash, Visit, carry_flash, carry_selections, links, see_other, unkept},
    },
    selections::{Holder, policy::Edit},
};

/// Where a form says that it was sent from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Back {
    /// The path to come back to.
    pub tillbaka: String,
}

/// The permit to change a selection that is this browser's own.
///
/// # Errors
/// [`Error::NotFound`] where it is not, and when the database refuses.
pub async fn own(tx: &mut PgConnection, visit: &Visit, selection: Uuid) -> Result<Edit> {
    let holder = Holder::asking(visit).ok_or(Error::NotFound)?;
    Edit::ask(tx, &visit.actor(), &holder, selection, visit.today()).await?.ok_or(Error::NotFound)
}

/// 303 to a page of ours, with a message and the number of rows for the header.
pub fn back(visit: &Visit, to: &str, rows: Option<i64>, flash: Option<&Flash>) -> Response {
    let mut response = see_other(if links::is_local(to) { to } else { "/" });
    let settings = &visit.app.settings;
    if let Some(selections) = &visit.carried.selections {
        carry_selections(&mut response, settings, &selections.key, rows.unwrap_or(selections.rows));
    }
    if let Some(flash) = flash {
        carry_flash(&mut response, settings, flash);
    }
    unkept(response)
}
