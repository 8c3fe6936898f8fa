//! What the bank holds about one person.

use serde_json::{Map, Value};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{accounts::EXPORT_HOLDS, kernel::web::SignedIn};

/// The most lines of a list; of logs the latest.
pub const MOST: i64 = 10_000;

/// The parts by their names.
pub type Parts = Map<String, Value>;

/// Reads every part by its name; none where it was not asked for lately in this session.
///
/// # Errors
/// When the database is away.
pub async fn own_data(connection: &mut PgConnection, who: &SignedIn, now: OffsetDateTime) -> sqlx::Result<Option<Parts>> {
    sqlx::query_file_scalar!("src/portal/reads/own_data.sql", who.person, who.session, now - EXPORT_HOLDS, MOST)
        .fetch_optional(connection)
        .await
        .map(|data| data.map(|data| data.0))
}
