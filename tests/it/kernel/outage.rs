//! The database away, and back.

use std::time::{Duration, Instant};

use kravbank::kernel::{
    clock::Clock,
    config::Settings,
    db::{self, Db},
    web::App,
};
use kravbank::server;
use private_postgres::Supervisor;

use crate::support::{
    NOW,
    db::{disposable, scratch, superuser},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_say_that_the_bank_is_away_and_come_back_by_themselves() {
    let folder = scratch();
    let start = || {
        let options = disposable(&folder.path().join("postgres"));
        tokio::task::spawn_blocking(move || Supervisor::start(options).expect("a private Postgres"))
    };
    let postgres = start().await.expect("it starts");
    let options = superuser(&postgres);
    db::create(&options, "outage").await.expect("a database");
    let options = options.database("outage");
    db::migrate(&options, false).await.expect("the schema");
    let app = App::new(Db::open(options, 4), Clock::Fixed(NOW), Settings::for_database("postgres://tests"));
    app.heartbeat.beat(Instant::now());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let server = tokio::spawn(async move { axum::serve(listener, server::service(app)).await });
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let get = async |path: &str| {
        let begun = Instant::now();
        let response = client.get(format!("{url}{path}")).send().await.expect("an answer");
        let took = begun.elapsed();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        (status, headers, response.text().await.expect("text"), took)
    };
    for path in ["/", "/krav", "/en/krav", "/readyz"] {
        assert_eq!(get(path).await.0, 200, "{path}");
    }

    tokio::task::spawn_blocking(|| postgres.stop()).await.expect("it stops");
    assert_eq!(get("/livez").await.0, 200);
    assert_eq!(get("/readyz").await.0, 503);
    for (path, heading) in [
        ("/krav", "Kravbanken går inte att nå just nu"),
        ("/krav/KB-0001", "Kravbanken går inte att nå just nu"),
        ("/en/krav", "Kravbanken cannot be reached just now"),
        ("/api/v1/requirements", "Service Unavailable"),
    ] {
        let (status, headers, body, took) = get(path).await;
        assert_eq!(status, 503, "{path}");
        assert!(body.contains(heading), "{path}: {body}");
        assert!(took < Duration::from_secs(3), "{path} took {took:?}");
        assert_eq!(headers["retry-after"], "10", "{path}");
        assert_eq!(headers["cache-control"], "no-store", "{path}");
        for leak in ["sqlx", "postgres", "os error", "PoolTimedOut", "select", ".rs", "/tmp", "/dev/shm"] {
            assert!(!body.to_lowercase().contains(leak), "{path} shows {leak}: {body}");
        }
    }

    let postgres = start().await.expect("it starts");
    let begun = Instant::now();
    while get("/krav").await.0 != 200 {
        assert!(begun.elapsed() < Duration::from_secs(20), "it does not come back");
    }
    assert_eq!(get("/readyz").await.0, 200);
    server.abort();
    tokio::task::spawn_blocking(|| postgres.stop()).await.expect("it stops");
}
