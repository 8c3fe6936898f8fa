//! All SQL that writes. Ids come from permits.

pub(super) mod row;
pub(super) mod share;

use sqlx::PgConnection;
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    example::{Laid, LaidRow},
    holder::Holder,
    policy::{Edit, Lay, Make, Sweep},
    reads::Access,
    workflow::Wanted,
};
use crate::kernel::actor::{Audience, Viewer};

/// A version that can be put into a selection.
#[derive(Debug, Clone, Copy)]
pub(super) struct Version {
    pub requirement: Uuid,
    pub version: Uuid,
}

/// A version that was found, and the place in the list at which it was wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct FoundVersion {
    pub place: usize,
    pub version: Version,
}

/// The row of a browser, made if it is new, locked until the transaction ends.
pub(super) async fn hold(tx: &mut PgConnection, holder: &Holder, now: OffsetDateTime, today: Date) -> sqlx::Result<Uuid> {
    sqlx::query_scalar!(
        "insert into selection_holder (id, key_sha256, created_at, seen_on) values ($1, $2, $3, $4)
         on conflict (key_sha256) do update set seen_on = greatest(selection_holder.seen_on, excluded.seen_on)
         returning id",
        Uuid::now_v7(),
        holder.sha256(),
        now,
        today,
    )
    .fetch_one(tx)
    .await
}

/// The browser of a selection and its name, locked, where it is this browser's; the browser is seen today. Whoever changes
/// anything locks the browser first and a selection after that.
pub(super) async fn lock(
    tx: &mut PgConnection,
    holder: &Holder,
    selection: Uuid,
    today: Date,
) -> sqlx::Result<Option<(Uuid, String)>> {
    let row = sqlx::query!(
        "with h as (update selection_holder set seen_on = greatest(seen_on, $3) where key_sha256 = $2 returning id)
         select h.id, s.name from h join selection s on s.holder_id = h.id where s.id = $1 for update of s",
        selection,
        holder.sha256(),
        today,
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|row| (row.id, row.name)))
}

/// The selection that the browser puts requirements into, locked; and how many selections it has.
pub(super) async fn in_use(tx: &mut PgConnection, permit: &Make) -> sqlx::Result<(Option<(Uuid, String)>, i64)> {
    let row = sqlx::query!(
        "select s.id, s.name from selection s join selection_holder h on h.id = s.holder_id
         where h.id = $1 and s.id = h.active_id for update of s",
        permit.holder(),
    )
    .fetch_optional(&mut *tx)
    .await?;
    let number = sqlx::query_scalar!(r#"select count(*) as "n!" from selection where holder_id = $1"#, permit.holder());
    Ok((row.map(|row| (row.id, row.name)), number.fetch_one(tx).await?))
}

/// Makes an empty selection and has the browser use it.
pub(super) async fn insert(tx: &mut PgConnection, permit: &Make, name: &str, now: OffsetDateTime) -> sqlx::Result<Uuid> {
    sqlx::query_scalar!(
        "with made as (
             insert into selection (id, holder_id, audience, name, created_at, changed_at) values ($1, $2, $3, $4, $5, $5)
             returning id, holder_id
         )
         update selection_holder h set active_id = made.id from made where h.id = made.holder_id returning made.id",
        Uuid::now_v7(),
        permit.holder(),
        Audience::Owner.level(),
        name,
        now,
    )
    .fetch_one(tx)
    .await
}

/// A selection that who asks may open, and what it is called.
pub(super) async fn opened(
    tx: &mut PgConnection,
    viewer: &Viewer,
    access: &Access,
    now: OffsetDateTime,
) -> sqlx::Result<Option<(Uuid, String)>> {
    let (id, holder, link) = access.arguments();
    let row = sqlx::query!(
        r#"select id as "id!", name as "name!" from opened_selection($1, $2, $3, $4, $5, $6)"#,
        viewer.level(),
        viewer.organisations(),
        now,
        id,
        holder,
        link,
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|row| (row.id, row.name)))
}

/// Copies the rows of a selection that was opened into another; gives how many rows that were. What its maker keeps to
/// themselves (notes, reasons, conditions, answers to repeals) comes along in a copy of one's own alone.
pub(super) async fn copy_rows(
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

/// Has the browser put requirements into this one.
pub(super) async fn use_it(tx: &mut PgConnection, permit: &Edit) -> sqlx::Result<()> {
    sqlx::query!("update selection_holder set active_id = $2 where id = $1", permit.holder(), permit.selection())
        .execute(tx)
        .await?;
    Ok(())
}

/// Changes what a selection says of itself, where it is still as it was seen; whether it was.
pub(super) async fn update(
    tx: &mut PgConnection,
    permit: &Edit,
    name: &str,
    follow_up_hours: Option<i32>,
    contract_years: Option<i32>,
    seen: i32,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update selection set name = $2, follow_up_hours = $3, contract_years = $4, changed_at = $5, lock_version = lock_version + 1
         where id = $1 and lock_version = $6",
        permit.selection(),
        name,
        follow_up_hours,
        contract_years,
        now,
        seen,
    );
    Ok(done.execute(tx).await?.rows_affected() == 1)
}

/// Removes a selection; the one that was changed last comes into use.
pub(super) async fn remove(tx: &mut PgConnection, permit: &Edit) -> sqlx::Result<()> {
    sqlx::query!("delete from selection where id = $1", permit.selection()).execute(&mut *tx).await?;
    sqlx::query!(
        "update selection_holder h set active_id = (
             select s.id from selection s where s.holder_id = h.id order by s.changed_at desc, s.id desc limit 1)
         where h.id = $1 and h.active_id is null",
        permit.holder(),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Notes that a selection was changed.
pub(super) async fn touch(tx: &mut PgConnection, permit: &Edit, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("update selection set changed_at = $2 where id = $1", permit.selection(), now).execute(tx).await?;
    Ok(())
}

/// The versions that are wanted, of those that may be seen and were decided, and whose text may be shown; in the order in which they are wanted.
pub(super) async fn find(
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
pub(super) async fn contents(tx: &mut PgConnection, permit: &Edit) -> sqlx::Result<Vec<Version>> {
    let rows = sqlx::query!(
        "select requirement_id, version_id from selection_row where selection_id = $1 and removed_at is null",
        permit.selection(),
    )
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().map(|row| Version { requirement: row.requirement_id, version: row.version_id }).collect())
}

/// Puts versions at the end of a selection, each with its reason.
pub(super) async fn append(
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

/// How many rows stand in a selection.
pub(super) async fn count(tx: &mut PgConnection, permit: &Edit) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from selection_row where selection_id = $1 and removed_at is null"#,
        permit.selection(),
    )
    .fetch_one(tx)
    .await
}

/// How many rows stand in the selection that the browser uses now.
pub(super) async fn rows_in_use(tx: &mut PgConnection, permit: &Edit) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from selection_holder h join selection_row w on w.selection_id = h.active_id
           where h.id = $1 and w.removed_at is null"#,
        permit.holder(),
    )
    .fetch_one(tx)
    .await
}

/// Takes out what was put in at once, for good; gives how many rows that were.
pub(super) async fn remove_batch(tx: &mut PgConnection, permit: &Edit, batch: Uuid) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from selection_row where selection_id = $1 and batch = $2 and removed_at is null",
        permit.selection(),
        batch,
    );
    Ok(done.execute(tx).await?.rows_affected())
}

/// Takes a row out, or puts it back where it stood; whether there was one to take or put.
pub(super) async fn set_removed(
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
pub(super) async fn swap_places(tx: &mut PgConnection, permit: &Edit, row: Uuid, upwards: bool) -> sqlx::Result<bool> {
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

/// Throws away what is left of rows that were taken out, and browsers that changed nothing for so long, with all they have;
/// but not while a link of theirs works.
pub(super) async fn sweep(
    tx: &mut PgConnection,
    _permit: &Sweep,
    now: OffsetDateTime,
    today: Date,
    kept: Duration,
) -> sqlx::Result<u64> {
    let rows = sqlx::query!("delete from selection_row where removed_at < $1", now - Duration::DAY).execute(&mut *tx).await?;
    let holders = sqlx::query!(
        "delete from selection_holder h where h.seen_on < $1 and not exists (
             select from selection s join selection_share k on k.selection_id = s.id
             where s.holder_id = h.id and k.revoked_at is null and k.expires_at > $2)",
        today - kept,
        now,
    )
    .execute(tx)
    .await?;
    Ok(rows.rows_affected() + holders.rows_affected())
}

/// Makes a selection that is an organisation's; none where there is no such organisation.
pub(super) async fn lay(tx: &mut PgConnection, _permit: &Lay, laid: &Laid, now: OffsetDateTime) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "insert into selection (id, owner_org, audience, name, follow_up_hours, contract_years, created_at, changed_at)
         select $1, o.id, $2, $3, $4, $5, $6, $6 from organisation o where o.slug = $7 returning id",
        Uuid::now_v7(),
        Audience::Owner.level(),
        laid.name,
        laid.follow_up_hours,
        laid.contract_years,
        now,
        laid.owner,
    )
    .fetch_optional(tx)
    .await
}

/// Puts a row at its end, with all that is filled in; whether there is such a version.
pub(super) async fn lay_row(
    tx: &mut PgConnection,
    _permit: &Lay,
    selection: Uuid,
    number: i64,
    row: &LaidRow,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let clauses: Vec<Option<i32>> = row.wording.iter().map(|clause| clause.clause).collect();
    let texts: Vec<String> = row.wording.iter().map(|clause| clause.text.clone()).collect();
    let done = sqlx::query!(
        "insert into selection_row (id, selection_id, position, requirement_id, version_id, batch, parameter_values, note,
                                    wording, wording_reason, wording_version_id, added_at)
         select $1, $2, coalesce((select max(x.position) from selection_row x where x.selection_id = $2), 0) + 1,
                r.id, v.id, $1, $5, $6,
                (select jsonb_agg(jsonb_build_object('id', c.clause_id, 'text', w.text) order by w.place)
                 from unnest($7::int[], $8::text[]) with ordinality w(clause, text, place)
                 left join version_clause c on c.version_id = v.id and c.position = w.clause),
                $9, case when cardinality($8::text[]) > 0 then v.id end, $10
         from requirement r join requirement_version v on v.requirement_id = r.id
         where r.number = $3 and v.number = $4 and v.state = 'decided'",
        Uuid::now_v7(),
        selection,
        number,
        row.version,
        serde_json::Value::Object(row.values.clone()),
        row.note,
        &clauses as &[Option<i32>],
        &texts,
        row.wording_reason,
        now,
    );
    Ok(done.execute(tx).await?.rows_affected() == 1)
}
