//! All SQL that writes. Ids come from permits.

pub(super) mod contents;
pub(super) mod lay;
pub(super) mod row;
pub(super) mod share;

use sqlx::PgConnection;
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    holder::Holder,
    policy::{Edit, Make, Sweep},
    reads::Access,
};
use crate::kernel::actor::{Audience, Viewer};

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
