//! Figures for Prometheus, at an address of their own.

use kravbank::admin;
use tokio::net::TcpListener;

use crate::support::{NOW, TestApp};

async fn figures(app: &TestApp) -> (u16, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}/metrics", listener.local_addr().expect("an address"));
    let task = tokio::spawn(admin::give_figures(app.app.clone(), listener));
    let response = reqwest::Client::builder().no_proxy().build().expect("a client").get(&url).send().await.expect("an answer");
    let (status, text) = (response.status().as_u16(), response.text().await.expect("text"));
    task.abort();
    (status, text)
}

#[tokio::test]
async fn what_is_counted_names_patterns_and_nothing_that_was_asked() {
    let app = TestApp::build().people().metrics().spawn().await;
    let mut connection = app.db.connect().await;
    let at = NOW - time::Duration::hours(2);
    kravbank::kernel::db::note_fact(&mut connection, kravbank::kernel::db::LAST_BACKUP, "{}", at).await.expect("noted");
    app.post("/logga-in/exempel", &[("person", "lmc")]).await.expect(303);
    app.get("/krav/KB-4711?q=hemligt").await.expect(404);
    app.get("/k/00000000000000000000000000000000").await.expect(404);
    app.get("/finns-inte/hemligt").await.expect(404);
    app.get("/om").await.expect(200);
    let (status, text) = figures(&app).await;
    assert_eq!(status, 200);
    for line in [
        "kravbank_http_requests_total{route=\"/krav/{id}\",method=\"GET\",status=\"404\"} 1",
        "kravbank_http_requests_total{route=\"/k/{key}\",method=\"GET\",status=\"404\"} 1",
        "kravbank_http_requests_total{route=\"none\",method=\"GET\",status=\"404\"} 1",
        "kravbank_http_requests_total{route=\"/om\",method=\"GET\",status=\"200\"} 1",
        "kravbank_http_request_seconds_count{route=\"/om\",method=\"GET\"} 1",
        "kravbank_http_request_seconds_bucket{route=\"/om\",method=\"GET\",le=\"+Inf\"} 1",
        "kravbank_backup_age_seconds 7200",
        "kravbank_sessions 1",
        "kravbank_database_up 1",
        "kravbank_jobs{state=\"failed\"} 0",
        "kravbank_mails{state=\"waiting\"} 0",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\n{text}");
    }
    for start in
        ["kravbank_build_info{version=", "kravbank_db_connections{", "kravbank_audit_unsealed ", "kravbank_jobs_oldest_seconds "]
    {
        assert!(text.lines().any(|found| found.starts_with(start)), "{start}\n{text}");
    }
    for secret in ["hemligt", "4711", "0000000"] {
        assert!(!text.contains(secret), "{secret}");
    }
}

/// Visitors do not reach them, and without the setting nothing is counted.
#[tokio::test]
async fn nobody_else_is_told() {
    let app = TestApp::build().metrics().spawn().await;
    app.get("/metrics").await.expect(404);
    let without = TestApp::spawn().await;
    without.get("/om").await.expect(200);
    assert_eq!(figures(&without).await.0, 404);
}
