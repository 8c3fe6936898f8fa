//! What holds for every address: scripts of other sites, validators, one question to the database, problems.

use reqwest::Method;

use super::problem;
use crate::support::TestApp;

const PATHS: [&str; 14] = [
    "/api/v1",
    "/api/v1/requirements?q=handskar&level=basic&sort=relevance",
    "/api/v1/requirements?limit=100",
    "/api/v1/requirements/KB-0004",
    "/api/v1/requirements/KB-0004/versions",
    "/api/v1/requirements/KB-0004/versions/1",
    "/api/v1/product-areas",
    "/api/v1/objectives",
    "/api/v1/cpv?q=handskar",
    "/api/v1/organisations?kind=region",
    "/api/v1/organisations/lmc",
    "/api/v1/decisions?kind=network",
    "/api/v1/decisions/B-2026-0001",
    "/api/v1/api-info",
];

#[tokio::test(flavor = "multi_thread")]
async fn one_question_to_the_database() {
    let app = TestApp::build().example().spawn().await;
    let mut counted = 0;
    for path in PATHS {
        let mut asked = app.queries_of(path).await;
        // A connection that was opened for it takes its role first.
        asked.retain(|statement| !statement.starts_with("select set_config('role'"));
        assert!(asked.len() <= 1, "{path}: {asked:#?}");
        counted += asked.len();
    }
    assert!(counted > 0, "the statements were counted");
}

#[tokio::test(flavor = "multi_thread")]
async fn scripts_of_other_sites_may_read_open_data_and_nothing_else() {
    let app = TestApp::build().example().spawn().await;
    let wrong = ["/api/v1/requirements?level=gold", "/api/v1/nowhere", "/api/v1/requirements/kb4", "/api/v1/openapi.json"];
    for path in PATHS.into_iter().chain(wrong) {
        assert_eq!(app.get(path).await.header("access-control-allow-origin"), "*", "{path}");
    }
    for path in ["/", "/livez", "/api", "/api/v2/requirements", "/nowhere", "/api/v1x"] {
        assert_eq!(app.get(path).await.header("access-control-allow-origin"), "", "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_known_again() {
    let app = TestApp::build().example().spawn().await;
    for path in PATHS.into_iter().chain(["/api/v1/openapi.json"]) {
        let answer = app.get(path).await.expect(200);
        assert_eq!(answer.header("content-type"), "application/json", "{path}");
        assert_eq!(answer.header("cache-control"), "public, max-age=0, must-revalidate", "{path}");
        let tag = answer.header("etag").to_owned();
        assert!(tag.starts_with("W/"), "{path}");
        app.get_with(path, &[("if-none-match", &tag)]).await.expect(304);
        let changed = answer.header("last-modified");
        assert!(changed.ends_with(" GMT"), "{path}: {changed}");
        let head = app.send(Method::HEAD, path, &[], "").await.expect(200);
        assert_eq!((head.header("etag"), head.header("last-modified")), (tag.as_str(), changed), "{path}");
        let again = app.get_with(path, &[("if-none-match", &tag)]).await;
        assert_eq!((again.header("last-modified"), again.body.len()), (changed, 0), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_is_a_problem_document() {
    let app = TestApp::spawn().await;
    for path in ["/api", "/api/v1/", "/api/v1/nowhere", "/api/v2/requirements", "/api/v1/requirements/KB-0001"] {
        problem(app.get(path).await, 404);
    }
    let answer = app.send(Method::POST, "/api/v1/requirements", &[], "{}").await;
    assert_eq!(answer.header("allow"), "GET,HEAD");
    problem(answer, 405);
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_are_those_that_visitors_use() {
    let app = TestApp::build().example().base_url("https://kravbanken.example.se").spawn().await;
    let list = app.get("/api/v1/requirements?limit=1&q=handskar&level=basic&level=advanced").await.expect(200).json();
    let next = list["next"].as_str().expect("more");
    assert!(
        next.starts_with(
            "https://kravbanken.example.se/api/v1/requirements?limit=1&q=handskar&level=basic&level=advanced&cursor="
        )
    );
    let this = list["items"][0]["links"]["self"].as_str().expect("a link");
    assert!(this.starts_with("https://kravbanken.example.se/api/v1/requirements/KB-"));
}

#[tokio::test(flavor = "multi_thread")]
async fn scripts_of_other_sites_may_send_a_validator() {
    let app = TestApp::spawn().await;
    let asked = [
        ("origin", "https://example.org"),
        ("access-control-request-method", "GET"),
        ("access-control-request-headers", "if-none-match"),
    ];
    for path in ["/api/v1", "/api/v1/requirements", "/api/v1/nowhere"] {
        let answer = app.send(Method::OPTIONS, path, &asked, "").await.expect(204);
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(answer.header("access-control-allow-methods"), "GET, HEAD", "{path}");
        assert!(answer.header("access-control-allow-headers").contains("if-none-match"), "{path}");
        assert_eq!(answer.header("access-control-allow-credentials"), "", "{path}");
    }
    for path in ["/", "/krav", "/oppna-data", "/api", "/api/v1x"] {
        let answer = app.send(Method::OPTIONS, path, &asked, "").await;
        assert!(!answer.status.is_success(), "{path}: {}", answer.status);
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_too_long_is_refused_as_everything_is() {
    let app = TestApp::spawn().await;
    let long = "a".repeat(8 * 1024);
    problem(app.get(&format!("/api/v1/requirements?q={long}")).await, 414);
    problem(app.get(&format!("/api/v1/{long}")).await, 414);
    let page = app.get(&format!("/krav?q={long}")).await.expect(414);
    assert_eq!(page.texts("h1"), ["Adressen går inte att förstå"]);
    app.get(&format!("/api/v1/requirements?q={}", "a".repeat(7 * 1024))).await.expect(200);
    for accept in ["text/html", "application/xml", "image/png"] {
        let answer = app.get_with("/api/v1/objectives", &[("accept", accept)]).await.expect(200);
        assert_eq!(answer.header("content-type"), "application/json", "{accept}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_that_cannot_be_read_is_refused() {
    let app = TestApp::build().example().spawn().await;
    for query in ["q=%00", "limit=ten", "limit=0", "limit=101", "page=0", "cursor=x", "unheard-of=1", "level=gold", "q=a&q=b"] {
        problem(app.get(&format!("/api/v1/requirements?{query}")).await, 400);
    }
    for path in ["/api/v1", "/api/v1/api-info", "/api/v1/openapi.json"] {
        problem(app.get(&format!("{path}?unheard-of=1")).await, 400);
    }
}

/// Lists that are sorted by say when they changed: with an edit, and with the day on which an owner takes over.
#[tokio::test(flavor = "multi_thread")]
async fn lists_say_when_they_changed() {
    let app = TestApp::build().at(crate::support::NOW + time::Duration::days(60)).spawn().await;
    let before = app.get("/api/v1/product-areas").await.expect(200).header("last-modified").to_owned();
    let named = crate::support::complete("Krav").set("product_area", "Rymdfart").set("product_group", "Raketer");
    crate::support::Import::current()
        .create_groups()
        .at(crate::support::NOW + time::Duration::days(59))
        .accepted(&app.db, crate::support::lines(&[named]))
        .await;
    for list in ["product-areas", "objectives", "cpv"] {
        let after = app.get(&format!("/api/v1/{list}")).await.expect(200).header("last-modified").to_owned();
        assert_ne!(after, before, "{list}");
        assert!(after.contains(" Jan 2027 "), "{list}: {after}");
    }
}
