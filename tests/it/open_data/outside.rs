//! What holds for every address: scripts of other sites, validators, one question to the database, problems.

use reqwest::Method;

use super::problem;
use crate::support::TestApp;

const PATHS: [&str; 9] = [
    "/api/v1/requirements?q=handskar&level=basic&sort=relevance",
    "/api/v1/requirements?limit=100",
    "/api/v1/requirements/KB-0004",
    "/api/v1/requirements/KB-0004/versions",
    "/api/v1/requirements/KB-0004/versions/1",
    "/api/v1/product-areas",
    "/api/v1/objectives",
    "/api/v1/cpv?q=handskar",
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
        app.send(Method::HEAD, path, &[], "").await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_is_a_problem_document() {
    let app = TestApp::spawn().await;
    for path in ["/api", "/api/v1", "/api/v1/nowhere", "/api/v2/requirements", "/api/v1/requirements/KB-0001"] {
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
