//! The server as a child process.

use std::process::{Child, ExitStatus};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::account::tie_to_this_thread;
use crate::binaries::Installation;
use crate::home::Home;
use crate::log::Log;
use crate::pidfile::{self, Phase, Postmaster};
use crate::supervisor::{Halt, Stop};
use crate::{Durability, Error, Options, socket};

/// How long a fast shutdown may take (it writes all that is unwritten) before the server is made to
/// quit at once.
const SHUTDOWN_LIMIT: Duration = Duration::from_mins(1);
/// How long it may take to quit at once before it is killed.
const QUIT_LIMIT: Duration = Duration::from_secs(5);
const POLL: Duration = Duration::from_millis(10);

/// A server that this process started.
pub(crate) struct Server {
    child: Child,
}

impl Server {
    /// Starts a server and waits until it accepts connections. To be called with the start lock
    /// held, when no server runs.
    ///
    /// `dead` is the process id in the `postmaster.pid` of a predecessor that was killed.
    pub fn start(
        home: &Home,
        installation: &Installation,
        options: &Options,
        dead: Option<Pid>,
        stop: &Stop,
        deadline: Instant,
    ) -> Result<Self, Halt> {
        socket::remove_leftovers(&home.socket_dir);
        let log = Log::open(&home.log)?;
        let mut command = installation.command(&home.account, "postgres");
        command.arg("-D").arg(&home.data);
        for setting in settings(home, options) {
            command.arg("-c").arg(setting);
        }
        if let Some(pid) = dead {
            // Postgres does not start while a process with the old number lives, whatever it is. We
            // know that it is no server, and say so the way pg_ctl says that its own number is
            // none. Unlike removing the file, this keeps the check for surviving backends.
            command.env("PG_GRANDPARENT_PID", pid.as_raw_pid().to_string());
        }
        command.stdout(log.handle()?).stderr(log.handle()?);
        // SIGINT is Postgres' fast shutdown.
        tie_to_this_thread(&mut command, Signal::INT);
        let child = command.spawn().map_err(Error::io("run", &installation.bin_dir.join("postgres")))?;
        let mut server = Self { child };
        match server.wait_until_ready(home, &log, stop, deadline) {
            Ok(()) => Ok(server),
            Err(halt) => {
                server.shut_down();
                Err(halt)
            }
        }
    }

    fn wait_until_ready(&mut self, home: &Home, log: &Log, stop: &Stop, deadline: Instant) -> Result<(), Halt> {
        loop {
            if let Some(status) = self.ended() {
                let status = status.map_or_else(|| "it is no longer our child".to_owned(), |status| status.to_string());
                return Err(Error::ServerFailed { status, log: home.log.clone(), output: log.written_since() }.into());
            }
            // The file may still be that of a killed predecessor.
            let ready = pidfile::look(&home.data)? == Postmaster::Alive(self.pid(), Phase::Ready);
            if ready && socket::accepts(&home.socket_dir) {
                return Ok(());
            }
            if Instant::now() > deadline {
                let pid = self.pid().as_raw_pid();
                let (data, socket) = (home.data.clone(), home.socket_dir.clone());
                return Err(Error::NotReady { pid, data, socket }.into());
            }
            stop.pause(POLL)?;
        }
    }

    /// True if the process has ended. Also clears it from the process table, without which no new
    /// server could start.
    pub fn has_ended(&mut self) -> bool {
        self.ended().is_some()
    }

    /// The outer `None` is a running server; the inner one a server that somebody else has waited
    /// for.
    #[expect(clippy::option_option, reason = "two questions: has it ended, and is it known how")]
    fn ended(&mut self) -> Option<Option<ExitStatus>> {
        match self.child.try_wait() {
            Ok(None) => None,
            Ok(Some(status)) => Some(Some(status)),
            Err(_) => Some(None),
        }
    }

    /// Ends the server in good order; by force if that takes too long. Returns when it is gone.
    pub fn shut_down(mut self) {
        for (signal, limit) in [(Signal::INT, SHUTDOWN_LIMIT), (Signal::QUIT, QUIT_LIMIT)] {
            if self.has_ended() {
                return;
            }
            // Until it is waited for, the number can't mean another process.
            let _ = kill_process(self.pid(), signal);
            let asked = Instant::now();
            while asked.elapsed() < limit && !self.has_ended() {
                std::thread::sleep(POLL);
            }
        }
        // Nothing is left to be done if even this fails.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }
}

/// Settings on the command line win over those in the cluster's files, so that an old cluster
/// follows a new release.
fn settings(home: &Home, options: &Options) -> Vec<String> {
    // The path is known to be free of commas and quotes, which would have a meaning here.
    let mut settings = vec![
        format!("unix_socket_directories={}", home.socket_dir.display()),
        "unix_socket_permissions=0700".to_owned(),
        "listen_addresses=".to_owned(),
        format!("port={}", socket::PORT),
        format!("max_connections={}", options.max_connections),
        "lc_messages=C".to_owned(),
    ];
    if options.durability == Durability::Disposable {
        let off = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"];
        settings.extend(off.map(str::to_owned));
    }
    settings
}
