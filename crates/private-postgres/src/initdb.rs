//! Makes the cluster.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt, lchown};
use std::path::Path;
use std::thread;
use std::time::Duration;

use rustix::process::Signal;

use crate::account::tie_to_this_thread;
use crate::binaries::{self, Installation};
use crate::home::Home;
use crate::{Durability, Error};

/// The cluster's superuser, whoever runs the server.
pub(crate) const SUPERUSER: &str = "postgres";

/// Makes the cluster if there is none. To be called with the start lock held.
///
/// The work is done beside its final place and moved there at the end, so a half-made cluster is
/// never mistaken for one.
pub(crate) fn ensure_cluster(home: &Home, installation: &Installation, durability: Durability) -> Result<(), Error> {
    if binaries::cluster_version(&home.data)?.is_some() {
        return Ok(());
    }
    if !is_empty_or_missing(&home.data)? {
        return Err(Error::NotACluster { path: home.data.clone() });
    }
    remove_folder(&home.staging)?;
    DirBuilder::new().mode(0o700).create(&home.staging).map_err(Error::io("make", &home.staging))?;
    if home.account.is_other_user() {
        let (uid, gid) = (Some(home.account.uid), Some(home.account.gid));
        lchown(&home.staging, uid, gid).map_err(Error::io("give away", &home.staging))?;
    }
    run(home, installation, durability)?;
    fs::rename(&home.staging, &home.data).map_err(Error::io("move the new cluster to", &home.data))?;
    // Makes the move itself durable; initdb has seen to the contents.
    File::open(&home.folder).and_then(|folder| folder.sync_all()).map_err(Error::io("sync", &home.folder))
}

fn run(home: &Home, installation: &Installation, durability: Durability) -> Result<(), Error> {
    let mut command = installation.command(&home.account, "initdb");
    command.arg("--pgdata").arg(&home.staging);
    command.args(["--username", SUPERUSER, "--encoding=UTF8", "--no-instructions"]);
    // Whoever reaches the socket may come in; see `socket` for who can. Nothing listens on the
    // network, and if it ever did, nobody would get in that way.
    command.args(["--auth-local=trust", "--auth-host=reject"]);
    command.args(locale(installation.major));
    if durability == Durability::Disposable {
        command.arg("--no-sync");
    }
    tie_to_this_thread(&mut command, Signal::KILL);
    let output = command.output().map_err(Error::io("run", &installation.bin_dir.join("initdb")))?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).trim_end().to_owned();
    Err(Error::Initdb { path: home.staging.clone(), output: format!("{said}\n({})", output.status) })
}

/// A locale that knows the letters å, ä and ö.
///
/// With plain `C`, `lower('Å')` is still `Å`, and full-text search misses every word in capitals.
/// The C library's `LC_CTYPE` must be right also where Postgres brings its own locale, since the
/// text search parser of version 17 asks it.
fn locale(major: u32) -> &'static [&'static str] {
    // Old releases of macOS have no C.UTF-8, but all have this one.
    const OPTIONS: [&str; 3] = [
        if cfg!(target_os = "macos") { "--locale=en_US.UTF-8" } else { "--locale=C.UTF-8" },
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
    ];
    // Postgres' own locale is the same on every system, and does not change with the C library.
    if major >= 17 { &OPTIONS } else { &OPTIONS[..1] }
}

fn is_empty_or_missing(folder: &Path) -> Result<bool, Error> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(Error::io("read", folder)(error)),
    }
}

/// Removes what a killed initdb left. Its last child may still be writing for a moment.
fn remove_folder(folder: &Path) -> Result<(), Error> {
    let mut tries = 0;
    loop {
        match fs::remove_dir_all(folder) {
            Ok(()) => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(_) if tries < 20 => thread::sleep(Duration::from_millis(100)),
            Err(error) => return Err(Error::io("remove the unfinished cluster", folder)(error)),
        }
        tries += 1;
    }
}
