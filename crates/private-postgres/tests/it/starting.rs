//! What a caller gets, and what it is told when it can't get it.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::support::{Holder, Starting, ask, disposable, durable, postmaster, query, scratch, until};
use private_postgres::{Error, Options, Supervisor};
use rustix::process::geteuid;

#[test]
fn a_durable_server_is_made_kept_and_found_again() {
    let scratch = scratch();
    let data_dir = scratch.path().join("made/on/the/way");
    let server = Supervisor::start(durable(&data_dir)).unwrap();
    assert!(server.owns_server());
    assert_eq!(server.trouble(), None);
    assert!(server.binaries().join("postgres").is_file());
    ask(server.connection(), "create table kept as select 'Å' as letter");

    let settings = "select string_agg(name || '=' || setting, ' ' order by name) from pg_settings \
                    where name in ('fsync', 'full_page_writes', 'listen_addresses', \
                    'max_connections', 'synchronous_commit')";
    let expected = "fsync=on full_page_writes=on listen_addresses= max_connections=100 synchronous_commit=on";
    assert_eq!(ask(server.connection(), settings), expected);

    let connection = server.connection().clone();
    server.stop();
    assert!(query(&connection, "select 1").is_err(), "the server is gone when stop returns");
    assert!(!data_dir.join("data/postmaster.pid").exists(), "it ended in good order");

    // By another name for the same folder, and with other settings.
    let link = scratch.path().join("link");
    symlink(&data_dir, &link).unwrap();
    let begun = Instant::now();
    let server = Supervisor::start(disposable(&link)).unwrap();
    println!("second start: {:?}", begun.elapsed());
    assert_eq!(server.connection(), &connection, "the socket stays where it was");
    assert_eq!(ask(server.connection(), "select letter from kept"), "Å");
    let expected = "fsync=off full_page_writes=off listen_addresses= max_connections=20 \
                    synchronous_commit=off";
    assert_eq!(ask(server.connection(), settings), expected);
}

#[test]
fn swedish_letters_are_letters() {
    let scratch = scratch();
    let server = Supervisor::start(disposable(&scratch.path().join("pg"))).unwrap();
    assert_eq!(ask(server.connection(), "select lower('ÅÄÖ') = 'åäö'"), "t");
    let same = "select to_tsvector('swedish', 'ÄRENDEN') = to_tsvector('swedish', 'ärenden')";
    assert_eq!(ask(server.connection(), same), "t");
    assert_eq!(ask(server.connection(), "select 'ÅTERVINNING' ilike 'återvinning'"), "t");
    assert_eq!(ask(server.connection(), "show server_encoding"), "UTF8");
}

#[test]
fn only_the_servers_user_can_reach_it_and_root_does_not_run_it() {
    let scratch = scratch();
    let data_dir = scratch.path().join("pg");
    let server = Supervisor::start(disposable(&data_dir)).unwrap();
    let folder = fs::metadata(server.socket_dir()).unwrap();
    assert_eq!(folder.mode() & 0o777, 0o700);
    if geteuid().is_root() {
        assert_ne!(folder.uid(), 0);
        let process = format!("/proc/{}", postmaster(&data_dir));
        let status = fs::read_to_string(format!("{process}/status")).unwrap();
        let field = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim();
        // Real, effective, saved and file system user.
        assert_eq!(field("Uid:"), [folder.uid().to_string().as_str(); 4].join("\t"));
        assert_eq!(field("Groups:"), "", "root's other groups are dropped");
        assert_eq!(fs::metadata(&data_dir).unwrap().uid(), 0, "the log and lock stay root's");
    }
    assert_eq!(server.superuser(), ask(server.connection(), "select current_user"));
    if let Some(psql) = Some(server.binaries().join("psql")).filter(|psql| psql.exists()) {
        let output = Command::new(psql).envs(server.connection().environment()).args(["-tAc", "select 6 * 7"]).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "42");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_callers_secrets_are_not_handed_down() {
    let scratch = scratch();
    let data_dir = scratch.path().join("pg");
    let server = Supervisor::start(disposable(&data_dir)).unwrap();
    let environment = fs::read(format!("/proc/{}/environ", postmaster(&data_dir))).unwrap();
    let names: Vec<String> = String::from_utf8_lossy(&environment)
        .split('\0')
        .filter_map(|entry| Some(entry.split_once('=')?.0.to_owned()))
        .filter(|name| !["PATH", "LC_ALL", "TZ", "LOCPATH", "LOCALE_ARCHIVE", "LD_LIBRARY_PATH"].contains(&name.as_str()))
        // Set by the server itself.
        .filter(|name| !name.starts_with("PG") && !name.starts_with("LC_"))
        .collect();
    assert_eq!(names, [""; 0]);
    server.stop();
}

#[test]
fn eight_starters_share_one_server() {
    let scratch = scratch();
    let data_dir = scratch.path().join("pg");
    let starting: Vec<_> = (0..7).map(|_| Holder::spawn(&data_dir)).collect();
    let here = Supervisor::start(disposable(&data_dir)).unwrap();
    let holders: Vec<Holder> = starting.into_iter().map(Starting::wait).collect();
    let owners = holders.iter().filter(|holder| holder.owns_server).count() + usize::from(here.owns_server());
    assert_eq!(owners, 1);
    let starts = fs::read_to_string(data_dir.join("postgres.log")).unwrap();
    assert_eq!(starts.matches("ready to accept connections").count(), 1);
    let (owner, guests): (Vec<Holder>, Vec<Holder>) = holders.into_iter().partition(|holder| holder.owns_server);
    guests.into_iter().for_each(Holder::stop);
    here.stop();
    owner.into_iter().for_each(Holder::stop);
    until("the server has ended", || !data_dir.join("data/postmaster.pid").exists());
}

#[test]
fn a_long_path_gets_a_short_socket_that_all_agree_on() {
    let scratch = scratch();
    let data_dir = scratch.path().join("long-".repeat(40)).join("path");
    let server = Supervisor::start(disposable(&data_dir)).unwrap();
    assert!(server.socket_dir().starts_with("/tmp"));
    assert_eq!(ask(server.connection(), "select 1"), "1");
    let guest = Supervisor::start(disposable(&data_dir)).unwrap();
    assert!(!guest.owns_server());
    assert_eq!(guest.connection(), server.connection());
    guest.stop();
    let socket_dir = server.socket_dir().to_owned();
    server.stop();
    fs::remove_dir(socket_dir).expect("the server has cleaned up its socket");
}

#[test]
fn missing_binaries_are_explained() {
    let scratch = scratch();
    let empty = scratch.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let options = Options { bin_dir: Some(empty.clone()), ..disposable(&scratch.path().join("pg")) };
    let error = Supervisor::start(options).unwrap_err();
    assert!(matches!(&error, Error::NoBinaries { looked_in, .. } if *looked_in == [&*empty.to_string_lossy()]));
    for part in ["empty", "./dev run", "KRAVBANK_PG_BIN", "DATABASE_URL"] {
        assert!(error.to_string().contains(part), "{error}");
    }
}

#[test]
fn another_version_of_the_cluster_is_explained() {
    let scratch = scratch();
    let data_dir = scratch.path().join("pg");
    fs::create_dir_all(data_dir.join("data")).unwrap();
    fs::write(data_dir.join("data/PG_VERSION"), "9.6\n").unwrap();
    let error = Supervisor::start(disposable(&data_dir)).unwrap_err();
    assert!(matches!(&error, Error::NoMatchingBinaries { wanted: 9, found, .. } if !found.is_empty()), "{error}");
    assert!(data_dir.join("data/PG_VERSION").exists(), "nothing was touched");
}

#[test]
fn a_folder_of_something_else_is_left_alone() {
    let scratch = scratch();
    let data_dir = scratch.path().join("pg");
    fs::create_dir_all(data_dir.join("data")).unwrap();
    fs::write(data_dir.join("data/diary.txt"), "private").unwrap();
    let error = Supervisor::start(disposable(&data_dir)).unwrap_err();
    assert!(matches!(error, Error::NotACluster { .. }), "{error}");
}

#[test]
fn a_closed_folder_is_named() {
    if !geteuid().is_root() {
        return;
    }
    let scratch = scratch();
    let closed = scratch.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, Permissions::from_mode(0o700)).unwrap();
    let expect_closed = |error: Error| match error {
        Error::Unreachable { blocked_at, .. } => assert_eq!(blocked_at, closed),
        other => panic!("{other}"),
    };
    expect_closed(Supervisor::start(disposable(&closed.join("deep/pg"))).unwrap_err());

    // The same for binaries, such as those of a checkout in somebody's home.
    for program in ["postgres", "initdb"] {
        fs::copy("/bin/true", closed.join(program)).unwrap();
    }
    let options = Options { bin_dir: Some(closed.clone()), ..disposable(&scratch.path().join("pg")) };
    expect_closed(Supervisor::start(options).unwrap_err());
}

#[test]
fn a_cluster_restored_by_root_is_given_to_the_servers_user() {
    if !geteuid().is_root() {
        return;
    }
    let scratch = scratch();
    let data_dir = scratch.path().join("pg");
    let server = Supervisor::start(disposable(&data_dir)).unwrap();
    let owner = fs::metadata(data_dir.join("data")).unwrap().uid();
    server.stop();
    give_to_root(&data_dir.join("data"));
    let server = Supervisor::start(disposable(&data_dir)).unwrap();
    assert_eq!(fs::metadata(data_dir.join("data/PG_VERSION")).unwrap().uid(), owner);
    server.stop();
}

fn give_to_root(path: &Path) {
    std::os::unix::fs::lchown(path, Some(0), Some(0)).unwrap();
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            give_to_root(&entry.unwrap().path());
        }
    }
}

#[test]
fn a_failing_server_is_quoted() {
    let scratch = scratch();
    let data_dir = scratch.path().join("pg");
    Supervisor::start(disposable(&data_dir)).unwrap().stop();
    fs::write(data_dir.join("data/postgresql.auto.conf"), "no_such_setting = 1\n").unwrap();
    let error = Supervisor::start(disposable(&data_dir)).unwrap_err();
    assert!(matches!(error, Error::ServerFailed { .. }));
    assert!(error.to_string().contains("no_such_setting"), "{error}");
}
