//! The chain of seals, recomputed from the rows: what was changed, taken out or put in after it was sealed is found.
//! What the last seal and its rows tell, no chain can keep from being cut off: compare the last hash with one kept elsewhere,
//! such as that in the manifest of a backup.

use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};
use sqlx::{Connection, PgConnection};
use time::OffsetDateTime;

/// How many seals are looked at in one go; rows are read one by one.
const AT_ONCE: i64 = 500;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Rows of the log.
    pub rows: i64,
    /// Seals.
    pub seals: i64,
    /// Rows that no seal holds yet.
    pub unsealed: i64,
    /// The time of the oldest of them.
    pub unsealed_since: Option<OffsetDateTime>,
    /// The hash of the last seal; empty where there is none.
    pub last: Vec<u8>,
    /// The first place that does not fit; none where the log is whole.
    pub broken: Option<Broken>,
}

/// The first place that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The seal.
    pub seal: i64,
    /// The ids of the first and the last row that it holds.
    pub held: Option<(i64, i64)>,
    /// What is wrong.
    pub why: Why,
}

/// What is wrong at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The seal does not follow from the one before: one was taken out or changed.
    Previous,
    /// It holds more or fewer rows than it says.
    Count,
    /// A row is not as it was when it was sealed.
    Hash,
}

/// Recomputes every seal, in one snapshot. `progress` is told how many rows were read, and of how many.
///
/// # Errors
/// When the database is away.
pub async fn verify(connection: &mut PgConnection, progress: &(dyn Fn(i64, i64) + Sync)) -> sqlx::Result<Verified> {
    let mut tx = connection.begin().await?;
    sqlx::query!("set transaction isolation level repeatable read, read only").execute(&mut *tx).await?;
    let counted = sqlx::query!(
        r#"select (select count(*) from audit) as "rows!", (select count(*) from audit_seal) as "seals!",
                  count(*) as "unsealed!", min(a.at) as since
           from audit a where not exists (select from audit_sealed s where s.audit_id = a.id)"#
    )
    .fetch_one(&mut *tx)
    .await?;
    let sealed = counted.rows - counted.unsealed;
    let mut found = Verified {
        rows: counted.rows,
        seals: counted.seals,
        unsealed: counted.unsealed,
        unsealed_since: counted.since,
        last: Vec::new(),
        broken: None,
    };
    let (mut after, mut read) = (0, 0);
    loop {
        let seals =
            sqlx::query!("select id, rows, previous, hash from audit_seal where id > $1 order by id limit $2", after, AT_ONCE)
                .fetch_all(&mut *tx)
                .await?;
        let (Some(first), Some(last)) = (seals.first(), seals.last()) else { break };
        after = last.id;
        // As `seal_batch` wrote them.
        let mut lines = sqlx::query!(
            r#"select s.seal_id, s.audit_id,
                      row(a.id, a.at, a.actor_kind, a.person_id, a.organisation_id, a.action, a.object_kind, a.object_id,
                          a.old_value, a.new_value, a.reason, a.request_id)::text as "line!"
               from audit_sealed s left join audit a on a.id = s.audit_id
               where s.seal_id between $1 and $2 order by s.seal_id, s.audit_id"#,
            first.id,
            last.id,
        )
        .fetch(&mut *tx);
        let mut next = lines.try_next().await?;
        for seal in &seals {
            let (mut hash, mut rows, mut held) = (Sha256::new_with_prefix(&seal.previous), 0, None);
            while let Some(line) = next.as_ref().filter(|line| line.seal_id == seal.id) {
                if rows > 0 {
                    hash.update(b"\n");
                }
                hash.update(&line.line);
                rows += 1;
                held = Some((held.map_or(line.audit_id, |(first, _)| first), line.audit_id));
                next = lines.try_next().await?;
            }
            read += rows;
            progress(read, sealed);
            let why = if seal.previous != found.last {
                Some(Why::Previous)
            } else if rows != seal.rows {
                Some(Why::Count)
            } else if hash.finalize().as_slice() != seal.hash {
                Some(Why::Hash)
            } else {
                None
            };
            if let Some(why) = why {
                found.broken = Some(Broken { seal: seal.id, held, why });
                return Ok(found);
            }
            found.last.clone_from(&seal.hash);
        }
    }
    Ok(found)
}
