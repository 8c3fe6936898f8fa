//! How often somebody may do something, counted in Postgres: the count survives restarts and is one for all programs on a
//! database. Windows of growing width give growing delays.
//!
//! Who did it is never kept. A subject, such as an address, is stored as HMAC-SHA256 under a key of the day. [`sweep`]
//! throws keys away when they are older than yesterday, and the counted rows with them; from then on nothing can tell.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use sqlx::PgConnection;
use time::{Date, Duration, OffsetDateTime};

/// So many within so long.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    most: i64,
    within: Duration,
}

impl Window {
    /// The widest that a window can be: subjects are recognised today and yesterday.
    pub const WIDEST: Duration = Duration::DAY;

    /// A window.
    ///
    /// # Panics
    /// When it is wider than [`Self::WIDEST`] or lets nothing through; in a constant the compiler says so.
    pub const fn new(most: i64, within: Duration) -> Self {
        assert!(most > 0 && within.whole_seconds() > 0 && within.whole_seconds() <= Self::WIDEST.whole_seconds());
        Self { most, within }
    }
}

/// What may be done how often.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// What is counted, in small letters: `fault_report`.
    pub name: &'static str,
    /// For one subject; all of them hold.
    pub each: &'static [Window],
    /// For all subjects together.
    pub all: &'static [Window],
}

/// The answer to [`take`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It is counted, if the transaction is kept.
    Yes,
    /// It is not: the next may come at this time.
    NotUntil(OffsetDateTime),
}

/// Counts one of the subject's in the caller's transaction, where the limit allows it. Those who count by the same limit
/// wait for each other until the transaction ends.
///
/// # Errors
/// When the database refuses.
pub async fn take(tx: &mut PgConnection, limit: &Limit, subject: &str, now: OffsetDateTime) -> sqlx::Result<Taken> {
    let subjects = subjects(tx, subject, now.date()).await?;
    // Where there is a ceiling for all, all wait for each other, otherwise only those of one subject.
    let locked = if limit.all.is_empty() { hex::encode(&subjects[0]) } else { String::new() };
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended($1 || ':' || $2, 0))", limit.name, locked)
        .execute(&mut *tx)
        .await?;
    let windows = || limit.each.iter().map(|window| (window, true)).chain(limit.all.iter().map(|window| (window, false)));
    let most: Vec<i64> = windows().map(|(window, _)| window.most).collect();
    let seconds: Vec<i64> = windows().map(|(window, _)| window.within.whole_seconds()).collect();
    let each: Vec<bool> = windows().map(|(_, each)| each).collect();
    // A window is full when it holds its most; the oldest of those has to leave it first.
    let until = sqlx::query_scalar!(
        r#"with full_windows as (
               select max(hit.at + w.seconds * interval '1 second') as until
               from unnest($3::bigint[], $4::bigint[], $5::boolean[]) as w(most, seconds, each)
               cross join lateral (
                   select h.at, row_number() over (order by h.at desc) as place from limit_hit h
                   where h.name = $1 and (not w.each or h.subject = any ($2))
                     and h.at > $6::timestamptz - w.seconds * interval '1 second'
               ) hit
               where hit.place = w.most
           ),
           counted as (
               insert into limit_hit (name, subject, at) select $1, ($2::bytea[])[1], $6
               from full_windows where until is null
           )
           select until from full_windows"#,
        limit.name,
        &subjects,
        &most,
        &seconds,
        &each,
        now,
    )
    .fetch_one(tx)
    .await?;
    Ok(until.map_or(Taken::Yes, Taken::NotUntil))
}

/// Gives back the subject's latest: it turned out to be none of those that are to be counted.
///
/// # Errors
/// When the database refuses.
pub async fn give_back(tx: &mut PgConnection, limit: &Limit, subject: &str, now: OffsetDateTime) -> sqlx::Result<()> {
    let subjects = subjects(tx, subject, now.date()).await?;
    sqlx::query!(
        "delete from limit_hit where ctid = (
             select ctid from limit_hit where name = $1 and subject = any ($2) order by at desc limit 1)",
        limit.name,
        &subjects,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The subject under the keys of today and yesterday, in that order.
async fn subjects(tx: &mut PgConnection, subject: &str, today: Date) -> sqlx::Result<Vec<Vec<u8>>> {
    let mut keys = keys(tx, today).await?;
    if keys.first().is_none_or(|(day, _)| *day != today) {
        // Two at once make one; the second look sees it, whoever made it.
        sqlx::query!(
            "insert into limit_key (day, key) values ($1, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
             on conflict do nothing",
            today,
        )
        .execute(&mut *tx)
        .await?;
        keys = self::keys(tx, today).await?;
    }
    Ok(keys.iter().map(|(_, key)| hash(key, subject)).collect())
}

async fn keys(tx: &mut PgConnection, today: Date) -> sqlx::Result<Vec<(Date, Vec<u8>)>> {
    let rows = sqlx::query!("select day, key from limit_key where day between $1::date - 1 and $1 order by day desc", today)
        .fetch_all(tx);
    Ok(rows.await?.into_iter().map(|row| (row.day, row.key)).collect())
}

fn hash(key: &[u8], subject: &str) -> Vec<u8> {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    mac.update(subject.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// Throws away keys from before yesterday, and what was counted outside every window; gives how many rows that were.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(tx: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<u64> {
    let keys = sqlx::query!("delete from limit_key where day < $1::date - 1", now.date()).execute(&mut *tx).await?;
    let hits = sqlx::query!("delete from limit_hit where at <= $1", now - Window::WIDEST).execute(tx).await?;
    Ok(keys.rows_affected() + hits.rows_affected())
}
