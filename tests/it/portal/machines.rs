//! What machines look for: where they may go, what there is, whom to tell.

use roxmltree::Document;
use serde_json::json;
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

use crate::support::{Answer, Import, Line, NOW, TestApp, complete, lines};

const BASE: &str = "https://krav.example.se";

async fn bank() -> TestApp {
    let app = TestApp::build().base_url(&format!("{BASE}/")).spawn().await;
    let before = Import::current().at(NOW - Duration::days(30));
    let first: Vec<Line> = [1, 2, 5_000, 5_001].map(|n| complete(&format!("Krav {n}")).id(&format!("KB-{n:04}"))).into();
    before.accepted(&app.db, lines(&first)).await;
    let later = complete("Krav 3").id("KB-0003").set("effective_from", "2027-06-01");
    before.accepted(&app.db, lines(&[later])).await;
    let again = Line::empty().id("KB-0002").set("text", json!(["Ny text."]));
    before.at(NOW - Duration::days(10)).accepted(&app.db, lines(&[again])).await;
    Import::preparation().accepted(&app.db, lines(&[complete("Utkast").id("KB-0004"), Line::empty().id("KB-0001")])).await;
    app
}

/// The texts of the elements of this name, the document being well formed.
fn elements(answer: &Answer, name: &str) -> Vec<String> {
    assert_eq!(answer.header("content-type"), "application/xml; charset=utf-8");
    let text = answer.text();
    let document = Document::parse(&text).unwrap_or_else(|error| panic!("{}: {error}\n{text}", answer.path));
    document.descendants().filter(|node| node.has_tag_name(name)).map(|node| node.text().unwrap_or_default().to_owned()).collect()
}

fn elements_of(answer: &Answer, name: &str) -> Vec<String> {
    let text = answer.text();
    let document = Document::parse(&text).expect("XML");
    let found = document.descendants().filter(|node| node.is_element() && node.tag_name().name() == name);
    found.map(|node| node.attribute("href").or_else(|| node.text()).unwrap_or_default().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sitemap_names_every_requirement_with_a_text_and_no_other() {
    let app = bank().await;
    let index = app.get("/sitemap.xml").await.expect(200);
    assert_eq!(elements(&index, "nothing"), Vec::<String>::new());
    let parts = elements_of(&index, "loc");
    assert_eq!(parts, ["pages", "organisations", "0", "1"].map(|part| format!("{BASE}/sitemap.xml?part={part}")));

    let first = app.get("/sitemap.xml?part=0").await.expect(200);
    let expected: Vec<String> = ["KB-0001", "KB-0002", "KB-0003", "KB-5000"]
        .iter()
        .flat_map(|id| [format!("{BASE}/krav/{id}"), format!("{BASE}/en/krav/{id}")])
        .collect();
    assert_eq!(elements_of(&first, "loc"), expected, "a draft is no page");
    // Each address names itself and its twin.
    let alternates = elements_of(&first, "link");
    assert_eq!(alternates.len(), 2 * expected.len());
    assert_eq!(alternates[..4], [&expected[0], &expected[1], &expected[0], &expected[1]].map(String::clone));
    // A second version is a change; that something is decided for later is one, that its day will come is none yet.
    let changed: Vec<OffsetDateTime> =
        elements_of(&first, "lastmod").iter().map(|text| OffsetDateTime::parse(text, &Rfc3339).expect("a time")).collect();
    let days: Vec<i64> = changed.iter().map(|at| (NOW - *at).whole_days()).collect();
    assert_eq!(days, [30, 30, 10, 10, 30, 30, 30, 30]);

    let second = app.get("/sitemap.xml?part=1").await.expect(200);
    assert_eq!(elements_of(&second, "loc"), [format!("{BASE}/krav/KB-5001"), format!("{BASE}/en/krav/KB-5001")]);
    for missing in ["2", "00", "-1", "x", "99999999999"] {
        app.get(&format!("/sitemap.xml?part={missing}")).await.expect(404);
    }
    for path in ["/sitemap.xml", "/sitemap.xml?part=pages", "/sitemap.xml?part=organisations", "/sitemap.xml?part=0"] {
        let mut queries = app.queries_of(path).await;
        queries.retain(|query| !query.starts_with("select set_config('role'"));
        assert_eq!(queries.len(), 1, "{path}: {queries:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_address_of_the_sitemap_answers() {
    let app = bank().await;
    // A text that may not be shown is no page to be found.
    app.db.execute("update requirement_version set not_shown_since = now(), not_shown_reason = 'x' where number = 2").await;
    let mut asked = 0;
    for part in elements_of(&app.get("/sitemap.xml").await.expect(200), "loc") {
        let part = app.get(part.strip_prefix(BASE).expect("of this bank")).await.expect(200);
        for address in elements_of(&part, "loc") {
            let path = address.strip_prefix(BASE).expect("of this bank").to_owned();
            let page = app.get(&path).await.expect(200);
            assert_eq!(page.attributes("link[rel=canonical]", "href"), [address], "a sitemap names canonical addresses");
            assert!(!path.contains("KB-0002"));
            asked += 1;
        }
    }
    assert!(asked > 50, "only {asked} addresses");
}

#[tokio::test(flavor = "multi_thread")]
async fn crawlers_are_let_in_and_kept_out_of_filters() {
    let app = TestApp::build().base_url(BASE).spawn().await;
    let robots = app.get("/robots.txt").await.expect(200);
    assert_eq!(robots.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(robots.text(), format!("User-agent: *\nDisallow: /*?\nAllow: /sitemap.xml\n\nSitemap: {BASE}/sitemap.xml\n"));
    assert_eq!(app.get("/krav").await.header("x-robots-tag"), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_made_up_is_not_to_be_found_by_a_search_engine() {
    let app = TestApp::build().example().spawn().await;
    assert_eq!(app.get("/robots.txt").await.expect(200).text(), "User-agent: *\nDisallow: /\n");
    for path in ["/", "/krav/KB-0004", "/api/v1/requirements", "/sitemap.xml", "/nowhere"] {
        assert_eq!(app.get(path).await.header("x-robots-tag"), "noindex", "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_finds_a_hole_learns_whom_to_tell() {
    let app = TestApp::build().base_url(BASE).spawn().await;
    let file = app.get("/.well-known/security.txt").await.expect(200);
    assert_eq!(file.header("content-type"), "text/plain; charset=utf-8");
    let text = file.text();
    let field = |name: &str| {
        let mut values = text.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        let value = values.next().unwrap_or_else(|| panic!("no {name}: {text}"));
        assert_eq!(values.next(), None, "{name} twice");
        value.to_owned()
    };
    let expires = OffsetDateTime::parse(&field("Expires"), &Rfc3339).expect("a time");
    assert!(expires > NOW + Duration::days(30) && expires < NOW + Duration::days(365), "{expires}");
    assert_eq!(field("Preferred-Languages"), "sv, en");
    assert_eq!(field("Canonical"), format!("{BASE}/.well-known/security.txt"));
    // Where nobody chose an address, it is a page that exists, and the place on it.
    let contact = field("Contact");
    let (page, anchor) = contact.strip_prefix(BASE).and_then(|path| path.split_once('#')).expect("a place on a page");
    assert_eq!(app.get(page).await.expect(200).attributes(&format!("#{anchor}"), "id"), [anchor]);
    let policy = field("Policy");
    let policy = app.get(policy.strip_prefix(BASE).expect("of this bank")).await.expect(200);
    assert!(policy.text().contains("# Security policy"));
}

#[tokio::test(flavor = "multi_thread")]
async fn icons_are_where_they_are_looked_for() {
    let app = TestApp::spawn().await;
    for (path, media, start) in [
        ("/favicon.ico", "image/vnd.microsoft.icon", &b"\0\0\x01\0"[..]),
        ("/apple-touch-icon.png", "image/png", &b"\x89PNG"[..]),
    ] {
        let icon = app.get(path).await.expect(200);
        assert_eq!(icon.header("content-type"), media);
        assert!(icon.body.starts_with(start) && icon.body.len() < 8_000, "{path}: {} bytes", icon.body.len());
        assert_eq!(icon.header("cache-control"), "public, max-age=86400");
    }
}
