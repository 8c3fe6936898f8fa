//! Whether a thing waits.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{portal::reads::lmc::reach::Reach, tasks::Kind};

/// Since when it waits; none where it does not, or is not there for whoever looks.
///
/// # Errors
/// When the database is away.
pub async fn waits_since(
    connection: &mut PgConnection,
    reach: &Reach,
    now: OffsetDateTime,
    today: Date,
    kind: Kind,
    subject: Uuid,
) -> sqlx::Result<Option<OffsetDateTime>> {
    sqlx::query_file_scalar!(
        "src/portal/reads/lmc/task.sql",
        reach.viewer.level(),
        reach.viewer.organisations(),
        now,
        today,
        kind.code(),
        subject,
        reach.whole,
        reach.person,
        reach.organisation,
    )
    .fetch_optional(connection)
    .await
}
