//! All SQL that writes. Ids come from permits.

pub(super) mod contents;
pub(super) mod lay;
pub(super) mod owned;
pub(super) mod row;
pub(super) mod share;

use sqlx::PgConnection;
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    holder::Holder,
    policy::{Decide, Edit, Make, Sweep},
    reads::{Access, Arguments},
};
use crate::kernel::actor::Audience;

/// The row of who holds selections, made if it is new, locked until the transaction ends.
pub(super) async fn hold(tx: &mut PgConnection, holder: &Holder, now: OffsetDateTime, today: Date) -> sqlx::Result<Uuid> {
    let id = Uuid::now_v7();
    match holder {
        Holder::Browser(key) => {
            sqlx::query_scalar!(
                "insert into selection_holder (id, key_sha256, created_at, seen_on) values ($1, $2, $3, $4)
                 on conflict (key_sha256) do update set seen_on = greatest(selection_holder.seen_on, excluded.seen_on)
                 returning id",
                id,
                key,
                now,
                today,
            )
            .fetch_one(tx)
            .await
        }
        Holder::Member { person, organisation } => {
            sqlx::query_scalar!(
                "insert into selection_holder (id, person_id, organisation_id, created_at, seen_on) values ($1, $2, $3, $4, $5)
                 on conflict (person_id, organisation_id)
                 do update set seen_on = greatest(selection_holder.seen_on, excluded.seen_on)
                 returning id",
                id,
                person,
                organisation,
                now,
                today,
            )
            .fetch_one(tx)
            .await
        }
    }
}

/// A selection that is locked until the transaction ends, and who locked it.
#[derive(Debug)]
pub(super) struct Locked {
    pub selection: Uuid,
    pub holder: Uuid,
    pub name: String,
    /// What they may do with it.
    pub right: i32,
    /// Whether it is an organisation's and nobody owns it any more.
    pub left: bool,
}

/// Locks a selection that who asks may open; they are seen today. Whoever changes anything locks the holder first and a
/// selection after that.
pub(super) async fn lock(
    tx: &mut PgConnection,
    holder: &Holder,
    selection: Uuid,
    now: OffsetDateTime,
    today: Date,
) -> sqlx::Result<Option<Locked>> {
    let held = match holder {
        Holder::Member { .. } => Some(hold(tx, holder, now, today).await?),
        // A browser that holds nothing is not noted.
        Holder::Browser(key) => {
            let seen = sqlx::query_scalar!(
                "update selection_holder set seen_on = greatest(seen_on, $2) where key_sha256 = $1 returning id",
                key,
                today,
            );
            seen.fetch_optional(&mut *tx).await?
        }
    };
    let Some(held) = held else { return Ok(None) };
    let (browser, person, organisation) = holder.arguments();
    let found = sqlx::query!(
        r#"select s.id, s.name, s.owner_org is not null and selection_owner(s.holder_id, $5) is null as "left!",
                  selection_right(s.holder_id, s.owner_org, s.colleagues, $2, $3, $4, $5) as "right!"
           from selection s where s.id = $1 for update of s"#,
        selection,
        browser,
        person,
        organisation,
        now,
    )
    .fetch_optional(tx)
    .await?;
    let locked = found.map(|row| Locked { selection: row.id, holder: held, name: row.name, right: row.right, left: row.left });
    Ok(locked.filter(|locked| locked.right > 0))
}

/// The selection that requirements are put into, locked; and how many are held.
pub(super) async fn in_use(tx: &mut PgConnection, permit: &Make, now: OffsetDateTime) -> sqlx::Result<(Option<Locked>, i64)> {
    let found = sqlx::query!(
        r#"select s.id, s.name,
                  selection_right(s.holder_id, s.owner_org, s.colleagues, h.key_sha256, h.person_id, h.organisation_id, $2) as "right!"
           from selection_holder h join selection s on s.id = h.active_id where h.id = $1 for update of s"#,
        permit.holder(),
        now,
    )
    .fetch_optional(&mut *tx)
    .await?;
    let locked =
        found.map(|row| Locked { selection: row.id, holder: permit.holder(), name: row.name, right: row.right, left: false });
    let number = sqlx::query_scalar!(r#"select count(*) as "n!" from selection where holder_id = $1"#, permit.holder());
    Ok((locked, number.fetch_one(tx).await?))
}

/// Makes an empty selection and has it used.
pub(super) async fn insert(tx: &mut PgConnection, permit: &Make, name: &str, now: OffsetDateTime) -> sqlx::Result<Uuid> {
    sqlx::query_scalar!(
        "with made as (
             insert into selection (id, holder_id, owner_org, audience, name, created_at, changed_at, changed_by)
             select $1, h.id, h.organisation_id, $3, $4, $5, $5, h.person_id from selection_holder h where h.id = $2
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
pub(super) async fn opened(tx: &mut PgConnection, access: &Access, now: OffsetDateTime) -> sqlx::Result<Option<(Uuid, String)>> {
    let Arguments { id, holder, link, person, organisation } = access.arguments();
    let row = sqlx::query!(
        r#"select id as "id!", name as "name!" from opened_selection($1, $2, $3, $4, $5, $6)"#,
        now,
        id,
        holder,
        link,
        person,
        organisation,
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|row| (row.id, row.name)))
}

/// Has requirements put into this one.
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
        "update selection set name = $2, follow_up_hours = $3, contract_years = $4, changed_at = $5, changed_by = $7,
             lock_version = lock_version + 1
         where id = $1 and lock_version = $6",
        permit.selection(),
        name,
        follow_up_hours,
        contract_years,
        now,
        seen,
        permit.person(),
    );
    Ok(done.execute(tx).await?.rows_affected() == 1)
}

/// Removes a selection; the one that was changed last comes into use.
pub(super) async fn remove(tx: &mut PgConnection, permit: &Decide) -> sqlx::Result<()> {
    let permit = permit.edit();
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
    sqlx::query!(
        "update selection set changed_at = $2, changed_by = $3 where id = $1",
        permit.selection(),
        now,
        permit.person(),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// How many rows stand in the selection that is in use now, where who uses it may still change it.
pub(super) async fn rows_in_use(tx: &mut PgConnection, holder: Uuid, now: OffsetDateTime) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from selection_holder h join selection s on s.id = h.active_id
           join selection_row w on w.selection_id = s.id
           where h.id = $1 and w.removed_at is null
             and selection_right(s.holder_id, s.owner_org, s.colleagues, h.key_sha256, h.person_id, h.organisation_id, $2) >= 2"#,
        holder,
        now,
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
        "delete from selection_holder h where h.key_sha256 is not null and h.seen_on < $1 and not exists (
             select from selection s join selection_share k on k.selection_id = s.id
             where s.holder_id = h.id and k.revoked_at is null and k.expires_at > $2)",
        today - kept,
        now,
    )
    .execute(tx)
    .await?;
    Ok(rows.rows_affected() + holders.rows_affected())
}
