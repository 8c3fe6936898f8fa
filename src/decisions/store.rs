//! All SQL of the slice.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::ImportRecord;

/// Writes a decision of kind *inläsning* and gives its id and number.
pub(super) async fn insert_import(
    tx: &mut PgConnection,
    record: &ImportRecord,
    now: OffsetDateTime,
) -> sqlx::Result<(Uuid, i64)> {
    let row = sqlx::query!(
        "with taken as (update counter set last = last + 1 where name = 'decision' returning last)
         insert into decision (id, number, kind, decided_at, operator, file_name, file_sha256, reference)
         select $1, taken.last, 'import', $2, $3, $4, $5, $6 from taken
         returning id, number",
        Uuid::now_v7(),
        now,
        record.operator,
        record.file_name,
        record.file_sha256,
        record.reference,
    )
    .fetch_one(tx)
    .await?;
    Ok((row.id, row.number))
}

/// Writes what the decision adopts.
pub(super) async fn insert_items(tx: &mut PgConnection, decision: Uuid, versions: &[Uuid]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into decision_item (decision_id, version_id, outcome) select $1, v, 'adopted' from unnest($2::uuid[]) as v",
        decision,
        versions,
    )
    .execute(tx)
    .await?;
    Ok(())
}
