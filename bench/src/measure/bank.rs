//! Banks to measure on: a private cluster with a database for each size, made once and kept.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use kravbank::kernel::db;
use private_postgres::{Options, Supervisor};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, postgres::PgConnectOptions};

use crate::generate;

/// What the generator is made of: another one makes another bank.
const SOURCES: &[&str] = &[
    include_str!("../generate/bank.rs"),
    include_str!("../generate/draw.rs"),
    include_str!("../generate/fill.rs"),
    include_str!("../generate/requirement.rs"),
    include_str!("../generate/rows.rs"),
    include_str!("../generate/words.rs"),
    include_str!("../../../src/requirements/findable.rs"),
    include_str!("../../../src/search/store.rs"),
];

/// A Postgres of the bench's own, as the program runs its private one.
#[derive(Debug)]
pub struct Cluster {
    supervisor: Supervisor,
    folder: PathBuf,
    /// Databases are named after what they were made of.
    key: String,
    seed: u64,
}

impl Cluster {
    /// Starts it in this folder.
    ///
    /// # Errors
    /// When Postgres does not start.
    pub fn start(folder: &Path, seed: u64) -> anyhow::Result<Self> {
        let mut hash = Sha256::new();
        for migration in db::MIGRATIONS.iter() {
            hash.update(&migration.checksum);
        }
        for source in SOURCES {
            hash.update(source);
        }
        hash.update(seed.to_le_bytes());
        let key = hex::encode(&hash.finalize()[..6]);
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        let mut options = Options::new(folder);
        options.bin_dir = std::env::var_os("KRAVBANK_PG_BIN").map(Into::into);
        let supervisor = Supervisor::start(options)?;
        if !supervisor.owns_server() {
            bail!("another program uses {}", folder.display());
        }
        Ok(Self { supervisor, folder: folder.to_owned(), key, seed })
    }

    /// How to reach a database of it, as superuser.
    pub fn options(&self, database: &str) -> PgConnectOptions {
        let connection = self.supervisor.connection();
        PgConnectOptions::new_without_pgpass()
            .socket(&connection.socket_dir)
            .port(connection.port)
            .username(connection.user)
            .database(database)
    }

    /// The same as an address; `more` is added to its parameters.
    pub fn url(&self, database: &str, more: &str) -> String {
        let connection = self.supervisor.connection();
        let (user, port, folder) = (connection.user, connection.port, connection.socket_dir.display());
        format!("postgres://{user}@localhost:{port}/{database}?host={folder}{more}")
    }

    /// How its tools reach it.
    pub fn environment(&self) -> [(&'static str, std::ffi::OsString); 3] {
        self.supervisor.connection().environment()
    }

    /// The folder with Postgres' tools.
    pub fn binaries(&self) -> &Path {
        self.supervisor.binaries()
    }

    /// What Postgres says.
    pub fn log(&self) -> PathBuf {
        self.folder.join("postgres.log")
    }

    /// The folder with the data.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// The process that all others of Postgres come from.
    ///
    /// # Errors
    /// When Postgres does not run.
    pub fn postmaster(&self) -> anyhow::Result<u32> {
        let text = fs::read_to_string(self.data().join("postmaster.pid")).context("postmaster.pid")?;
        text.lines().next().and_then(|line| line.parse().ok()).context("postmaster.pid holds a number")
    }

    /// The database with so many requirements, made if it is not there. Says what it does.
    ///
    /// # Errors
    /// When it cannot be made.
    pub async fn bank(&self, count: i64) -> anyhow::Result<String> {
        let name = format!("bank_{count}_{}", self.key);
        if self.exists(&name).await? {
            return Ok(name);
        }
        eprintln!("making a bank of {count} requirements, which is kept in {}", self.folder.display());
        let making = format!("making_{count}");
        self.drop_database(&making).await?;
        db::create(&self.options("postgres"), &making).await?;
        let options = self.options(&making);
        db::migrate(&options, false).await?;
        let report = generate::fill(&options, count, self.seed).await?;
        for (step, time) in &report.steps {
            eprintln!("{:>7.1} s  {step}", time.as_secs_f64());
        }
        // The name says that it is complete.
        self.command(&format!("alter database {making} rename to {name}")).await?;
        self.command("checkpoint").await?;
        Ok(name)
    }

    async fn exists(&self, name: &str) -> anyhow::Result<bool> {
        let mut connection = self.options("postgres").connect().await?;
        let there = sqlx::query("select from pg_database where datname = $1").bind(name).fetch_optional(&mut connection).await?;
        connection.close().await?;
        Ok(there.is_some())
    }

    /// A copy of a database that nobody uses; the copy may be written in.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn copy(&self, of: &str) -> anyhow::Result<String> {
        let name = format!("copy_of_{of}");
        self.drop_database(&name).await?;
        // Whoever owns the database may bring its schema up to date, which the program does before it reads a file in.
        let mut connection = self.options("postgres").connect().await?;
        let owner: String = sqlx::query_scalar("select pg_get_userbyid(datdba)::text from pg_database where datname = $1")
            .bind(of)
            .fetch_one(&mut connection)
            .await?;
        connection.close().await?;
        self.command(&format!("create database {name} template {of} owner {owner}")).await?;
        Ok(name)
    }

    /// Drops a database, if it is there.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn drop_database(&self, name: &str) -> anyhow::Result<()> {
        self.command(&format!("drop database if exists {name} with (force)")).await
    }

    async fn command(&self, statement: &str) -> anyhow::Result<()> {
        let mut connection: PgConnection = self.options("postgres").connect().await?;
        sqlx::query(AssertSqlSafe(statement.to_owned())).execute(&mut connection).await?;
        connection.close().await?;
        Ok(())
    }
}
