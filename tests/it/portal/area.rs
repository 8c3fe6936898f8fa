//! Areas and groups.

use super::{hits, total, walk};
use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_of_areas_say_what_the_list_says() {
    let app = TestApp::build().example().spawn().await;
    let areas = app.get("/omraden").await.expect(200);
    let mut links = areas.attributes("main a[href^='/omraden/']", "href");
    links.sort();
    links.dedup();
    assert!(links.iter().any(|link| link == "/omraden/textil"), "{links:?}");
    assert!(links.len() > 20, "{links:?}");
    for link in links {
        let page = app.get(&link).await.expect(200);
        let place = link.trim_start_matches("/omraden/");
        let whole = walk(&app, &format!("/krav?omrade={}", super::escaped(place)), "next").await;
        let listed: Vec<String> = whole.iter().flat_map(hits).collect();
        let shown: Vec<String> = page.attributes("main a[href^='/krav/KB-']", "href");
        assert_eq!(shown.is_empty(), listed.is_empty(), "{link}");
        for href in shown {
            assert!(listed.contains(&href.trim_start_matches("/krav/").to_owned()), "{link}: {href}");
        }
        let mut levels = page.attributes("main a[href*='niva=']", "href");
        levels.sort();
        levels.dedup();
        let mut sum = 0;
        for level in &levels {
            sum += total(&app.get(level).await.expect(200));
        }
        assert!(levels.is_empty() || sum == listed.len(), "{link}: {sum} of {}", listed.len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_area_is_not_there() {
    let app = TestApp::build().example().spawn().await;
    for path in ["/omraden/finns-inte", "/omraden/textil/handskar", "/omraden/Textil", "/omraden/%00", "/omraden/textil/%C3%A5"] {
        app.get(path).await.expect(404);
        app.get(&format!("/en{path}")).await.expect(404);
    }
}
