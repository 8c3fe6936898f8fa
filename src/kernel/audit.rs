//! The audit log: who did what, when, for whom. Rows are inserted unchained, so that commits never wait for each other;
//! a job seals them in batches with a hash over the batch and the seal before it.

use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{actor::Actor, jobs};

mod verify;

pub use verify::{Broken, Verified, Why, verify};

/// Whoever seals holds this lock, so that the chain never forks.
const SEAL_LOCK: i64 = 0x7365_616c;
/// The most rows that one seal holds.
const BATCH: i64 = 10_000;

tokio::task_local! {
    /// The id of the request that is being answered.
    static REQUEST: String;
}

/// Does what a request asks for: whatever is written here meanwhile carries the id of the request. What is done beside it,
/// by a job or on another task, carries none.
pub async fn within<F: Future>(request: String, work: F) -> F::Output {
    REQUEST.scope(request, work).await
}

/// The id of the request that is being answered; none where the program acts by itself.
fn request_id() -> Option<String> {
    REQUEST.try_with(Clone::clone).ok()
}

/// One thing that was done.
#[derive(Debug)]
pub struct Entry<'a> {
    /// A verb with its slice: `requirement.publish`.
    pub action: &'static str,
    /// What it was done to: `requirement_version`.
    pub object_kind: &'static str,
    /// Which one; none where it concerns the whole.
    pub object_id: Option<Uuid>,
    /// What was there before; ids and values, never names of persons.
    pub old: Option<Value>,
    /// What is there now.
    pub new: Option<Value>,
    /// Why, where a reason is asked for.
    pub reason: Option<&'a str>,
}

/// Writes the entry in the caller's transaction.
///
/// # Errors
/// When the database refuses.
pub async fn record(tx: &mut PgConnection, actor: &Actor, at: OffsetDateTime, entry: Entry<'_>) -> sqlx::Result<()> {
    let kind = actor.kind();
    let (person, organisation) = actor.person();
    sqlx::query!(
        "insert into audit (at, actor_kind, person_id, organisation_id, action, object_kind, object_id, old_value, new_value,
                            reason, request_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        at,
        kind,
        person,
        organisation,
        entry.action,
        entry.object_kind,
        entry.object_id,
        entry.old,
        entry.new,
        entry.reason,
        request_id(),
    )
    .execute(&mut *tx)
    .await?;
    ask_for_seal(tx).await
}

/// Writes one entry for each object, without values, in one statement.
///
/// # Errors
/// As [`record`].
pub async fn record_many(
    tx: &mut PgConnection,
    actor: &Actor,
    at: OffsetDateTime,
    action: &'static str,
    object_kind: &'static str,
    objects: &[Uuid],
) -> sqlx::Result<()> {
    let kind = actor.kind();
    let (person, organisation) = actor.person();
    sqlx::query!(
        "insert into audit (at, actor_kind, person_id, organisation_id, action, object_kind, object_id, request_id)
         select $2, $3, $4, $5, $6, $7, object, $8 from unnest($1::uuid[]) as object",
        objects,
        at,
        kind,
        person,
        organisation,
        action,
        object_kind,
        request_id(),
    )
    .execute(&mut *tx)
    .await?;
    ask_for_seal(tx).await
}

/// One job a transaction; the key holds the transaction's id, so that transactions do not wait for each other.
async fn ask_for_seal(tx: &mut PgConnection) -> sqlx::Result<()> {
    let transaction = sqlx::query_scalar!(r#"select pg_current_xact_id()::text as "id!""#).fetch_one(&mut *tx).await?;
    jobs::enqueue(tx, &jobs::SealAudit {}, &format!("seal_audit:{transaction}")).await
}

/// Seals what no seal holds yet, and gives how many rows that were. Two sealers at once wait for each other.
///
/// # Errors
/// When the database refuses.
pub async fn seal(tx: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<i64> {
    sqlx::query!("select pg_advisory_xact_lock($1)", SEAL_LOCK).execute(&mut *tx).await?;
    let mut sealed = 0;
    loop {
        let rows = seal_batch(tx, now).await?;
        sealed += rows;
        if rows < BATCH {
            return Ok(sealed);
        }
    }
}

async fn seal_batch(tx: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<i64> {
    // The rows as text in the order of their ids, hashed with the seal before. What is not sealed stands in `audit_unsealed`,
    // written with the row itself: one that commits late, whatever its id, is in the next batch. Each row of the log is fetched
    // by its key, so that a seal costs what it holds and not what the log holds.
    let sealed = sqlx::query_scalar!(
        r#"with next as materialized (select u.audit_id from audit_unsealed u order by u.audit_id limit $2),
           batch as materialized (
               select l.id, l.line
               from next cross join lateral (
                   select a.id, row(a.id, a.at, a.actor_kind, a.person_id, a.organisation_id, a.action, a.object_kind, a.object_id,
                                    a.old_value, a.new_value, a.reason, a.request_id)::text as line
                   from audit a where a.id = next.audit_id offset 0) l
           ),
           last as (
               select coalesce((select s.hash from audit_seal s order by s.id desc limit 1), '\x'::bytea) as hash
           ),
           made as (
               insert into audit_seal (at, rows, previous, hash)
               select $1, count(*), last.hash,
                      sha256(last.hash || convert_to(string_agg(batch.line, E'\n' order by batch.id), 'UTF8'))
               from batch, last group by last.hash having count(*) > 0
               returning id, rows
           ),
           held as (
               insert into audit_sealed (audit_id, seal_id) select batch.id, made.id from batch, made
           ),
           known as (
               delete from audit_unsealed u using batch where u.audit_id = batch.id
           )
           select rows as "rows!" from made"#,
        now,
        BATCH,
    )
    .fetch_optional(tx)
    .await?;
    Ok(sealed.unwrap_or(0))
}
