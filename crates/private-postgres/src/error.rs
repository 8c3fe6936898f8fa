//! Everything that can keep the server from running, worded for the person who has to act on it.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use crate::OLDEST_SUPPORTED;

/// Why the private server could not be started. Each message names the path in question and the
/// remedy.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No usable Postgres is installed (or none in the folder the caller named).
    #[error(
        "no PostgreSQL {OLDEST_SUPPORTED} or newer was found. Looked in:{}{}\n\
         Remedy: `./dev run` installs one; or `apt install postgresql` (Debian, Ubuntu), \
         `brew install postgresql` (macOS); or set KRAVBANK_PG_BIN to the folder that holds \
         `postgres` and `initdb`; or set DATABASE_URL to use another server",
        list(looked_in),
        rejected_list(rejected)
    )]
    NoBinaries {
        /// Folders and patterns that were searched, in order.
        looked_in: Vec<String>,
        /// Installations that were found but can't be used, each with the reason.
        rejected: Vec<String>,
    },

    /// The cluster was made by a major version that is not installed.
    #[error(
        "the cluster in {} was made by PostgreSQL {wanted}, and only PostgreSQL {wanted} \
         ({OLDEST_SUPPORTED} or newer) can run it. Found: {}\n\
         Remedy: install PostgreSQL {wanted}, or set KRAVBANK_PG_BIN to its folder; to move to \
         another major version, use pg_dump and restore into a new data directory",
        data.display(),
        versions(found)
    )]
    NoMatchingBinaries {
        /// The major version in the cluster's `PG_VERSION`.
        wanted: u32,
        /// The major versions that are installed, each with its folder.
        found: Vec<(u32, PathBuf)>,
        /// The cluster.
        data: PathBuf,
    },

    /// Started as root, but the account the server is to run as can't get at a path.
    #[error(
        "the server must not run as root and is run as `{account}`, which can't reach {}: {} is \
         closed to it.\n\
         Remedy: `chmod o+x {}`, or use a folder outside it, such as /var/lib/kravbank for data",
        path.display(),
        blocked_at.display(),
        blocked_at.display()
    )]
    Unreachable {
        /// The path the account needs.
        path: PathBuf,
        /// The folder (or file) on the way that stops it.
        blocked_at: PathBuf,
        /// The account's name.
        account: String,
    },

    /// Started as root on a system with neither a `postgres` nor a `nobody` user.
    #[error(
        "PostgreSQL refuses to run as root, and there is neither a user `postgres` nor `nobody` \
         to run it as.\n\
         Remedy: `useradd --system postgres`, or run this program as an ordinary user"
    )]
    NoAccount,

    /// The cluster belongs to another user.
    #[error(
        "{} belongs to user id {owner}, not to the user running this program.\n\
         Remedy: run as that user or as root, or choose another data directory",
        path.display()
    )]
    NotOwner {
        /// The cluster.
        path: PathBuf,
        /// The user id it belongs to.
        owner: u32,
    },

    /// The place of the cluster is taken by something else.
    #[error(
        "{} is not empty and not a PostgreSQL cluster (it has no PG_VERSION).\n\
         Remedy: move it away, or choose another data directory",
        path.display()
    )]
    NotACluster {
        /// The folder.
        path: PathBuf,
    },

    /// The folder for the socket can't be trusted.
    #[error(
        "{} can't hold the socket: {problem}.\n\
         Remedy: remove it, or choose a data directory with a shorter path",
        path.display()
    )]
    SocketDirectory {
        /// The folder.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },

    /// `initdb` failed.
    #[error("could not make a database cluster in {}; initdb said:\n{output}", path.display())]
    Initdb {
        /// Where it was to be made.
        path: PathBuf,
        /// All that initdb wrote.
        output: String,
    },

    /// The server ended while starting.
    #[error("PostgreSQL ended while starting ({status}); the end of {}:\n{output}", log.display())]
    ServerFailed {
        /// How it ended.
        status: String,
        /// The server's log.
        log: PathBuf,
        /// What this attempt wrote to the log.
        output: String,
    },

    /// The server runs but did not answer in time.
    #[error(
        "a PostgreSQL server (process {pid}) runs in {} but did not accept connections at {} in \
         time; see its log.\n\
         Remedy: if it was started by other means, stop it; otherwise wait and start again",
        data.display(),
        socket.display()
    )]
    NotReady {
        /// The server's process.
        pid: i32,
        /// The cluster.
        data: PathBuf,
        /// Where it should answer.
        socket: PathBuf,
    },

    /// Another process has been starting the server for too long.
    #[error(
        "another process has been starting the server for too long; it holds {}.\n\
         Remedy: see postgres.log beside it; end that process if it hangs",
        lock.display()
    )]
    Busy {
        /// The lock file.
        lock: PathBuf,
    },

    /// A file operation or a process start failed.
    #[error("can't {doing} {}: {source}", path.display())]
    Io {
        /// What was attempted, as a verb phrase that the path completes.
        doing: &'static str,
        /// The path it was attempted on.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
}

impl Error {
    /// For `map_err`: says what was attempted on which path.
    pub(crate) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Io { doing, path, source }
    }
}

fn list(lines: &[String]) -> String {
    lines.iter().fold(String::new(), |text, line| text + "\n  " + line)
}

fn rejected_list(lines: &[String]) -> String {
    if lines.is_empty() { String::new() } else { "\nFound, but not usable:".to_owned() + &list(lines) }
}

fn versions(found: &[(u32, PathBuf)]) -> String {
    let mut text = String::new();
    for (major, bin_dir) in found {
        let separator = if text.is_empty() { "" } else { ", " };
        // Writing to a String can't fail.
        let _ = write!(text, "{separator}{major} in {}", bin_dir.display());
    }
    if text.is_empty() { "none".to_owned() } else { text }
}
