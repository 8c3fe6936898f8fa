//! Rows that change places, go and come back.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{MOST_ROWS, changed};
use crate::selections::{policy::Edit, store};

/// Has a row change places with its neighbour of the same type, where it has one.
///
/// # Errors
/// When the database refuses.
pub async fn swap_places(
    tx: &mut PgConnection,
    permit: &Edit,
    row: Uuid,
    upwards: bool,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    if store::contents::swap_places(tx, permit, row, upwards).await? {
        store::touch(tx, permit, now).await?;
    }
    Ok(())
}

/// Takes a row out; whether there was one, and how many rows the selection in use has now.
///
/// # Errors
/// When the database refuses.
pub async fn take_out(tx: &mut PgConnection, permit: &Edit, row: Uuid, now: OffsetDateTime) -> sqlx::Result<(bool, i64)> {
    let done = store::contents::set_removed(tx, permit, row, Some(now)).await?;
    Ok((done, changed(tx, permit, now).await?))
}

/// What came of putting a row back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Returned {
    /// It stands where it stood.
    Done,
    /// There is no such row any more, or it stands there.
    Gone,
    /// As many others have come as a selection takes.
    NoRoom,
}

/// Puts a row back that was taken out; what came of it, and how many rows the selection in use has now.
///
/// # Errors
/// When the database refuses.
pub async fn put_back(tx: &mut PgConnection, permit: &Edit, row: Uuid, now: OffsetDateTime) -> sqlx::Result<(Returned, i64)> {
    let returned = if store::contents::list(tx, permit).await?.len() >= MOST_ROWS {
        Returned::NoRoom
    } else if !store::contents::set_removed(tx, permit, row, None).await? {
        Returned::Gone
    } else if super::row::has_room(tx, permit, now).await? {
        Returned::Done
    } else {
        store::contents::set_removed(tx, permit, row, Some(now)).await?;
        Returned::NoRoom
    };
    Ok((returned, changed(tx, permit, now).await?))
}

/// Takes out for good what was put in at once; how many rows that were, and how many the selection in use has now.
///
/// # Errors
/// When the database refuses.
pub async fn undo(tx: &mut PgConnection, permit: &Edit, batch: Uuid, now: OffsetDateTime) -> sqlx::Result<(u64, i64)> {
    let removed = store::contents::remove_batch(tx, permit, batch).await?;
    Ok((removed, changed(tx, permit, now).await?))
}
