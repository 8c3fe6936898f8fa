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
    sqlx::query!(
        "update requirement_version set pending = jsonb_set(pending, '{group}', to_jsonb($3::uuid))
         where requirement_id = any($1) and state in ('preparation', 'ready') and pending ->> 'group' = $2::uuid::text",
        permit.requirements(),
        permit.from(),
        permit.to(),
    )
    .execute(tx)
    .await?;
    Ok(())
}
