//! What somebody may do with a selection, whether they know of it or not: for the log alone, never for the answer.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::selections::Holder;

/// The number of the right; none where there is no such selection.
///
/// # Errors
/// When the database is away.
pub async fn right(
    connection: &mut PgConnection,
    holder: Option<&Holder>,
    selection: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Option<i32>> {
    let (browser, person, organisation) = holder.map(Holder::arguments).unwrap_or_default();
    sqlx::query_scalar!(
        r#"select coalesce(selection_right(s.holder_id, s.owner_org, s.colleagues, $2, $3, $4, $5), 0) as "right!"
           from selection s where s.id = $1"#,
        selection,
        browser,
        person,
        organisation,
        now,
    )
    .fetch_optional(connection)
    .await
}
