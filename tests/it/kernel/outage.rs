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
        for leak in ["sqlx", "postgres", "os error", "PoolTimedOut", "select *", ".rs", "/tmp", "/dev/shm"] {
            assert!(!body.to_lowercase().contains(leak), "{path} shows {leak}: {body}");
        }
    }

    // What was typed is shown again, with the same key: sent once more it is still one report.
    let key = "018f0000-0000-7000-8000-000000000001";
    let typed = format!("nyckel={key}&text=Hela+min+l%C3%A5nga+text&epost=anna@example.se&slag=fact&version=2");
    let post = async |path: &str, body: String| {
        let request = client.post(format!("{url}{path}")).header("content-type", "application/x-www-form-urlencoded");
        let response = request.body(body).send().await.expect("an answer");
        (response.status().as_u16(), response.headers().clone(), response.text().await.expect("text"))
    };
    for (path, title, said) in [
        ("/tillganglighet/rapporter", "Fel: Tillgänglighetsredogörelse", "Kravbanken kan inte ta emot rapporten just nu."),
        ("/en/tillganglighet/rapporter", "Error: Accessibility statement", "Kravbanken cannot take the report just now."),
        ("/krav/KB-0001/felrapporter", "Fel: Rapportera fel i KB-0001", "Kravbanken kan inte ta emot rapporten just nu."),
    ] {
        let (status, headers, body) = post(path, typed.clone()).await;
        assert_eq!(
            (status, headers["retry-after"].as_bytes(), headers["cache-control"].as_bytes()),
            (503, &b"10"[..], &b"no-store"[..])
        );
        for part in [title, said, "Hela min långa text", "value=\"anna@example.se\"", key, "id=\"fel\""] {
            assert!(body.contains(part), "{path} lacks {part}: {body}");
        }
        let chosen = body.contains("value=\"fact\" required checked") && body.contains("name=\"version\" value=\"2\"");
        assert!(chosen || !path.contains("KB-0001"), "{body}");
        for leak in ["sqlx", "os error", "PoolTimedOut", "/dev/shm"] {
            assert!(!body.contains(leak), "{path} shows {leak}");
        }
    }

    // Whoever is signed in cannot be recognised: what they typed is kept all the same, and the form is shown when the bank is back.
    let signed_in = async |path: &str, body: &str| {
        let request = client.post(format!("{url}{path}")).header("content-type", "application/x-www-form-urlencoded");
        let request = request.header("cookie", format!("session={}", "a".repeat(64))).body(body.to_owned());
        let response = request.send().await.expect("an answer");
        (response.status().as_u16(), response.headers().clone(), response.text().await.expect("text"))
    };
    for path in ["/lmc/beslut/nytt", "/lmc/pagaende/ny", "/lmc/hanvisningar/ny", "/lmc/krav/ny"] {
        let (status, headers, body) = signed_in(path, "som=x&rubrik=Min+l%C3%A5nga+rubrik&losenord=hemligt").await;
        assert_eq!((status, headers["retry-after"].as_bytes()), (503, &b"10"[..]), "{path}");
        for part in
            ["Kravbanken går inte att nå just nu", "Min långa rubrik", "action=\"/visa-igen\"", &format!("value=\"{path}\"")]
        {
            assert!(body.contains(part), "{path} lacks {part}: {body}");
        }
        assert!(!body.contains("hemligt") && !body.contains("sqlx") && !body.contains("os error"), "{body}");
    }
    let again = "oskickat_till=%2Flmc%2Fbeslut%2Fnytt&oskickat=rubrik%3DMin%2Brubrik&oskickat_som=x";
    let (status, _, body) = signed_in("/visa-igen", again).await;
    assert!(status == 503 && body.contains("Min rubrik") && body.contains("value=\"/lmc/beslut/nytt\""), "{body}");

    let postgres = start().await.expect("it starts");
    let begun = Instant::now();
    while get("/krav").await.0 != 200 {
        assert!(begun.elapsed() < Duration::from_secs(20), "it does not come back");
    }
    assert_eq!(get("/readyz").await.0, 200);
    for _ in 0..2 {
        // The client follows to the receipt, which is the same.
        let (status, _, body) = post("/tillganglighet/rapporter", typed.clone()).await;
        assert!(status == 200 && body.contains("FR-0001"), "it is taken now, once: {body}");
    }
    server.abort();
    tokio::task::spawn_blocking(|| postgres.stop()).await.expect("it stops");
}
