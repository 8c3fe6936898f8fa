//! What the caller asks for, and what it gets to connect with.

use std::ffi::OsString;
use std::path::PathBuf;

/// How the private server is to be run.
///
/// [`Options::new`] gives what a production server wants; change fields as needed:
///
/// ```
/// use private_postgres::{Durability, Options};
///
/// let options = Options { durability: Durability::Disposable, max_connections: 200,
/// ..Options::new("/dev/shm/tests") };
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// A directory of this crate's own; made if missing. All processes that name it (by whatever
    /// path or symbolic link) share one server.
    ///
    /// Started as root, every folder above it must be passable (`o+x`) for the account the server
    /// runs as.
    pub data_dir: PathBuf,
    /// The folder that holds `postgres` and `initdb`. `None` searches the usual places; `Some` is
    /// the only place looked in.
    pub bin_dir: Option<PathBuf>,
    /// Whether committed data must survive a crash of the machine.
    pub durability: Durability,
    /// Postgres' `max_connections`. Takes effect when the server is started, not when an already
    /// running one is shared.
    pub max_connections: u16,
}

impl Options {
    /// A durable server with 100 connections and binaries from wherever they are found.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self { data_dir: data_dir.into(), bin_dir: None, durability: Durability::Durable, max_connections: 100 }
    }
}

/// Whether committed data must survive a crash of the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Postgres' own settings: what is committed is on disk.
    Durable,
    /// For tests: nothing is forced to disk and autovacuum is off. Survives `kill -9` of any
    /// process, not a power cut.
    Disposable,
}

/// How to reach the server. The same for one data directory across restarts, so it may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// The folder with the Unix socket: what libpq and drivers call `host`. Always absolute UTF-8
    /// without commas.
    ///
    /// Normally `socket/` in the data directory; where that path would be too long for a Unix
    /// socket, a folder in `/tmp` named after the data directory and the server's user.
    pub socket_dir: PathBuf,
    /// Part of the socket's file name only; no network port is opened.
    pub port: u16,
    /// The superuser of the cluster. No password is needed.
    pub user: &'static str,
}

impl Connection {
    /// The settings as libpq's environment variables, for running `psql` or `pg_dump`.
    #[must_use]
    pub fn environment(&self) -> [(&'static str, OsString); 3] {
        [
            ("PGHOST", self.socket_dir.clone().into_os_string()),
            ("PGPORT", self.port.to_string().into()),
            ("PGUSER", self.user.into()),
        ]
    }
}
