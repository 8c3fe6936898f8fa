//! What holds for every page: one round trip, and a twin in English.

use super::EVERY_STATUS;
use crate::support::TestApp;

/// Pages of the example bank, and where they are narrowed or paged.
fn paths() -> Vec<String> {
    let fixed = [
        "/",
        "/krav",
        "/krav?q=handskar",
        "/krav?q=kb42",
        "/krav?q=33.14",
        "/krav?niva=bas&typ=specifikation&omrade=textil&bevis=certifikat",
        "/krav?oversyn=forsenad&sort=titel",
        "/krav?q=finnsintealls&niva=bas",
        "/krav?fore=slut",
        "/krav?fore=slut&sort=nummer",
        "/omraden",
        "/omraden/textil",
        "/omraden/textil/tvatteritjanster",
        "/krav/KB-0004",
        "/krav/KB-0004?format=txt",
        "/krav/KB-0004/v/1",
        "/krav/KB-0015",
        "/krav/KB-0004/historik",
        "/krav/KB-0004/jamfor",
        "/krav/KB-0004/jamfor?fran=1&till=3&vy=sida",
        "/krav/KB-0012/jamfor",
        "/jamfor?krav=KB-0004",
        "/jamfor?krav=KB-0001&krav=KB-0004:1&krav=KB-0008&krav=KB-0012",
        "/jamfor?krav=KB-0001&krav=KB-0004&visa=skillnader",
        "/omraden/medicinteknik/nivaer",
        "/omraden/medicinteknik/handskar/nivaer?typ=specifikation",
    ];
    fixed.iter().map(|path| (*path).to_owned()).chain([format!("/krav?{EVERY_STATUS}")]).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_asks_the_database_once() {
    let app = TestApp::build().example().spawn().await;
    let mut paths = paths();
    let first = app.get("/krav").await.expect(200);
    let next = first.attributes(".pagination a[rel=next]", "href").pop().expect("more than a page");
    paths.push(next.split('#').next().unwrap_or_default().to_owned());
    let second = app.get(&next).await.expect(200);
    let back = second.attributes(".pagination a[rel=prev]", "href").pop().expect("a way back");
    paths.push(back.split('#').next().unwrap_or_default().to_owned());
    for path in paths {
        let mut queries = app.queries_of(&path).await;
        if queries.is_empty() {
            // Tracing may learn only now that somebody listens.
            queries = app.queries_of(&path).await;
        }
        // A connection that happens to be new takes on the working role.
        queries.retain(|query| !query.starts_with("select set_config('role'"));
        assert_eq!(queries.len(), 1, "{path}: {queries:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_has_a_twin_in_english() {
    let app = TestApp::build().example().spawn().await;
    for path in paths() {
        let swedish = app.get(&path).await.expect(200);
        let twin = if path == "/" { "/en".to_owned() } else { format!("/en{path}") };
        let english = app.get(&twin).await.expect(200);
        assert_eq!(swedish.header("content-type"), english.header("content-type"));
        if path.contains("format=txt") {
            continue;
        }
        assert_eq!(swedish.attributes("html", "lang"), ["sv"], "{path}");
        assert_eq!(english.attributes("html", "lang"), ["en"], "{path}");
        assert!(swedish.texts("h1") != english.texts("h1") || path.starts_with("/krav/") || path == "/", "{path}");
        let tags = |page: &crate::support::Answer| page.texts("main *").len();
        assert!(tags(&swedish) > 0 && tags(&english) > 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_swedish_on_an_english_page_says_so() {
    let app = TestApp::build().example().spawn().await;
    // No English text at all.
    let page = app.get("/en/krav/KB-0012").await.expect(200);
    assert_eq!(page.attributes("h1", "lang"), ["sv"]);
    assert_eq!(page.attributes("ol.clauses", "lang"), ["sv"]);
    assert_eq!(page.texts("#motiv + .prose > p:not([lang=sv])"), Vec::<String>::new());
    assert!(!page.texts("main").concat().contains("Den svenska texten gäller"));
    // English title and clauses.
    let page = app.get("/en/krav/KB-0004").await.expect(200);
    assert_eq!(page.attributes("h1", "lang"), Vec::<String>::new());
    assert_eq!(page.attributes("ol.clauses", "lang"), Vec::<String>::new());
    // A reason is written in Swedish.
    let page = app.get("/en/krav/KB-0005").await.expect(200);
    assert_eq!(page.texts(".banner--stop p[lang=sv]").len(), 1);
    let list = app.get("/en/krav").await.expect(200);
    assert_eq!(list.texts(".hit__excerpt[lang=sv]").len(), list.texts(".hit").len());
    let history = app.get("/en/krav/KB-0005/historik").await.expect(200);
    assert_eq!(
        history.texts(".timeline p[lang=sv]").len(),
        history.texts(".timeline li").len() - history.texts(".timeline li:not(:has(p[lang=sv]))").len()
    );
    let compare = app.get("/en/krav/KB-0004/jamfor?fran=1&till=2").await.expect(200);
    assert_eq!(compare.texts(".diff__clause > p:not([lang=sv]):not(.small)"), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_bank_has_every_page() {
    let app = TestApp::spawn().await;
    for path in ["/", "/en", "/omraden", "/omraden/textil", "/omraden/textil/tvatteritjanster", "/ordlista", "/om", "/en/krav"] {
        app.get(path).await.expect(200);
    }
    let list = app.get("/krav").await.expect(200);
    assert_eq!(list.texts(".empty-state h3"), ["Banken är tom"]);
    assert_eq!(list.texts(".pagination").len() + list.texts(".hit").len(), 0);
    assert_eq!(app.get("/krav?q=handskar").await.expect(200).texts(".empty-state h3"), Vec::<String>::new());
    app.get("/krav/KB-0001").await.expect(404);
}
