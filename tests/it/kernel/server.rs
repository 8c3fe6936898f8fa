//! Connections: how long they may take, and how they end.

use std::time::{Duration, Instant};

use kravbank::{kernel::web::App, server};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
};

use crate::support::TestApp;

/// The server as the program runs it, for an application of a test's.
struct Running {
    address: std::net::SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    ended: JoinHandle<anyhow::Result<()>>,
}

async fn start(app: &App, header_limit: Duration) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = oneshot::channel();
    let stopped = async {
        let _ = stopped.await;
    };
    let ended = tokio::spawn(server::serve_patiently(app.clone(), listener, stopped, header_limit));
    Running { address, stop: Some(stop), ended }
}

async fn connect(running: &Running, first: &str) -> TcpStream {
    let mut socket = TcpStream::connect(running.address).await.expect("a connection");
    socket.write_all(first.as_bytes()).await.expect("it is sent");
    socket
}

/// What comes until the other side closes.
async fn rest(socket: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(20), socket.read_to_end(&mut bytes)).await;
    // A reset closes too.
    let _ = read.expect("the other side closes");
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_header_does_not_hold_a_connection() {
    let app = TestApp::spawn().await;
    let mut running = start(&app.app, Duration::from_millis(300)).await;
    for half in ["", "G", "GET /livez HTTP/1.1\r\nHost: x\r\nX-Slow: "] {
        let begun = Instant::now();
        let answer = rest(&mut connect(&running, half).await).await;
        assert!(!answer.starts_with("HTTP/1.1 200") && begun.elapsed() < Duration::from_secs(5), "{half}: {answer}");
    }
    // Nor does one that was answered and asks for nothing more.
    let answer = rest(&mut connect(&running, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n").await).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("ok\n"), "{answer}");
    running.stop.take().expect("once").send(()).expect("it runs");
    running.ended.await.expect("no panic").expect("a good end");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_runs_is_finished_and_nothing_new_is_begun() {
    let app = TestApp::spawn().await;
    let mut running = start(&app.app, Duration::from_secs(10)).await;
    // Whoever reads requirements waits for this.
    let mut lock = app.db.connect().await;
    sqlx::raw_sql("begin; lock table requirement_version in access exclusive mode").execute(&mut lock).await.expect("locked");
    let idle = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n";
    let mut idle = connect(&running, idle).await;
    let mut first = [0; 12];
    idle.read_exact(&mut first).await.expect("an answer");
    let mut silent = connect(&running, "").await;
    let mut slow = connect(&running, "GET /krav HTTP/1.1\r\nHost: x\r\n\r\n").await;
    let waits = "select exists (select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database())";
    let begun = Instant::now();
    while !app.db.value::<bool>(waits).await {
        assert!(begun.elapsed() < Duration::from_secs(10), "nobody waits");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }

    let begun = Instant::now();
    running.stop.take().expect("once").send(()).expect("it runs");
    tokio::time::sleep(Duration::from_millis(100)).await;
    // Those who ask whether to send visitors are told before the door is closed.
    let mut ready = connect(&running, "GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await;
    let ready = rest(&mut ready).await;
    assert!(ready.starts_with("HTTP/1.1 503") && ready.contains("draining"), "{ready}");
    rest(&mut idle).await;
    rest(&mut silent).await;
    assert!(begun.elapsed() < Duration::from_secs(5), "idle connections are closed at once");
    TcpStream::connect(running.address).await.expect_err("the door is closed");
    assert!(!running.ended.is_finished(), "a request runs");

    sqlx::raw_sql("rollback").execute(&mut lock).await.expect("unlocked");
    let page = rest(&mut slow).await;
    assert!(page.starts_with("HTTP/1.1 200") && page.trim_end().ends_with("</html>"), "{page}");
    running.ended.await.expect("no panic").expect("a good end");
}

/// The program as it runs knows who is connected; what a visitor writes into a header is nothing to it.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_counts_by_the_socket_that_it_came_through() {
    let app = TestApp::spawn().await;
    let mut running = start(&app.app, Duration::from_secs(10)).await;
    for n in 1..=6 {
        let form = format!("text=Rapport+{n}");
        let request = format!(
            "POST /tillganglighet/rapporter HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Forwarded-For: 192.0.2.{n}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            form.len()
        );
        let answer = rest(&mut connect(&running, &request).await).await;
        let expected = if n <= 5 { "HTTP/1.1 303" } else { "HTTP/1.1 429" };
        assert!(answer.starts_with(expected), "{n}: {answer}");
    }
    running.stop.take().expect("once").send(()).expect("it runs");
    running.ended.await.expect("no panic").expect("a good end");
}
