//! What requirements refer to, in the database. What is cited of it by something decided is frozen there by a trigger.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::taxonomy::{
    policy::Edit,
    references::{Beside, Cited, Condition},
};

/// A reference that is locked.
#[derive(Debug)]
pub(in crate::taxonomy) struct LockedReference {
    pub(in crate::taxonomy) id: Uuid,
    pub(in crate::taxonomy) kind: String,
    pub(in crate::taxonomy) name: String,
    pub(in crate::taxonomy) edition: String,
    pub(in crate::taxonomy) lock: i32,
    pub(in crate::taxonomy) status: String,
    pub(in crate::taxonomy) leads_to: Option<Uuid>,
    pub(in crate::taxonomy) conditions: Vec<String>,
}

/// The reference of this id.
pub(in crate::taxonomy) async fn lock(tx: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<LockedReference>> {
    sqlx::query_as!(
        LockedReference,
        "select id, kind, name, edition, lock, status, leads_to, label_conditions as conditions from reference where id = $1 for update",
        id,
    )
    .fetch_optional(tx)
    .await
}

/// Another of the kind with this name and edition, however it is written; the one that holds, where there are several.
pub(in crate::taxonomy) async fn like(tx: &mut PgConnection, but: Option<Uuid>, cited: &Cited) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "select id from reference where id is distinct from $1 and kind = $2 and lower(name) = lower($3) and lower(edition) = lower($4)
         order by status <> 'in_force', id limit 1",
        but,
        cited.kind,
        cited.name,
        cited.edition,
    )
    .fetch_optional(tx)
    .await
}

/// A new one.
pub(in crate::taxonomy) async fn add(
    tx: &mut PgConnection,
    _permit: &Edit,
    cited: &Cited,
    beside: &Beside,
) -> sqlx::Result<Uuid> {
    sqlx::query_scalar!(
        "insert into reference (id, kind, name, edition, url, in_force_from, in_force_to, note, label_conditions, label_criteria)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id",
        Uuid::now_v7(),
        cited.kind,
        cited.name,
        cited.edition,
        cited.url,
        cited.from,
        cited.to,
        beside.note,
        &codes(beside),
        beside.criteria,
    )
    .fetch_one(tx)
    .await
}

fn codes(beside: &Beside) -> Vec<String> {
    beside.conditions.iter().map(|condition: &Condition| condition.code().to_owned()).collect()
}

/// What is cited of it.
pub(in crate::taxonomy) async fn set_cited(tx: &mut PgConnection, _permit: &Edit, id: Uuid, cited: &Cited) -> sqlx::Result<()> {
    sqlx::query!(
        "update reference set name = $2, edition = $3, url = $4, in_force_from = $5, in_force_to = $6 where id = $1",
        id,
        cited.name,
        cited.edition,
        cited.url,
        cited.from,
        cited.to,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// What stands beside it.
pub(in crate::taxonomy) async fn set_beside(
    tx: &mut PgConnection,
    _permit: &Edit,
    id: Uuid,
    beside: &Beside,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update reference set note = $2, label_conditions = $3, label_criteria = $4, lock = lock + 1 where id = $1",
        id,
        beside.note,
        &codes(beside),
        beside.criteria,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// What holds of it.
pub(in crate::taxonomy) async fn set_status(
    tx: &mut PgConnection,
    _permit: &Edit,
    id: Uuid,
    (status, leads_to, ended_on): (&str, Option<Uuid>, Option<Date>),
    at: Option<OffsetDateTime>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update reference set status = $2, leads_to = $3, ended_on = $4, marked_at = $5, lock = lock + 1 where id = $1",
        id,
        status,
        leads_to,
        ended_on,
        at,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Whether one leads to the other, over whatever stands between.
pub(in crate::taxonomy) async fn leads(tx: &mut PgConnection, from: Uuid, to: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"with recursive way(id) as (
               select $1::uuid
               union
               select f.leads_to from reference f join way w on w.id = f.id where f.leads_to is not null
           )
           select exists (select from way where way.id = $2) as "is!""#,
        from,
        to,
    )
    .fetch_one(tx)
    .await
}

/// All that led to one leads to the other.
pub(in crate::taxonomy) async fn lead_on(tx: &mut PgConnection, _permit: &Edit, from: Uuid, to: Uuid) -> sqlx::Result<()> {
    sqlx::query!("update reference set leads_to = $2, lock = lock + 1 where leads_to = $1", from, to).execute(tx).await?;
    Ok(())
}

/// Throws one away that nothing cites.
pub(in crate::taxonomy) async fn remove(tx: &mut PgConnection, _permit: &Edit, id: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from reference where id = $1", id).execute(tx).await?;
    Ok(())
}
