//! All SQL of the slice that writes: the lines of the plan.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::plan::{Line, Tell, Where};

fn place(line: &Line) -> (Option<&str>, Option<Uuid>) {
    match &line.place {
        Where::Area(slug) => (Some(slug), None),
        Where::Group(id) => (None, Some(*id)),
    }
}

/// A new line; none where there is no such place.
pub(super) async fn add_line(
    tx: &mut PgConnection,
    _permit: &Tell,
    line: &Line,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Uuid>> {
    let (area, group) = place(line);
    sqlx::query_scalar!(
        "insert into plan_line (id, area_id, group_id, text_sv, text_en, state, starts_on, decision_month, priority_until,
             in_preparation, changed_at)
         select $1, (select a.id from product_area a where a.slug = $2), g.id, $4, $5, $6, $7, $8, $9, $10, $11
         from (values (1)) x left join product_group g on g.id = $3 and g.merged_into is null
         where g.id is not null or exists (select from product_area a where a.slug = $2)
         returning id",
        Uuid::now_v7(),
        area,
        group,
        line.text_sv,
        line.text_en,
        line.state.code(),
        line.starts_on,
        line.decision_month,
        line.priority_until,
        line.in_preparation,
        now,
    )
    .fetch_optional(tx)
    .await
}

/// Locks a line; gives the number that is raised with each edit.
pub(super) async fn lock_line(tx: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<i32>> {
    sqlx::query_scalar!("select lock from plan_line where id = $1 for update", id).fetch_optional(tx).await
}

/// Writes a line over. False where there is no such place.
pub(super) async fn set_line(
    tx: &mut PgConnection,
    _permit: &Tell,
    id: Uuid,
    line: &Line,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let (area, group) = place(line);
    let done = sqlx::query!(
        "update plan_line set area_id = (select a.id from product_area a where a.slug = $2),
             group_id = (select g.id from product_group g where g.id = $3 and g.merged_into is null),
             text_sv = $4, text_en = $5, state = $6, starts_on = $7, decision_month = $8, priority_until = $9, in_preparation = $10,
             changed_at = $11, lock = lock + 1
         where id = $1 and (exists (select from product_group g where g.id = $3 and g.merged_into is null)
                            or exists (select from product_area a where a.slug = $2))",
        id,
        area,
        group,
        line.text_sv,
        line.text_en,
        line.state.code(),
        line.starts_on,
        line.decision_month,
        line.priority_until,
        line.in_preparation,
        now,
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Takes a line away. False where there is none.
pub(super) async fn remove_line(tx: &mut PgConnection, _permit: &Tell, id: Uuid) -> sqlx::Result<bool> {
    Ok(sqlx::query!("delete from plan_line where id = $1", id).execute(tx).await?.rows_affected() > 0)
}

/// The lines of a group stand at another.
pub(super) async fn regroup_lines(tx: &mut PgConnection, _permit: &Tell, from: Uuid, into: Uuid) -> sqlx::Result<()> {
    sqlx::query!("update plan_line set group_id = $2, lock = lock + 1 where group_id = $1", from, into).execute(tx).await?;
    Ok(())
}
