//! `GET /api/v1/requirements`.

use std::collections::HashSet;

use kravbank::imports::Target;
use serde_json::Value;

use super::{EVERY_STATUS, LISTS, field, items, path_of, problem, walk};
use crate::support::{TestApp, complete, lines};

#[tokio::test(flavor = "multi_thread")]
async fn walking_by_next_meets_everything_once() {
    let app = TestApp::build().example().spawn().await;
    for sort in ["number", "title", "latest", "relevance"] {
        for query in [EVERY_STATUS.to_owned(), "q=ska+handskar+or+textil+or+kemikalier".to_owned(), "q=33".to_owned()] {
            let whole = walk(&app, &format!("/api/v1/requirements?{query}&sort={sort}&limit=100")).await;
            let pages = walk(&app, &format!("/api/v1/requirements?{query}&sort={sort}&limit=7")).await;
            let (found, all) = (items(&pages), items(&whole));
            let key = |item: &&Value| format!("{}:{}", item["id"], item["version"]);
            let keys: Vec<String> = found.iter().map(key).collect();
            assert_eq!(keys, all.iter().map(key).collect::<Vec<_>>(), "{sort} {query}");
            assert_eq!(keys.iter().collect::<HashSet<_>>().len(), keys.len(), "{sort} {query}: something came twice");
            for (place, page) in pages.iter().enumerate() {
                assert_eq!(page["total"], keys.len(), "{sort} {query}");
                assert_eq!((&page["page"], &page["limit"]), (&Value::from(place + 1), &Value::from(7)));
                assert_eq!(page["facets"].is_null(), place > 0, "facets stand on the first page");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn numbered_pages_are_the_pages_of_the_walk() {
    let app = TestApp::build().example().spawn().await;
    for (place, page) in walk(&app, "/api/v1/requirements?limit=9").await.iter().enumerate() {
        let numbered = app.get(&format!("/api/v1/requirements?limit=9&page={}", place + 1)).await.expect(200).json();
        assert_eq!(numbered["items"], page["items"]);
        assert_eq!(numbered["next"].is_null(), page["next"].is_null());
    }
    let beyond = app.get("/api/v1/requirements?limit=10&page=100").await.expect(200).json();
    assert_eq!((beyond["items"].as_array().map(Vec::len), &beyond["next"]), (Some(0), &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_in_force_unless_asked() {
    let app = TestApp::build().example().spawn().await;
    let current = walk(&app, "/api/v1/requirements?limit=100").await;
    let current = items(&current);
    assert!(current.len() > 50 && field(&current, "status").iter().all(|status| status == "current"));
    let ids: HashSet<String> = field(&current, "id").into_iter().collect();
    assert_eq!(ids.len(), current.len(), "one version of each");
    assert!(!ids.contains("KB-0015") && !ids.contains("KB-0034"), "repealed in the example bank");
    for status in ["current", "coming", "superseded", "repealed"] {
        let pages = walk(&app, &format!("/api/v1/requirements?status={status}&limit=100")).await;
        let found = items(&pages);
        assert!(!found.is_empty() && field(&found, "status").iter().all(|s| s == status), "{status}");
    }
}

/// Whether an item fits a filter.
type Fits<'a> = Box<dyn Fn(&Value) -> bool + 'a>;

#[tokio::test(flavor = "multi_thread")]
async fn filters_narrow_and_repeated_values_widen() {
    let app = TestApp::build().example().spawn().await;
    let all = walk(&app, "/api/v1/requirements?limit=100").await;
    let all = items(&all);
    let has = |item: &Value, list: &str, start: &str| {
        item[list].as_array().is_some_and(|list| list.iter().any(|one| one.as_str().is_some_and(|one| one.starts_with(start))))
    };
    let cases: Vec<(&str, Fits<'_>)> = vec![
        ("level=advanced", Box::new(|i| i["level"] == "advanced")),
        ("level=advanced&level=spearhead", Box::new(|i| i["level"] != "basic")),
        ("type=award_criterion&level=advanced", Box::new(|i| i["type"] == "award_criterion" && i["level"] == "advanced")),
        ("product_area=textil&product_area=energi", Box::new(|i| i["product_area"] == "textil" || i["product_area"] == "energi")),
        ("product_group=handskar", Box::new(|i| i["product_group"] == "handskar")),
        ("product_group=textil/tvatteritjanster", Box::new(|i| i["product_group"] == "tvatteritjanster")),
        (
            "objective=giftfri-miljo&objective=levande-skogar",
            Box::new(|i| has(i, "objectives", "giftfri-miljo") || has(i, "objectives", "levande-skogar")),
        ),
        ("cpv=3314", Box::new(|i| has(i, "cpv", "3314"))),
        ("cpv=33141420-7", Box::new(|i| has(i, "cpv", "33141420"))),
        ("q=cpv+3314", Box::new(|i| has(i, "cpv", "3314"))),
        ("q=kb1", Box::new(|i| i["id"] == "KB-0001")),
        ("q=&cpv=", Box::new(|_| true)),
    ];
    for (query, fits) in &cases {
        let pages = walk(&app, &format!("/api/v1/requirements?limit=100&{query}")).await;
        let expected: Vec<String> = field(&all.iter().copied().filter(|item| fits(item)).collect::<Vec<_>>(), "id");
        assert!(!expected.is_empty(), "{query}: the example bank has nothing to find");
        assert_eq!(field(&items(&pages), "id"), expected, "{query}");
        assert_eq!(pages[0]["total"], expected.len(), "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn facets_say_what_each_value_would_give() {
    let app = TestApp::build().example().spawn().await;
    let first = app.get("/api/v1/requirements?level=advanced&objective=giftfri-miljo&limit=1").await.expect(200).json();
    for name in ["product_area", "product_group", "type", "level", "objective"] {
        let values = first["facets"][name].as_array().expect("a list").clone();
        assert!(!values.is_empty(), "{name}");
        for facet in values {
            let value = facet["value"].as_str().expect("a value");
            let others = match name {
                "level" => "objective=giftfri-miljo",
                "objective" => "level=advanced",
                _ => "level=advanced&objective=giftfri-miljo",
            };
            let found = app.get(&format!("/api/v1/requirements?{others}&{name}={value}&limit=1")).await.expect(200).json();
            assert_eq!(found["total"], facet["count"], "{name}={value}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn titles_come_in_swedish_order_and_the_latest_first() {
    let app = TestApp::spawn().await;
    let file = lines(&[
        complete("Återvunnet material").set("effective_from", "2026-03-01"),
        complete("Zinkfria ytor").set("effective_from", "2026-02-01"),
        complete("Ämnen i plast").set("effective_from", "2026-01-01"),
    ]);
    app.import(&file, Target::Current).await;
    let list = |sort: &str| format!("/api/v1/requirements?sort={sort}");
    let pages = walk(&app, &list("title")).await;
    assert_eq!(field(&items(&pages), "title"), ["Zinkfria ytor", "Återvunnet material", "Ämnen i plast"]);
    let pages = walk(&app, &list("latest")).await;
    assert_eq!(field(&items(&pages), "title"), ["Återvunnet material", "Zinkfria ytor", "Ämnen i plast"]);
    let pages = walk(&app, "/api/v1/requirements?q=plast").await;
    assert_eq!(field(&items(&pages), "title"), ["Ämnen i plast"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_since() {
    let app = TestApp::build().example().spawn().await;
    let all = walk(&app, &format!("/api/v1/requirements?{EVERY_STATUS}&limit=100")).await;
    let all = items(&all);
    for since in ["2026-11-22T11:59:59Z", "2026-11-22T12:00:00Z", "2026-11-22T12:00:01+00:00", "2026-11-01", "2027-01-01"] {
        let pages = walk(&app, &format!("/api/v1/requirements?{EVERY_STATUS}&limit=100&updated_since={since}")).await;
        let bound = if since.len() == 10 { format!("{since}T00:00:00Z") } else { since.replace("+00:00", "Z") };
        let expected = all.iter().filter(|item| item["updated_at"].as_str().is_some_and(|at| *at >= *bound)).count();
        assert_eq!(items(&pages).len(), expected, "{since}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_understood_is_refused_by_name() {
    let app = TestApp::build().example().spawn().await;
    let cases = [
        ("status=", "status: got \"\", expected one of"),
        ("level=gold", "level: got \"gold\", expected one of basic, advanced, spearhead"),
        ("type=krav", "type: got \"krav\""),
        ("status=preparation", "status: got \"preparation\", expected one of current, coming, superseded, repealed"),
        ("sort=price", "sort: got \"price\", expected one of relevance, latest, title, number"),
        ("limit=0", "limit: got \"0\", expected a whole number from 1 to 100"),
        ("limit=101", "limit: got \"101\""),
        ("limit=ten", "limit: got \"ten\""),
        ("page=0", "page: got \"0\""),
        ("page=-1", "page: got \"-1\""),
        ("page=99999999999", "page: got \"99999999999\""),
        ("page=1&page=2", "page: got \"2\", expected the parameter once"),
        ("updated_since=yesterday", "updated_since: got \"yesterday\", expected an RFC 3339 time"),
        ("updated_since=9999-12-31", "updated_since"),
        ("cpv=33A", "cpv: got \"33A\""),
        ("cpv=3", "cpv: got \"3\""),
        ("product_area=finns-inte", "product_area: got \"finns-inte\", expected a slug of /api/v1/product-areas"),
        ("product_group=textil/handskar", "product_group: got \"textil/handskar\""),
        ("objective=Giftfri", "objective: got \"Giftfri\""),
        ("objective=finns-inte", "objective: got \"finns-inte\", expected a slug of /api/v1/objectives"),
        ("cursor=xyz", "cursor: got \"xyz\""),
        ("cursor=7b7d", "cursor: got \"7b7d\""),
        ("levl=basic", "unknown parameter \"levl\"; expected q, product_area"),
        ("q=a%00b", "q: got \"a\\0b\""),
    ];
    for (query, expected) in cases {
        let (_, detail) = problem(app.get(&format!("/api/v1/requirements?{query}")).await, 400);
        assert!(detail.contains(expected), "{query}: {detail}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn too_deep_points_at_next() {
    let app = TestApp::build().example().spawn().await;
    for list in LISTS {
        app.get(&format!("{list}?limit=100&page=10")).await.expect(200);
        let (document, detail) = problem(app.get(&format!("{list}?limit=100&page=11")).await, 400);
        assert!(detail.contains("page: got \"11\""), "{detail}");
        app.get(&path_of(&document["next"]).expect("an address")).await.expect(200);
    }
    let (document, _) = problem(app.get("/api/v1/requirements?level=basic&page=51").await, 400);
    assert_eq!(path_of(&document["next"]).as_deref(), Some("/api/v1/requirements?level=basic&page=50"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_holds_for_its_own_order_and_survives_tampering() {
    let app = TestApp::build().example().spawn().await;
    let first = app.get("/api/v1/requirements?limit=5&sort=title").await.expect(200).json();
    let next = path_of(&first["next"]).expect("more");
    let cursor = next.split_once("cursor=").expect("a cursor").1.to_owned();
    problem(app.get(&next.replace("sort=title", "sort=latest")).await, 400);
    problem(app.get(&format!("{next}&page=2")).await, 400);
    for (from, to) in
        [("\"place\":\"", "\"place\":\"1e999"), ("\"place\":\"", "\"place\":\"x"), ("\"name\":\"", "\"name\":\"\\u0000")]
    {
        let text = cursor_text(&cursor).replace(from, to);
        let forged = hex::encode(text);
        problem(app.get(&format!("/api/v1/requirements?limit=5&sort=title&cursor={forged}")).await, 400);
    }
}

fn cursor_text(cursor: &str) -> String {
    let byte = |place: usize| u8::from_str_radix(&cursor[place..place + 2], 16).expect("hexadecimal");
    String::from_utf8((0..cursor.len()).step_by(2).map(byte).collect()).expect("text")
}
