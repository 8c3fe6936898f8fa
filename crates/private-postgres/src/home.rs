//! The data directory: what is where in it, and to whom it belongs.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt, lchown};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;

use crate::Error;
use crate::account::Account;
use crate::socket;

/// The paths of one data directory, and the account its server runs as.
#[derive(Debug, Clone)]
pub(crate) struct Home {
    pub account: Account,
    /// The data directory, without symbolic links, so that all who name it agree.
    pub folder: PathBuf,
    /// The cluster (Postgres' own data directory).
    pub data: PathBuf,
    /// Where a new cluster is made before it is moved to `data`.
    pub staging: PathBuf,
    pub lock: PathBuf,
    pub log: PathBuf,
    pub socket_dir: PathBuf,
}

impl Home {
    /// Makes what is missing and checks what is there. Safe to run in many processes at once.
    pub fn prepare(data_dir: &Path) -> Result<Self, Error> {
        make_passable(data_dir)?;
        let folder = fs::canonicalize(data_dir).map_err(Error::io("resolve", data_dir))?;
        let data = folder.join("data");
        let account = Account::for_cluster(&data)?;
        account.check_can_enter(&folder)?;
        if account.is_other_user() {
            take_over_from_root(&folder, &data, &account)?;
        }
        let socket_dir = socket::prepare(&folder, &account)?;
        Ok(Self {
            data,
            staging: folder.join("data.tmp"),
            lock: folder.join("lock"),
            log: folder.join("postgres.log"),
            socket_dir,
            account,
            folder,
        })
    }
}

/// Opens a file of ours for reading and appending, made with mode 0600 if missing. Never through a
/// symbolic link: in a data directory that somebody gave to the server's account, a link could lead
/// root to any file.
pub(crate) fn open_own_file(path: &Path) -> Result<File, Error> {
    let no_follow = OFlags::NOFOLLOW.bits().cast_signed();
    let opened = OpenOptions::new().read(true).append(true).create(true).mode(0o600).custom_flags(no_follow).open(path);
    opened.map_err(Error::io("open", path))
}

/// Makes `folder` and its missing parents. Root's folders let others pass through (but not list
/// them), because the server runs as another user; the umask has no say. An existing folder's mode
/// is the administrator's choice and left alone.
fn make_passable(folder: &Path) -> Result<(), Error> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        make_passable(parent)?;
    }
    let mode = if rustix::process::geteuid().is_root() { 0o711 } else { 0o700 };
    match fs::create_dir(folder) {
        Ok(()) => fs::set_permissions(folder, Permissions::from_mode(mode)).map_err(Error::io("set the mode of", folder)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(Error::io("make the data directory", folder)(error)),
    }
}

/// Gives a cluster that root put there (say, a restored copy) to the account. One that has an owner
/// is left alone, and so is one in a folder that is not root's, whose owner could put something
/// else in its place meanwhile.
fn take_over_from_root(folder: &Path, data: &Path, account: &Account) -> Result<(), Error> {
    let is_roots = |path: &Path| fs::symlink_metadata(path).is_ok_and(|metadata| metadata.uid() == 0);
    if !is_roots(data) || !is_roots(folder) {
        return Ok(());
    }
    give_away_contents(data, account)?;
    // The cluster's folder last: it marks the work as done.
    lchown(data, Some(account.uid), Some(account.gid)).map_err(Error::io("give away", data))
}

fn give_away_contents(folder: &Path, account: &Account) -> Result<(), Error> {
    for entry in fs::read_dir(folder).map_err(Error::io("read", folder))? {
        let entry = entry.map_err(Error::io("read", folder))?;
        let path = entry.path();
        // Neither of these follows symbolic links.
        if entry.file_type().map_err(Error::io("look at", &path))?.is_dir() {
            give_away_contents(&path, account)?;
        }
        lchown(&path, Some(account.uid), Some(account.gid)).map_err(Error::io("give away", &path))?;
    }
    Ok(())
}
