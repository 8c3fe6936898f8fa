//! Organisations.

use serde_json::json;

use super::{field, items, problem, walk};
use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn a_region_says_what_it_looks_after() {
    let app = TestApp::build().example().base_url("https://krav.example.se").spawn().await;
    let region = app.get("/api/v1/organisations/region-kalmar-lan").await.expect(200).json();
    assert_eq!((&region["kind"], &region["nuts"]), (&json!("region"), &json!("SE213")));
    assert_eq!((&region["short_name"], &region["name_en"]), (&json!("Kalmar"), &json!("Region Kalmar County")));
    assert_eq!(region["procurement_area"]["procurement_area"], "F");
    assert_eq!(region["procurement_area"]["to"], json!(null), "until further notice");
    let gloves =
        region["product_groups"].as_array().expect("groups").iter().find(|group| group["path"] == "medicinteknik/handskar");
    assert_eq!(gloves.map(|group| (&group["from"], &group["to"])), Some((&json!("2026-01-01"), &json!("2028-12-31"))));
    assert_eq!(region["links"]["html"], "https://krav.example.se/organisationer/region-kalmar-lan");
    assert_eq!(region["links"]["self"], "https://krav.example.se/api/v1/organisations/region-kalmar-lan");
    // An item of the list is the organisation whole.
    let list = app.get("/api/v1/organisations?q=kalmar").await.expect(200).json();
    assert_eq!((&list["total"], &list["items"][0]), (&json!(1), &region));
    let body = app.get("/api/v1/organisations/lmc").await.expect(200).json();
    assert_eq!((&body["procurement_area"], &body["product_groups"]), (&json!(null), &json!([])));
    for unknown in ["bolaget", "LMC", "%C3%A5"] {
        problem(app.get(&format!("/api/v1/organisations/{unknown}")).await, 404);
    }
    problem(app.get("/api/v1/organisations/lmc?q=x").await, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn kinds_and_words_narrow_the_list() {
    let app = TestApp::spawn().await;
    let of = async |query: &str| field(&items(&walk(&app, &format!("/api/v1/organisations?limit=10&{query}")).await), "slug");
    assert_eq!(of("kind=region").await.len(), 21);
    assert_eq!(of("kind=industry_body&kind=national_body").await.len(), 6);
    assert_eq!(of("kind=supplier").await, Vec::<String>::new());
    assert_eq!(of("q=%C3%96STERG%C3%96TLAND").await, ["region-ostergotland"]);
    assert_eq!(of("q=%25").await, Vec::<String>::new());
    let (_, detail) = problem(app.get("/api/v1/organisations?kind=company").await, 400);
    assert!(detail.contains("contracting_authority"), "{detail}");
}
