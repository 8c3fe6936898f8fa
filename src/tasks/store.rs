//! All SQL of the slice.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Kind, policy::Take};

/// Whether a thing lies in an area that somebody looks after, for the organisation that they act for.
pub(super) async fn lies_in_areas(
    tx: &mut PgConnection,
    (person, organisation): (Uuid, Option<Uuid>),
    kind: Kind,
    subject: Uuid,
    (today, now): (Date, OffsetDateTime),
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select coalesce(task_group($1, $2) in (select g.group_id from coordinated_group($3, $4, $5, $6) g), false) as "lies!""#,
        kind.code(),
        subject,
        person,
        organisation,
        today,
        now,
    )
    .fetch_one(tx)
    .await
}

/// Two who take one thing wait for each other, also where nobody has taken it yet.
pub(super) async fn lock(tx: &mut PgConnection, permit: &Take) -> sqlx::Result<()> {
    sqlx::query!(
        "select pg_advisory_xact_lock(hashtextextended('task:' || $1 || ':' || $2::uuid::text, 0))",
        permit.kind().code(),
        permit.subject()
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Who has taken it since it began to wait.
pub(super) async fn handler(tx: &mut PgConnection, permit: &Take, since: OffsetDateTime) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "select person_id from task where kind = $1 and subject_id = $2 and taken_at >= $3",
        permit.kind().code(),
        permit.subject(),
        since,
    )
    .fetch_optional(tx)
    .await
}

/// Writes down who has it now.
pub(super) async fn put(tx: &mut PgConnection, permit: &Take, now: OffsetDateTime) -> sqlx::Result<()> {
    let (_, organisation) = permit.by().person();
    sqlx::query!(
        "insert into task (kind, subject_id, person_id, organisation_id, taken_at) values ($1, $2, $3, $4, $5)
         on conflict (kind, subject_id) do update set person_id = $3, organisation_id = $4, taken_at = $5",
        permit.kind().code(),
        permit.subject(),
        permit.person(),
        organisation,
        now,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Nobody has it any more.
pub(super) async fn remove(tx: &mut PgConnection, kind: Kind, subject: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from task where kind = $1 and subject_id = $2", kind.code(), subject).execute(tx).await?;
    Ok(())
}

/// A person has nothing any more; gives how much that was.
pub(super) async fn remove_of(tx: &mut PgConnection, person: Uuid) -> sqlx::Result<u64> {
    Ok(sqlx::query!("delete from task where person_id = $1", person).execute(tx).await?.rows_affected())
}
