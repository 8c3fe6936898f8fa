//! What happens to a selection, in the caller's transaction: a permit, what is checked, what is stored. A selection without an
//! account is nobody's record and nobody's news: it is neither audited nor told of (docs/adr/0012). Of an organisation's, what
//! is decided about it is audited there.

mod lay;
pub mod owned;
mod put;
pub mod row;
pub mod rows;
pub mod share;

pub use lay::lay;
pub use put::{By, Into, LIMIT, Outcome, Put, Wanted, copy, put, put_into};
use sqlx::PgConnection;
use time::{Date, Duration, OffsetDateTime};

use super::{
    policy::{Decide, Edit, Sweep},
    store,
};

/// Rows that a selection takes.
pub const MOST_ROWS: usize = 1000;
/// Characters of a name.
pub const MOST_NAME: usize = 120;
/// Bytes of a buyer's own text in a selection: wordings with their reasons, notes and values. Ten times the longest wording
/// that there can be.
pub const MOST_TEXT: i64 = 2_000_000;
/// Selections that a browser can have.
pub const MOST_SELECTIONS: i64 = 50;
/// What a selection says of itself, and what is known of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Hours a year that there are for follow-up.
    pub follow_up_hours: Option<i32>,
    /// How many years the contract lasts.
    pub contract_years: Option<i32>,
}

/// Notes that the selection was changed, and gives how many rows the one in use has, which the header shows: the last thing
/// that is done to it.
async fn changed(tx: &mut PgConnection, permit: &Edit, now: OffsetDateTime) -> sqlx::Result<i64> {
    store::touch(tx, permit, now).await?;
    store::rows_in_use(tx, permit.holder(), now).await
}

/// Changes what a selection says of itself, where it is still as it was seen; whether it was.
///
/// # Errors
/// When the database refuses.
pub async fn describe(
    tx: &mut PgConnection,
    permit: &Edit,
    planned: Planned<'_>,
    seen: i32,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    store::update(tx, permit, planned.name, planned.follow_up_hours, planned.contract_years, seen, now).await
}

/// Has requirements put into this one; gives how many rows it has.
///
/// # Errors
/// When the database refuses.
pub async fn use_it(tx: &mut PgConnection, permit: &Edit, now: OffsetDateTime) -> sqlx::Result<i64> {
    store::use_it(tx, permit).await?;
    store::rows_in_use(tx, permit.holder(), now).await
}

/// Removes a selection with all that stands in it; gives how many rows the one has that comes into use.
///
/// # Errors
/// When the database refuses.
pub async fn remove(tx: &mut PgConnection, permit: &Decide, now: OffsetDateTime) -> sqlx::Result<i64> {
    store::remove(tx, permit).await?;
    owned::note_removal(tx, permit, now).await?;
    store::rows_in_use(tx, permit.edit().holder(), now).await
}

/// Throws away what nobody can come back to: rows that were taken out, and browsers that changed nothing for so long.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(tx: &mut PgConnection, permit: &Sweep, now: OffsetDateTime, today: Date, kept: Duration) -> sqlx::Result<u64> {
    store::sweep(tx, permit, now, today, kept).await
}
