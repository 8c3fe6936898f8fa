//! Requirements by the product group that they stand in.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::requirements::policy::Regroup;

/// The requirements of a group, and those with a draft that is to put them there.
pub(in crate::requirements) async fn of_group(tx: &mut PgConnection, group: Uuid) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        r#"select id as "id!" from requirement where product_group_id = $1
           union
           select requirement_id from requirement_version
           where state in ('preparation', 'ready') and pending ->> 'group' = $1::uuid::text"#,
        group,
    )
    .fetch_all(tx)
    .await
}

/// The requirements of an area, or of one group: those whose documents name it.
///
/// # Errors
/// When the database refuses.
pub async fn in_place(tx: &mut PgConnection, area: &str, group: Option<Uuid>) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select r.id from requirement r join product_group g on g.id = r.product_group_id join product_area a on a.id = g.area_id
         where case when $2::uuid is null then a.slug = $1 else g.id = $2 end",
        area,
        group,
    )
    .fetch_all(tx)
    .await
}

/// Puts the requirements of the permit into the other group, at once or when their drafts are decided.
pub(in crate::requirements) async fn regroup(tx: &mut PgConnection, permit: &Regroup, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update requirement set product_group_id = $3, maintained_at = $4, lock_version = lock_version + 1
         where id = any($1) and product_group_id = $2",
        permit.requirements(),
        permit.from(),
        permit.to(),
        now,
    )
    .execute(&mut *tx)
    .await?;
    // Whoever has one of them open is told that it changed: what they would save names the old group.
    sqlx::query!(
        "update requirement_version set lock_version = lock_version + 1,
             pending = case when pending is not null then jsonb_set(pending, '{group}', to_jsonb($3::uuid)) end
         where requirement_id = any($1) and state in ('preparation', 'ready')
           and (pending is null or pending ->> 'group' = $2::uuid::text)",
        permit.requirements(),
        permit.from(),
        permit.to(),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Whether a group takes no requirements, but those that stand in it already: it is retired, or its area is, or it is part of
/// another.
pub(in crate::requirements) async fn takes_none(tx: &mut PgConnection, group: Uuid, requirement: Uuid) -> sqlx::Result<bool> {
    // It stays as it is until the requirement stands in it: whoever merges it waits. What stands there already waits for nobody,
    // since whoever merges a group locks it before the requirements in it.
    let moves = sqlx::query_scalar!(
        "select g.id from product_group g
         where g.id = $1 and not exists (select from requirement r where r.id = $2 and r.product_group_id = g.id) for share of g",
        group,
        requirement,
    );
    if moves.fetch_optional(&mut *tx).await?.is_none() {
        return Ok(false);
    }
    sqlx::query_scalar!(
        r#"select exists (
               select from product_group g join product_area a on a.id = g.area_id
               where g.id = $1 and coalesce(g.retired_at, a.retired_at) is not null) as "none!""#,
        group,
    )
    .fetch_one(tx)
    .await
}
