//! The whole bank in one file, and back again. Without `pg_dump` (npm's Postgres has none) these tests say so and pass.

mod refusing;
mod round_trip;
mod upgrade;

use std::path::{Path, PathBuf};

use kravbank::{
    backup::{self, Restored, Taken, Target},
    kernel::actor::{Actor, System},
};

use crate::support::{NOW, TestDb, db::scratch};

const ACTOR: Actor = Actor::System(System::CommandLine);

/// A folder for an archive, and a data directory.
struct Places {
    _folder: tempfile::TempDir,
    file: PathBuf,
    data_dir: PathBuf,
}

impl Places {
    fn new() -> Self {
        let folder = scratch();
        let (file, data_dir) = (folder.path().join("bank.tar"), folder.path().join("data"));
        std::fs::create_dir_all(&data_dir).expect("a folder");
        Self { _folder: folder, file, data_dir }
    }
}

fn target(db: &TestDb) -> Target {
    Target { options: db.options(), url: None, pg_bin: std::env::var_os("KRAVBANK_PG_BIN").map(PathBuf::from) }
}

async fn take(db: &TestDb, places: &Places) -> anyhow::Result<Taken> {
    backup::take(&target(db), &ACTOR, (&places.file, &places.data_dir), NOW, &|_, _| {}).await
}

async fn restore(db: &TestDb, file: &Path, data_dir: &Path, force: bool) -> anyhow::Result<Restored> {
    backup::restore(&target(db), &ACTOR, (file, data_dir), force, &|_, _| {}).await
}

/// Whether this machine has what it takes; says so where it has not.
async fn can_dump(db: &TestDb) -> bool {
    let version: i32 = db.value("select current_setting('server_version_num')::int").await;
    let major = u32::try_from(version / 10_000).expect("a version");
    let folder = std::env::var_os("KRAVBANK_PG_BIN").map(PathBuf::from);
    let found =
        ["pg_dump", "pg_restore"].iter().all(|name| private_postgres::client_program(name, major, folder.as_deref()).is_some());
    if !found {
        eprintln!("no pg_dump for PostgreSQL {major} here: backups are not tested");
    }
    found
}

/// An empty database, as an operator makes it.
fn empty() -> TestDb {
    TestDb::create_bare("template template0")
}

/// A new bank that its owner may build in, which a copy of the template is not.
async fn fresh() -> TestDb {
    let db = empty();
    kravbank::kernel::db::migrate(&db.options(), false).await.expect("migrated");
    db
}

/// Does something as the role that owns the schema.
async fn as_owner(db: &TestDb, statement: &str) {
    let mut connection = kravbank::kernel::db::connect_as_owner(&db.options()).await.expect("a connection");
    let done = sqlx::raw_sql(sqlx::AssertSqlSafe(statement.to_owned())).execute(&mut connection).await;
    done.unwrap_or_else(|error| panic!("{statement}: {error}"));
    sqlx::Connection::close(connection).await.expect("closed");
}
