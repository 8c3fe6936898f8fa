//! The database: one pool, the checks made at start, migrations under a lock.

use std::{
    str::FromStr,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use sqlx::{
    ConnectOptions, Connection, PgConnection, PgPool, Postgres, Transaction,
    migrate::Migrator,
    pool::PoolConnection,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use time::OffsetDateTime;

use super::{
    error::{Error, Result},
    i18n::{Lang, Texts},
    jobs,
};

/// The bank's schema, step by step.
pub static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

const T: Texts = Texts(Lang::Sv);
/// Whoever migrates holds this lock, so that two programs that start at once do it one after the other.
const MIGRATION_LOCK: i64 = 0x6b72_6176;
/// The roles that a careful operator makes: one that owns the schema, one that the program works as.
const OWNER: &str = "kravbank_owner";
const WORKER: &str = "kravbank_app";
/// The fact that the example bank was loaded.
pub const EXAMPLE_LOADED: &str = "example_loaded";
/// The fact of the last backup.
pub const LAST_BACKUP: &str = "backup.last";
/// How long a page waits for a connection before it says that the database is away.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long the program waits at its start for a database that is there, and slow: it has just been made and migrated, or the
/// machine has much to do. No visitor waits yet.
const START_PATIENCE: Duration = Duration::from_mins(1);
/// How long a command waits for a connection; a host that drops what it is sent would keep it for minutes.
const CONNECT_LIMIT: Duration = Duration::from_secs(5);

/// The pool that everything reads and writes through.
#[derive(Debug, Clone)]
pub struct Db {
    pool: PgPool,
}

impl Db {
    /// Opens a pool to a database that is migrated. No connection is made yet.
    pub fn open(options: PgConnectOptions, connections: u32) -> Self {
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(PATIENCE)
            // A ping before each use would be a second round trip a page; a connection that rested is asked first.
            .test_before_acquire(false)
            .before_acquire(|connection, meta| {
                Box::pin(async move {
                    if meta.idle_for > Duration::from_secs(1) {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            .after_connect(|connection, _| Box::pin(take_role(connection, WORKER)))
            // What a page asks is answered before a plan could be compiled.
            .connect_lazy_with(options.options([
                ("statement_timeout", "15s"),
                ("timezone", "UTC"),
                ("datestyle", "ISO"),
                ("jit", "off"),
            ]));
        Self { pool }
    }

    /// A connection to read through, without a transaction.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn read(&self) -> Result<PoolConnection<Postgres>> {
        Ok(self.pool.acquire().await?)
    }

    /// A transaction to write in.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn begin(&self) -> Result<Transaction<'static, Postgres>> {
        Ok(self.pool.begin().await?)
    }

    /// The pool itself, for the job worker.
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }
}

/// Does a step of the start, and does it again while the database is away or slow, for as long as the start may take. What the
/// step has done must not harm when it is done twice: an answer may be lost on its way.
///
/// # Errors
/// When it still fails after that time, or fails for another reason.
pub async fn patiently<T>(step: impl AsyncFnMut() -> Result<T>) -> Result<T> {
    patiently_for(START_PATIENCE, step).await
}

/// [`patiently`], for another time.
///
/// # Errors
/// As [`patiently`].
pub async fn patiently_for<T>(most: Duration, mut step: impl AsyncFnMut() -> Result<T>) -> Result<T> {
    let begun = Instant::now();
    loop {
        match step().await {
            Err(Error::Unavailable(cause)) if begun.elapsed() < most => {
                tracing::warn!(cause = format!("{cause:#}"), "the database is not ready yet; waiting");
                tokio::time::sleep(Duration::from_millis(250)).await;
            }
            done => return done,
        }
    }
}

/// Reads a database address. TLS is used as its `sslmode` says.
///
/// # Errors
/// When it is none.
pub fn options(url: &str) -> anyhow::Result<PgConnectOptions> {
    let options = PgConnectOptions::from_str(url).with_context(|| T.database_bad_url())?;
    Ok(options.log_slow_statements(tracing::log::LevelFilter::Warn, Duration::from_secs(2)))
}

/// Works as the role from here on, where it exists and the login may take it.
async fn take_role(connection: &mut PgConnection, role: &str) -> sqlx::Result<()> {
    sqlx::query(
        "select set_config('role', rolname, false) from pg_roles where rolname = $1 and pg_has_role(current_user, oid, 'MEMBER')",
    )
    .bind(role)
    .execute(connection)
    .await?;
    Ok(())
}

/// A connection for a command.
async fn connect(options: &PgConnectOptions) -> sqlx::Result<PgConnection> {
    tokio::time::timeout(CONNECT_LIMIT, options.connect()).await.unwrap_or_else(|_| {
        let text = T.database_no_answer(CONNECT_LIMIT.as_secs().to_string());
        Err(sqlx::Error::Io(std::io::Error::new(std::io::ErrorKind::TimedOut, text)))
    })
}

/// A connection for one long piece of work at the command line: the working role, no time limit on statements.
///
/// # Errors
/// When the database is away.
pub async fn connect_for_work(options: &PgConnectOptions) -> sqlx::Result<PgConnection> {
    let mut connection = connect(&options.clone().options([("timezone", "UTC"), ("datestyle", "ISO")])).await?;
    take_role(&mut connection, WORKER).await?;
    Ok(connection)
}

/// A connection for taking the whole bank out or putting it in: the role that owns the schema, which no rule on rows holds
/// back. What it reads looks the same whoever asks.
///
/// # Errors
/// When the database is away.
pub async fn connect_as_owner(options: &PgConnectOptions) -> sqlx::Result<PgConnection> {
    let plain = [
        ("timezone", "UTC"),
        ("datestyle", "ISO"),
        ("intervalstyle", "postgres"),
        ("bytea_output", "hex"),
        ("row_security", "off"),
    ];
    let mut connection = connect(&options.clone().options(plain)).await?;
    take_role(&mut connection, OWNER).await?;
    Ok(connection)
}

/// The role that owns the schema, where this login may take it.
///
/// # Errors
/// When the database is away.
pub async fn owner(connection: &mut PgConnection) -> sqlx::Result<Option<&'static str>> {
    let there: bool = sqlx::query_scalar(
        "select exists (select from pg_roles where rolname = $1 and pg_has_role(session_user, oid, 'MEMBER'))",
    )
    .bind(OWNER)
    .fetch_one(connection)
    .await?;
    Ok(there.then_some(OWNER))
}

/// A fact about the bank itself, and when it was noted; none where it was not.
///
/// # Errors
/// When the database is away.
pub async fn fact(connection: &mut PgConnection, key: &str) -> sqlx::Result<Option<(String, OffsetDateTime)>> {
    sqlx::query_as("select value, at from bank_fact where key = $1").bind(key).fetch_optional(connection).await
}

/// Notes a fact about the bank itself, instead of what was noted before.
///
/// # Errors
/// When the database refuses.
pub async fn note_fact(connection: &mut PgConnection, key: &str, value: &str, at: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query(
        "insert into bank_fact (key, value, at) values ($1, $2, $3)
         on conflict (key) do update set value = excluded.value, at = excluded.at",
    )
    .bind(key)
    .bind(value)
    .bind(at)
    .execute(connection)
    .await?;
    Ok(())
}

/// Makes the two roles and the database in a private cluster, where they are missing.
///
/// # Errors
/// When the cluster refuses.
pub async fn create(superuser: &PgConnectOptions, database: &str) -> anyhow::Result<()> {
    let mut connection = connect(&superuser.clone().database("postgres")).await.context(T.database_unreachable())?;
    sqlx::query("select pg_advisory_lock($1)").bind(MIGRATION_LOCK).execute(&mut connection).await?;
    for role in [OWNER, WORKER] {
        let there = sqlx::query("select from pg_roles where rolname = $1").bind(role).fetch_optional(&mut connection).await?;
        if there.is_none() {
            // The name is a constant of this file.
            sqlx::query(sqlx::AssertSqlSafe(format!("create role {role} nologin"))).execute(&mut connection).await?;
        }
    }
    let there = sqlx::query("select from pg_database where datname = $1").bind(database).fetch_optional(&mut connection).await?;
    if there.is_none() {
        sqlx::query(sqlx::AssertSqlSafe(format!("create database {database} owner {OWNER} template template0")))
            .execute(&mut connection)
            .await?;
    }
    connection.close().await?;
    Ok(())
}

/// What [`migrate`] did or would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migrated {
    /// Version of the schema before.
    pub from: i64,
    /// Version of the schema after.
    pub to: i64,
}

/// The schema version that this program brings.
pub fn newest() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0)
}

/// Checks that the database speaks Swedish, and brings its schema to this program's version.
///
/// # Errors
/// When the database is unfit, its schema is newer than the program, or a step fails; then the step leaves nothing behind.
pub async fn migrate(options: &PgConnectOptions, dry_run: bool) -> anyhow::Result<Migrated> {
    let mut connection = connect(options).await.context(T.database_unreachable())?;
    check_fitness(&mut connection).await?;
    sqlx::query("select pg_advisory_lock($1)").bind(MIGRATION_LOCK).execute(&mut connection).await?;
    let from = schema_version(&mut connection).await?;
    let to = newest();
    if from > to {
        bail!(T.database_newer(from.to_string(), to.to_string()));
    }
    if !dry_run {
        take_role(&mut connection, OWNER).await?;
        if from < to {
            check_ownership(&mut connection).await?;
        }
        let mut migrator = Migrator::with_migrations(MIGRATIONS.iter().cloned().collect());
        migrator.set_locking(false);
        migrator.run(&mut connection).await.context(T.database_migration_failed())?;
        migrate_jobs(options).await?;
        grant(&mut connection).await?;
    }
    connection.close().await?;
    Ok(Migrated { from, to })
}

/// The schema of the job library, which keeps its own count of steps.
async fn migrate_jobs(options: &PgConnectOptions) -> anyhow::Result<()> {
    // That the host answers was seen a moment ago.
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .acquire_timeout(START_PATIENCE)
        .after_connect(|connection, _| Box::pin(take_role(connection, OWNER)))
        .connect_with(options.clone())
        .await
        .context("migrate the job schema")?;
    graphile_worker::WorkerUtils::new(pool.clone(), jobs::SCHEMA).migrate().await.context("migrate the job schema")?;
    pool.close().await;
    Ok(())
}

/// The version of the schema that is there; 0 when there is none.
pub async fn schema_version(connection: &mut PgConnection) -> sqlx::Result<i64> {
    let there: bool =
        sqlx::query_scalar("select to_regclass('_sqlx_migrations') is not null").fetch_one(&mut *connection).await?;
    if !there {
        return Ok(0);
    }
    sqlx::query_scalar("select coalesce(max(version), 0) from _sqlx_migrations where success").fetch_one(connection).await
}

/// The version of the schema that a database has; 0 when there is none.
///
/// # Errors
/// When the database is away.
pub async fn version_there(options: &PgConnectOptions) -> anyhow::Result<i64> {
    let mut connection = connect(options).await.context(T.database_unreachable())?;
    take_role(&mut connection, OWNER).await?;
    let version = schema_version(&mut connection).await?;
    connection.close().await?;
    Ok(version)
}

/// Whether a fact about the bank itself was noted (table `bank_fact`).
///
/// # Errors
/// When the database is away.
pub async fn has_fact(connection: &mut PgConnection, key: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar("select exists (select from bank_fact where key = $1)").bind(key).fetch_one(connection).await
}

/// Lower case, stems and order must be Swedish: where they are not, search misses and lists lie.
async fn check_fitness(connection: &mut PgConnection) -> anyhow::Result<()> {
    let version: i32 =
        sqlx::query_scalar("select current_setting('server_version_num')::int").fetch_one(&mut *connection).await?;
    if version < 140_000 {
        bail!(T.database_too_old((version / 10_000).to_string()));
    }
    let (lower, stem): (bool, bool) =
        sqlx::query_as("select lower('ÅÄÖ') = 'åäö', to_tsvector('swedish', 'ÄRENDEN') = to_tsvector('swedish', 'ärenden')")
            .fetch_one(&mut *connection)
            .await?;
    if !lower || !stem {
        bail!(T.database_not_swedish());
    }
    let icu: bool = sqlx::query_scalar("select exists (select from pg_collation where collname = 'sv-x-icu')")
        .fetch_one(&mut *connection)
        .await?;
    let sorted: Option<String> = if icu {
        sqlx::query_scalar(r#"select string_agg(l, '' order by l collate "sv-x-icu") from unnest(array['ö','z','ä','a','å']) l"#)
            .fetch_one(&mut *connection)
            .await?
    } else {
        None
    };
    if sorted.as_deref() != Some("azåäö") {
        bail!(T.database_not_sorted());
    }
    Ok(())
}

/// Whoever migrates or restores must be able to make schemas and tables, which the owner of the database is.
///
/// # Errors
/// Where the connection's role is not able to, with what to do.
pub async fn check_ownership(connection: &mut PgConnection) -> anyhow::Result<()> {
    let (able, role, database): (bool, String, String) = sqlx::query_as(
        "select has_database_privilege(current_database(), 'create')
             and coalesce(has_schema_privilege(to_regnamespace('public')::oid, 'create'), false),
             current_user::text, current_database()::text",
    )
    .fetch_one(connection)
    .await?;
    if !able {
        bail!(T.database_not_owner(&role, &database));
    }
    Ok(())
}

/// The working role may read and write, but never rewrite what is append-only.
async fn grant(connection: &mut PgConnection) -> anyhow::Result<()> {
    let there: bool = sqlx::query_scalar("select exists (select from pg_roles where rolname = $1)")
        .bind(WORKER)
        .fetch_one(&mut *connection)
        .await?;
    if !there {
        return Ok(());
    }
    for statement in [
        "grant usage on schema public, graphile_worker to kravbank_app",
        "grant select, insert, update, delete on all tables in schema public, graphile_worker to kravbank_app",
        "grant usage, select on all sequences in schema public, graphile_worker to kravbank_app",
        // The job library locks its tables by row security without a policy: the working role gets one.
        "do $$ declare t record; begin
             for t in select c.oid::regclass as name from pg_class c where c.relnamespace = 'graphile_worker'::regnamespace
                 and c.relrowsecurity and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'kravbank_app')
             loop
                 execute format('create policy kravbank_app on %s to kravbank_app using (true) with check (true)', t.name);
             end loop;
         end $$",
        "revoke update, delete on audit, audit_seal, audit_sealed, event, decision, decision_item, decision_successor,
             decision_review, requirement_repeal, requirement_successor from kravbank_app",
        "revoke insert, update, delete on _sqlx_migrations from kravbank_app",
    ] {
        sqlx::query(statement).execute(&mut *connection).await.context(statement)?;
    }
    Ok(())
}

/// Whether the pool works as another role than the schema's owner.
///
/// # Errors
/// When the database is away.
pub async fn roles_are_apart(options: &PgConnectOptions) -> sqlx::Result<bool> {
    let mut connection = connect(options).await?;
    take_role(&mut connection, WORKER).await?;
    let apart = sqlx::query_scalar("select current_user = $1").bind(WORKER).fetch_one(&mut connection).await?;
    connection.close().await?;
    Ok(apart)
}
