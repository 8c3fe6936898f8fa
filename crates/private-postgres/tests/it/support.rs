//! What the tests of the private server have in common: places for data directories, a client of
//! forty lines, so that no driver or `psql` is needed, and processes of their own that can be
//! killed.

use std::fs::{self, Permissions};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use private_postgres::{Connection, Durability, Options};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use tempfile::TempDir;

/// Tells a copy of the test program to be a process that holds a server; see [`Holder`].
const HOLD: &str = "PRIVATE_POSTGRES_TEST_HOLD";
/// Longer than anything here takes on a busy machine.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// A folder for data directories that the server's account can reach, too.
pub fn scratch() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).expect("its mode is set");
    folder
}

/// What a program would use. `KRAVBANK_PG_BIN` runs the tests with other binaries than the ones
/// found.
pub fn durable(data_dir: &Path) -> Options {
    Options { bin_dir: std::env::var_os("KRAVBANK_PG_BIN").map(PathBuf::from), ..Options::new(data_dir) }
}

/// Options for a server whose data nobody will miss.
pub fn disposable(data_dir: &Path) -> Options {
    Options { durability: Durability::Disposable, max_connections: 20, ..durable(data_dir) }
}

/// Runs SQL and gives the first column of the last row, or Postgres' complaint as an error.
pub fn query(connection: &Connection, sql: &str) -> io::Result<String> {
    let socket = connection.socket_dir.join(format!(".s.PGSQL.{}", connection.port));
    let mut stream = UnixStream::connect(socket)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let startup = format!("user\0{}\0database\0postgres\0\0", connection.user);
    let protocol_3 = 196_608_u32.to_be_bytes();
    stream.write_all(&framed(None, &[&protocol_3, startup.as_bytes()].concat()))?;
    stream.write_all(&framed(Some(b'Q'), format!("{sql}\0").as_bytes()))?;
    let (mut greeted, mut value, mut complaint) = (false, String::new(), None);
    loop {
        let mut head = [0; 5];
        stream.read_exact(&mut head)?;
        let length = u32::from_be_bytes([head[1], head[2], head[3], head[4]]);
        let mut body = vec![0; usize::try_from(length).expect("a length") - 4];
        stream.read_exact(&mut body)?;
        match head[0] {
            // A row: two bytes of column count, four of the first column's length, and the column.
            b'D' => {
                let length = u32::from_be_bytes([body[2], body[3], body[4], body[5]]);
                let end = 6 + usize::try_from(length).expect("a length");
                value = String::from_utf8_lossy(&body[6..end]).into_owned();
            }
            b'E' if greeted => complaint = Some(String::from_utf8_lossy(&body).into_owned()),
            b'E' => {
                return Err(io::Error::other(String::from_utf8_lossy(&body).into_owned()));
            }
            // Ready for a query: first after the greeting, then after the answer.
            b'Z' if greeted => {
                return complaint.map_or(Ok(value), |text| Err(io::Error::other(text)));
            }
            b'Z' => greeted = true,
            _ => {}
        }
    }
}

fn framed(kind: Option<u8>, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 4).expect("a short message");
    kind.into_iter().chain(length.to_be_bytes()).chain(body.iter().copied()).collect()
}

/// Runs SQL that has to work.
pub fn ask(connection: &Connection, sql: &str) -> String {
    query(connection, sql).unwrap_or_else(|error| panic!("{sql}: {error}"))
}

/// Runs SQL until it works, as a connection pool would after the server was gone.
pub fn ask_again(connection: &Connection, sql: &str) -> String {
    let begun = Instant::now();
    loop {
        match query(connection, sql) {
            Ok(value) => return value,
            Err(error) => assert!(begun.elapsed() < PATIENCE, "{sql}: {error}"),
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Waits until something is so.
pub fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < PATIENCE, "in vain waited until {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The process id of the server that runs on the data directory.
pub fn postmaster(data_dir: &Path) -> Pid {
    let file = fs::read_to_string(data_dir.join("data/postmaster.pid")).expect("a running server");
    let number = file.lines().next().and_then(|line| line.parse().ok()).expect("a process id");
    Pid::from_raw(number).expect("a process id")
}

pub fn kill(pid: Pid) {
    kill_process(pid, Signal::KILL).expect("the process is there to be killed");
}

pub fn lives(pid: Pid) -> bool {
    test_kill_process(pid).is_ok()
}

/// Another process that has a server on a data directory until it is told to stop, or killed.
pub struct Holder {
    child: Child,
    /// Kept open: the process would not survive writing into a closed pipe.
    _output: BufReader<ChildStdout>,
    pub owns_server: bool,
}

impl Holder {
    /// Starts the process and waits until it has a server.
    pub fn start(data_dir: &Path) -> Self {
        Self::spawn(data_dir).wait()
    }

    /// Starts the process only.
    pub fn spawn(data_dir: &Path) -> Starting {
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command.args(["--exact", "another_process", "--nocapture"]).env(HOLD, data_dir);
        Starting(command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a copy of this program runs"))
    }

    pub fn kill(mut self) {
        self.child.kill().expect("the process is there to be killed");
        self.child.wait().expect("it ends");
    }

    /// Lets the process stop its supervisor and end.
    pub fn stop(mut self) {
        drop(self.child.stdin.take());
        assert!(self.child.wait().expect("it ends").success());
    }
}

/// A [`Holder`] that may not have its server yet.
pub struct Starting(Child);

impl Starting {
    pub fn kill(mut self) {
        self.0.kill().expect("the process is there to be killed");
        self.0.wait().expect("it ends");
    }

    pub fn wait(mut self) -> Holder {
        let mut output = BufReader::new(self.0.stdout.take().expect("a pipe"));
        let mut line = String::new();
        let owns_server = loop {
            line.clear();
            let read = output.read_line(&mut line).expect("the other process writes text");
            assert_ne!(read, 0, "the other process ended without a server");
            if let Some((_, answer)) = line.split_once("owns=") {
                break answer.trim() == "true";
            }
        };
        Holder { child: self.0, _output: output, owns_server }
    }
}

/// The other side of [`Holder`]: the body of a test that does nothing when run as a test.
pub fn be_a_holder_if_told() {
    let Some(data_dir) = std::env::var_os(HOLD).map(PathBuf::from) else {
        return;
    };
    let supervisor = private_postgres::Supervisor::start(disposable(&data_dir)).expect("a server");
    println!("owns={}", supervisor.owns_server());
    // Ends when the test closes the pipe, or ends itself.
    let _ = io::stdin().read(&mut [0]);
    supervisor.stop();
}
