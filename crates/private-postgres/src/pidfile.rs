//! What `postmaster.pid` says about the server of a cluster, and whether it is still true.

use std::fs;
use std::io;
use std::path::Path;

use rustix::process::Pid;

use crate::Error;

/// The state of the cluster's server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Postmaster {
    /// No server, and the last one ended in good order.
    Absent,
    /// The file says nothing: a server is writing it this moment, or was killed doing so.
    Unclear,
    /// The server was killed; its process id may have gone to another process since.
    Dead(Pid),
    Alive(Pid, Phase),
}

/// Where in its life a server is, by its own account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    Starting,
    Ready,
    Stopping,
}

/// Looks at the server of the cluster in `data`.
pub(crate) fn look(data: &Path) -> Result<Postmaster, Error> {
    let file = data.join("postmaster.pid");
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Postmaster::Absent),
        Err(error) => return Err(Error::io("read", &file)(error)),
    };
    Ok(match parse(&text) {
        None => Postmaster::Unclear,
        Some((pid, phase)) if is_postgres_in(pid, data) => Postmaster::Alive(pid, phase),
        Some((pid, _)) => Postmaster::Dead(pid),
    })
}

/// Removes a file that is [`Postmaster::Unclear`], which Postgres itself refuses to do. Only for a
/// caller that knows no server is starting.
pub(crate) fn remove(data: &Path) -> Result<(), Error> {
    let file = data.join("postmaster.pid");
    fs::remove_file(&file).map_err(Error::io("remove", &file))
}

/// The process id is the first line, the phase the eighth.
fn parse(text: &str) -> Option<(Pid, Phase)> {
    let mut lines = text.lines();
    // A negative number means a single-user backend.
    let pid = Pid::from_raw(lines.next()?.trim().parse::<i32>().ok()?.checked_abs()?)?;
    let phase = match lines.nth(6).map(str::trim) {
        Some("ready") => Phase::Ready,
        Some("stopping") => Phase::Stopping,
        _ => Phase::Starting,
    };
    Some((pid, phase))
}

/// True if process `pid` lives and is a Postgres process of the cluster in `data`.
///
/// Process ids are used again, in containers very soon, so that a number in an old file may mean
/// anything.
fn is_postgres_in(pid: Pid, data: &Path) -> bool {
    // "Not permitted" means that it is another user's process, thus no server that could have been
    // ours.
    rustix::process::test_kill_process(pid).is_ok() && proc::is_postgres_in(pid.as_raw_pid(), data) != Some(false)
}

/// What Linux' `/proc` knows.
#[cfg(target_os = "linux")]
pub(crate) mod proc {
    use std::fs;
    use std::os::unix::fs::MetadataExt;
    use std::path::Path;

    /// Whether `pid` is a living Postgres process that works in `data`; `None` if it can't be told.
    pub fn is_postgres_in(pid: i32, data: &Path) -> Option<bool> {
        if !Path::new("/proc/self/stat").exists() {
            return None;
        }
        let Ok(stat) = fs::read(format!("/proc/{pid}/stat")) else {
            return Some(false);
        };
        let (name, state) = name_and_state(&stat)?;
        if !matches!(name, b"postgres" | b"postmaster") || matches!(state, b'Z' | b'X') {
            return Some(false);
        }
        // Every process of a server has the cluster as its working directory. Root in a container
        // may lack the right to look, and then the name has to do. Compared by identity, since a
        // folder may be mounted under two names.
        match fs::metadata(format!("/proc/{pid}/cwd")) {
            Ok(folder) => {
                let data = fs::metadata(data).ok()?;
                Some((folder.dev(), folder.ino()) == (data.dev(), data.ino()))
            }
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => None,
            Err(_) => Some(false),
        }
    }

    /// The fields of `123 (name) S …`; the name may itself hold parentheses.
    pub(super) fn name_and_state(stat: &[u8]) -> Option<(&[u8], u8)> {
        let open = stat.iter().position(|byte| *byte == b'(')?;
        let close = stat.iter().rposition(|byte| *byte == b')')?;
        Some((stat.get(open + 1..close)?, *stat.get(close + 2)?))
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) mod proc {
    use std::path::Path;

    /// Never known here: a living process is taken for the server it says it is, as Postgres itself
    /// does.
    pub fn is_postgres_in(_pid: i32, _data: &Path) -> Option<bool> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_pid_and_phase() {
        let file = |phase: &str| format!("4711\n/data\n1\n5432\n/socket\n\n 1 2\n{phase}\n");
        let pid = Pid::from_raw(4711).unwrap();
        assert_eq!(parse(&file("ready   ")), Some((pid, Phase::Ready)));
        assert_eq!(parse(&file("stopping")), Some((pid, Phase::Stopping)));
        assert_eq!(parse(&file("starting")), Some((pid, Phase::Starting)));
        assert_eq!(parse("4711\n/data\n"), Some((pid, Phase::Starting)));
        assert_eq!(parse("-4711\n"), Some((pid, Phase::Starting)));
        assert_eq!(parse(""), None);
        assert_eq!(parse("0\n"), None);
    }

    #[test]
    fn another_program_with_the_old_number_is_not_the_server() {
        let data = tempfile::tempdir().unwrap();
        assert_eq!(look(data.path()).unwrap(), Postmaster::Absent);
        fs::write(data.path().join("postmaster.pid"), "").unwrap();
        assert_eq!(look(data.path()).unwrap(), Postmaster::Unclear);
        if cfg!(target_os = "linux") {
            let own = rustix::process::getpid();
            fs::write(data.path().join("postmaster.pid"), format!("{own}\n")).unwrap();
            assert_eq!(look(data.path()).unwrap(), Postmaster::Dead(own));
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_may_hold_parentheses() {
        assert_eq!(proc::name_and_state(b"12 (a) (b) S 1 2"), Some((b"a) (b".as_slice(), b'S')));
        assert_eq!(proc::name_and_state(b"12"), None);
    }
}
