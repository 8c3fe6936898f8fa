//! Runs a command with `DATABASE_URL` naming a throw-away database that has the bank's schema.
//!
//! `sqlx::query!` checks each query against a live database. The program could make one, but it does not compile while
//! a query is new or changed. This one has no such query: it starts a private Postgres in a temporary folder, applies
//! `migrations/` and the job library's own steps, prints the address, runs the command and cleans up.
//!
//! ```text
//! scratch-database MIGRATIONS -- COMMAND [ARGUMENT]…
//! ```
//!
//! It ends with the command's exit code. `KRAVBANK_PG_BIN` names Postgres' folder where it is in an unusual place.

use std::{
    env,
    ffi::OsString,
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, ExitCode, ExitStatus},
};

use anyhow::{Context, Result};
use private_postgres::{Connection, Durability, Options, Supervisor};
use sqlx::{Connection as _, PgConnection, PgPool, migrate::Migrator};

/// The name of the database, and its schema for jobs as `kernel::jobs` names it.
const DATABASE: &str = "scratch";
const JOBS: &str = "graphile_worker";

fn main() -> Result<ExitCode> {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    let [migrations, dashes, command @ ..] = arguments.as_slice() else { return Ok(usage()) };
    if dashes != "--" || command.is_empty() {
        return Ok(usage());
    }
    let folder = tempfile::Builder::new().prefix("scratch-database-").tempdir()?;
    // Started by root, Postgres runs as somebody else, who must be able to pass.
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755))?;
    let postgres = Supervisor::start(Options {
        bin_dir: env::var_os("KRAVBANK_PG_BIN").map(Into::into),
        durability: Durability::Disposable,
        ..Options::new(folder.path())
    })?;
    let status = tokio::runtime::Runtime::new()?.block_on(async {
        let url = prepare(postgres.connection(), Path::new(migrations)).await?;
        eprintln!("DATABASE_URL={url}");
        run(command, &url).await
    });
    postgres.stop();
    let code = status?.code().and_then(|code| u8::try_from(code).ok());
    // A command that a signal ended has no code.
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

fn usage() -> ExitCode {
    eprintln!("usage: scratch-database MIGRATIONS -- COMMAND [ARGUMENT]...");
    ExitCode::from(2)
}

/// Makes the database with its schema, and returns its address.
async fn prepare(server: &Connection, migrations: &Path) -> Result<String> {
    let address = |database: &str| {
        let Connection { socket_dir, port, user } = server;
        format!("postgres://{user}@localhost:{port}/{database}?host={}", socket_dir.display())
    };
    let mut first = PgConnection::connect(&address("postgres")).await?;
    sqlx::query("create database scratch").execute(&mut first).await?;
    first.close().await?;

    let url = address(DATABASE);
    let pool = PgPool::connect(&url).await?;
    let migrator = Migrator::new(migrations).await.with_context(|| format!("read {}", migrations.display()))?;
    migrator.run(&pool).await.context("apply the migrations")?;
    graphile_worker::WorkerUtils::new(pool.clone(), JOBS).migrate().await.context("make the schema for jobs")?;
    pool.close().await;
    Ok(url)
}

/// Runs the command to its end. Ctrl-C reaches it directly and is not to end us before it.
async fn run(command: &[OsString], url: &str) -> Result<ExitStatus> {
    let interrupts = tokio::spawn(async { while tokio::signal::ctrl_c().await.is_ok() {} });
    let mut process = Command::new(&command[0]);
    process.args(&command[1..]).env("DATABASE_URL", url);
    let status = tokio::task::spawn_blocking(move || process.status()).await?;
    interrupts.abort();
    status.with_context(|| format!("run {}", command[0].display()))
}
