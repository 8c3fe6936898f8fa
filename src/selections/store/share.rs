//! Links to a selection. Each statement names the selection of the permit, so that no link of another is reached.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::{kernel::web::SelectionKey, selections::policy::Decide};

/// Makes a link to a selection; none where it has as many as it can have. What no longer works is forgotten after a day.
pub(in crate::selections) async fn make(
    tx: &mut PgConnection,
    permit: &Decide,
    key: &SelectionKey,
    now: OffsetDateTime,
    ends: OffsetDateTime,
    most: i64,
) -> sqlx::Result<Option<Uuid>> {
    sqlx::query!(
        "delete from selection_share where selection_id = $1 and least(expires_at, revoked_at) < $2",
        permit.edit().selection(),
        now - Duration::DAY,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query_scalar!(
        "insert into selection_share (id, selection_id, key, created_at, expires_at)
         select $1, $2, $3, $4, $5 where (select count(*) from selection_share k where k.selection_id = $2) < $6
         returning id",
        Uuid::now_v7(),
        permit.edit().selection(),
        key.as_str(),
        now,
        ends,
        most,
    )
    .fetch_optional(tx)
    .await
}

/// Takes a link back, or undoes that; whether there was one to take or give.
pub(in crate::selections) async fn set_revoked(
    tx: &mut PgConnection,
    permit: &Decide,
    share: Uuid,
    revoked_at: Option<OffsetDateTime>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update selection_share set revoked_at = $3
         where selection_id = $1 and id = $2 and (revoked_at is null) = ($3::timestamptz is not null)",
        permit.edit().selection(),
        share,
        revoked_at,
    );
    Ok(done.execute(tx).await?.rows_affected() == 1)
}
