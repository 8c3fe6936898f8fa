//! What versions cite, by what is cited.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::requirements::policy::Recite;

/// Whether anything decided cites it: then what is cited of it stays.
///
/// # Errors
/// When the database refuses.
pub async fn is_decided_on(tx: &mut PgConnection, reference: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from version_reference x join requirement_version v on v.id = x.version_id
                          where x.reference_id = $1 and v.state not in ('preparation', 'ready')) as "is!""#,
        reference,
    )
    .fetch_one(tx)
    .await
}

/// The drafts that cite it.
pub(in crate::requirements) async fn drafts_citing(tx: &mut PgConnection, reference: Uuid) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select v.id from version_reference x join requirement_version v on v.id = x.version_id
         where x.reference_id = $1 and v.state in ('preparation', 'ready')",
        reference,
    )
    .fetch_all(tx)
    .await
}

/// Has the drafts of the permit cite the other, once.
pub(in crate::requirements) async fn recite(tx: &mut PgConnection, permit: &Recite) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from version_reference x where x.version_id = any($1) and x.reference_id = $2
             and exists (select from version_reference o where o.version_id = x.version_id and o.reference_id = $3)",
        permit.versions(),
        permit.from(),
        permit.to(),
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "update version_reference set reference_id = $3 where version_id = any($1) and reference_id = $2",
        permit.versions(),
        permit.from(),
        permit.to(),
    )
    .execute(&mut *tx)
    .await?;
    // Whoever has one of them open is told that it changed.
    sqlx::query!("update requirement_version set lock_version = lock_version + 1 where id = any($1)", permit.versions())
        .execute(tx)
        .await?;
    Ok(())
}
