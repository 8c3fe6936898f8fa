//! What stands in a selection: rows that come, go and change places. Each statement names the selection of the permit, so that
//! no row of another is reached.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    kernel::actor::Viewer,
    selections::{policy::Edit, workflow::Wanted},
};

/// A version that can be put into a selection.
#[derive(Debug, Clone, Copy)]
pub(in crate::selections) struct Version {
    pub requirement: Uuid,
    pub version: Uuid,
}

/// A version that was found, and the place in the list at which it was wanted.
#[derive(Debug, Clone, Copy)]
pub(in crate::selections) struct FoundVersion {
    pub place: usize,
    pub version: Version,
}

/// The versions that are wanted, of those that may be seen and were decided, and whose text may be shown; in the order in which they are wanted.
pub(in crate::selections) async fn find(
    tx: &mut PgConnection,
    viewer: &Viewer,
    wanted: &[Wanted],
    now: OffsetDateTime,
) -> sqlx::Result<Vec<FoundVersion>> {
    let numbers: Vec<i64> = wanted.iter().map(|wanted| wanted.number.get()).collect();
    let versions: Vec<Option<i32>> = wanted.iter().map(|wanted| wanted.version).collect();
    let rows = sqlx::query!(
        r#"select w.place as "place!", r.id as "requirement!", v.id as "version!"
           from unnest($1::bigint[], $2::int[]) with ordinality w(number, version, place)
           join requirement r on r.number = w.number
           join lateral (
               select v.id from requirement_version v
               where v.requirement_id = r.id and v.state = 'decided' and v.not_shown_since is null
                 and may_see(v.audience, v.owner_org, $3, $4)
                 and (v.number = w.version or w.version is null)
               order by coalesce(v.valid @> $5::timestamptz, false) desc, (lower(v.valid) <= $5) desc nulls last, v.number desc
               limit 1
           ) v on true
           order by w.place"#,
        &numbers,
        &versions as &[Option<i32>],
        viewer.level(),
        viewer.organisations(),
        now,
    )
    .fetch_all(tx)
    .await?;
    let found = rows.into_iter().map(|row| FoundVersion {
        place: usize::try_from(row.place - 1).unwrap_or(0),
        version: Version { requirement: row.requirement, version: row.version },
    });
    Ok(found.collect())
}

/// What stands in a selection: requirement and version of each row.
pub(in crate::selections) async fn list(tx: &mut PgConnection, permit: &Edit) -> sqlx::Result<Vec<Version>> {
    let rows = sqlx::query!(
        "select requirement_id, version_id from selection_row where selection_id = $1 and removed_at is null",
        permit.selection(),
    )
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().map(|row| Version { requirement: row.requirement_id, version: row.version_id }).collect())
}

/// Bytes of a buyer's own text in a selection.
#[derive(Debug, Clone, Copy)]
pub(in crate::selections) struct Text {
    /// In rows that stand there.
    pub standing: i64,
    /// In rows that were taken out and can be put back.
    pub removed: i64,
}

/// How much of the buyer's own text there is.
pub(in crate::selections) async fn text(tx: &mut PgConnection, permit: &Edit) -> sqlx::Result<Text> {
    sqlx::query_as!(
        Text,
        r#"select coalesce(sum(w.bytes) filter (where w.removed_at is null), 0) as "standing!",
                  coalesce(sum(w.bytes) filter (where w.removed_at is not null), 0) as "removed!"
           from (select removed_at, octet_length(note) + octet_length(wording_reason) + octet_length(parameter_values::text)
                        + coalesce(octet_length(wording::text), 0) as bytes
                 from selection_row where selection_id = $1) w"#,
        permit.selection(),
    )
    .fetch_one(tx)
    .await
}

/// Throws away what was taken out before.
pub(in crate::selections) async fn forget_removed(
    tx: &mut PgConnection,
    permit: &Edit,
    before: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!("delete from selection_row where selection_id = $1 and removed_at < $2", permit.selection(), before)
        .execute(tx)
        .await?;
    Ok(())
}

/// Puts versions at the end of a selection, each with its reason.
pub(in crate::selections) async fn append(
    tx: &mut PgConnection,
    permit: &Edit,
    versions: &[Version],
    reasons: &[String],
    batch: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = versions.iter().map(|_| Uuid::now_v7()).collect();
    let requirements: Vec<Uuid> = versions.iter().map(|version| version.requirement).collect();
    let of: Vec<Uuid> = versions.iter().map(|version| version.version).collect();
    sqlx::query!(
        "insert into selection_row (id, selection_id, position, requirement_id, version_id, batch, reason, added_at)
         select n.id, $1, coalesce((select max(x.position) from selection_row x where x.selection_id = $1), 0) + n.place,
                n.requirement, n.version, $2, n.reason, $3
         from unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::text[]) with ordinality n(id, requirement, version, reason, place)",
        permit.selection(),
        batch,
        now,
        &ids,
        &requirements,
        &of,
        reasons,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Copies the rows of a selection that was opened into another; gives how many rows that were. What its maker keeps to
/// themselves (notes, reasons, conditions, answers to repeals) comes along in a copy of one's own alone.
pub(in crate::selections) async fn copy(
    tx: &mut PgConnection,
    permit: &Edit,
    source: Uuid,
    is_own: bool,
    batch: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<i64> {
    sqlx::query!(
        "update selection s set follow_up_hours = o.follow_up_hours, contract_years = o.contract_years
         from selection o where s.id = $1 and o.id = $2 and $3",
        permit.selection(),
        source,
        is_own,
    )
    .execute(&mut *tx)
    .await?;
    let done = sqlx::query!(
        "insert into selection_row (id, selection_id, position, requirement_id, version_id, batch, parameter_values, exemptions, note,
                                    reason, wording, wording_reason, wording_version_id, repeal_confirmed_at, added_at)
         select gen_random_uuid(), $1, w.position, w.requirement_id, w.version_id, $3, w.parameter_values, w.exemptions,
                case when $5 then w.note else '' end, case when $5 then w.reason else '' end,
                w.wording, w.wording_reason, w.wording_version_id, case when $5 then w.repeal_confirmed_at end, $4
         from selection_row w where w.selection_id = $2 and w.removed_at is null",
        permit.selection(),
        source,
        batch,
        now,
        is_own,
    );
    Ok(i64::try_from(done.execute(tx).await?.rows_affected()).unwrap_or(i64::MAX))
}

/// Takes out what was put in at once, for good; gives how many rows that were.
pub(in crate::selections) async fn remove_batch(tx: &mut PgConnection, permit: &Edit, batch: Uuid) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from selection_row where selection_id = $1 and batch = $2 and removed_at is null",
        permit.selection(),
        batch,
    );
    Ok(done.execute(tx).await?.rows_affected())
}

/// Takes a row out, or puts it back where it stood; whether there was one to take or put.
pub(in crate::selections) async fn set_removed(
    tx: &mut PgConnection,
    permit: &Edit,
    row: Uuid,
    removed_at: Option<OffsetDateTime>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update selection_row set removed_at = $3
         where selection_id = $1 and id = $2 and (removed_at is null) = ($3::timestamptz is not null)",
        permit.selection(),
        row,
        removed_at,
    );
    Ok(done.execute(tx).await?.rows_affected() == 1)
}

/// Has a row change places with its neighbour of the same type; whether it has one.
pub(in crate::selections) async fn swap_places(
    tx: &mut PgConnection,
    permit: &Edit,
    row: Uuid,
    upwards: bool,
) -> sqlx::Result<bool> {
    // Rows that were put back or came from elsewhere may share a place; then all get one of their own first.
    sqlx::query!(
        "update selection_row w set position = n.place
         from (select id, row_number() over (order by position, id) as place from selection_row where selection_id = $1) n
         where n.id = w.id and exists (
             select from selection_row x where x.selection_id = $1 group by x.position having count(*) > 1)",
        permit.selection(),
    )
    .execute(&mut *tx)
    .await?;
    // The versions are those that the selection holds already; nothing of them is given out.
    let done = sqlx::query!(
        "with mine as (
             select w.id, w.position, v.type from selection_row w join requirement_version v on v.id = w.version_id
             where w.selection_id = $1 and w.id = $2 and w.removed_at is null
         ),
         neighbour as (
             select w.id, w.position from selection_row w join requirement_version v on v.id = w.version_id, mine
             where w.selection_id = $1 and w.removed_at is null and v.type = mine.type
               and case when $3 then (w.position, w.id) < (mine.position, mine.id) else (w.position, w.id) > (mine.position, mine.id) end
             order by case when $3 then -w.position else w.position end limit 1
         )
         update selection_row w set position = case when w.id = mine.id then neighbour.position else mine.position end
         from mine, neighbour where w.id in (mine.id, neighbour.id)",
        permit.selection(),
        row,
        upwards,
    );
    Ok(done.execute(tx).await?.rows_affected() == 2)
}
