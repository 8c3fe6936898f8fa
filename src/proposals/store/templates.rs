//! Texts to answer with.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::proposals::{policy::Word, workflow::templates::Worded};

/// Whether another has the name.
pub(in crate::proposals) async fn is_name_taken(tx: &mut PgConnection, but: Option<Uuid>, name: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from answer_template where id is distinct from $1 and lower(name) = lower($2)) as "is!""#,
        but,
        name,
    )
    .fetch_one(tx)
    .await
}

/// Two who edit texts wait for each other.
pub(in crate::proposals) async fn word_alone(tx: &mut PgConnection, _permit: &Word) -> sqlx::Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('answer_template', 0))").execute(tx).await?;
    Ok(())
}

/// Writes a new one.
pub(in crate::proposals) async fn add_template(
    tx: &mut PgConnection,
    _permit: &Word,
    worded: &Worded<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<Uuid> {
    sqlx::query_scalar!(
        "insert into answer_template (id, name, kind, text, changed_at) values ($1, $2, $3, $4, $5) returning id",
        Uuid::now_v7(),
        worded.name,
        worded.kind,
        worded.text,
        now,
    )
    .fetch_one(tx)
    .await
}

/// The number that is raised with each edit, locked.
pub(in crate::proposals) async fn lock_template(tx: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<i32>> {
    sqlx::query_scalar!("select lock from answer_template where id = $1 for update", id).fetch_optional(tx).await
}

/// Writes one over.
pub(in crate::proposals) async fn set_template(
    tx: &mut PgConnection,
    _permit: &Word,
    id: Uuid,
    worded: &Worded<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update answer_template set name = $2, kind = $3, text = $4, changed_at = $5, lock = lock + 1 where id = $1",
        id,
        worded.name,
        worded.kind,
        worded.text,
        now,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Takes one away. False where there is none.
pub(in crate::proposals) async fn remove_template(tx: &mut PgConnection, _permit: &Word, id: Uuid) -> sqlx::Result<bool> {
    Ok(sqlx::query!("delete from answer_template where id = $1", id).execute(tx).await?.rows_affected() > 0)
}
