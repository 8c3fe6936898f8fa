//! What is not published is found by nobody: by asking, walking about, searching, counting.

use std::{
    collections::{BTreeSet, VecDeque},
    fs,
};

use kravbank::server;
use serde_json::json;
use uuid::Uuid;

use super::{
    requirements::{CANARY, ENGLISH_CANARY, fill},
    routes::cases,
};
use crate::support::{Answer, TestApp, TestDb};

/// Whatever a reader may ask, the answer is the same for whoever is not there and whoever may not be seen.
#[tokio::test]
async fn what_may_not_be_seen_answers_like_what_is_not_there() {
    let app = TestApp::spawn().await;
    fill(&app.db, true).await;
    for pattern in
        ["/krav/{id}", "/krav/{id}/v/1", "/krav/{id}/historik", "/api/v1/requirements/{id}", "/api/v1/requirements/{id}/versions"]
    {
        let ask = async |id: &str| {
            let answer = app.get_with(&pattern.replace("{id}", id), &[("x-request-id", "same")]).await;
            (answer.status, answer.text().replace(id, "KB-XXXX"))
        };
        let unknown = ask("KB-0999").await;
        for hidden in ["KB-0005", "KB-0009", "KB-0011"] {
            assert_eq!(ask(hidden).await, unknown, "{pattern} tells of {hidden}");
        }
    }
}

/// Addresses of this site on a page.
pub(super) fn links(page: &Answer) -> Vec<String> {
    let mut found = Vec::new();
    for (selector, attribute) in
        [("a[href]", "href"), ("link[href]", "href"), ("script[src]", "src"), ("img[src]", "src"), ("form[action]", "action")]
    {
        for link in page.attributes(selector, attribute) {
            let link = link.strip_prefix("http://127.0.0.1:3000").map_or(link.clone(), str::to_owned);
            let link = link.split('#').next().unwrap_or_default().to_owned();
            if let Some(query) = link.strip_prefix('?') {
                found.push(format!("{}?{query}", page.path.split('?').next().unwrap_or_default()));
            } else if link.starts_with('/') && !link.starts_with("//") {
                found.push(link);
            }
        }
    }
    found
}

/// Follows every link from the start pages, and asks for whatever a visitor may think of.
#[tokio::test]
async fn nobody_who_walks_about_finds_what_is_not_published() {
    const BOUND: usize = 300;
    let app = TestApp::spawn().await;
    fill(&app.db, true).await;
    let mut waiting: VecDeque<String> =
        ["/", "/en", "/krav?status=current&status=coming&status=superseded&status=repealed"].map(str::to_owned).into();
    waiting.extend(
        server::routes()
            .list()
            .iter()
            .flat_map(|route| cases(route).into_iter().filter(|(_, status)| *status == 200))
            .map(|case| case.0),
    );
    let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut walked = 0;
    while let Some(path) = waiting.pop_front() {
        walked += 1;
        if walked > BOUND {
            break;
        }
        let answer = app.get(&path).await;
        let status = answer.status.as_u16();
        // A link leads somewhere: at worst to a page that says why there is nothing.
        // Where a form is sent is no link, but leads back to the form.
        assert!(status < 400 || status == 410, "{path} is linked to and answers {status}");
        let text = String::from_utf8_lossy(&answer.body); // pictures are searched as well
        for secret in [CANARY, ENGLISH_CANARY, "KB-0005", "KB-0009", "KB-0011", "KB-0008:2", "KB-0008/v/2"] {
            assert!(!text.contains(secret), "{path} shows {secret}");
        }
        if answer.header("content-type").starts_with("text/html") {
            for link in links(&answer) {
                // Filters of filters have no end.
                // Each page has its own link to one and the same form.
                if link.matches('&').count() <= 1
                    && !link.contains("/tillganglighet?sida=")
                    && !link.contains("/logga-in?till=")
                    && seen.insert(link.clone())
                {
                    waiting.push_back(link);
                }
            }
        }
    }
    assert!(walked > 100, "only {walked} pages were found");
}

#[tokio::test]
async fn nobody_who_searches_finds_what_is_not_published() {
    let app = TestApp::spawn().await;
    fill(&app.db, true).await;
    for word in [CANARY, ENGLISH_CANARY, "kanariefågel", "KB-0005", "kb9", "Annat krav om"] {
        let query = reqwest::Url::parse_with_params("http://x/", [("q", word)])
            .expect("an address")
            .query()
            .unwrap_or_default()
            .to_owned();
        for status in ["", "&status=current&status=coming&status=superseded&status=repealed", "&status=preparation"] {
            for prefix in ["", "/en"] {
                let page = app.get(&format!("{prefix}/krav?{query}{status}")).await;
                let hits: Vec<String> =
                    page.attributes("main a[href]", "href").into_iter().filter(|href| href.contains("/krav/KB-")).collect();
                assert_eq!(hits, Vec::<String>::new(), "{word} {status}");
            }
        }
        for status in ["", "&status=current", "&status=coming", "&status=superseded", "&status=repealed"] {
            let list = app.get(&format!("/api/v1/requirements?{query}{status}")).await.expect(200).json();
            assert_eq!((&list["total"], &list["items"]), (&json!(0), &json!([])), "{word} {status}");
        }
    }
}

/// Without the ids of this run.
fn timeless(text: &str) -> String {
    let (mut clean, mut at) = (String::new(), 0);
    while let Some(next) = text[at..].chars().next() {
        if text.get(at..at + 36).is_some_and(|part| part.contains('-') && Uuid::parse_str(part).is_ok()) {
            clean.push_str("ID");
            at += 36;
        } else {
            clean.push(next);
            at += next.len_utf8();
        }
    }
    clean
}

/// Counts, filters, orders, dates: nothing that is public tells whether there is something in preparation.
#[tokio::test]
async fn nothing_public_changes_when_something_is_prepared() {
    let (with, without) = (TestApp::spawn().await, TestApp::spawn().await);
    fill(&with.db, true).await;
    fill(&without.db, false).await;
    let mut wrong = Vec::new();
    for path in [
        "/",
        "/en",
        "/krav",
        "/krav?sortera=senast",
        "/krav?niva=basic&omrade=medicinteknik",
        "/krav/KB-0008",
        "/krav/KB-0008/historik",
        "/krav/KB-0001",
        "/omraden",
        "/omraden/medicinteknik",
        "/omraden/medicinteknik/handskar",
        "/organisationer",
        "/organisationer/region-ostergotland",
        "/api/v1/organisations",
        "/api/v1/proposals",
        "/api/v1/requirements",
        "/api/v1/requirements?status=current&status=coming&status=superseded&status=repealed&limit=100",
        "/api/v1/requirements?updated_since=2026-11-20",
        "/api/v1/requirements/KB-0008",
        "/api/v1/requirements/KB-0008/versions",
        "/api/v1/product-areas",
    ] {
        let (one, other) = (with.get(path).await.expect(200), without.get(path).await.expect(200));
        let (one, other) = (timeless(&one.text()), timeless(&other.text()));
        if one != other {
            let at = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count().saturating_sub(80);
            let cut = |text: &str| text.bytes().skip(at).take(220).map(char::from).collect::<String>();
            wrong.push(format!("{path}\n  with preparations:    {}\n  without preparations: {}", cut(&one), cut(&other)));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The files that a region leaves with hold what a visitor may see.
#[tokio::test]
async fn nothing_that_is_not_published_is_in_the_files_of_an_export() {
    let db = TestDb::create();
    fill(&db, true).await;
    let (folder, manifest) = crate::open_data::export::write(&db).await;
    let mut read = String::new();
    for name in manifest.files.keys() {
        read += &fs::read_to_string(folder.path().join(name)).expect("a text");
    }
    for secret in [CANARY, ENGLISH_CANARY, "KB-0005", "KB-0009", "KB-0011", "KB-0008:2", "KB-0008/v/2"] {
        assert!(!read.contains(secret), "an export shows {secret}");
    }
    let versions = fs::read_to_string(folder.path().join("requirements.jsonl")).expect("a text");
    let seen: Vec<(String, i64)> = versions
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("an object"))
        .map(|version| (version["id"].as_str().expect("an id").to_owned(), version["version"].as_i64().expect("a number")))
        .collect();
    let expected = [(1, 1), (1, 2), (2, 1), (3, 1), (4, 1), (6, 1), (7, 1), (7, 2), (8, 1), (10, 1)];
    assert_eq!(seen, expected.map(|(n, version)| (format!("KB-{n:04}"), version)));
    // Texts that may not be shown, and what would come into force again, are not there to be read in.
    let left_out = fs::read_to_string(folder.path().join("import/left-out.csv")).expect("a text");
    let left_out: Vec<&str> = left_out.lines().skip(1).collect();
    assert_eq!(
        left_out,
        ["KB-0003,1,repealed", "KB-0004,1,stopped", "KB-0006,1,not_shown", "KB-0007,1,not_shown", "KB-0010,1,revoked"]
    );
}
