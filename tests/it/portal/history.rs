//! What has happened to a requirement.

use std::collections::BTreeSet;

use super::{EVERY_STATUS, hits, walk};
use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn the_latest_stands_first() {
    let app = TestApp::build().example().spawn().await;
    let pages = walk(&app, &format!("/krav?{EVERY_STATUS}&sort=nummer"), "next").await;
    let ids: BTreeSet<String> = pages.iter().flat_map(hits).map(|hit| hit[..7].to_owned()).collect();
    assert!(ids.len() > 80, "{ids:?}");
    for id in &ids {
        let page = app.get(&format!("/krav/{id}/historik")).await.expect(200);
        let text = page.text();
        let days: Vec<&str> = text.split("<time datetime=\"").skip(1).filter_map(|rest| rest.get(..10)).collect();
        assert!(!days.is_empty() && days.is_sorted_by(|a, b| a >= b), "{id}: {days:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn versions_stops_and_ends_stand_where_they_happened() {
    let app = TestApp::build().example().spawn().await;
    let headings = async |id: &str| app.get(&format!("/krav/{id}/historik")).await.expect(200).texts(".timeline h2");
    assert_eq!(
        headings("KB-0004").await,
        ["Version 4 ska börja gälla", "Version 3 började gälla", "Version 2 började gälla", "Version 1 började gälla"]
    );
    assert!(headings("KB-0005").await.contains(&"Kravet stoppas tills vidare".to_owned()));
    assert!(headings("KB-0015").await[0].contains("upphäv"));
    let page = app.get("/krav/KB-0004/historik").await.expect(200);
    assert_eq!(page.texts(".timeline li:nth-child(3) a"), ["Läs version 2", "Jämför med version 1"]);
    assert_eq!(
        page.attributes(".timeline li:nth-child(3) a", "href"),
        ["/krav/KB-0004/v/2", "/krav/KB-0004/jamfor?fran=1&till=2"]
    );
    // A text that is not shown is not compared.
    let hidden = app.get("/krav/KB-0081/historik").await.expect(200);
    assert!(hidden.attributes(".timeline a", "href").iter().all(|href| !href.contains("jamfor")));
    app.get("/krav/KB-9999/historik").await.expect(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn that_a_text_is_no_longer_shown_is_an_event() {
    let app = TestApp::build().example().spawn().await;
    let page = app.get("/krav/KB-0081/historik").await.expect(200);
    let entry = page.texts(".timeline li").into_iter().find(|entry| entry.contains("Texten i version 1 visas inte längre"));
    let gone = app.get("/krav/KB-0081/v/1").await.expect(410);
    let reason = gone.texts("dl.facts dd").first().cloned().expect("a reason");
    assert!(entry.expect("the event").contains(&reason));
    let english = app.get("/en/krav/KB-0081/historik").await.expect(200);
    assert!(english.texts(".timeline h2").contains(&"The text of version 1 is no longer shown".to_owned()));
}
