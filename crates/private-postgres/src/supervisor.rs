//! The thread that has a server, watches it and gets it back.

use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::binaries::Installation;
use crate::home::Home;
use crate::initdb::SUPERUSER;
use crate::pidfile::{self, Phase, Postmaster};
use crate::starting::{Role, secure_server};
use crate::{Connection, Error, Options, socket};

/// How often the server is looked at. A look costs a system call or two.
const WATCH: Duration = Duration::from_millis(100);
/// The pause after a failed attempt to get the server back; doubled after each further one, up to
/// the longest.
const SHORTEST_BACKOFF: Duration = Duration::from_millis(100);
const LONGEST_BACKOFF: Duration = Duration::from_secs(5);
/// A server that ran this long did not fail at once, and is tried again without delay.
const HEALTHY: Duration = Duration::from_secs(10);

/// A share in the private server of one data directory.
///
/// While it lives, a thread of its own watches the server. If the server dies, or the process that
/// owned it ends, the thread starts it again at the same socket, for as long as it takes;
/// connections break and have to be made anew.
///
/// Dropping it, or [`stop`](Self::stop), ends the server in good order if this process owns it, and
/// else leaves it be.
#[derive(Debug)]
pub struct Supervisor {
    connection: Connection,
    bin_dir: PathBuf,
    shared: Arc<Shared>,
    /// Dropped to stop the thread.
    stop: Option<Sender<Infallible>>,
    thread: Option<JoinHandle<()>>,
}

/// What the thread lets the handle know.
#[derive(Debug, Default)]
struct Shared {
    owner: AtomicBool,
    trouble: Mutex<Option<String>>,
}

impl Supervisor {
    /// Makes the cluster if there is none, starts the server if none runs, and returns when it
    /// accepts connections.
    ///
    /// Blocks for about 0.2 seconds on an existing cluster and about a second on a new one;
    /// recovery after a crash may take minutes. Call it from a blocking thread where there is an
    /// async runtime.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; each says what to do about it. Later failures are retried, see
    /// [`trouble`](Self::trouble).
    pub fn start(options: Options) -> Result<Self, Error> {
        let home = Home::prepare(&options.data_dir)?;
        let connection = Connection { socket_dir: home.socket_dir.clone(), port: socket::PORT, user: SUPERUSER };
        let shared = Arc::new(Shared::default());
        let (stop, stopped) = mpsc::channel();
        let (report, reported) = mpsc::channel();
        let keeper = Keeper { home, options, shared: Arc::clone(&shared), stop: Stop(stopped) };
        let folder = keeper.home.folder.clone();
        let spawned = thread::Builder::new().name("private-postgres".to_owned()).spawn(move || keeper.run(&report));
        let thread = spawned.map_err(Error::io("start the thread that supervises", &folder))?;
        // The thread reports exactly once before it does anything else that could end it.
        let bin_dir = reported.recv().unwrap_or_else(|_| {
            let gone = std::io::Error::other("the thread has ended without a report");
            Err(Error::io("supervise", &folder)(gone))
        })?;
        Ok(Self { connection, bin_dir, shared, stop: Some(stop), thread: Some(thread) })
    }

    /// How to reach the server.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The folder with the Unix socket; see [`Connection::socket_dir`].
    #[must_use]
    pub fn socket_dir(&self) -> &Path {
        &self.connection.socket_dir
    }

    /// The port, which is part of the socket's name only.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.connection.port
    }

    /// The superuser of the cluster, `postgres`.
    #[must_use]
    pub fn superuser(&self) -> &'static str {
        self.connection.user
    }

    /// The folder with the binaries that fit the cluster. `pg_dump` and `psql` are there too in
    /// most installations.
    #[must_use]
    pub fn binaries(&self) -> &Path {
        &self.bin_dir
    }

    /// True if this process runs the server at present; false if another one does, or if it is
    /// being started again.
    #[must_use]
    pub fn owns_server(&self) -> bool {
        self.shared.owner.load(Ordering::Relaxed)
    }

    /// Why the server is down at present; `None` while it runs.
    #[must_use]
    pub fn trouble(&self) -> Option<String> {
        self.shared.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Ends the server if this process owns it, and returns when it is gone; otherwise only stops
    /// watching.
    ///
    /// Blocks while the server writes what is unwritten, normally for a fraction of a second.
    /// Dropping does the same; this says it aloud. A process that exits without either leaves it to
    /// the kernel to end the server (Linux).
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Supervisor {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been printed; the server ends with the thread in any case.
            let _ = thread.join();
        }
    }
}

/// Tells the thread that it is to end.
pub(crate) struct Stop(Receiver<Infallible>);

impl Stop {
    /// Sleeps, unless the supervisor is stopped before or meanwhile.
    pub fn pause(&self, duration: Duration) -> Result<(), Halt> {
        match self.0.recv_timeout(duration) {
            Err(RecvTimeoutError::Timeout) => Ok(()),
            Err(RecvTimeoutError::Disconnected) => Err(Halt::Stopped),
        }
    }
}

/// Why an attempt to have a server was given up.
pub(crate) enum Halt {
    Stopped,
    Failed(Error),
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// The state of the thread.
struct Keeper {
    home: Home,
    options: Options,
    shared: Arc<Shared>,
    stop: Stop,
}

impl Keeper {
    fn run(self, report: &Sender<Result<PathBuf, Error>>) {
        let (mut role, mut installation) = match secure_server(&self.home, &self.options, None, &self.stop) {
            Ok(secured) => secured,
            Err(Halt::Failed(error)) => {
                // The caller waits for this, so it is there to hear it.
                let _ = report.send(Err(error));
                return;
            }
            Err(Halt::Stopped) => return,
        };
        self.note(matches!(role, Role::Owner(_)), None);
        let _ = report.send(Ok(installation.bin_dir.clone()));

        let mut backoff = Duration::ZERO;
        loop {
            let since = Instant::now();
            if self.watch(&mut role).is_err() {
                break;
            }
            self.note(false, Some("the PostgreSQL server is gone; starting it again".to_owned()));
            if let Role::Owner(server) = role {
                server.shut_down();
            }
            if since.elapsed() >= HEALTHY {
                backoff = Duration::ZERO;
            }
            match self.regain(&installation, &mut backoff) {
                Some(secured) => (role, installation) = secured,
                None => return,
            }
            self.note(matches!(role, Role::Owner(_)), None);
        }
        if let Role::Owner(server) = role {
            server.shut_down();
        }
    }

    /// Returns when the server is gone.
    fn watch(&self, role: &mut Role) -> Result<(), Halt> {
        let socket = socket::file(&self.home.socket_dir);
        loop {
            self.stop.pause(WATCH)?;
            let serves = match role {
                // A cleaner of temporary files may take the socket; only a new server makes a new
                // one.
                Role::Owner(server) => !server.has_ended() && socket.exists(),
                Role::Guest(pid) => {
                    let seen = pidfile::look(&self.home.data);
                    matches!(
                        seen,
                        Ok(Postmaster::Alive(alive, phase)) if alive == *pid && phase != Phase::Stopping
                    )
                }
            };
            if !serves {
                return Ok(());
            }
        }
    }

    /// Tries until there is a server again; `None` if stopped.
    fn regain(&self, installation: &Installation, backoff: &mut Duration) -> Option<(Role, Installation)> {
        loop {
            self.stop.pause(*backoff).ok()?;
            *backoff = (*backoff * 2).clamp(SHORTEST_BACKOFF, LONGEST_BACKOFF);
            match self.secure_again(installation) {
                Ok(secured) => return Some(secured),
                Err(Halt::Stopped) => return None,
                Err(Halt::Failed(error)) => self.note(false, Some(error.to_string())),
            }
        }
    }

    fn secure_again(&self, installation: &Installation) -> Result<(Role, Installation), Halt> {
        // Puts back a socket folder that was cleaned away. The paths stay the same.
        let home = Home::prepare(&self.options.data_dir)?;
        secure_server(&home, &self.options, Some(installation.clone()), &self.stop)
    }

    fn note(&self, owner: bool, trouble: Option<String>) {
        self.shared.owner.store(owner, Ordering::Relaxed);
        *self.shared.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
    }
}
