//! A PostgreSQL server that is just there.
//!
//! A program that wants a database calls [`Supervisor::start`] with a directory. The first process
//! to do so makes a cluster in it and starts a server; every other process that names the same
//! directory shares that server. Nothing is configured, no port is opened, no password exists: the
//! server listens on one Unix socket in a directory that only its user (and root) can enter.
//!
//! ```no_run
//! use private_postgres::{Options, Supervisor};
//!
//! # fn main() -> Result<(), private_postgres::Error> {
//! let postgres = Supervisor::start(Options::new("/var/lib/example/postgres"))?;
//! let connection = postgres.connection();
//! println!("host={} port={} user={}", connection.socket_dir.display(), connection.port,
//! connection.user);
//! // … connect with any client; keep `postgres` alive as long as the database is needed …
//! postgres.stop();
//! # Ok(())
//! # }
//! ```
//!
//! # What holds at all times
//!
//! * **One server per data directory.** Starters take a file lock; the first starts the server, the
//!   others attach to it.
//! * **The server ends with the process that owns it**, also when that process is killed
//!   with `kill -9` (Linux: the kernel sends the server a signal when its parent thread ends, which is why a
//!   thread of its own starts it. Elsewhere an orphaned server lives on, and the next start
//!   attaches to it).
//! * **The server comes back.** If it dies, or the process that owned it ends, one of the remaining
//!   supervisors starts it again at the same socket. Connection pools only need to reconnect.
//! * **Root never runs Postgres.** Started as root, the server runs as the owner of the cluster,
//!   else `postgres`, else `nobody`. The caller's environment, and any secret in it, is not handed
//!   down.
//! * **Text works in Swedish.** The cluster is UTF-8 with a locale in which `lower('ÅÄÖ')` is
//!   `åäö`.
//!
//! # Inside the data directory
//!
//! | path | owner when started by root | what |
//! |---|---|---|
//! | `data/` | server's account | the cluster |
//! | `data.tmp/` | server's account | a cluster being made; renamed to `data/` when complete |
//! | `socket/` | server's account, 0700 | the socket; elsewhere if its path is too long |
//! | `lock` | root | held while somebody starts the server |
//! | `postgres.log`, `postgres.log.1` | root | what the server says |
//!
//! The directory itself stays root's, so that the server's account can't swap the files that root
//! opens.
//!
//! # Map of the source
//!
//! `supervisor` (the thread that watches) → `starting` (one attempt to have a server: lock, attach
//! or start) → `server` (the child process), `initdb`, `pidfile` (what `postmaster.pid` says),
//! `orphans` → `home` (directories), `socket`, `account` (whom to run as), `binaries`, `places`
//! (where Postgres may be installed), `log`, `lock`. Beside them `clients`: where `pg_dump` and its like are.

#![warn(missing_docs)]

mod account;
mod binaries;
mod clients;
mod error;
mod home;
mod initdb;
mod lock;
mod log;
mod options;
mod orphans;
mod pidfile;
mod places;
mod server;
mod socket;
mod starting;
mod supervisor;

pub use clients::client_program;
pub use error::Error;
pub use options::{Connection, Durability, Options};
pub use supervisor::Supervisor;

/// The oldest major version of PostgreSQL that is accepted.
pub const OLDEST_SUPPORTED: u32 = 14;
