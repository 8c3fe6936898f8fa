//! Server processes whose postmaster was killed.
//!
//! They end by themselves as soon as they wait for something, but one in the middle of a long query
//! may not for hours, and until then Postgres rightly refuses to start a new server on the cluster.

use std::path::Path;

/// Tells the remaining processes of the cluster in `data` to quit at once, which loses nothing that
/// was committed.
///
/// Only for a caller that holds the start lock and knows the postmaster is dead. Does nothing where
/// it can't be told for certain which processes they are (outside Linux, and for root without the
/// right to look at others' processes).
#[cfg(target_os = "linux")]
pub(crate) fn quit(data: &Path) {
    use rustix::process::{Pid, Signal, kill_process};

    let Ok(processes) = std::fs::read_dir("/proc") else {
        return;
    };
    for process in processes.flatten() {
        let Some(pid) = process.file_name().to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        if crate::pidfile::proc::is_postgres_in(pid, data) == Some(true)
            && let Some(pid) = Pid::from_raw(pid)
        {
            // It may be gone by now.
            let _ = kill_process(pid, Signal::QUIT);
        }
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn quit(_data: &Path) {}
