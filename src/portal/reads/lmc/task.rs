//! Whether a thing waits.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{kernel::actor::Viewer, tasks::Kind};

/// Since when it waits; none where it does not, or is not there for whoever looks.
///
/// # Errors
/// When the database is away.
pub async fn waits_since(
    connection: &mut PgConnection,
    viewer: &Viewer,
    now: OffsetDateTime,
    today: Date,
    kind: Kind,
    subject: Uuid,
) -> sqlx::Result<Option<OffsetDateTime>> {
    sqlx::query_file_scalar!(
        "src/portal/reads/lmc/task.sql",
        viewer.level(),
        viewer.organisations(),
        now,
        today,
        kind.code(),
        subject
    )
    .fetch_optional(connection)
    .await
}
