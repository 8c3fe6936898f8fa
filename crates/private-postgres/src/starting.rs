//! One attempt to have a server: share the one that runs, or start one.

use std::time::{Duration, Instant};

use rustix::process::Pid;

use crate::binaries::{self, Installation};
use crate::home::Home;
use crate::lock::StartLock;
use crate::pidfile::{self, Phase, Postmaster};
use crate::server::Server;
use crate::supervisor::{Halt, Stop};
use crate::{Error, Options, initdb, orphans, socket};

/// How long a server may take to be ready (or, having been told to stop, to be gone). Recovery
/// after a crash is the slow case.
const READY_LIMIT: Duration = Duration::from_mins(3);
/// How long a failed start is put down to what a killed server left behind, and tried again.
const LEFTOVERS_LIMIT: Duration = Duration::from_secs(20);
/// How long surviving backends of a killed server may take to end by themselves.
const ORPHANS_LIMIT: Duration = Duration::from_secs(3);
/// How long a server may take to write its pid file.
const UNCLEAR_LIMIT: Duration = Duration::from_secs(1);
const POLL: Duration = Duration::from_millis(20);

/// What this process is to the running server.
pub(crate) enum Role {
    /// It started the server and has to end it.
    Owner(Server),
    /// It shares a server that another process started.
    Guest(Pid),
}

/// Returns when a server accepts connections. Run by one thread for the whole life of a supervisor,
/// since the server ends with the thread that starts it.
pub(crate) fn secure_server(
    home: &Home,
    options: &Options,
    known: Option<Installation>,
    stop: &Stop,
) -> Result<(Role, Installation), Halt> {
    let begun = Instant::now();
    let deadline = begun + READY_LIMIT;
    let _lock = StartLock::acquire(&home.lock, stop, deadline)?;
    // Under the lock, so that everybody sees the same cluster. An installation that is gone since
    // is searched for anew.
    let installation = match known.filter(|known| known.bin_dir.join("postgres").exists()) {
        Some(known) => known,
        None => binaries::find(options.bin_dir.as_deref(), &home.account, &home.data)?,
    };
    let mut unclear_since = None;
    let mut killed = None;
    loop {
        match pidfile::look(&home.data)? {
            Postmaster::Alive(pid, Phase::Ready) if socket::accepts(&home.socket_dir) => {
                return Ok((Role::Guest(pid), installation));
            }
            Postmaster::Alive(pid, _) if Instant::now() > deadline => {
                let (data, socket) = (home.data.clone(), home.socket_dir.clone());
                return Err(Error::NotReady { pid: pid.as_raw_pid(), data, socket }.into());
            }
            Postmaster::Alive(..) => stop.pause(POLL)?,
            Postmaster::Unclear if unclear_since.get_or_insert_with(Instant::now).elapsed() < UNCLEAR_LIMIT => {
                stop.pause(POLL)?;
            }
            // Nobody else is starting a server: we hold the lock.
            Postmaster::Unclear => pidfile::remove(&home.data)?,
            absent_or_dead => {
                if let Postmaster::Dead(pid) = absent_or_dead {
                    killed = Some(pid);
                }
                initdb::ensure_cluster(home, &installation, options.durability)?;
                match Server::start(home, &installation, options, killed, stop, deadline) {
                    Ok(server) => return Ok((Role::Owner(server), installation)),
                    // Backends that outlive their postmaster for a moment keep a new one from
                    // starting.
                    Err(Halt::Failed(Error::ServerFailed { .. })) if killed.is_some() && begun.elapsed() < LEFTOVERS_LIMIT => {
                        if begun.elapsed() > ORPHANS_LIMIT {
                            orphans::quit(&home.data);
                        }
                        stop.pause(10 * POLL)?;
                    }
                    Err(halt) => return Err(halt),
                }
            }
        }
    }
}
