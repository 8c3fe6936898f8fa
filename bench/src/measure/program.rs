//! Programs that are measured: the release build of the server, and the ceilings of the bench itself.

use std::{
    io::{BufRead, BufReader},
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};

use super::client;

/// How long a program may take until it answers.
const START_LIMIT: Duration = Duration::from_secs(30);

/// A program that runs until this is dropped.
#[derive(Debug)]
pub struct Program {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Program {
    /// Starts the server on a database, and waits for its first good answer to `path`. Gives the time that took, too.
    ///
    /// # Errors
    /// When it does not start or does not answer.
    pub fn serve(kravbank: &Path, database_url: &str, path: &str) -> anyhow::Result<(Self, Duration)> {
        // The port is free at the moment; the server takes no "any".
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut command = Command::new(kravbank);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("KRAVBANK_")) {
            command.env_remove(name);
        }
        command
            .arg("serve")
            .env("DATABASE_URL", database_url)
            .env("KRAVBANK_BIND", address.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        let started = Instant::now();
        let child = command.spawn().with_context(|| kravbank.display().to_string())?;
        let mut program = Self { child, address };
        program.wait_for(path, started)?;
        Ok((program, started.elapsed()))
    }

    fn wait_for(&mut self, path: &str, started: Instant) -> anyhow::Result<()> {
        loop {
            let Err(failed) = client::fetch(self.address, path, false) else { return Ok(()) };
            if let Some(status) = self.child.try_wait()? {
                bail!("the program ended with {status}");
            }
            if started.elapsed() > START_LIMIT {
                return Err(failed.context("the program does not answer"));
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Starts the ceilings: this very program with the command `ceiling`.
    ///
    /// # Errors
    /// When it does not start.
    pub fn ceilings(database_url: &str, page: &Path, compressed: &Path) -> anyhow::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("ceiling")
            .args([page, compressed])
            .env("DATABASE_URL", database_url)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let output = child.stdout.take().context("standard output")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let address = line.trim().parse().context("the ceilings print their address")?;
        Ok(Self { child, address })
    }

    /// Its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Only its own child; nothing is left to be done if it is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The release build of the server beside this program.
///
/// # Errors
/// When it is not there.
pub fn beside() -> anyhow::Result<PathBuf> {
    let kravbank = std::env::current_exe()?.with_file_name("kravbank");
    if !kravbank.is_file() {
        bail!("{} is missing; build it with cargo build --release", kravbank.display());
    }
    Ok(kravbank)
}
