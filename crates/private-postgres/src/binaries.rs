//! Finds an installation of Postgres that can run the cluster at hand.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::account::Account;
use crate::places::{self, Place};
use crate::{Error, OLDEST_SUPPORTED};

/// Binaries of one Postgres version, known to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Installation {
    pub bin_dir: PathBuf,
    pub major: u32,
    /// Libraries the binaries don't find by themselves (the npm packages).
    lib_dir: Option<PathBuf>,
}

impl Installation {
    /// A command that runs one of the installation's programs as `account`.
    pub fn command(&self, account: &Account, program: &str) -> Command {
        let mut command = account.command(&self.bin_dir.join(program));
        if let Some(lib_dir) = &self.lib_dir {
            command.env("LD_LIBRARY_PATH", lib_dir);
        }
        command
    }
}

/// The major version that made the cluster in `data`; `None` if there is no cluster.
pub(crate) fn cluster_version(data: &Path) -> Result<Option<u32>, Error> {
    let file = data.join("PG_VERSION");
    match fs::read_to_string(&file) {
        // "15", or "9.6" before version 10. What can't be read as a number matches no installation.
        Ok(text) => Ok(Some(leading_number(text.trim()).unwrap_or(0))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io("read", &file)(error)),
    }
}

/// The first installation in the order of [`places::all`], or in `only` if given, that can run the
/// cluster in `data`; any supported one if there is no cluster yet.
pub(crate) fn find(only: Option<&Path>, account: &Account, data: &Path) -> Result<Installation, Error> {
    let wanted = cluster_version(data)?;
    match only {
        Some(folder) => {
            let place = Place { label: folder.display().to_string(), folders: vec![folder.to_owned()] };
            search(std::iter::once(place), account, wanted, data)
        }
        None => search(places::all(account), account, wanted, data),
    }
}

fn search(
    places: impl Iterator<Item = Place>,
    account: &Account,
    wanted: Option<u32>,
    data: &Path,
) -> Result<Installation, Error> {
    let mut looked_in = Vec::new();
    let mut seen = Vec::new();
    let mut found = Vec::new();
    let mut rejected = Vec::new();
    let mut unreachable = None;
    for place in places {
        looked_in.push(place.label);
        for folder in place.folders {
            let Some(bin_dir) = resolve(&folder).filter(|bin_dir| !seen.contains(bin_dir)) else {
                continue;
            };
            seen.push(bin_dir.clone());
            match probe(&bin_dir, account) {
                Ok(installation) if is_suitable(installation.major, wanted) => {
                    return Ok(installation);
                }
                Ok(Installation { major, .. }) => {
                    rejected.push(format!("{}: version {major}", bin_dir.display()));
                    found.push((major, bin_dir));
                }
                Err(Probe::Denied) => {
                    unreachable.get_or_insert_with(|| account.unreachable(&bin_dir.join("postgres")));
                }
                Err(Probe::Failed(reason)) => {
                    rejected.push(format!("{}: {reason}", bin_dir.display()));
                }
            }
        }
    }
    if let Some(error) = unreachable {
        return Err(error);
    }
    Err(match wanted {
        Some(wanted) => Error::NoMatchingBinaries { wanted, found, data: data.to_owned() },
        None => Error::NoBinaries { looked_in, rejected },
    })
}

fn is_suitable(major: u32, wanted: Option<u32>) -> bool {
    major >= OLDEST_SUPPORTED && wanted.is_none_or(|wanted| major == wanted)
}

/// The folder the binaries really live in, so that links in `/usr/local/bin` and the like count
/// once.
fn resolve(folder: &Path) -> Option<PathBuf> {
    let postgres = fs::canonicalize(folder.join("postgres")).ok()?;
    let bin_dir = postgres.parent()?;
    bin_dir.join("initdb").is_file().then(|| bin_dir.to_owned())
}

enum Probe {
    /// The account may not run the binary.
    Denied,
    Failed(String),
}

/// Runs `postgres --version` as the account that will run the server.
fn probe(bin_dir: &Path, account: &Account) -> Result<Installation, Probe> {
    let bundled = bin_dir.components().any(|part| part.as_os_str() == "@embedded-postgres");
    let lib_dir = bin_dir.parent().map(|parent| parent.join("lib")).filter(|_| bundled);
    let mut installation = Installation { bin_dir: bin_dir.to_owned(), major: 0, lib_dir };
    let output = installation.command(account, "postgres").arg("--version").output().map_err(|error| {
        let denied = error.kind() == io::ErrorKind::PermissionDenied && account.is_other_user();
        if denied { Probe::Denied } else { Probe::Failed(error.to_string()) }
    })?;
    let text = String::from_utf8_lossy(&output.stdout);
    installation.major = parse_version(&text).ok_or_else(|| {
        let complaint = String::from_utf8_lossy(&output.stderr);
        Probe::Failed(format!("`postgres --version` gave no version: {}{}", text.trim(), complaint.trim()))
    })?;
    Ok(installation)
}

/// The major version in `postgres (PostgreSQL) 15.4 (Debian 15.4-1)`.
fn parse_version(output: &str) -> Option<u32> {
    leading_number(output.strip_prefix("postgres (PostgreSQL) ")?)
}

fn leading_number(text: &str) -> Option<u32> {
    let digits = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    text[..digits].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_version() {
        assert_eq!(parse_version("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n"), Some(15));
        assert_eq!(parse_version("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(parse_version("postgres (EnterpriseDB) 15\n"), None);
    }

    #[test]
    fn only_the_version_of_the_cluster_is_suitable() {
        assert!(is_suitable(14, None) && is_suitable(18, None) && is_suitable(15, Some(15)));
        assert!(!is_suitable(13, None) && !is_suitable(16, Some(15)) && !is_suitable(13, Some(13)));
    }
}
