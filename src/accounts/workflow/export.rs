//! Taking out what the bank holds about oneself: asked for once, read for a while in the same session.

use serde_json::json;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::{entry, news};
use crate::{
    accounts::{
        policy::{Own, factor::Fresh},
        store::erase as kept,
    },
    kernel::{
        audit,
        limits::{self, Limit, Taken, Window},
        web::SignedIn,
    },
};

/// How often somebody may take it out. Each time is a letter, and a look at everything.
const EXPORT: Limit =
    Limit { name: "own_data", each: &[Window::new(3, Duration::minutes(10)), Window::new(10, Duration::DAY)], all: &[] };
/// How long it can be read after it was asked for, in the session in which it was.
pub const EXPORT_HOLDS: Duration = Duration::minutes(10);

/// What came of asking for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// It can be read for [`EXPORT_HOLDS`].
    Made,
    /// They have to prove once more who they are.
    Unproved,
    /// There were too many; the next may come at this time.
    NotUntil(OffsetDateTime),
    /// The session is over.
    NotSignedIn,
}

/// Asks for what the bank holds about the person, in the caller's transaction: it stands in the log, and the person is told.
///
/// # Errors
/// When the database refuses.
pub async fn begin_export(tx: &mut PgConnection, who: &SignedIn, now: OffsetDateTime) -> sqlx::Result<Export> {
    let Some(own) = Own::ask(tx, who).await? else { return Ok(Export::NotSignedIn) };
    let Some(permit) = Fresh::of(tx, own, now).await? else { return Ok(Export::Unproved) };
    let person = permit.person();
    if let Taken::NotUntil(at) = limits::take(tx, &EXPORT, &person.to_string(), now).await? {
        return Ok(Export::NotUntil(at));
    }
    kept::begin_export(tx, &permit, now).await?;
    let new = Some(json!({"session": permit.own().session()}));
    let exported = audit::Entry { new, ..entry("person.export", "person", Some(person)) };
    audit::record(tx, permit.own().by(), now, exported).await?;
    news::tell(tx, person, news::News::Exported, now).await?;
    Ok(Export::Made)
}
