//! Fills a migrated, empty database: COPY with triggers off, search documents as the program itself writes them, audit rows
//! sealed, statistics gathered.

use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use kravbank::{
    kernel::audit,
    requirements::{
        self,
        fields::{Reference, ReferenceKind},
    },
};
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, PgConnection, Row as _,
    postgres::{PgConnectOptions, PgRow},
};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::{
    bank::{Bank, Group, TODAY, start_of},
    check::{Invariant, check},
    requirement::make,
    rows::{Rows, TABLES},
};

/// Requirements that are made and sent together.
const CHUNK: usize = 1_000;
/// Connections that write search documents at once.
const INDEXERS: usize = 2;

/// What was done, and how long it took.
#[derive(Debug)]
pub struct Report {
    /// Requirements.
    pub requirements: i64,
    /// Versions.
    pub versions: i64,
    /// Search documents.
    pub documents: i64,
    /// Bytes of the database.
    pub bytes: i64,
    /// Each step with its time.
    pub steps: Vec<(&'static str, Duration)>,
    /// Every invariant that was looked at.
    pub invariants: Vec<Invariant>,
}

/// Fills the database with `count` requirements; as superuser, since triggers are turned off meanwhile.
///
/// # Errors
/// When the database is not empty, not migrated, refuses, or when what was filled in breaks an invariant.
pub async fn fill(options: &PgConnectOptions, count: i64, seed: u64) -> anyhow::Result<Report> {
    let options =
        options.clone().options([("timezone", "UTC"), ("synchronous_commit", "off"), ("maintenance_work_mem", "512MB")]);
    let mut connection = options.connect().await?;
    let there: i64 = sqlx::query_scalar("select count(*) from requirement").fetch_one(&mut connection).await?;
    if there > 0 {
        bail!("the database has {there} requirements already; an empty one is needed");
    }
    let bank = Bank::new(seed, count, groups(&mut connection).await?, &references(&mut connection).await?)?;
    let mut watch = Watch::default();
    let ids = copy(&mut connection, bank).await?;
    watch.note("requirements by COPY");
    documents(&options, &mut connection, &ids).await?;
    watch.note("search documents");
    // What was copied past the triggers is noted as they would have noted it.
    sqlx::query("insert into audit_unsealed (audit_id) select id from audit").execute(&mut connection).await?;
    audit::seal(&mut connection, start_of(TODAY)).await.context("seal the audit rows")?;
    watch.note("audit seals");
    sqlx::query("vacuum analyze").execute(&mut connection).await?;
    watch.note("vacuum analyze");
    let invariants = check(&mut connection).await?;
    watch.note("invariants");
    let broken: Vec<String> =
        invariants.iter().filter(|one| one.broken > 0).map(|one| format!("{}: {}", one.name, one.broken)).collect();
    if !broken.is_empty() {
        bail!("what was filled in is not what the bank allows:\n{}", broken.join("\n"));
    }
    let sizes = sqlx::query(
        "select (select count(*) from requirement_version) as versions, (select count(*) from search_document) as documents,
                pg_database_size(current_database()) as bytes",
    )
    .fetch_one(&mut connection)
    .await?;
    connection.close().await?;
    Ok(Report {
        requirements: count,
        versions: sizes.get("versions"),
        documents: sizes.get("documents"),
        bytes: sizes.get("bytes"),
        steps: watch.steps,
        invariants,
    })
}

#[derive(Debug)]
struct Watch {
    since: Instant,
    steps: Vec<(&'static str, Duration)>,
}

impl Default for Watch {
    fn default() -> Self {
        Self { since: Instant::now(), steps: Vec::new() }
    }
}

impl Watch {
    fn note(&mut self, step: &'static str) {
        self.steps.push((step, self.since.elapsed()));
        self.since = Instant::now();
    }
}

/// The groups that the migrations bring.
///
/// # Errors
/// When the database is not migrated.
pub async fn groups(connection: &mut PgConnection) -> anyhow::Result<Vec<Group>> {
    let rows = sqlx::query(
        "select g.id, g.slug, a.slug as area, g.name_sv, a.name_sv as area_name
         from product_group g join product_area a on a.id = g.area_id",
    )
    .fetch_all(connection)
    .await
    .context("the database is not migrated")?;
    let group = |row: &PgRow| Group {
        id: row.get("id"),
        area: row.get("area"),
        slug: row.get("slug"),
        names: (row.get("area_name"), row.get("name_sv")),
    };
    Ok(rows.iter().map(group).collect())
}

/// What is cited already in what the migrations bring.
async fn references(connection: &mut PgConnection) -> anyhow::Result<Vec<(Uuid, Reference)>> {
    let rows = sqlx::query("select id, kind, name, edition, url, in_force_from, in_force_to from reference order by id")
        .fetch_all(connection)
        .await?;
    let reference = |row: &PgRow| Reference {
        name: row.get("name"),
        kind: ReferenceKind::from_code(row.get("kind")).unwrap_or(ReferenceKind::Law),
        url: row.get("url"),
        edition: row.get::<Option<String>, _>("edition").filter(|edition| !edition.is_empty()),
        in_force_from: row.get("in_force_from"),
        in_force_to: row.get("in_force_to"),
    };
    Ok(rows.iter().map(|row| (row.get("id"), reference(row))).collect())
}

/// Makes requirements on a thread of its own and sends them; gives their ids.
async fn copy(connection: &mut PgConnection, bank: Bank) -> anyhow::Result<Vec<Uuid>> {
    let (send, mut receive) = mpsc::channel::<Rows>(2);
    let shared = Rows::shared(&bank);
    let (count, maker) = (bank.count, std::sync::Arc::new(bank));
    let bank = maker.clone();
    let making = std::thread::spawn(move || {
        let mut rows = Rows::default();
        for number in 1..=maker.count {
            rows.add(&maker, &make(&maker, number));
            let full = rows.requirements.len() == CHUNK || number == maker.count;
            // The other end is gone when the database refused; it says why.
            if full && send.blocking_send(std::mem::take(&mut rows)).is_err() {
                return;
            }
        }
    });
    // The tables' own triggers would refuse versions that are not born in preparation; `check` looks at what they guard.
    sqlx::query("set session_replication_role = replica").execute(&mut *connection).await?;
    send_rows(connection, &shared).await?;
    let mut months = std::collections::BTreeSet::new();
    let mut ids = Vec::new();
    while let Some(mut rows) = receive.recv().await {
        months.append(&mut rows.months);
        ids.append(&mut rows.requirements);
        send_rows(connection, &rows).await?;
    }
    if making.join().is_err() {
        bail!("the thread that makes requirements failed");
    }
    send_rows(connection, &Rows::decisions(&bank, &months)).await?;
    sqlx::query("set session_replication_role = origin").execute(&mut *connection).await?;
    let decisions = i64::try_from(months.len()).unwrap_or(0);
    for (counter, last) in [("requirement", count), ("decision", decisions)] {
        sqlx::query("update counter set last = $2 where name = $1").bind(counter).bind(last).execute(&mut *connection).await?;
    }
    sqlx::query("analyze").execute(connection).await?;
    Ok(ids)
}

async fn send_rows(connection: &mut PgConnection, rows: &Rows) -> anyhow::Result<()> {
    for ((table, columns), text) in TABLES.iter().zip(&rows.tables).filter(|(_, text)| !text.is_empty()) {
        let statement = format!("copy {table} ({columns}) from stdin");
        let mut copy = connection.copy_in_raw(&statement).await?;
        copy.send(text.as_bytes()).await?;
        copy.finish().await.with_context(|| format!("fill {table}"))?;
    }
    Ok(())
}

/// Writes the search documents, with the program's own code; the large indexes are made afterwards.
async fn documents(options: &PgConnectOptions, connection: &mut PgConnection, ids: &[Uuid]) -> anyhow::Result<()> {
    let indexes: Vec<(String, String)> = sqlx::query_as(
        "select indexname::text, indexdef::text from pg_indexes
         where tablename = 'search_document' and indexdef like '% USING gin %' order by indexname",
    )
    .fetch_all(&mut *connection)
    .await?;
    for (name, _) in &indexes {
        sqlx::query(AssertSqlSafe(format!("drop index {name}"))).execute(&mut *connection).await?;
    }
    let chunks: Vec<Vec<Uuid>> = ids.chunks(CHUNK).map(<[Uuid]>::to_vec).collect();
    let mut workers = Vec::new();
    for first in 0..INDEXERS {
        let (options, chunks) = (options.clone(), chunks.clone());
        workers.push(tokio::spawn(async move {
            let mut connection = options.connect().await?;
            for some in chunks.iter().skip(first).step_by(INDEXERS) {
                let mut tx = connection.begin().await?;
                requirements::index(&mut tx, some).await?;
                tx.commit().await?;
            }
            connection.close().await
        }));
    }
    for worker in workers {
        worker.await?.context("write search documents")?;
    }
    for (_, definition) in &indexes {
        sqlx::query(AssertSqlSafe(definition.clone())).execute(&mut *connection).await?;
    }
    Ok(())
}
