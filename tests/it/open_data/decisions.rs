//! Decisions as open data: what everybody reads on their pages.

use std::collections::BTreeSet;

use kravbank::decisions::lifecycle::Outcome;
use serde_json::{Value, json};

use super::{field, items, problem, walk};
use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn every_decision_is_there_with_what_its_page_says() {
    let app = TestApp::build().example().base_url("https://krav.example.se").spawn().await;
    let all = walk(&app, "/api/v1/decisions?limit=2").await;
    assert!(all.len() > 2, "several pages");
    let all = items(&all);
    let numbers = field(&all, "number");
    let made: i64 = app.db.value("select count(*) from decision").await;
    assert_eq!(numbers.len(), usize::try_from(made).expect("few"), "each once, drafts not");
    assert!(numbers.is_sorted_by(|one, next| one > next), "the latest first: {numbers:?}");
    for decision in &all {
        let number = decision["number"].as_str().expect("a number");
        assert_eq!(&&app.get(&format!("/api/v1/decisions/{number}")).await.expect(200).json(), decision, "whole in the list");
        assert_eq!(decision["links"]["html"], format!("https://krav.example.se/beslut/{number}"));
        assert_eq!(decision["links"]["self"], format!("https://krav.example.se/api/v1/decisions/{number}"));
        // What it says is what its page says.
        let page = app.get(&format!("/beslut/{number}")).await.expect(200).text();
        for place in ["/title", "/body", "/paragraph", "/dnr", "/decided_by/name", "/decided_by/organisation/name"] {
            let said = decision.pointer(place).and_then(Value::as_str).unwrap_or_default();
            assert!(!said.is_empty() && page.contains(said), "{number}{place}: {said}");
        }
        for other in
            decision["corrected_by"].as_array().expect("a list").iter().chain(decision["proposals"].as_array().expect("a list"))
        {
            assert!(page.contains(other.as_str().expect("a number")), "{number}: {other}");
        }
        assert_eq!(decision["item_count"], decision["items"].as_array().expect("a list").len());
        for item in decision["items"].as_array().expect("a list") {
            assert!(page.contains(&format!("{}:{}", item["requirement"].as_str().expect("a number"), item["version"])));
            assert_eq!(item["effective_at"].is_null(), item["outcome"] != "adopted" || item["kind"] == "revoke", "{item}");
            assert_eq!(item["reason"].is_null(), item["outcome"] == "adopted", "{item}");
        }
    }
    let one = app.get("/api/v1/decisions/B-2026-0001").await.json();
    assert_eq!((&one["kind"], &one["file"], &one["emergency"]), (&json!("network"), &Value::Null, &Value::Null));
    assert_eq!((&one["decided_on"], &one["met_on"]), (&json!("2026-11-06"), &json!("2026-11-06")));
    assert_eq!(one["corrected_by"], json!(["B-2026-0004"]));
    assert_eq!(app.get("/api/v1/decisions/B-2026-0004").await.json()["corrects"], "B-2026-0001");
    let outcomes: Vec<&str> =
        one["items"].as_array().expect("items").iter().filter_map(|item| item["outcome"].as_str()).collect();
    assert_eq!(outcomes, ["adopted", "adopted", "returned"]);
    // The text that was sent back is nobody's yet.
    let back = &one["items"][2];
    assert_eq!(
        (&back["title"], &back["sha256"], &back["links"], &back["change_note"]),
        (&Value::Null, &Value::Null, &Value::Null, &Value::Null)
    );
    let first = &one["items"][0];
    let version =
        app.get(first["links"]["version"].as_str().expect("a link").trim_start_matches("https://krav.example.se")).await;
    let version = version.expect(200).json();
    assert_eq!((&version["sha256"], &version["title"]), (&first["sha256"], &first["title"]));
    assert_eq!(version["decision"]["number"], "B-2026-0001", "and the version knows it by the same number");
    let path = format!("/api/v1/requirements/{}/versions", first["requirement"].as_str().expect("a number"));
    let versions = app.get(&path).await.expect(200).json();
    assert!(field(&items(&[versions]), "decision").contains(&"B-2026-0001".to_owned()));
    // An end, and what comes instead.
    let end = app.get("/api/v1/decisions/B-2026-0002").await.json();
    assert_eq!(
        (&end["items"][0]["kind"], &end["items"][0]["successors"]),
        (&json!("repeal"), &json!([{"id": "KB-0035", "kind": "merged"}]))
    );
    // One alone.
    let alone = app.get("/api/v1/decisions/B-2026-0003").await.json();
    assert!(alone["emergency"]["reason"].is_string() && alone["emergency"]["review_by"].is_string(), "{alone}");
    assert_eq!(alone["emergency"]["review"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_narrow_and_what_is_wrong_is_refused() {
    let app = TestApp::build().example().spawn().await;
    let of = async |query: &str| field(&items(&walk(&app, &format!("/api/v1/decisions?limit=3&{query}")).await), "number");
    let all = of("").await;
    assert_eq!(of("kind=network&kind=import").await, all);
    assert_eq!(of("kind=import").await, Vec::<String>::new());
    assert_eq!(of("requirement=kb20").await, ["B-2026-0001"]);
    assert_eq!(of("requirement=KB-0044").await.last().map(String::as_str), Some("B-2026-0001"), "what was sent back counts");
    let area = of("product_area=medicinteknik").await;
    assert!(!area.is_empty() && area.len() < all.len(), "{area:?}");
    assert_eq!(of("product_group=rymddrakter").await, Vec::<String>::new());
    // B-2026-0001 is from the 6th, but corrected later.
    let since = of("updated_since=2026-11-14").await;
    assert!(since.contains(&"B-2026-0001".to_owned()) && !since.contains(&"B-2026-0002".to_owned()), "{since:?}");
    for wrong in
        ["kind=decree", "kind=", "requirement=x", "page=2&cursor=00", "updated_since=soon", "author=x", "product_area=A!"]
    {
        problem(app.get(&format!("/api/v1/decisions?{wrong}")).await, 400);
    }
    for nothing in ["B-2025-0001", "B-0001", "B-2026-9999", "x", "F-2026-0001"] {
        problem(app.get(&format!("/api/v1/decisions/{nothing}")).await, 404);
    }
    problem(app.get("/api/v1/decisions/B-2026-0001?limit=1").await, 400);
    for spelling in ["b-2026-1", "B2026-0001"] {
        let moved = app.get(&format!("/api/v1/decisions/{spelling}")).await.expect(308);
        assert_eq!(moved.header("location"), "/api/v1/decisions/B-2026-0001");
    }
    assert!(app.get("/api/v1").await.json()["decisions"].as_str().is_some_and(|at| at.ends_with("/api/v1/decisions")));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_description_names_every_outcome() {
    let app = TestApp::spawn().await;
    let document = app.get("/api/v1/openapi.json").await.expect(200).json();
    let named = |schema: &str| {
        let codes = document["components"]["schemas"][schema]["enum"].as_array().expect("codes").iter();
        codes.map(|code| code.as_str().expect("a code").to_owned()).collect::<BTreeSet<_>>()
    };
    assert_eq!(named("DecisionOutcome"), Outcome::ALL.map(|outcome| outcome.code().to_owned()).into());
    assert_eq!(named("DecisionItemKind"), ["adopt", "repeal", "revoke"].map(str::to_owned).into());
    assert_eq!(named("DecisionKind"), ["network", "import"].map(str::to_owned).into());
}
