//! What the API says of itself, and that it is so.

use std::collections::BTreeSet;

use super::problem;
use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn every_route_is_described() {
    let app = TestApp::spawn().await;
    let document = app.get("/api/v1/openapi.json").await.expect(200).json();
    assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
    let described: BTreeSet<&str> = document["paths"].as_object().expect("paths").keys().map(String::as_str).collect();
    let routes = kravbank::open_data::routes();
    assert_eq!(described, routes.list().iter().map(|route| route.path).collect());
    for (path, operations) in document["paths"].as_object().expect("paths") {
        let operation = &operations["get"];
        assert!(operation["summary"].is_string() && operation["responses"]["200"].is_object(), "{path}");
    }
    let info = app.get("/api/v1/api-info").await.expect(200).json();
    assert_eq!(info["api_version"], document["info"]["version"]);
    assert_eq!((info["api_status"].as_str(), info["api_name"].as_str()), (Some("active"), Some("kravbanken")));
    assert!(info["api_documentation"].as_str().is_some_and(|url| url.starts_with("http")));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_parameter_is_described_and_no_other_is_taken() {
    let app = TestApp::build().example().spawn().await;
    let document = app.get("/api/v1/openapi.json").await.expect(200).json();
    for (pattern, operations) in document["paths"].as_object().expect("paths") {
        if pattern.contains("api-info") || pattern.contains("openapi") {
            continue;
        }
        let path = pattern.replace("{id}", "KB-0004").replace("{version}", "1").replace("{slug}", "lmc");
        let mut described: Vec<&str> = operations["get"]["parameters"]
            .as_array()
            .map(|all| all.iter().filter(|p| p["in"] == "query").filter_map(|p| p["name"].as_str()).collect())
            .unwrap_or_default();
        let (_, detail) = problem(app.get(&format!("{path}?unheard-of=1")).await, 400);
        let mut taken: Vec<&str> =
            detail.split_once("expected ").expect("names").1.split(", ").filter(|n| *n != "no parameters").collect();
        described.sort_unstable();
        taken.sort_unstable();
        assert_eq!(described, taken, "{pattern}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_requirement_holds_is_described() {
    let app = TestApp::build().example().spawn().await;
    let document = app.get("/api/v1/openapi.json").await.expect(200).json();
    let names = |schema: &str| -> BTreeSet<String> {
        document["components"]["schemas"][schema]["properties"].as_object().expect("properties").keys().cloned().collect()
    };
    let keys =
        |value: &serde_json::Value| -> BTreeSet<String> { value.as_object().expect("an object").keys().cloned().collect() };
    let body = app.get("/api/v1/requirements/KB-0004").await.expect(200).json();
    assert_eq!(keys(&body), names("Requirement"));
    assert_eq!(keys(&body["links"]), names("Links"));
    let versions = app.get("/api/v1/requirements/KB-0004/versions").await.expect(200).json();
    assert_eq!(keys(&versions), names("List_VersionItem"));
    assert_eq!(keys(&versions["items"][0]), names("VersionItem"));
    let list = app.get("/api/v1/requirements?limit=1").await.expect(200).json();
    assert_eq!(list["items"][0]["id"], "KB-0001");
    assert_eq!(keys(&list["items"][0]), names("Requirement"));
    let one = app.get("/api/v1/requirements/KB-0001").await.expect(200).json();
    assert_eq!(list["items"][0], one, "an item of the list is the requirement whole");
}
