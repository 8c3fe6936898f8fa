//! What is written to one row. Each statement names the row of the permit and its selection.

use serde_json::{Map, Value};
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;
use uuid::Uuid;

use super::contents::Version;
use crate::{
    kernel::actor::Viewer,
    selections::{
        policy::{Edit, EditRow},
        reads::rows::WordedClause,
        workflow::row::Filled,
    },
};

/// What is known of a row that is locked until the transaction ends.
#[derive(Debug)]
pub(in crate::selections) struct Locked {
    pub version: Uuid,
    pub lock_version: i32,
    pub removed: bool,
}

/// Locks a row of the selection; none where it has no such row.
pub(in crate::selections) async fn lock(tx: &mut PgConnection, permit: &Edit, row: Uuid) -> sqlx::Result<Option<Locked>> {
    sqlx::query_as!(
        Locked,
        r#"select version_id as version, lock_version, removed_at is not null as "removed!"
           from selection_row where selection_id = $1 and id = $2 for update"#,
        permit.selection(),
        row,
    )
    .fetch_optional(tx)
    .await
}

/// Keeps what is filled in.
pub(in crate::selections) async fn fill(tx: &mut PgConnection, row: &EditRow, filled: &Filled<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "update selection_row set parameter_values = $3, exemptions = $4, note = $5, lock_version = lock_version + 1
         where selection_id = $1 and id = $2",
        row.selection(),
        row.row(),
        Json(filled.values) as _,
        filled.exemptions.as_deref(),
        filled.note,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Keeps a wording of the buyer's own, which builds on the version that the row holds; none goes back to the requirement's.
pub(in crate::selections) async fn word(
    tx: &mut PgConnection,
    row: &EditRow,
    wording: Option<(&[WordedClause], &str)>,
) -> sqlx::Result<()> {
    let reason = wording.map_or("", |(_, reason)| reason);
    sqlx::query!(
        "update selection_row set wording = $3, wording_reason = $4, lock_version = lock_version + 1,
                wording_version_id = case when $3::jsonb is null then null else version_id end
         where selection_id = $1 and id = $2",
        row.selection(),
        row.row(),
        wording.map(|(clauses, _)| Json(clauses)) as _,
        reason,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Says that a repealed requirement is wanted all the same, or takes that back; whether it is repealed. A repeal that is to
/// come is not answered before it is there.
pub(in crate::selections) async fn confirm(
    tx: &mut PgConnection,
    row: &EditRow,
    at: Option<OffsetDateTime>,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update selection_row w set repeal_confirmed_at = $3
         where w.selection_id = $1 and w.id = $2
           and exists (select from requirement_repeal p where p.requirement_id = w.requirement_id and p.effective <= $4)",
        row.selection(),
        row.row(),
        at,
        now,
    );
    Ok(done.execute(tx).await?.rows_affected() == 1)
}

/// The version in force that a row may be changed for: that of its own requirement, of another member of its family, or of
/// what came instead of it.
pub(in crate::selections) async fn find_instead(
    tx: &mut PgConnection,
    viewer: &Viewer,
    row: &EditRow,
    number: i64,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Version>> {
    sqlx::query_as!(
        Version,
        r#"select r.id as requirement, v.id as version
           from requirement_version held
           join requirement own on own.id = held.requirement_id
           join requirement r on r.number = $4
           join requirement_version v on v.requirement_id = r.id and v.valid @> $5::timestamptz
                and v.not_shown_since is null and may_see(v.audience, v.owner_org, $2, $3)
           where held.id = $1 and (r.id = own.id or r.family_id = own.family_id or exists (
               select from requirement_successor s where s.requirement_id = own.id and s.successor_id = r.id))"#,
        row.version(),
        viewer.level(),
        viewer.organisations(),
        number,
        now,
    )
    .fetch_optional(tx)
    .await
}

/// Puts another version in the place of a row: a new row at the same place with the same note, and the old one taken out, so
/// that it can be put back as it was. Own wording comes along where the requirement is the same.
pub(in crate::selections) async fn replace(
    tx: &mut PgConnection,
    row: &EditRow,
    by: Version,
    values: &Map<String, Value>,
    exemptions: Option<Vec<i16>>,
    now: OffsetDateTime,
) -> sqlx::Result<Uuid> {
    let id = Uuid::now_v7();
    sqlx::query!(
        "insert into selection_row (id, selection_id, position, requirement_id, version_id, batch, parameter_values, exemptions,
                note, wording, wording_reason, wording_version_id, added_at)
         select $3, w.selection_id, w.position, $4, $5, $6, $7, $8, w.note,
                case when w.requirement_id = $4 then w.wording end,
                case when w.requirement_id = $4 then w.wording_reason else '' end,
                case when w.requirement_id = $4 then w.wording_version_id end, $9
         from selection_row w where w.selection_id = $1 and w.id = $2",
        row.selection(),
        row.row(),
        id,
        by.requirement,
        by.version,
        Uuid::now_v7(),
        Json(values) as _,
        exemptions.as_deref(),
        now,
    )
    .execute(&mut *tx)
    .await?;
    set_removed(tx, row, Some(now)).await?;
    Ok(id)
}

/// Takes the row out, or puts it back where it stood.
pub(in crate::selections) async fn set_removed(
    tx: &mut PgConnection,
    row: &EditRow,
    removed_at: Option<OffsetDateTime>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update selection_row set removed_at = $3 where selection_id = $1 and id = $2",
        row.selection(),
        row.row(),
        removed_at,
    )
    .execute(tx)
    .await?;
    Ok(())
}
