//! Requirements side by side.

use kravbank::imports::Target;
use serde_json::json;

use crate::support::{Answer, TestApp, complete, lines};

/// What stands in a row, requirement by requirement.
fn row(page: &Answer, label: &str) -> Vec<String> {
    let headings = page.texts(".table--stack tbody th");
    let place = headings.iter().position(|heading| heading.trim_end_matches(" Lika") == label);
    let place = place.unwrap_or_else(|| panic!("no row {label}: {headings:?}")) + 1;
    page.texts(&format!(".table--stack tbody tr:nth-child({place}) td"))
}

fn ids(page: &Answer) -> Vec<String> {
    page.texts(".table--stack thead th > a")
}

fn labels(page: &Answer) -> Vec<String> {
    page.texts(".table--stack tbody th")
}

#[tokio::test(flavor = "multi_thread")]
async fn each_requirement_has_a_column_and_what_is_alike_is_marked() {
    let app = TestApp::spawn().await;
    let common = |title: &str, text: &str| complete(title).text(&[text]).set("objectives", json!(["giftfri-miljo"]));
    let first = common("Fria från ftalater", "Inga {{halt}} ftalater.")
        .id("KB-0001")
        .set("level", "basic")
        .set(
            "parameters",
            json!([{"key": "halt", "label": "Högsta halt", "kind": "number", "unit": "mg", "min": 5, "max": 20, "default": 10}]),
        )
        .set("follow_up", json!({"method": "Stickprov.", "effort": "small", "by": "Regionen"}))
        .set("effective_from", "2025-01-01");
    let second = common("Klimatredovisning", "Redovisa klimatpåverkan.")
        .id("KB-0002")
        .set("level", "advanced")
        .set("effective_from", "2026-01-01");
    app.import(&lines(&[first, second]), Target::Current).await;
    let page = app.get("/jamfor?krav=KB-0002&krav=KB-0001").await.expect(200);
    assert_eq!(ids(&page), ["KB-0002:1", "KB-0001:1"]);
    assert_eq!(page.attributes(".table--stack thead th[abbr]", "abbr"), ["KB-0002:1", "KB-0001:1"]);
    assert_eq!(row(&page, "Nivå"), ["KB-0002:1 Avancerad", "KB-0001:1 Bas"]);
    assert_eq!(row(&page, "Gäller från"), ["KB-0002:1 1 januari 2026", "KB-0001:1 1 januari 2025"]);
    assert_eq!(row(&page, "Kravtext"), ["KB-0002:1 Redovisa klimatpåverkan.", "KB-0001:1 Inga 10 ftalater."]);
    assert!(row(&page, "Parametrar")[0].ends_with("Anges inte"));
    assert!(row(&page, "Parametrar")[1].contains("Högsta halt (tal). Går att välja: 5 till 20 mg. Förval: 10 mg"));
    assert!(row(&page, "Uppföljning")[1].contains("Av vem: Regionen") && row(&page, "Uppföljning")[1].ends_with("liten"));
    let same = page.texts(".is-same th");
    for label in ["Status Lika", "Kravtyp Lika", "Miljömål Lika", "Produktgrupp Lika"] {
        assert!(same.iter().any(|one| one == label), "{label}: {same:?}");
    }
    assert!(!same.iter().any(|one| one.starts_with("Nivå") || one.starts_with("Kravtext")), "{same:?}");

    let view = page.attributes("main p > a[href*='visa=']", "href");
    assert_eq!(view, ["/jamfor?krav=KB-0002&krav=KB-0001&visa=skillnader"]);
    let differences = app.get(&view[0]).await.expect(200);
    let mut left = labels(&page);
    left.retain(|label| !label.ends_with(" Lika"));
    assert_eq!(labels(&differences), left, "what is alike is left out, and nothing else");
    let said = differences.texts("main p").concat();
    assert!(said.contains(&format!("{} uppgifter är lika i alla och visas inte: Status, ", same.len())), "{said}");
    assert_eq!(differences.attributes("main p > a[href^='/jamfor']", "href"), ["/jamfor?krav=KB-0002&krav=KB-0001"]);
    assert_ne!(differences.texts("title"), page.texts("title"));
}

#[tokio::test(flavor = "multi_thread")]
async fn columns_are_moved_removed_and_added() {
    let app = TestApp::build().example().spawn().await;
    let page = app.get("/jamfor?krav=KB-0001&krav=KB-0004:1&krav=KB-0008&visa=skillnader").await.expect(200);
    assert_eq!(ids(&page), ["KB-0001:2", "KB-0004:1", "KB-0008:1"]);
    assert_eq!(page.attributes(".table--stack thead th > a", "href"), ["/krav/KB-0001", "/krav/KB-0004/v/1", "/krav/KB-0008"]);
    let links = page.attributes(".table--stack tbody tr:first-child a", "href");
    let expected = [
        "krav=KB-0004:1&krav=KB-0008",
        "krav=KB-0004:1&krav=KB-0001&krav=KB-0008",
        "krav=KB-0001&krav=KB-0008",
        "krav=KB-0004:1&krav=KB-0001&krav=KB-0008",
        "krav=KB-0001&krav=KB-0008&krav=KB-0004:1",
        "krav=KB-0001&krav=KB-0004:1",
        "krav=KB-0001&krav=KB-0008&krav=KB-0004:1",
    ];
    assert_eq!(links, expected.map(|query| format!("/jamfor?{query}&visa=skillnader")));
    let hidden = page.attributes("form input[type=hidden]", "value");
    assert_eq!(hidden, ["KB-0001", "KB-0004:1", "KB-0008", "skillnader"]);
    let full = app.get("/jamfor?krav=KB-0001&krav=KB-0004&krav=KB-0008&krav=KB-0012").await.expect(200);
    assert_eq!((ids(&full).len(), full.texts("main form").len()), (4, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn other_spellings_lead_to_the_canonical_address() {
    let app = TestApp::build().example().spawn().await;
    for (asked, canonical) in [
        ("krav=kb1&krav=KB%204:V2", "krav=KB-0001&krav=KB-0004:2"),
        ("krav=KB-0001,%20kb-4;KB-0008&krav=", "krav=KB-0001&krav=KB-0004&krav=KB-0008"),
        ("krav=KB-0001&krav=kb1&krav=KB-0001:1", "krav=KB-0001&krav=KB-0001:1"),
        ("krav=KB-0001&krav=%20handskar%20", "krav=KB-0001&krav=handskar"),
        ("krav=KB-0001&krav=KB-0004&visa=allt", "krav=KB-0001&krav=KB-0004"),
    ] {
        for prefix in ["", "/en"] {
            let answer = app.get(&format!("{prefix}/jamfor?{asked}")).await.expect(308);
            assert_eq!(answer.header("location"), format!("{prefix}/jamfor?{canonical}"), "{asked}");
            app.get(answer.header("location")).await.expect(200);
        }
    }
    assert_eq!(app.get("/jamfor?krav=&krav=&krav=&krav=").await.expect(308).header("location"), "/jamfor");
    app.get("/jamfor?krav=%00").await.expect(400);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_shown_is_named_and_the_rest_is_there() {
    let app = TestApp::build().example().spawn().await;
    let page = app.get("/jamfor?krav=KB-0001&krav=KB-9999&krav=KB-0081:1&krav=KB-0004&krav=handskar").await.expect(200);
    assert_eq!(ids(&page), ["KB-0001:2", "KB-0004:3"]);
    let notes = page.texts(".banner--warning p:not(.banner__title)");
    assert_eq!(
        notes,
        [
            "”handskar” är inget nummer på ett krav. Skriv som KB-0042 eller KB-0042:3.",
            "KB-9999 finns inte i banken.",
            "Texten i KB-0081:1 får inte visas.",
        ]
    );
    let version = app.get("/jamfor?krav=KB-0001&krav=KB-0004:99").await.expect(200);
    assert_eq!(version.texts(".banner--warning p:not(.banner__title)"), ["KB-0004:99 finns inte i banken."]);
    let many = app.get("/jamfor?krav=KB-0001&krav=KB-0002&krav=KB-0003&krav=KB-0004&krav=KB-0005&krav=KB-0006").await.expect(200);
    assert_eq!(ids(&many).len(), 4);
    let said = many.texts(".banner--warning").concat();
    assert!(said.contains("Här visas de fyra första, inte KB-0005, KB-0006."), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_two_requirements_the_page_says_how_to_choose() {
    let app = TestApp::build().example().spawn().await;
    let none = app.get("/jamfor").await.expect(200);
    assert_eq!(none.attributes("main form input[name=krav]", "value"), ["", "", "", ""]);
    assert_eq!(none.texts(".table--stack").len(), 0);
    let one = app.get("/jamfor?krav=KB-0004").await.expect(200);
    assert_eq!(one.attributes("main form input[name=krav]", "value"), ["KB-0004", "", "", ""]);
    assert!(one.attributes("main a", "href").contains(&"/omraden/medicinteknik/handskar#krav".to_owned()));
    assert_ne!(none.texts("title"), one.texts("title"));
    let unknown = app.get("/jamfor?krav=KB-9999").await.expect(200);
    assert_eq!(unknown.texts(".banner--warning p:not(.banner__title)"), ["KB-9999 finns inte i banken."]);
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_are_in_the_language_of_the_page_where_they_are() {
    let app = TestApp::build().example().spawn().await;
    // KB-0004 has English texts, KB-0012 has none.
    let page = app.get("/en/jamfor?krav=KB-0004&krav=KB-0012").await.expect(200);
    assert_eq!(page.attributes(".table__title", "lang"), ["sv"]);
    assert_eq!(page.texts(".table--stack td > ol").len(), 2);
    assert_eq!(page.attributes(".table--stack td > ol", "lang"), ["sv"]);
    assert!(page.texts(".table--stack td").iter().any(|cell| cell.ends_with("In force")), "words of the page are English");
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_groups_and_requirements_lead_here() {
    let app = TestApp::build().example().spawn().await;
    for path in ["/krav", "/omraden/medicinteknik", "/omraden/medicinteknik/handskar"] {
        let page = app.get(path).await.expect(200);
        assert_eq!(page.attributes("#jamfor", "action"), ["/jamfor"], "{path}");
        let boxes = page.attributes(".hit .pick input[name=krav][form=jamfor]", "value");
        assert_eq!(boxes.len(), page.texts(".hit").len(), "{path}");
        let query: Vec<String> = boxes.iter().take(3).map(|id| format!("krav={id}")).collect();
        let compared = app.get(&format!("/jamfor?{}", query.join("&"))).await.expect(200);
        let found: Vec<String> = ids(&compared).iter().map(|id| id.split(':').next().unwrap_or_default().to_owned()).collect();
        assert_eq!(found, boxes[..3], "{path}");
    }
    // A version that is not in force is chosen as what it is.
    let old = app.get("/krav?q=KB-0004&status=ersatt").await.expect(200);
    assert!(old.attributes(".hit .pick input", "value").contains(&"KB-0004:1".to_owned()));
    let family = "/jamfor?krav=KB-0001&krav=KB-0002&krav=KB-0003".to_owned();
    for path in ["/omraden/medicinteknik/handskar", "/krav/KB-0001"] {
        assert!(app.get(path).await.expect(200).attributes("main a", "href").contains(&family), "{path}");
    }
    assert!(app.get("/krav/KB-0001").await.expect(200).attributes("main a", "href").contains(&"/jamfor?krav=KB-0001".to_owned()));
    let pinned = app.get("/krav/KB-0004/v/1").await.expect(200).attributes("main a", "href");
    assert!(pinned.contains(&"/jamfor?krav=KB-0004:1".to_owned()));
}
