//! The folder of the Unix socket: who may enter it is all the access control there is.

use std::fs::{self, DirBuilder, OpenOptions, Permissions};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;
use rustix::process::geteuid;

use crate::Error;
use crate::account::Account;

/// Part of the socket's name; nothing listens on the network.
pub(crate) const PORT: u16 = 5432;

/// The longest path a Unix socket can have: `sun_path` without its final zero byte.
const LONGEST_PATH: usize = if cfg!(any(target_os = "linux", target_os = "android")) { 107 } else { 103 };

/// Not `TMPDIR`: every process must come to the same folder from the data directory alone.
const FALLBACK_PARENT: &str = "/tmp";

/// The socket's folder for the data directory `home`, made if missing and checked that only
/// `account` (and root) can enter.
pub(crate) fn prepare(home: &Path, account: &Account) -> Result<PathBuf, Error> {
    let inside = home.join("socket");
    if is_usable(&inside) {
        make_private(&inside, account, true)?;
        return Ok(inside);
    }
    let fallback = fallback(home, account.uid);
    make_private(&fallback, account, false)?;
    Ok(fallback)
}

/// True if a server accepts connections on the socket in `folder`.
pub(crate) fn accepts(folder: &Path) -> bool {
    UnixStream::connect(file(folder)).is_ok()
}

/// The socket itself.
pub(crate) fn file(folder: &Path) -> PathBuf {
    folder.join(format!(".s.PGSQL.{PORT}"))
}

/// Removes what a killed server left. Only for a caller that knows no server runs.
pub(crate) fn remove_leftovers(folder: &Path) {
    let socket = file(folder);
    // Best effort: Postgres replaces both files if they are still there.
    let _ = fs::remove_file(socket.with_extension(format!("{PORT}.lock")));
    let _ = fs::remove_file(socket);
}

/// Short enough for a socket, and free of what clients (`host=a,b` is a list of hosts) and
/// `postmaster.pid` trip over.
fn is_usable(folder: &Path) -> bool {
    let plain = folder.to_str().is_some_and(|text| !text.contains([',', '"']) && !text.contains(char::is_control));
    plain && file(folder).as_os_str().len() <= LONGEST_PATH
}

/// A short path that depends on nothing but the data directory and the server's user.
fn fallback(home: &Path, uid: u32) -> PathBuf {
    // FNV-1a, written out because the standard library's hash may change from one release to the
    // next.
    let hash = home
        .as_os_str()
        .as_bytes()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3));
    Path::new(FALLBACK_PARENT).join(format!("private-postgres-{uid}-{hash:016x}"))
}

/// Makes `folder` with mode 0700 for `account`, or checks that it is so. Somebody else may have
/// made it first: `/tmp` is open to all. Inside the data directory (`ours`) a wrong mode is set
/// right, elsewhere it is refused.
fn make_private(folder: &Path, account: &Account, ours: bool) -> Result<(), Error> {
    let made = match DirBuilder::new().mode(0o700).create(folder) {
        Ok(()) => true,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => false,
        Err(error) => return Err(Error::io("make", folder)(error)),
    };
    // From here on through one file descriptor, so that what is checked is what was opened; never
    // through a symbolic link.
    let no_follow = OFlags::NOFOLLOW.union(OFlags::DIRECTORY).bits().cast_signed();
    let refused = |problem: String| Error::SocketDirectory { path: folder.to_owned(), problem };
    let opened = OpenOptions::new().read(true).custom_flags(no_follow).open(folder);
    let opened = opened.map_err(|error| refused(format!("it is not a folder that can be opened ({error})")))?;
    let metadata = opened.metadata().map_err(Error::io("look at", folder))?;
    // Root may have been killed between making the folder and giving it away.
    if metadata.uid() == 0 && geteuid().is_root() {
        fchown(&opened, Some(account.uid), Some(account.gid)).map_err(Error::io("give away", folder))?;
    } else if metadata.uid() != account.uid {
        let owner = metadata.uid();
        return Err(refused(format!("it belongs to user id {owner}, not to {} ({})", account.name, account.uid)));
    }
    if metadata.mode() & 0o7777 != 0o700 {
        if !made && !ours {
            return Err(refused(format!("it is open to others (mode {:o})", metadata.mode() & 0o7777)));
        }
        opened.set_permissions(Permissions::from_mode(0o700)).map_err(Error::io("close to others", folder))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own_account() -> Account {
        Account::for_cluster(Path::new("/nonexistent")).unwrap()
    }

    #[test]
    fn long_and_odd_paths_are_replaced_by_a_stable_short_one() {
        assert!(is_usable(Path::new("/home/åsa b/postgres/socket")));
        assert!(is_usable(Path::new(&format!("/{}", "x".repeat(LONGEST_PATH - 15)))));
        assert!(!is_usable(Path::new(&format!("/{}", "x".repeat(LONGEST_PATH - 14)))));
        assert!(!is_usable(Path::new("/home/a,b/socket")));
        assert_eq!(fallback(Path::new("/a"), 7), Path::new("/tmp/private-postgres-7-07d66707b49cd92d"));
        assert_ne!(fallback(Path::new("/a"), 7), fallback(Path::new("/b"), 7));
        assert!(is_usable(&fallback(Path::new("/a"), u32::MAX)));
    }

    #[test]
    fn a_squatted_folder_is_refused() {
        let parent = tempfile::tempdir().unwrap();
        let account = own_account();

        let good = parent.path().join("good");
        make_private(&good, &account, false).unwrap();
        make_private(&good, &account, false).unwrap();
        let metadata = fs::metadata(&good).unwrap();
        assert_eq!((metadata.uid(), metadata.mode() & 0o7777), (account.uid, 0o700));

        let link = parent.path().join("link");
        std::os::unix::fs::symlink(&good, &link).unwrap();
        assert!(matches!(make_private(&link, &account, false), Err(Error::SocketDirectory { .. })));

        fs::set_permissions(&good, Permissions::from_mode(0o777)).unwrap();
        assert!(matches!(make_private(&good, &account, false), Err(Error::SocketDirectory { .. })));
        make_private(&good, &account, true).unwrap();

        if geteuid().is_root() {
            fs::set_permissions(&good, Permissions::from_mode(0o700)).unwrap();
            std::os::unix::fs::chown(&good, Some(account.uid + 1), None).unwrap();
            assert!(matches!(make_private(&good, &account, false), Err(Error::SocketDirectory { .. })));
        }
    }
}
