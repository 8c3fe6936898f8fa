//! Databases for tests. `DATABASE_URL` names a cluster to make them in; without it the first test starts a private one,
//! which lives as long as the test program and whose files stay for the next run. Every test gets a copy of a template that
//! holds the schema; a test that passes drops its copy, one that fails leaves it to be looked at.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    thread,
};

use kravbank::kernel::db::{self, Db, MIGRATIONS};
use private_postgres::{Durability, Options, Supervisor};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, Row, postgres::PgConnectOptions};

/// Every database of the tests begins like this.
const PREFIX: &str = "kravbank_test_";
/// Whoever makes the template, or clears away what is stale, holds this lock.
const LOCK: i64 = 0x7465_7374;

struct Cluster {
    /// The superuser, or whoever `DATABASE_URL` names, in a database to give orders from.
    admin: PgConnectOptions,
    template: String,
    /// `CREATE DATABASE` in the fastest way that the server knows.
    copy: &'static str,
    /// Ends the server with the process.
    _supervisor: Option<Supervisor>,
}

static CLUSTER: OnceLock<Cluster> = OnceLock::new();

/// A database of one test's own, with the whole schema.
pub struct TestDb {
    name: String,
    options: PgConnectOptions,
    /// Whether another one drops it.
    is_borrowed: bool,
}

impl TestDb {
    /// A fresh database.
    pub fn create() -> Self {
        let cluster = cluster();
        let name = next_name();
        aside(|| async {
            let mut admin = cluster.admin.connect().await.expect("the cluster answers");
            let statement = format!("create database {name} template {}{}", cluster.template, cluster.copy);
            sqlx::query(AssertSqlSafe(statement)).execute(&mut admin).await.expect("a copy of the template");
            admin.close().await.expect("the connection closes");
        });
        let options = cluster.admin.clone().database(&name);
        Self { name, options, is_borrowed: false }
    }

    /// An empty database, made with these words after its name (`template template0 lc_ctype 'C'`).
    pub fn create_bare(how: &'static str) -> Self {
        let cluster = cluster();
        let name = next_name();
        aside(|| async {
            let mut admin = cluster.admin.connect().await.expect("the cluster answers");
            let there = sqlx::query("select from pg_roles where rolname = 'kravbank_owner'").fetch_optional(&mut admin).await;
            let owner = if there.expect("the list of roles").is_some() { "owner kravbank_owner" } else { "" };
            let statement = format!("create database {name} {owner} {how}");
            sqlx::query(AssertSqlSafe(statement)).execute(&mut admin).await.expect("a database");
        });
        let options = cluster.admin.clone().database(&name);
        Self { name, options, is_borrowed: false }
    }

    /// The same database, which ends with the one that made it.
    pub fn again(&self) -> Self {
        Self { name: self.name.clone(), options: self.options.clone(), is_borrowed: true }
    }

    /// How to connect as its owner's superior, who may do anything that no trigger forbids.
    pub fn options(&self) -> PgConnectOptions {
        self.options.clone()
    }

    /// A connection with all power, to look at rows and to try what must not work.
    pub async fn connect(&self) -> PgConnection {
        self.options.connect().await.expect("the test's database answers")
    }

    /// A pool as the program opens it.
    pub fn pool(&self) -> Db {
        Db::open(self.options(), 4)
    }

    /// The one value of a query.
    pub async fn value<T>(&self, query: &str) -> T
    where
        T: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
    {
        let mut connection = self.connect().await;
        let row = sqlx::query(AssertSqlSafe(query.to_owned())).fetch_one(&mut connection).await;
        row.unwrap_or_else(|error| panic!("{query}: {error}")).get(0)
    }

    /// Runs a statement that has to work.
    pub async fn execute(&self, statement: &str) -> u64 {
        let mut connection = self.connect().await;
        let done = sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut connection).await;
        done.unwrap_or_else(|error| panic!("{statement}: {error}")).rows_affected()
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        if self.is_borrowed {
            return;
        }
        if thread::panicking() {
            eprintln!("the database of the failed test: {} ({:?})", self.name, self.options.get_socket());
            return;
        }
        let statement = format!("drop database if exists {} with (force)", self.name);
        aside(|| async {
            if let Ok(mut admin) = cluster().admin.connect().await {
                // What stays is cleared away by the next run.
                let _ = sqlx::query(AssertSqlSafe(statement)).execute(&mut admin).await;
            }
        });
    }
}

fn next_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("{PREFIX}{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Runs asynchronous work to its end on a thread of its own, from within or without a runtime.
pub fn aside<T: Send, F: Future<Output = T>>(work: impl FnOnce() -> F + Send) -> T {
    thread::scope(|scope| {
        let run = || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(work())
        };
        scope.spawn(run).join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn cluster() -> &'static Cluster {
    CLUSTER.get_or_init(|| {
        let (admin, supervisor) = match std::env::var("DATABASE_URL").ok().filter(|url| !url.is_empty()) {
            Some(url) => (db::options(&url).expect("DATABASE_URL is an address"), None),
            None => private(),
        };
        let (template, copy) = aside(|| prepare(&admin));
        Cluster { admin, template, copy, _supervisor: supervisor }
    })
}

fn private() -> (PgConnectOptions, Option<Supervisor>) {
    let folder = folder();
    fs::create_dir_all(&folder).expect("a folder for the cluster");
    // Started by root, Postgres runs as another user, who must be able to pass.
    fs::set_permissions(&folder, Permissions::from_mode(0o755)).expect("its mode is set");
    let supervisor = Supervisor::start(disposable(&folder.join("postgres"))).expect("a private Postgres");
    (superuser(&supervisor), Some(supervisor))
}

/// Options for a server whose data nobody will miss.
pub fn disposable(data_dir: &Path) -> Options {
    Options {
        bin_dir: std::env::var_os("KRAVBANK_PG_BIN").map(PathBuf::from),
        durability: Durability::Disposable,
        max_connections: 300,
        ..Options::new(data_dir)
    }
}

/// How to connect to a private server.
pub fn superuser(supervisor: &Supervisor) -> PgConnectOptions {
    let server = supervisor.connection();
    PgConnectOptions::new_without_pgpass().socket(&server.socket_dir).port(server.port).username(server.user).database("postgres")
}

/// In memory where there is room, named after checkout and user; otherwise beside what is built.
fn folder() -> PathBuf {
    let memory = Path::new("/dev/shm");
    let room = rustix::fs::statvfs(memory).map_or(0, |fs| fs.f_bavail * fs.f_frsize);
    let writable = rustix::fs::access(memory, rustix::fs::Access::WRITE_OK).is_ok();
    if room > 1 << 30 && writable {
        let checkout = hex::encode(&Sha256::digest(env!("CARGO_MANIFEST_DIR"))[..6]);
        memory.join(format!("kravbank-tests-{}-{checkout}", rustix::process::geteuid().as_raw()))
    } else {
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("postgres-for-tests")
    }
}

/// A folder that the server's account can reach too.
pub fn scratch() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).expect("its mode is set");
    folder
}

/// Makes the template where it is missing, clears away what earlier runs left, and gives its name.
async fn prepare(admin: &PgConnectOptions) -> (String, &'static str) {
    let mut connection = admin.connect().await.expect("the cluster answers");
    sqlx::query("select pg_advisory_lock($1)").bind(LOCK).execute(&mut connection).await.expect("the lock");
    let template = format!("{PREFIX}template_{}", schema_hash());
    let names: Vec<String> = sqlx::query_scalar("select datname from pg_database where starts_with(datname, $1)")
        .bind(PREFIX)
        .fetch_all(&mut connection)
        .await
        .expect("the list of databases");
    for stale in names.iter().filter(|name| **name != template && !is_in_use(name)) {
        // Another run may be quicker, or still at it.
        let _ = sqlx::query(AssertSqlSafe(format!("drop database if exists {stale}"))).execute(&mut connection).await;
    }
    if !names.contains(&template) {
        let unfinished = format!("{PREFIX}unfinished");
        if let Err(error) = db::create(admin, &unfinished).await {
            // Whoever may not make roles tests with one.
            eprintln!("without roles: {error:#}");
            let statement = format!("create database {unfinished} template template0");
            sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await.expect("a database for the template");
        }
        db::migrate(&admin.clone().database(&unfinished), false).await.expect("the schema");
        let statement = format!("alter database {unfinished} rename to {template}");
        sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await.expect("the template");
    }
    let version: i32 = sqlx::query_scalar("select current_setting('server_version_num')::int")
        .fetch_one(&mut connection)
        .await
        .expect("the server's version");
    connection.close().await.expect("the connection closes");
    (template, if version >= 150_000 { " strategy file_copy" } else { "" })
}

/// Whether the database belongs to a test program that runs: its process id stands in the name.
fn is_in_use(name: &str) -> bool {
    let id = name.strip_prefix(PREFIX).and_then(|rest| rest.split('_').next()).and_then(|id| id.parse().ok());
    id.and_then(rustix::process::Pid::from_raw).is_some_and(|id| rustix::process::test_kill_process(id).is_ok())
}

/// Changes with the migrations and with the code that runs them.
fn schema_hash() -> String {
    let mut hash = Sha256::new();
    for migration in MIGRATIONS.iter() {
        hash.update(migration.version.to_be_bytes());
        hash.update(&migration.checksum);
    }
    hash.update(include_str!("../../../src/kernel/db.rs"));
    hash.update(include_str!("../../../Cargo.lock"));
    hex::encode(&hash.finalize()[..6])
}
