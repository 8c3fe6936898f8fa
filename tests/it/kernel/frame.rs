//! What stands around every answer.
#![expect(clippy::disallowed_methods, reason = "a router of the test's own, with handlers that go wrong")]

use axum::{
    Router,
    body::Body,
    http::{Method, Request, Response, StatusCode},
    middleware,
    routing::{get, post},
};
use kravbank::kernel::{
    error::{Error, Result},
    web::{App, frame},
};
use tower::ServiceExt;

use crate::support::{Answer, TestApp};

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                   connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

/// Handlers that go wrong in every way, inside the frame.
fn broken(app: &App) -> Router {
    async fn panics() -> &'static str {
        panic!("HEMLIGT: select * from person")
    }
    async fn fails() -> Result<&'static str> {
        Err(Error::Internal(anyhow::anyhow!("HEMLIGT at src/x.rs:17").context("select * from person")))
    }
    async fn away() -> Result<&'static str> {
        Err(sqlx::Error::PoolTimedOut.into())
    }
    async fn bad() -> Result<&'static str> {
        Err(Error::BadRequest("limit: expected a number".to_owned()))
    }
    async fn takes(body: axum::body::Bytes) -> String {
        body.len().to_string()
    }
    let prefixed = |prefix: &str| {
        Router::new()
            .route(&format!("{prefix}/bursts"), get(panics))
            .route(&format!("{prefix}/fails"), get(fails))
            .route(&format!("{prefix}/away"), get(away))
            .route(&format!("{prefix}/bad"), get(bad))
            .route(&format!("{prefix}/good"), get(async || "good"))
            .route(&format!("{prefix}/takes"), post(takes))
    };
    prefixed("")
        .merge(prefixed("/en"))
        .merge(prefixed("/api/v1"))
        .layer(axum::extract::DefaultBodyLimit::max(1000))
        .layer(middleware::from_fn_with_state(app.clone(), frame))
        .with_state(app.clone())
}

async fn ask(router: &Router, method: Method, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response: Response<Body> =
        router.clone().oneshot(request.body(Body::from(body)).expect("a request")).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.expect("a body").to_vec();
    Answer { path: path.to_owned(), status: parts.status, headers: parts.headers, body }
}

async fn fetch(router: &Router, path: &str) -> Answer {
    ask(router, Method::GET, path, &[], Vec::new()).await
}

#[track_caller]
fn assert_guarded(answer: &Answer) {
    assert_eq!(answer.header("content-security-policy"), CSP, "{}", answer.path);
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{}", answer.path);
    assert_eq!(answer.header("referrer-policy"), "same-origin", "{}", answer.path);
    assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{}", answer.path);
    assert!(!answer.header("x-request-id").is_empty(), "{}", answer.path);
    assert!(!answer.header("cache-control").is_empty(), "{}", answer.path);
    assert!(answer.headers.get("server").is_none() && answer.headers.get("x-powered-by").is_none(), "{}", answer.path);
}

#[tokio::test]
async fn every_answer_is_guarded_whatever_its_status() {
    let app = TestApp::spawn().await;
    for path in [
        "/",
        "/en",
        "/krav",
        "/nowhere",
        "/en/nowhere",
        "/api/v1/nowhere",
        "/livez",
        "/readyz",
        "/static/x.css",
        "/krav/KB-9999",
        "/%ff",
        "/krav?sida=%00",
        "/krav?omrade=%00",
        "/krav?miljomal=a%00",
        "/krav?cpv=%00",
        "/en/krav?q=%01%1f%7f",
        "/krav/%00",
        "/krav/KB-0001%00",
        "/omraden/%00",
        "/omraden/%01%7f",
        "/omraden/%00/%00",
        "/krav/%00/historik",
        "/static/%00",
        "/api/v1/requirements?cpv=%00",
        "/api/v1/requirements?%00=a",
        "/api/v1/requirements?q=%01%1f%7f",
        "/api/v1/requirements/%00",
        "/api/v1/requirements/%00/versions",
        "/api/v1/objectives?q=%00",
    ] {
        let answer = app.get(path).await;
        assert!(answer.status.as_u16() < 500 || path == "/readyz", "{path}: {}", answer.status);
        assert_guarded(&answer);
        // Reading is open to other sites under /api/v1 alone.
        let open = answer.headers.contains_key("access-control-allow-origin");
        assert_eq!(open, path.starts_with("/api/v1/"), "{path}");
        assert!(
            !answer.headers.contains_key("strict-transport-security") && !answer.headers.contains_key("set-cookie"),
            "{path}"
        );
    }
    let router = broken(&app.app);
    for path in ["/bursts", "/fails", "/away", "/bad", "/good", "/takes", "/en/fails", "/api/v1/fails"] {
        assert_guarded(&fetch(&router, path).await);
    }
}

#[tokio::test]
async fn nul_is_refused_before_anybody_reads_it() {
    let app = TestApp::spawn().await;
    for path in ["/krav?omrade=%00", "/krav?miljomal=a%00", "/krav?cpv=%00", "/krav?q=a&q=%00b", "/en/krav?q=%00"] {
        let heading =
            if path.starts_with("/en") { "The address cannot be understood" } else { "Adressen går inte att förstå" };
        assert_eq!(app.get(path).await.expect(400).texts("h1"), [heading], "{path}");
    }
    for path in ["/krav/%00", "/omraden/%00", "/omraden/a/%00", "/en/krav/KB-0001%00"] {
        app.get(path).await.expect(404);
    }
    for (path, status) in [
        ("/api/v1/requirements?cpv=%00", 400),
        ("/api/v1/requirements?product_area=a%00", 400),
        ("/api/v1/requirements?%00=a", 400),
        ("/api/v1/requirements/%00", 404),
    ] {
        let problem = app.get(path).await.expect(status);
        assert_eq!(problem.header("content-type"), "application/problem+json", "{path}");
    }
    // A per cent sign that is escaped itself is one, and digits after it are digits.
    app.get("/krav?q=%2500").await.expect(200);
}

#[tokio::test]
async fn browsers_are_told_to_stay_on_https_where_there_is_https() {
    let app = TestApp::build().base_url("https://kravbanken.example.se").spawn().await;
    assert_eq!(app.get("/").await.header("strict-transport-security"), "max-age=31536000; includeSubDomains");
}

#[tokio::test]
async fn a_request_id_is_taken_over_only_if_it_is_one() {
    let app = TestApp::spawn().await;
    let echoed = async |id: &str| app.get_with("/livez", &[("x-request-id", id)]).await.header("x-request-id").to_owned();
    for good in ["abc-123_X.y", &"a".repeat(80)] {
        assert_eq!(echoed(good).await, good);
    }
    for bad in ["", "a b", "a\"b", "<script>", "å", &"a".repeat(81), "a;b", "a,b"] {
        let id = echoed(bad).await;
        assert!(id != bad && uuid::Uuid::parse_str(&id).is_ok(), "{bad}: {id}");
    }
    assert_ne!(app.get("/livez").await.header("x-request-id"), app.get("/livez").await.header("x-request-id"));
}

#[tokio::test]
async fn what_the_visitor_has_is_not_sent_again() {
    let app = TestApp::spawn().await;
    let page = app.get("/om").await.expect(200);
    let tag = page.header("etag").to_owned();
    assert!(tag.starts_with("W/\""), "{tag}");
    assert_eq!(page.header("cache-control"), "public, max-age=0, must-revalidate");
    for known in [tag.clone(), format!("\"x\", {tag}"), "*".to_owned()] {
        let again = app.get_with("/om", &[("if-none-match", &known)]).await.expect(304);
        assert!(again.body.is_empty());
        assert_eq!(again.header("etag"), tag);
        assert_guarded(&again);
    }
    app.get_with("/om", &[("if-none-match", "W/\"other\"")]).await.expect(200);
    assert_ne!(app.get("/en/om").await.expect(200).header("etag"), tag, "another language is another answer");
    // Compressed or not, it is the same page.
    let plain = app.get_with("/om", &[("accept-encoding", "identity")]).await.expect(200);
    assert_eq!(plain.header("etag"), tag);
    let head = app.send(Method::HEAD, "/om", &[], "").await.expect(200);
    assert!(head.body.is_empty());
    let missing = app.get_with("/nowhere", &[("if-none-match", "*")]).await.expect(404);
    assert_eq!(missing.header("cache-control"), "no-store");
}

#[tokio::test]
async fn what_is_compressed_already_is_not_compressed_again() {
    let app = TestApp::spawn().await;
    let files = app.get("/importformat").await.expect(200).attributes("a[download]", "href");
    for (path, encoding) in [("/om", "br"), (&files[1], "br"), (&files[0], "")] {
        let answer = app.get_with(path, &[("accept-encoding", "gzip, br")]).await.expect(200);
        assert_eq!(answer.header("content-encoding"), encoding, "{path} as {}", answer.header("content-type"));
    }
}

#[tokio::test]
async fn static_files_are_kept_for_ever() {
    let app = TestApp::spawn().await;
    let page = app.get("/om").await.expect(200);
    let sheets = page.attributes("link[rel=stylesheet]", "href");
    assert!(!sheets.is_empty());
    for sheet in sheets {
        let file = app.get(&sheet).await.expect(200);
        assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(file.header("content-type"), "text/css; charset=utf-8");
    }
    for odd in [
        "/static/",
        "/static/app.css",
        "/static/../Cargo.toml",
        "/static/..%2fCargo.toml",
        "/static/%2e%2e/Cargo.toml",
        "/static/a/b",
    ] {
        app.get(odd).await.expect(404);
    }
}

#[tokio::test]
async fn a_panic_ends_its_own_request_and_nothing_else() {
    let app = TestApp::spawn().await;
    let router = broken(&app.app);
    for _ in 0..3 {
        fetch(&router, "/bursts").await.expect(500);
    }
    assert_eq!(fetch(&router, "/good").await.expect(200).text(), "good");
}

#[tokio::test]
async fn faults_are_told_without_causes() {
    let app = TestApp::spawn().await;
    let router = broken(&app.app);
    for (path, status, heading) in [
        ("/bursts", 500, "Något gick fel"),
        ("/fails", 500, "Något gick fel"),
        ("/en/fails", 500, "Something went wrong"),
        ("/away", 503, "Kravbanken går inte att nå just nu"),
        ("/bad", 400, "Adressen går inte att förstå"),
        ("/en/bad", 400, "The address cannot be understood"),
    ] {
        let answer = ask(&router, Method::GET, path, &[("x-request-id", "fel-42")], Vec::new()).await.expect(status);
        assert_eq!(answer.texts("h1"), [heading], "{path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        // The number to quote stands there when the fault is ours.
        assert_eq!(answer.text().contains("fel-42"), status >= 500, "{path}");
        for leak in ["HEMLIGT", "select *", "src/", ".rs", "panic", "anyhow", "PoolTimedOut", env!("CARGO_PKG_VERSION")] {
            assert!(!answer.text().contains(leak), "{path} shows {leak}");
        }
    }
    for (path, status) in [("/api/v1/bursts", 500), ("/api/v1/fails", 500), ("/api/v1/away", 503), ("/api/v1/bad", 400)] {
        let answer = ask(&router, Method::GET, path, &[("x-request-id", "fel-42")], Vec::new()).await.expect(status);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let problem = answer.json();
        assert_eq!(problem["status"], status);
        assert_eq!(problem["instance"], "urn:request:fel-42");
        assert_eq!(problem.get("detail").and_then(|d| d.as_str()), (status == 400).then_some("limit: expected a number"));
        assert!(!answer.text().contains("HEMLIGT") && !answer.text().contains("select"), "{path}");
    }
}

#[tokio::test]
async fn other_methods_are_told_what_is_possible() {
    let app = TestApp::spawn().await;
    for path in ["/", "/krav", "/en/om", "/livez"] {
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
            let answer = app.send(method, path, &[], "x").await.expect(405);
            assert_eq!(answer.header("allow"), "GET,HEAD", "{path}");
            assert_guarded(&answer);
        }
    }
    assert_eq!(app.send(Method::POST, "/krav", &[], "").await.texts("h1"), ["Det går inte att göra så här"]);
    let problem = app.send(Method::POST, "/api/v1/requirements", &[], "").await.expect(405);
    assert_eq!(problem.header("content-type"), "application/problem+json");
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let app = TestApp::spawn().await;
    let router = broken(&app.app);
    let send = |size: usize, path: &'static str| ask(&router, Method::POST, path, &[], vec![b'x'; size]);
    assert_eq!(send(1000, "/takes").await.expect(200).text(), "1000");
    for (path, heading) in [("/takes", "Det som skickades är för stort"), ("/en/takes", "What was sent is too large")] {
        let page = send(1001, path).await.expect(413);
        assert_guarded(&page);
        assert_eq!(page.texts("h1"), [heading]);
    }
    let problem = send(1001, "/api/v1/takes").await.expect(413);
    assert_guarded(&problem);
    assert_eq!(problem.header("content-type"), "application/problem+json");
    assert_eq!(problem.json()["status"], 413);
    // Where no body is read, its size does not matter.
    assert_eq!(app.send(Method::POST, "/", &[], vec![b'x'; 300 * 1024]).await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn every_error_page_stands_without_a_database() {
    let app = TestApp::spawn().await;
    app.app.db.pool().close().await;
    let answer = app.get("/nowhere").await.expect(404);
    assert_eq!(answer.texts("h1"), ["Sidan finns inte"]);
    assert_eq!(answer.attributes("html", "lang"), ["sv"]);
    assert_eq!(app.get("/en/nowhere").await.expect(404).attributes("html", "lang"), ["en"]);
    app.get("/krav").await.expect(503);
}
