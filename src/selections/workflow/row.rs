//! What happens to one row: what is filled in, the buyer's own wording, the answer to a repeal, another version in its place.

use serde_json::{Map, Value};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{MOST_TEXT, changed};
use crate::{
    kernel::actor::Viewer,
    selections::{
        policy::{Edit, EditRow},
        reads::{
            instead::Instead,
            rows::{WholeRow, WordedClause},
        },
        store, values,
    },
};

/// What is filled in on the page of a row.
#[derive(Debug)]
pub struct Filled<'a> {
    /// Values of parameters by key.
    pub values: &'a Map<String, Value>,
    /// Which exemptions are used, by place; none: those that have not ended.
    pub exemptions: Option<Vec<i16>>,
    /// The buyer's own words.
    pub note: &'a str,
}

/// Why a row was not changed; the transaction is not to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It was taken out since.
    Gone,
    /// It was changed since the form was opened.
    Changed,
    /// The selection would hold more of the buyer's own text than it takes.
    Full,
}

/// Whether the row is as it was seen.
fn seen(row: &EditRow, lock: i32) -> Result<(), Refused> {
    if row.is_removed() {
        Err(Refused::Gone)
    } else if row.lock_version() != lock {
        Err(Refused::Changed)
    } else {
        Ok(())
    }
}

/// Whether the selection, which is locked, has room for what was just written into it. Rows that were taken out count as long
/// as they can come back, and make way where there is no room for them.
pub(super) async fn has_room(tx: &mut PgConnection, permit: &Edit, now: OffsetDateTime) -> sqlx::Result<bool> {
    let text = store::contents::text(tx, permit).await?;
    if text.standing > MOST_TEXT {
        return Ok(false);
    }
    if text.standing + text.removed > MOST_TEXT {
        store::contents::forget_removed(tx, permit, now).await?;
    }
    Ok(true)
}

/// Keeps what is filled in, where the row is still as it was seen; gives how many rows the selection in use has.
///
/// # Errors
/// When the database refuses.
pub async fn fill(
    tx: &mut PgConnection,
    permit: &Edit,
    row: &EditRow,
    lock: i32,
    filled: &Filled<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<Result<i64, Refused>> {
    if let Err(refused) = seen(row, lock) {
        return Ok(Err(refused));
    }
    store::row::fill(tx, row, filled).await?;
    if !has_room(tx, permit, now).await? {
        return Ok(Err(Refused::Full));
    }
    changed(tx, permit, now).await.map(Ok)
}

/// Keeps a wording of the buyer's own with the reason for it, where the row is still as it was seen; gives how many rows the
/// selection in use has.
///
/// # Errors
/// When the database refuses.
pub async fn word(
    tx: &mut PgConnection,
    permit: &Edit,
    row: &EditRow,
    lock: i32,
    (clauses, reason): (&[WordedClause], &str),
    now: OffsetDateTime,
) -> sqlx::Result<Result<i64, Refused>> {
    if let Err(refused) = seen(row, lock) {
        return Ok(Err(refused));
    }
    store::row::word(tx, row, Some((clauses, reason))).await?;
    if !has_room(tx, permit, now).await? {
        return Ok(Err(Refused::Full));
    }
    changed(tx, permit, now).await.map(Ok)
}

/// Goes back to the requirement's own text; gives how many rows the selection in use has.
///
/// # Errors
/// When the database refuses.
pub async fn unword(tx: &mut PgConnection, permit: &Edit, row: &EditRow, now: OffsetDateTime) -> sqlx::Result<i64> {
    store::row::word(tx, row, None).await?;
    changed(tx, permit, now).await
}

/// Says that a repealed requirement is wanted all the same, or takes that back; whether it is repealed, and how many rows the
/// selection in use has.
///
/// # Errors
/// When the database refuses.
pub async fn confirm(
    tx: &mut PgConnection,
    permit: &Edit,
    row: &EditRow,
    wanted: bool,
    now: OffsetDateTime,
) -> sqlx::Result<(bool, i64)> {
    let is_repealed = store::row::confirm(tx, row, wanted.then_some(now), now).await?;
    Ok((is_repealed, changed(tx, permit, now).await?))
}

/// What came of putting another version in the place of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exchanged {
    /// It stands there.
    Done {
        /// The row that has it.
        row: Uuid,
        /// Names of parameters whose values did not come along.
        lost: Vec<String>,
        /// How many rows the selection in use has.
        rows: i64,
    },
    /// The row holds it already.
    UpToDate,
    /// The row may not be changed for it.
    NotFound,
}

/// Puts another version in force in the place of a row. Place, note and the values that fit come along; a wording too where
/// the requirement is the same.
///
/// # Errors
/// When the database refuses.
pub async fn exchange(
    tx: &mut PgConnection,
    permit: &Edit,
    row: &EditRow,
    viewer: &Viewer,
    (held, other): (&WholeRow, &Instead),
    now: OffsetDateTime,
) -> sqlx::Result<Exchanged> {
    let Some(by) = store::row::find_instead(tx, viewer, row, other.number().get(), now).await? else {
        return Ok(Exchanged::NotFound);
    };
    if by.version == row.version() {
        return Ok(Exchanged::UpToDate);
    }
    let (kept, lost) = values::carried(&held.values, held.parameters(), &other.core.parameters);
    let old = held.core.as_ref().map_or(&[][..], |core| &core.exemptions);
    let exemptions = values::carried_exemptions(old, held.exemptions.as_deref(), &other.core.exemptions);
    let new = store::row::replace(tx, row, by, &kept, exemptions.map(values::kept_places), now).await?;
    // What stands there did not grow; what was taken out did.
    has_room(tx, permit, now).await?;
    Ok(Exchanged::Done { row: new, lost, rows: changed(tx, permit, now).await? })
}

/// Undoes that; whether it can be undone: the new row stands, the old one does not. And how many rows the selection in use has.
///
/// # Errors
/// When the database refuses.
pub async fn exchange_back(
    tx: &mut PgConnection,
    permit: &Edit,
    new: &EditRow,
    old: &EditRow,
    now: OffsetDateTime,
) -> sqlx::Result<(bool, i64)> {
    let done = !new.is_removed() && old.is_removed() && new.row() != old.row();
    if done {
        store::row::set_removed(tx, new, Some(now)).await?;
        store::row::set_removed(tx, old, None).await?;
    }
    Ok((done, changed(tx, permit, now).await?))
}
