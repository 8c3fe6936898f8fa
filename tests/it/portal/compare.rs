//! Two versions of a requirement.

use crate::support::{Import, TestApp, complete, lines};

/// A requirement with two versions, the second a day before the tests.
async fn two_versions(app: &TestApp, before: &[&str], after: &[&str]) {
    let first = complete("Handskar").text(before).id("KB-0001").set("effective_from", "2025-01-01");
    let second = complete("Handskar").text(after).id("KB-0001").set("effective_from", "2026-11-21");
    Import::current().accepted(&app.db, lines(&[first])).await;
    Import::current().accepted(&app.db, lines(&[second])).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn clauses_are_met_by_their_lasting_ids() {
    let app = TestApp::spawn().await;
    let (a, b, c) = (
        "Handskarna ska vara fria från ftalater i alla delar.",
        "Anbudsgivaren ska lämna intyg om innehållet senast vid avtalsstart.",
        "Förpackningen ska gå att återvinna i Sverige.",
    );
    let shorter = "Anbudsgivaren ska lämna intyg om innehållet senast vid första leveransen.";
    let new = "Tillverkaren ska årligen redovisa klimatpåverkan per tusen handskar.";
    two_versions(&app, &[a, b, c], &[c, a, shorter, new]).await;
    let page = app.get("/krav/KB-0001/jamfor?fran=1&till=2").await.expect(200);
    assert_eq!(page.texts("h1"), ["Jämför version 1 och 2"]);
    let of = |class: &str| page.texts(&format!(".diff__clause--{class} > p:last-of-type"));
    assert_eq!(of("changed").len(), 1, "{:?}", page.texts(".diff"));
    assert_eq!(page.texts(".diff__clause--changed del").len(), page.texts(".diff__clause--changed ins").len());
    assert_eq!((of("added").len(), of("removed").len()), (1, 0));
    assert!(of("added")[0].contains(new), "{:?}", of("added"));
    let whole = page.texts(".diff").concat();
    assert_eq!((whole.matches(a).count(), whole.matches(c).count()), (1, 1), "what only moved stands once");
    // Backwards, what was added is removed.
    let back = app.get("/krav/KB-0001/jamfor?fran=2&till=1").await.expect(200);
    assert_eq!((back.texts(".diff__clause--removed").len(), back.texts(".diff__clause--added").len()), (1, 0));
    // Side by side there is a row for each clause.
    let sides = app.get("/krav/KB-0001/jamfor?fran=1&till=2&vy=sida").await.expect(200);
    assert_eq!(sides.texts(".table--sides tbody tr").len(), 4);
    // The version shown leads here.
    let shown = app.get("/krav/KB-0001").await.expect(200);
    assert!(shown.attributes("a", "href").contains(&"/krav/KB-0001/jamfor?fran=1&till=2".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_to_compare_is_said_and_what_is_not_there_is_not_there() {
    let app = TestApp::build().example().spawn().await;
    let one = app.get("/krav/KB-0012/jamfor").await.expect(200);
    assert_eq!(one.texts("h1"), ["Inget att jämföra"]);
    assert!(one.attributes("main a", "href").contains(&"/krav/KB-0012".to_owned()));
    let same = app.get("/krav/KB-0004/jamfor?fran=2&till=2").await.expect(200);
    assert_eq!(same.texts("main ins, main del"), Vec::<String>::new());
    assert_eq!(same.attributes("select option[selected]", "value"), ["2", "2"]);
    for query in ["fran=1&till=99", "fran=99&till=1", "fran=0&till=1", "till=-1", "fran=99", "fran=x&till=y"] {
        app.get(&format!("/krav/KB-0004/jamfor?{query}")).await.expect(404);
    }
    for query in ["", "?fran=&till=", "?vy=sida", "?vy=x"] {
        app.get(&format!("/krav/KB-0004/jamfor{query}")).await.expect(200);
    }
    app.get("/krav/KB-9999/jamfor").await.expect(404);
    // A text that is not shown is no side.
    app.get("/krav/KB-0081/jamfor?fran=1&till=2").await.expect(404);
}
