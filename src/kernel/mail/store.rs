//! All SQL that writes.

use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    To,
    letter::{Letter, Part},
};
use crate::kernel::{i18n::Lang, web::line};

/// Writes a letter down; none where this person, or this address, was told of the event already.
pub(super) async fn insert(
    tx: &mut PgConnection,
    to: &To,
    letter: &Letter,
    event: Option<Uuid>,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Uuid>> {
    let parts = serde_json::to_value(letter.parts()).map_err(|error| sqlx::Error::Encode(error.into()))?;
    sqlx::query_scalar!(
        "insert into mail (id, person_id, address, language, kind, subject, parts, event_id, created_at, leaves_nothing)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning id",
        Uuid::now_v7(),
        to.person,
        line(&to.address),
        letter.lang().code(),
        letter.kind(),
        letter.subject(),
        parts,
        event,
        now,
        letter.leaves_nothing(),
    )
    .fetch_optional(tx)
    .await
}

/// A letter that is not sent yet.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) id: Uuid,
    pub(super) address: String,
    pub(super) language: String,
    pub(super) kind: String,
    pub(super) subject: String,
    pub(super) parts: Json<Vec<Part>>,
    pub(super) created_at: OffsetDateTime,
}

impl Waiting {
    /// The language that it is written in.
    pub(super) fn lang(&self) -> Lang {
        if self.language == Lang::En.code() { Lang::En } else { Lang::Sv }
    }
}

/// The letter, if it waits.
pub(super) async fn waiting(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Waiting>> {
    sqlx::query_as!(
        Waiting,
        r#"select id, address as "address!", language, kind, subject as "subject!", parts as "parts!: Json<Vec<Part>>", created_at
           from mail where id = $1 and sent_at is null and dead_at is null"#,
        id,
    )
    .fetch_optional(connection)
    .await
}

/// Every letter that waits. More than this many are for the night after.
pub(super) async fn all_waiting(connection: &mut PgConnection) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!("select id from mail where sent_at is null and dead_at is null order by created_at limit 10000")
        .fetch_all(connection)
        .await
}

/// Notes that it was sent; what it said is gone, unless it is to be kept. Of some nothing else is left either. The address
/// takes letters.
pub(super) async fn note_sent(
    connection: &mut PgConnection,
    (id, address): (Uuid, &str),
    keep: bool,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with arrives as (delete from mail_refused r using person p where p.id = r.person_id and lower(p.email) = lower($4))
         update mail set sent_at = $2, tried_at = $2, attempts = attempts + 1, last_error = null,
                         parts = case when $3 and not leaves_nothing then parts end,
                         address = case when not leaves_nothing then address end,
                         subject = case when not leaves_nothing then subject end
         where id = $1 and sent_at is null",
        id,
        now,
        keep,
        address,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that it was not sent, and gives it up after the most tries; whether it was given up. An address that was refused is
/// marked for whoever has it.
pub(super) async fn note_failed(
    connection: &mut PgConnection,
    id: Uuid,
    (error, refused): (&str, Option<&str>),
    most: i32,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let dead = sqlx::query_scalar!(
        r#"with given_up as (select attempts + 1 >= $4 as up from mail where id = $1),
                marked as (
                    insert into mail_refused (person_id, at)
                    select p.id, $2 from person p where lower(p.email) = lower($5) and p.erased_at is null
                    on conflict (person_id) do update set at = excluded.at)
           update mail set attempts = attempts + 1, tried_at = $2,
                           dead_at = case when g.up then $2::timestamptz end,
                           refused = g.up and $5::text is not null,
                           last_error = case when not (g.up and leaves_nothing) then $3 end,
                           address = case when not (g.up and leaves_nothing) then address end,
                           subject = case when not (g.up and leaves_nothing) then subject end,
                           parts = case when not (g.up and leaves_nothing) then parts end
           from given_up g
           where id = $1 and sent_at is null and dead_at is null returning dead_at is not null as "dead!""#,
        id,
        now,
        error,
        most,
        refused,
    )
    .fetch_optional(connection)
    .await?;
    Ok(dead.unwrap_or(false))
}

/// Has a letter wait again that was given up; whether there is something left to send.
pub(super) async fn revive(tx: &mut PgConnection, id: Uuid) -> sqlx::Result<bool> {
    let revived = sqlx::query!(
        "update mail set dead_at = null, attempts = 0, refused = false
         where id = $1 and dead_at is not null and address is not null and subject is not null and parts is not null",
        id,
    )
    .execute(tx)
    .await?;
    Ok(revived.rows_affected() > 0)
}

/// Forgets what was written before a time, and to whom before another.
pub(super) async fn forget(tx: &mut PgConnection, said: OffsetDateTime, address: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("update mail set parts = null where parts is not null and dead_at < $1", said).execute(&mut *tx).await?;
    sqlx::query!(
        "update mail set address = null, subject = null, parts = null, last_error = null
         where created_at < $1 and (address is not null or subject is not null or parts is not null)
           and (sent_at is not null or dead_at is not null)",
        address,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Takes away letters to a person or their address that wait, and gives how many they were.
pub(super) async fn withdraw(tx: &mut PgConnection, person: Uuid, address: Option<&str>) -> sqlx::Result<u64> {
    let withdrawn = sqlx::query!(
        "delete from mail where (person_id = $1 or lower(address) = lower($2)) and sent_at is null and dead_at is null",
        person,
        address,
    );
    Ok(withdrawn.execute(tx).await?.rows_affected())
}

/// Erases address, subject and text of every letter to a person or their address; gives how many had one.
pub(super) async fn erase(tx: &mut PgConnection, person: Uuid, address: Option<&str>) -> sqlx::Result<u64> {
    let erased = sqlx::query!(
        "update mail set address = null, subject = null, parts = null, last_error = null
         where (person_id = $1 or lower(address) = lower($2)) and (sent_at is not null or dead_at is not null)
           and (address is not null or subject is not null or parts is not null or last_error is not null)",
        person,
        address,
    );
    Ok(erased.execute(tx).await?.rows_affected())
}

/// Takes away that there were letters to a person; gives how many.
pub(super) async fn remove(tx: &mut PgConnection, person: Uuid) -> sqlx::Result<u64> {
    Ok(sqlx::query!("delete from mail where person_id = $1", person).execute(tx).await?.rows_affected())
}
