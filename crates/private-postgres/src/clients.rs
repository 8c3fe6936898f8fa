//! Where PostgreSQL's own clients are: `pg_dump`, `pg_restore`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::account::Account;
use crate::places;

/// The program of this name that fits a server of this major version, in the folder `only` or wherever Postgres may be
/// installed: the one of the same version, else the first newer one. An older one cannot read what a newer server has.
/// `None` where there is none.
pub fn client_program(name: &str, server: u32, only: Option<&Path>) -> Option<PathBuf> {
    let found: Vec<(u32, PathBuf)> = match only {
        Some(folder) => versioned(folder, name).into_iter().collect(),
        None => {
            // Any account will do: the programs are only asked for their version.
            let account = Account::for_cluster(Path::new("/nonexistent")).ok()?;
            places::all(&account).flat_map(|place| place.folders).filter_map(|folder| versioned(&folder, name)).collect()
        }
    };
    let same = found.iter().find(|(major, _)| *major == server);
    same.or_else(|| found.iter().find(|(major, _)| *major > server)).map(|(_, program)| program.clone())
}

/// The program in this folder with its major version, if it runs.
fn versioned(folder: &Path, name: &str) -> Option<(u32, PathBuf)> {
    let program = folder.join(name);
    if !program.is_file() {
        return None;
    }
    let output = Command::new(&program).arg("--version").output().ok().filter(|output| output.status.success())?;
    // `pg_dump (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)`
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let number = text.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    let digits = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    Some((number[..digits].parse().ok()?, program))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn the_same_version_comes_before_a_newer_one_and_an_older_one_is_none() {
        let root = tempfile::tempdir().unwrap();
        let program = root.path().join("pg_dump");
        std::fs::write(&program, "#!/bin/sh\necho 'pg_dump (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)'\n").unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        for (server, expected) in [(14, Some(&program)), (15, Some(&program)), (16, None)] {
            assert_eq!(client_program("pg_dump", server, Some(root.path())).as_ref(), expected, "{server}");
        }
        assert_eq!(client_program("pg_restore", 15, Some(root.path())), None);
    }
}
