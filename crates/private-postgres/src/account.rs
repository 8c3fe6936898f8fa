//! Whom Postgres runs as, and how a process of that account is started.
//!
//! Postgres refuses to run as root. An ordinary user runs it as itself; root runs it as the owner
//! of the existing cluster, else as `postgres`, else as `nobody`.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rustix::process::{Signal, getegid, geteuid};

use crate::Error;

/// The account that `initdb` and `postgres` run as.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub uid: u32,
    pub gid: u32,
    pub name: String,
    /// We are root and must become this account first.
    switch: bool,
}

impl Account {
    /// Chooses the account for the cluster in `data`, which need not exist yet.
    pub fn for_cluster(data: &Path) -> Result<Self, Error> {
        let owner = match fs::symlink_metadata(data) {
            Ok(metadata) => Some((metadata.uid(), metadata.gid())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(Error::io("look at", data)(error)),
        };
        let (user, group) = (geteuid().as_raw(), getegid().as_raw());
        if user != 0 {
            return match owner {
                Some((uid, _)) if uid != user => Err(Error::NotOwner { path: data.to_owned(), owner: uid }),
                _ => Ok(Self { uid: user, gid: group, name: format!("user id {user}"), switch: false }),
            };
        }
        // A system without this file has no account to offer: the same answer as an empty one.
        let passwd = fs::read_to_string("/etc/passwd").unwrap_or_default();
        match owner {
            Some((uid, gid)) if uid != 0 => {
                let name = entries(&passwd).find(|entry| entry.1 == uid).map(|entry| entry.0.to_owned());
                Ok(Self { uid, gid, name: name.unwrap_or_else(|| format!("user id {uid}")), switch: true })
            }
            _ => unprivileged(&passwd).ok_or(Error::NoAccount),
        }
    }

    /// True if this process is root and runs Postgres as somebody else.
    pub fn is_other_user(&self) -> bool {
        self.switch
    }

    /// A command that runs `program` as this account.
    ///
    /// It gets an environment of its own: the caller's may hold secrets, which the server must not
    /// see, and `PG*` or locale variables, which it must not obey.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("LC_ALL", "C").env("TZ", "UTC").current_dir("/").stdin(Stdio::null());
        for kept in ["PATH", "LOCPATH", "LOCALE_ARCHIVE"] {
            if let Some(value) = std::env::var_os(kept) {
                command.env(kept, value);
            }
        }
        if self.switch {
            // The standard library also drops root's supplementary groups when it changes the user.
            command.gid(self.gid).uid(self.uid);
        }
        command
    }

    /// Fails with the offending folder's name if this account can't enter `folder`.
    pub fn check_can_enter(&self, folder: &Path) -> Result<(), Error> {
        if !self.switch {
            return Ok(());
        }
        // Asks the kernel rather than the mode bits, so that access control lists count. initdb
        // needs a shell too.
        match self.command(Path::new("/bin/sh")).args(["-c", ":"]).current_dir(folder).status() {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Err(self.unreachable(folder)),
            Err(error) => Err(Error::io("change user and enter", folder)(error)),
            Ok(_) => Ok(()),
        }
    }

    /// The error for a path that this account was denied.
    pub fn unreachable(&self, path: &Path) -> Error {
        let closed = |folder: &&Path| {
            fs::metadata(folder).is_ok_and(|metadata| {
                let needed = match (metadata.uid() == self.uid, metadata.gid() == self.gid) {
                    (true, _) => 0o100,
                    (false, true) => 0o010,
                    (false, false) => 0o001,
                };
                metadata.mode() & needed == 0
            })
        };
        let mut from_top: Vec<&Path> = path.ancestors().collect();
        from_top.reverse();
        let blocked_at: PathBuf = from_top.into_iter().find(closed).unwrap_or(path).to_owned();
        Error::Unreachable { path: path.to_owned(), blocked_at, account: self.name.clone() }
    }
}

/// Gives the child a process group of its own (Ctrl-C in the terminal is for us, not for it) and,
/// on Linux, has the kernel send it `signal` when the **thread** that starts it ends.
pub(crate) fn tie_to_this_thread(command: &mut Command, signal: Signal) {
    command.process_group(0);
    #[cfg(target_os = "linux")]
    {
        let parent = Some(rustix::process::getpid());
        let tie = move || {
            rustix::process::set_parent_process_death_signal(Some(signal))?;
            // Had we died before the line above, the signal would never come.
            if rustix::process::getppid() == parent { Ok(()) } else { Err(rustix::io::Errno::SRCH.into()) }
        };
        // SAFETY: the closure runs in the forked child before exec. It makes two system calls that
        // are safe after fork and neither allocates, takes a lock nor touches memory shared with
        // the parent. It runs after the change of user, which would otherwise clear the setting.
        unsafe { command.pre_exec(tie) };
    }
    #[cfg(not(target_os = "linux"))]
    let _ = signal;
}

fn unprivileged(passwd: &str) -> Option<Account> {
    ["postgres", "nobody"].iter().find_map(|wanted| {
        let (name, uid, gid) = entries(passwd).find(|entry| entry.0 == *wanted && entry.1 != 0)?;
        Some(Account { uid, gid, name: name.to_owned(), switch: true })
    })
}

/// Name, user id and group id of each line of `/etc/passwd`.
///
/// Ids are parsed as signed: macOS writes `nobody` as -2.
fn entries(passwd: &str) -> impl Iterator<Item = (&str, u32, u32)> {
    let id = |text: &str| text.parse::<u32>().ok().or_else(|| text.parse::<i32>().ok().map(i32::cast_unsigned));
    passwd.lines().filter_map(move |line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        let uid = id(fields.nth(1)?)?;
        Some((name, uid, id(fields.next()?)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefers_postgres_to_nobody_and_never_takes_root() {
        let both = "root:x:0:0::/:/bin/sh\nnobody:x:65534:65533::/:\npostgres:x:101:104::/:/bin/bash\n";
        let account = unprivileged(both).unwrap();
        assert_eq!((account.name.as_str(), account.uid, account.gid), ("postgres", 101, 104));
        assert_eq!(unprivileged("# comment\nnobody:*:-2:-2::/:\n").unwrap().uid, u32::MAX - 1);
        assert!(unprivileged("root:x:0:0::/:\npostgres:x:0:0::/:\n").is_none());
    }
}
