//! Proposals as open data: what was sent in, and nothing that is for those who prepare.

use std::collections::BTreeSet;

use kravbank::proposals::{Kind, lifecycle::State};
use serde_json::json;

use super::{field, items, problem, walk};
use crate::support::{Browser, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sent_in_is_there_whole_but_for_what_is_not_for_everybody() {
    let app = TestApp::build().example().base_url("https://krav.example.se").spawn().await;
    let all = walk(&app, "/api/v1/proposals?limit=3").await;
    let ids = field(&items(&all), "id");
    let sent: i64 = app.db.value("select count(*) from proposal where number is not null").await;
    assert_eq!(ids.len(), usize::try_from(sent).expect("few"), "each once, drafts not");
    assert!(ids.is_sorted_by(|one, next| one > next), "the latest first: {ids:?}");
    let one = app.get(&format!("/api/v1/proposals/{}", ids[0])).await.expect(200).json();
    assert_eq!(&one, items(&all)[0], "an item of the list is the proposal whole");
    assert_eq!(one["links"]["html"], format!("https://krav.example.se/forslag/{}", ids[0]));
    let change = app.get("/api/v1/proposals?kind=change&limit=1").await.expect(200).json();
    let change = &change["items"][0];
    assert!(change["base_version"].as_str().is_some_and(|base| base.starts_with(change["requirement"].as_str().expect("one"))));
    assert!(change["clauses"].as_array().is_some_and(|clauses| clauses.iter().any(|clause| clause["id"].is_string())));
    // Known products are for those who prepare; so are notes.
    let text = app.get("/api/v1/proposals?limit=100").await.expect(200).text();
    let products: Vec<String> = sqlx::query_scalar("select products from proposal where products <> ''")
        .fetch_all(&mut app.db.connect().await)
        .await
        .expect("products");
    assert!(!products.is_empty() && products.iter().all(|products| !text.contains(products.as_str())));
    assert!(one["reasons"].get("products").is_none());
    let note: String = app.db.value("select text from proposal_note limit 1").await;
    assert!(!text.contains(&note));
    let loosely = app.get(&format!("/api/v1/proposals/{}", ids[0].replace("-00", "-"))).await.expect(308);
    assert_eq!(loosely.header("location"), format!("/api/v1/proposals/{}", ids[0]));
    problem(app.get("/api/v1/proposals/F-2026-9999").await, 404);
    problem(app.get("/api/v1/proposals/x").await, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_narrow_and_what_is_held_is_nowhere() {
    let app = TestApp::build().example().spawn().await;
    let of = async |query: &str| field(&items(&walk(&app, &format!("/api/v1/proposals?limit=10&{query}")).await), "id");
    let all = of("").await;
    for kind in ["new", "change", "repeal", "merge"] {
        let some = of(&format!("kind={kind}")).await;
        assert!(!some.is_empty() && some.len() < all.len(), "{kind}");
    }
    let submitted = of("state=submitted").await;
    assert!(!submitted.is_empty() && submitted.len() < of("state=submitted&state=merged").await.len());
    let on: i64 = app.db.value("select r.number from proposal p join requirement r on r.id = p.requirement_id where p.number is not null order by r.number limit 1").await;
    let about = of(&format!("requirement=kb{on}")).await;
    assert!(!about.is_empty() && about.len() < all.len());
    for wrong in ["state=draft", "kind=wish", "requirement=x", "page=2&cursor=00", "author=x"] {
        problem(app.get(&format!("/api/v1/proposals?{wrong}")).await, 400);
    }
    let held = &submitted[0];
    let (year, number) = (&held[2..6], held[7..].trim_start_matches('0'));
    app.db
        .execute(&format!(
            "update membership set approved = false where id = (select sent_by from proposal where year = {year} and number = {number})"
        ))
        .await;
    assert!(!of("").await.contains(held));
    problem(app.get(&format!("/api/v1/proposals/{held}")).await, 404);
    // Nor by signing in: the API knows nobody.
    let lmc = Browser::signed_in(&app, "lmc").await;
    assert_eq!(lmc.get(&format!("/api/v1/proposals/{held}")).await.status, 404);
    assert_eq!(of("product_group=rymddrakter").await, Vec::<String>::new());
    assert_eq!(
        app.get("/api/v1").await.json()["proposals"].as_str().map(|at| at.ends_with("/api/v1/proposals")),
        json!(true).as_bool()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_description_names_every_kind_and_state() {
    let app = TestApp::spawn().await;
    let document = app.get("/api/v1/openapi.json").await.expect(200).json();
    let named = |schema: &str| {
        let codes = document["components"]["schemas"][schema]["enum"].as_array().expect("codes").iter();
        codes.map(|code| code.as_str().expect("a code").to_owned()).collect::<BTreeSet<_>>()
    };
    assert_eq!(named("ProposalKind"), Kind::ALL.map(|kind| kind.code().to_owned()).into());
    assert_eq!(named("ProposalState"), State::PUBLIC.map(|state| state.code().to_owned()).into());
}
