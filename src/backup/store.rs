//! All SQL: what tables there are, what they hold, what is in the way. Names come from the catalogue of the database and are
//! quoted by it, which is why statements may be put together here.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, PgConnection};
use time::OffsetDateTime;

use super::{manifest::TableSum, policy::Keep};
use crate::kernel::db;

/// Tables that a new schema has rows in. What is changed in them afterwards stands in the audit log too.
const SEEDED: &[&str] = &[
    "public._sqlx_migrations",
    "public.agenda_goal",
    "public.counter",
    "public.cpv_code",
    "public.objective",
    "public.organisation",
    "public.procurement_area",
    "public.procurement_area_region",
    "public.product_area",
    "public.product_group",
    "public.product_group_cpv",
    "public.product_group_owner",
    "public.reference",
    "public.search_generation",
];
/// Tables of which nobody misses the rows: what is counted and kept for a while, what waits to be done, seals of the log.
const PASSING: &[&str] = &[
    "public.audit_seal",
    "public.audit_sealed",
    "public.audit_unsealed",
    "public.bank_fact",
    "public.limit_hit",
    "public.limit_key",
];
/// What is kept in the schema of the job library: it waits to be done.
const JOBS: &str = "graphile_worker.";

/// A table.
#[derive(Debug)]
pub(super) struct Table {
    /// `public.audit`.
    pub(super) name: String,
    quoted: String,
    order: String,
}

/// Every table of the bank, by name. Rows are read in the order of their key, texts by their bytes, so that every server reads
/// the same.
pub(super) async fn tables(connection: &mut PgConnection) -> sqlx::Result<Vec<Table>> {
    let rows: Vec<(String, String, Option<String>)> = sqlx::query_as(
        r#"select n.nspname || '.' || c.relname, format('%I.%I', n.nspname, c.relname),
                  (select string_agg(format('t.%I', a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end,
                                     ', ' order by k.place)
                   from pg_index i cross join lateral unnest(i.indkey) with ordinality k(attnum, place)
                   join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
                   where i.indrelid = c.oid and i.indisprimary)
           from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where n.nspname in ('public', 'graphile_worker') and c.relkind = 'r'
           order by 1"#,
    )
    .fetch_all(connection)
    .await?;
    let whole = || r#"t::text collate "C""#.to_owned();
    Ok(rows.into_iter().map(|(name, quoted, order)| Table { name, quoted, order: order.unwrap_or_else(whole) }).collect())
}

/// How many rows a table has, and what they hash to. They pass through, one after the other.
pub(super) async fn sum(connection: &mut PgConnection, table: &Table) -> sqlx::Result<TableSum> {
    let statement = format!("copy (select t.* from {} t order by {}) to stdout", table.quoted, table.order);
    let mut stream = connection.copy_out_raw(&statement).await?;
    let (mut hash, mut rows) = (Sha256::new(), 0_u64);
    while let Some(part) = stream.try_next().await? {
        hash.update(&part);
        // A row ends with the only line end that `COPY` leaves as it is.
        rows += part.iter().filter(|byte| **byte == b'\n').count() as u64;
    }
    Ok(TableSum { rows, sha256: hex::encode(hash.finalize()) })
}

/// Counts and hashes every table, in the snapshot that the connection is in. `progress` is told how many are done, and of how
/// many.
///
/// # Errors
/// When the database is away.
pub async fn sums(
    connection: &mut PgConnection,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> sqlx::Result<BTreeMap<String, TableSum>> {
    let tables = tables(connection).await?;
    let mut found = BTreeMap::new();
    for (done, table) in tables.iter().enumerate() {
        progress(done, tables.len());
        found.insert(table.name.clone(), sum(connection, table).await?);
    }
    progress(tables.len(), tables.len());
    Ok(found)
}

/// Begins to read one snapshot, and gives the name under which others can read it too.
pub(super) async fn begin_snapshot(connection: &mut PgConnection) -> sqlx::Result<String> {
    sqlx::raw_sql("begin isolation level repeatable read read only").execute(&mut *connection).await?;
    sqlx::query_scalar("select pg_export_snapshot()").fetch_one(connection).await
}

/// Ends it.
pub(super) async fn end_snapshot(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::raw_sql("rollback").execute(connection).await?;
    Ok(())
}

/// The version of the server.
pub(super) async fn server(connection: &mut PgConnection) -> sqlx::Result<i32> {
    sqlx::query_scalar("select current_setting('server_version_num')::int").fetch_one(connection).await
}

/// The hash of the last seal of the audit log, hexadecimal; empty where there is none.
pub(super) async fn last_seal(connection: &mut PgConnection) -> sqlx::Result<String> {
    let found: Option<String> = sqlx::query_scalar("select encode(hash, 'hex') from audit_seal order by id desc limit 1")
        .fetch_optional(connection)
        .await?;
    Ok(found.unwrap_or_default())
}

/// The tables that hold what no migration has put there, with how many rows. That the program was started is nothing.
pub(super) async fn contents(connection: &mut PgConnection) -> sqlx::Result<Vec<(String, i64)>> {
    let mut found = Vec::new();
    for table in tables(connection).await? {
        let name = table.name.as_str();
        if SEEDED.contains(&name) || PASSING.contains(&name) || name.starts_with(JOBS) {
            continue;
        }
        let but = if name == "public.audit" { " where action <> 'program.start'" } else { "" };
        // The name is quoted by the database.
        let statement = AssertSqlSafe(format!("select count(*) from {}{but}", table.quoted));
        let rows: i64 = sqlx::query_scalar(statement).fetch_one(&mut *connection).await?;
        if rows > 0 {
            found.push((table.name, rows));
        }
    }
    Ok(found)
}

/// How many others are connected to this database. Of what others do a role sees little, but whether they are somebody:
/// processes of the server itself are nobody.
pub(super) async fn others(connection: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "select count(*) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid() and usesysid is not null",
    )
    .fetch_one(connection)
    .await
}

/// Takes away every table and function of the bank. Extensions and the schema `public` stay as the operator made them.
pub(super) async fn clear(connection: &mut PgConnection, _permit: &Keep) -> sqlx::Result<()> {
    sqlx::raw_sql(
        "do $$
         declare one record;
         begin
             for one in select format('%I.%I', n.nspname, c.relname) as name
                        from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where n.nspname = 'public' and c.relkind in ('r', 'p')
             loop execute format('drop table if exists %s cascade', one.name); end loop;
             for one in select format('%I.%I', n.nspname, c.relname) as name
                        from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where n.nspname = 'public' and c.relkind = 'S'
             loop execute format('drop sequence if exists %s cascade', one.name); end loop;
             for one in select p.oid::regprocedure as name from pg_proc p
                        where p.pronamespace = 'public'::regnamespace
                          and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
             loop execute format('drop routine if exists %s cascade', one.name); end loop;
             drop schema if exists graphile_worker cascade;
         end $$",
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that a backup was taken.
pub(super) async fn note_taken(tx: &mut PgConnection, _permit: &Keep, value: &str, now: OffsetDateTime) -> sqlx::Result<()> {
    db::note_fact(tx, db::LAST_BACKUP, value, now).await
}
