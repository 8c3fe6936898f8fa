//! `pg_dump` and `pg_restore`, started beside the database. What they are told stands in their environment, so that no password
//! is in a list of processes.

use std::{
    io::{Read, Write},
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
};

use anyhow::{Context, anyhow, bail};
use percent_encoding::percent_decode_str;
use sqlx::postgres::{PgConnectOptions, PgSslMode};

use crate::kernel::i18n::{Lang, Texts};

const T: Texts = Texts(Lang::Sv);

/// The database that is dumped or filled.
#[derive(Debug, Clone)]
pub struct Target {
    /// How the program connects.
    pub options: PgConnectOptions,
    /// The address that was given, if one was: the password stands in it.
    pub url: Option<String>,
    /// Where PostgreSQL's programs are, if that was said.
    pub pg_bin: Option<PathBuf>,
}

/// How a program is started: it reads nothing of our environment but what concerns PostgreSQL and where things are.
pub(super) struct Prepared {
    name: &'static str,
    command: Command,
}

impl Target {
    /// The program of this name, connected to the database when it runs.
    ///
    /// # Errors
    /// Where there is none that fits the server.
    pub(super) fn program(&self, name: &'static str, server: i32) -> anyhow::Result<Prepared> {
        let major = u32::try_from(server / 10_000).unwrap_or(0);
        let program = private_postgres::client_program(name, major, self.pg_bin.as_deref())
            .ok_or_else(|| anyhow!(T.backup_no_program(name, major.to_string())))?;
        let mut command = Command::new(program);
        command.env_clear().env("LC_ALL", "C").env("TZ", "UTC");
        for (name, value) in std::env::vars_os() {
            let kept = name.to_str().is_some_and(|name| matches!(name, "PATH" | "HOME" | "TMPDIR") || name.starts_with("PG"));
            if kept {
                command.env(name, value);
            }
        }
        command.envs(self.environment());
        Ok(Prepared { name, command })
    }

    /// What libpq reads from the environment.
    fn environment(&self) -> Vec<(&'static str, String)> {
        let options = &self.options;
        let host = options.get_socket().map_or_else(|| options.get_host().to_owned(), |socket| socket.display().to_string());
        let ssl = match options.get_ssl_mode() {
            PgSslMode::Disable => "disable",
            PgSslMode::Allow => "allow",
            PgSslMode::Prefer => "prefer",
            PgSslMode::Require => "require",
            PgSslMode::VerifyCa => "verify-ca",
            PgSslMode::VerifyFull => "verify-full",
        };
        let mut set = vec![
            ("PGHOST", host),
            ("PGPORT", options.get_port().to_string()),
            ("PGUSER", options.get_username().to_owned()),
            ("PGDATABASE", options.get_database().unwrap_or_else(|| options.get_username()).to_owned()),
            ("PGSSLMODE", ssl.to_owned()),
        ];
        set.extend(self.url.as_deref().map(secrets).unwrap_or_default());
        set
    }
}

/// What only the address says: the password, and files of certificates.
fn secrets(url: &str) -> Vec<(&'static str, String)> {
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let (before, query) = rest.split_once('?').unwrap_or((rest, ""));
    let authority = before.split('/').next().unwrap_or_default();
    let mut found = Vec::new();
    if let Some((_, password)) = authority.rsplit_once('@').and_then(|(user, _)| user.split_once(':')) {
        found.push(("PGPASSWORD", decoded(password)));
    }
    for (key, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        let name = match key {
            "password" => "PGPASSWORD",
            "sslrootcert" | "ssl-root-cert" | "ssl-ca" => "PGSSLROOTCERT",
            "sslcert" | "ssl-cert" => "PGSSLCERT",
            "sslkey" | "ssl-key" => "PGSSLKEY",
            _ => continue,
        };
        found.push((name, decoded(value)));
    }
    found
}

impl Prepared {
    /// With these arguments.
    pub(super) fn args<'a>(mut self, args: impl IntoIterator<Item = &'a str>) -> Self {
        self.command.args(args);
        self
    }

    /// Runs it and hands on what it writes.
    ///
    /// # Errors
    /// When it cannot be started, fails, or its output cannot be handed on.
    pub(super) fn read(mut self, mut to: impl FnMut(&[u8]) -> std::io::Result<()>) -> anyhow::Result<()> {
        let mut child =
            self.command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().context(self.name)?;
        let said = listen(&mut child);
        let mut output = child.stdout.take().context("no output")?;
        let mut buffer = vec![0; 1 << 16];
        let copied = loop {
            match output.read(&mut buffer) {
                Ok(0) => break Ok(()),
                Ok(length) => {
                    if let Err(error) = to(&buffer[..length]) {
                        break Err(error);
                    }
                }
                Err(error) => break Err(error),
            }
        };
        if copied.is_err() {
            // Nobody reads what else it has to say.
            let _ = child.kill();
        }
        drop(output);
        let done = end(self.name, child, said);
        copied?;
        done
    }

    /// Runs it and has it read this.
    ///
    /// # Errors
    /// When it cannot be started, fails, or the source breaks off.
    pub(super) fn write(mut self, mut from: impl Read) -> anyhow::Result<()> {
        let mut child =
            self.command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().context(self.name)?;
        let said = listen(&mut child);
        let mut input = child.stdin.take().context("no input")?;
        let copied = std::io::copy(&mut from, &mut input).and_then(|_| input.flush());
        drop(input);
        // What it says is the better reason: it stops reading when something is wrong.
        end(self.name, child, said)?;
        copied?;
        Ok(())
    }
}

/// Collects what a program complains of.
fn listen(child: &mut Child) -> Option<thread::JoinHandle<String>> {
    let mut errors = child.stderr.take()?;
    Some(thread::spawn(move || {
        let mut text = Vec::new();
        let _ = errors.read_to_end(&mut text);
        String::from_utf8_lossy(&text).into_owned()
    }))
}

fn end(name: &str, mut child: Child, said: Option<thread::JoinHandle<String>>) -> anyhow::Result<()> {
    let status = child.wait().context(name.to_owned())?;
    let said = said.and_then(|thread| thread.join().ok()).unwrap_or_default();
    if !status.success() {
        bail!(T.backup_program_failed(name, said.trim()));
    }
    Ok(())
}
