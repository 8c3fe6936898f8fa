//! `kill -9` of everything there is, and what comes back.

use std::fs;
use std::time::{Duration, Instant};

use crate::support::{Holder, ask, ask_again, disposable, durable, kill, lives, postmaster, query, scratch, until};
use private_postgres::Supervisor;

#[test]
fn a_killed_server_comes_back_with_all_that_was_committed() {
    let scratch = scratch();
    let data_dir = scratch.path().join("pg");
    let server = Supervisor::start(durable(&data_dir)).unwrap();
    ask(server.connection(), "create table rows as select generate_series(1, 200) as n");
    let first = postmaster(&data_dir);
    for _ in 0..2 {
        let begun = Instant::now();
        kill(postmaster(&data_dir));
        assert_eq!(ask_again(server.connection(), "select count(*) from rows"), "200");
        println!("back after {:?}", begun.elapsed());
        until("the supervisor knows", || server.owns_server());
        assert_eq!(server.trouble(), None);
    }
    assert_ne!(postmaster(&data_dir), first);
    server.stop();
    assert!(!data_dir.join("data/postmaster.pid").exists());
}

/// A backend in the middle of a long computation does not notice that its postmaster is dead.
#[test]
fn a_busy_backend_of_a_killed_server_does_not_block_the_next() {
    let scratch = scratch();
    let data_dir = scratch.path().join("pg");
    let server = Supervisor::start(disposable(&data_dir)).unwrap();
    let connection = server.connection().clone();
    let endless = "select sum(n) from generate_series(1, 1000) n, generate_series(1, 1000000000) m \
                   where m % 7 = 8";
    let client = std::thread::spawn(move || query(&connection, endless));
    let busy = "select count(*) from pg_stat_activity where state = 'active' and query like 'select sum%'";
    until("the query runs", || ask(server.connection(), busy) == "1");
    kill(postmaster(&data_dir));
    assert_eq!(ask_again(server.connection(), "select 1"), "1");
    assert!(client.join().unwrap().is_err());
    server.stop();
}

#[cfg(target_os = "linux")]
#[test]
fn a_killed_owner_takes_the_server_down_in_good_order() {
    let scratch = scratch();
    let data_dir = scratch.path().join("pg");
    let owner = Holder::start(&data_dir);
    assert!(owner.owns_server);
    let server = postmaster(&data_dir);
    owner.kill();
    until("the server has ended", || !lives(server) && !data_dir.join("data/postmaster.pid").exists());
    let log = fs::read_to_string(data_dir.join("postgres.log")).unwrap();
    assert!(log.contains("fast shutdown") && log.contains("database system is shut down"), "{log}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_guest_takes_over_from_a_killed_owner() {
    let scratch = scratch();
    let data_dir = scratch.path().join("pg");
    let owner = Holder::start(&data_dir);
    let guest = Supervisor::start(disposable(&data_dir)).unwrap();
    assert!(owner.owns_server && !guest.owns_server());
    ask(guest.connection(), "create table kept as select 'yes' as answer");
    owner.kill();
    until("the guest is the owner", || guest.owns_server());
    assert_eq!(ask(guest.connection(), "select answer from kept"), "yes");
    guest.stop();
}

#[test]
fn one_guest_of_several_takes_over_from_an_owner_that_stops() {
    let scratch = scratch();
    let data_dir = scratch.path().join("pg");
    let owner = Supervisor::start(disposable(&data_dir)).unwrap();
    let guests: Vec<_> = (0..3).map(|_| Supervisor::start(disposable(&data_dir)).unwrap()).collect();
    ask(owner.connection(), "create table kept as select 'yes' as answer");
    owner.stop();
    until("a guest is the owner", || guests.iter().any(Supervisor::owns_server));
    for guest in &guests {
        assert_eq!(ask_again(guest.connection(), "select answer from kept"), "yes");
        until("nobody misses a server", || guest.trouble().is_none());
    }
    assert_eq!(guests.iter().filter(|guest| guest.owns_server()).count(), 1);
}

#[test]
fn the_next_start_copes_when_owner_and_server_are_killed_at_once() {
    let scratch = scratch();
    let data_dir = scratch.path().join("pg");
    let owner = Holder::start(&data_dir);
    let server = postmaster(&data_dir);
    kill(server);
    owner.kill();
    assert!(data_dir.join("data/postmaster.pid").exists(), "the stale file is there");
    let next = Supervisor::start(disposable(&data_dir)).unwrap();
    assert!(next.owns_server());
    next.stop();
}

/// As in a restarted container: the number in the file of the killed server belongs to an unrelated
/// process.
#[cfg(target_os = "linux")]
#[test]
fn a_stale_pid_file_may_name_any_process() {
    let scratch = scratch();
    let data_dir = scratch.path().join("pg");
    let owner = Holder::start(&data_dir);
    kill(postmaster(&data_dir));
    owner.kill();
    let account = fs::metadata(data_dir.join("data")).unwrap();
    let mut sleeper = std::process::Command::new("sleep");
    if rustix::process::geteuid().is_root() {
        use std::os::unix::{fs::MetadataExt, process::CommandExt};
        sleeper.uid(account.uid()).gid(account.gid());
    }
    let mut sleeper = sleeper.arg("600").spawn().unwrap();
    let file = data_dir.join("data/postmaster.pid");
    let text = fs::read_to_string(&file).unwrap();
    let (_, rest) = text.split_once('\n').unwrap();
    fs::write(&file, format!("{}\n{rest}", sleeper.id())).unwrap();
    let next = Supervisor::start(disposable(&data_dir)).unwrap();
    assert!(next.owns_server());
    assert!(sleeper.try_wait().unwrap().is_none(), "the unrelated process is left alone");
    sleeper.kill().unwrap();
    sleeper.wait().unwrap();
}

#[test]
fn an_unfinished_cluster_is_made_anew() {
    let scratch = scratch();
    let data_dir = scratch.path().join("pg");
    let starting = Holder::spawn(&data_dir);
    until("initdb works", || data_dir.join("data.tmp/base").exists());
    starting.kill();
    assert!(!data_dir.join("data").exists());
    let server = Supervisor::start(disposable(&data_dir)).unwrap();
    assert_eq!(ask(server.connection(), "select 1"), "1");
    assert!(!data_dir.join("data.tmp").exists());
}

#[test]
fn a_socket_that_is_cleaned_away_comes_back() {
    let scratch = scratch();
    let data_dir = scratch.path().join("pg");
    let server = Supervisor::start(disposable(&data_dir)).unwrap();
    fs::remove_dir_all(server.socket_dir()).unwrap();
    std::thread::sleep(Duration::from_millis(50));
    assert_eq!(ask_again(server.connection(), "select 1"), "1");
}
