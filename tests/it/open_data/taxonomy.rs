//! Product areas, objectives, CPV.

use std::collections::HashSet;

use super::{field, items, problem, walk};
use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn lists_can_be_walked() {
    let app = TestApp::build().example().spawn().await;
    for (list, key) in [
        ("/api/v1/product-areas", "slug"),
        ("/api/v1/objectives", "slug"),
        ("/api/v1/cpv", "code"),
        ("/api/v1/organisations", "slug"),
        ("/api/v1/requirements/KB-0004/versions", "version"),
    ] {
        let pages = walk(&app, &format!("{list}?limit=3")).await;
        let keys = field(&items(&pages), key);
        assert_eq!(keys.iter().collect::<HashSet<_>>().len(), keys.len(), "{list}");
        assert!(pages.iter().all(|page| page["total"] == keys.len() && page["limit"] == 3), "{list}");
        let whole = walk(&app, &format!("{list}?limit=100")).await;
        assert_eq!(field(&items(&whole), key), keys, "{list}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_have_owners_and_codes() {
    let app = TestApp::build().example().spawn().await;
    let areas = app.get("/api/v1/product-areas").await.expect(200).json();
    let area = &areas["items"].as_array().expect("a list")[0];
    assert_eq!((area["slug"].as_str(), area["name_en"].as_str()), (Some("medicinteknik"), Some("Medical technology")));
    let group = area["groups"].as_array().expect("groups").iter().find(|g| g["slug"] == "handskar").expect("gloves");
    assert_eq!(group["path"], "medicinteknik/handskar");
    assert_eq!(group["owner"]["procurement_area"], "F");
    assert_eq!((group["owner"]["from"].as_str(), group["owner"]["to"].as_str()), (Some("2026-01-01"), Some("2028-12-31")));
    assert!(group["cpv"].as_array().is_some_and(|codes| !codes.is_empty()));
    let objectives = app.get("/api/v1/objectives").await.expect(200).json();
    assert_eq!(objectives["total"], 16);
}

#[tokio::test(flavor = "multi_thread")]
async fn cpv_by_code_and_words() {
    let app = TestApp::spawn().await;
    for (query, code) in
        [("3314142", "33141420"), ("33141420-7", "33141420"), ("operationshandskar", "33141420"), ("surgical+gloves", "33141420")]
    {
        let pages = walk(&app, &format!("/api/v1/cpv?q={query}&limit=100")).await;
        assert!(field(&items(&pages), "code").iter().any(|one| one == code), "{query}");
    }
    let pages = walk(&app, "/api/v1/cpv?q=33&limit=100").await;
    let codes = field(&items(&pages), "code");
    assert!(!codes.is_empty() && codes.iter().all(|code| code.starts_with("33")));
    for nothing in ["%25", "_", "%5C", "nothing+like+this"] {
        assert_eq!(app.get(&format!("/api/v1/cpv?q={nothing}")).await.expect(200).json()["total"], 0, "{nothing}");
    }
    problem(app.get("/api/v1/cpv?code=33").await, 400);
}
