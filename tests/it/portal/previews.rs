//! How a link to a page looks elsewhere.

use std::collections::BTreeMap;

use crate::support::{Answer, TestApp};

fn property(page: &Answer, name: &str) -> String {
    let mut values = page.attributes(&format!("meta[property='{name}']"), "content");
    assert_eq!(values.len(), 1, "{}: {name}", page.path);
    values.remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_says_what_it_is() {
    let app = TestApp::build().example().base_url("https://krav.example.se").spawn().await;
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for path in [
        "/",
        "/krav",
        "/omraden",
        "/omraden/textil",
        "/omraden/textil/tvatteritjanster",
        "/krav/KB-0004",
        "/krav/KB-0004/historik",
        "/krav/KB-0004/jamfor",
        "/ordlista",
        "/om",
        "/krav/KB-0081/v/1",
    ] {
        for (prefix, locale, other) in [("", "sv_SE", "en_GB"), ("/en", "en_GB", "sv_SE")] {
            let address = if path == "/" && !prefix.is_empty() { prefix.to_owned() } else { format!("{prefix}{path}") };
            let page = app.get(&address).await;
            assert!(matches!(page.status.as_u16(), 200 | 410), "{address}");
            assert_eq!(vec![property(&page, "og:title")], page.texts("title"), "{address}");
            let description = property(&page, "og:description");
            assert_eq!(page.attributes("meta[name=description]", "content"), std::slice::from_ref(&description));
            assert!((20..=200).contains(&description.chars().count()), "{address}: {description}");
            assert_eq!(property(&page, "og:url"), page.attributes("link[rel=canonical]", "href")[0]);
            assert_eq!((property(&page, "og:locale"), property(&page, "og:locale:alternate")), (locale.into(), other.into()));
            assert_eq!(property(&page, "og:type"), "website");
            assert!(property(&page, "og:image:alt").chars().count() > 20);
            if let Some(before) = seen.insert(description.clone(), address.clone()) {
                // A Swedish text that has no English twin is the same on both pages.
                assert!(address == format!("/en{before}"), "{before} and {address} are described alike: {description}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_picture_is_here_and_as_large_as_it_says() {
    let app = TestApp::build().base_url("https://krav.example.se").spawn().await;
    let page = app.get("/").await.expect(200);
    let address = property(&page, "og:image");
    let picture = app.get(address.strip_prefix("https://krav.example.se").expect("of this bank")).await.expect(200);
    assert_eq!(picture.header("content-type"), property(&page, "og:image:type"));
    let number = |at: usize| u32::from_be_bytes(picture.body[at..at + 4].try_into().expect("four bytes")).to_string();
    assert_eq!([number(16), number(20)], [property(&page, "og:image:width"), property(&page, "og:image:height")]);
    assert!(picture.body.len() < 40_000, "{} bytes", picture.body.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_text_ends_at_a_word() {
    let app = TestApp::build().example().spawn().await;
    let page = app.get("/krav/KB-0001").await.expect(200);
    let description = property(&page, "og:description");
    let beginning = description.strip_suffix(" …").expect("it is longer than what is shown").to_owned();
    let text = page.texts("main").join(" ");
    let rest = text.split_once(&beginning).expect("the text as it stands on the page").1;
    assert!(rest.starts_with([' ', ',']), "cut inside a word: …{rest:.20}");
}
