//! All SQL that writes.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::policy::{Close, SetWords, Tend};
use crate::kernel::words::{CHANNEL, Word};

/// Locks a job that no worker is at; what it does.
pub(super) async fn lock_job(tx: &mut PgConnection, job: i64) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        r#"select t.identifier as "identifier!" from graphile_worker._private_jobs j
           join graphile_worker._private_tasks t on t.id = j.task_id
           where j.id = $1 and j.locked_at is null for update of j"#,
        job
    )
    .fetch_optional(tx)
    .await
}

/// Has a job done again, from its first try on.
pub(super) async fn run_again(tx: &mut PgConnection, permit: &Tend, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        r#"select 1 as "done!" from graphile_worker.reschedule_jobs(array[$1::bigint], run_at => $2::timestamptz, attempts => 0)"#,
        permit.job(),
        now,
    )
    .fetch_optional(tx)
    .await?;
    Ok(())
}

/// Takes a job out of the queue.
pub(super) async fn remove(tx: &mut PgConnection, permit: &Tend) -> sqlx::Result<()> {
    sqlx::query!("delete from graphile_worker._private_jobs where id = $1", permit.job()).execute(tx).await?;
    Ok(())
}

/// Whoever sets words waits for who does so already.
pub(super) async fn lock_words(tx: &mut PgConnection, _permit: &SetWords) -> sqlx::Result<()> {
    lock(tx).await
}

async fn lock(tx: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('setting_word', 0))").execute(tx).await?;
    Ok(())
}

/// The word as it was set; none where nobody has.
pub(super) async fn word(tx: &mut PgConnection, word: Word) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select value from setting_word where key = $1", word.key()).fetch_optional(tx).await
}

/// Sets a word; nothing has it be as the environment or the program has it. All programs on the database are told.
pub(super) async fn set_word(
    tx: &mut PgConnection,
    _permit: &SetWords,
    word: Word,
    value: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    put(tx, word, value, now).await?;
    tell(tx).await
}

/// Closes the bank for changes, with what is said of it, or opens it; whether it was closed before.
pub(super) async fn set_closed(
    tx: &mut PgConnection,
    _permit: &Close,
    said: Option<(&str, &str)>,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    lock(tx).await?;
    let before = word(tx, Word::ReadOnly).await?;
    let (sv, en) = said.unwrap_or_default();
    put(tx, Word::ReadOnly, if said.is_some() { "on" } else { "" }, now).await?;
    put(tx, Word::ReadOnlySv, sv, now).await?;
    put(tx, Word::ReadOnlyEn, en, now).await?;
    tell(tx).await?;
    Ok(before.is_some())
}

async fn put(tx: &mut PgConnection, word: Word, value: &str, now: OffsetDateTime) -> sqlx::Result<()> {
    if value.is_empty() {
        sqlx::query!("delete from setting_word where key = $1", word.key()).execute(&mut *tx).await?;
    } else {
        sqlx::query!(
            "insert into setting_word (key, value, changed_at) values ($1, $2, $3)
             on conflict (key) do update set value = excluded.value, changed_at = excluded.changed_at",
            word.key(),
            value,
            now,
        )
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

async fn tell(tx: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("select pg_notify($1, '')", CHANNEL).execute(tx).await?;
    Ok(())
}
