//! What a browser carries: how its cookies are marked, and that nobody can make a page say or lead elsewhere with them.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::support::{Answer, TestApp, complete, lines};

async fn bank(base: &str) -> TestApp {
    let app = TestApp::build().base_url(base).spawn().await;
    app.import(&lines(&[complete("Krav").id("KB-0001")]), kravbank::imports::Target::Current).await;
    app
}

fn cookies(answer: &Answer) -> Vec<String> {
    answer.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().expect("text").to_owned()).collect()
}

/// A cookie with a message, as anybody could write it.
fn flash(json: &str) -> String {
    format!("besked={}", utf8_percent_encode(json, NON_ALPHANUMERIC))
}

#[tokio::test]
async fn over_https_cookies_are_this_hosts_alone() {
    let secure = bank("https://kravbanken.example.se").await;
    let set = cookies(&secure.post("/korgar/rader", &[("krav", "KB-0001")]).await.expect(303));
    assert_eq!(set.len(), 2, "{set:?}");
    for (cookie, name, age) in [(&set[0], "__Host-korg=", "Max-Age=2592000"), (&set[1], "__Host-besked=", "Max-Age=120")] {
        assert!(cookie.starts_with(name), "{cookie}");
        for mark in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/", age] {
            assert!(cookie.contains(mark), "{cookie}: {mark}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
    // What an unsafe page may have written under the bare name counts for nothing.
    let key = set[0].split(['=', ';']).nth(1).expect("a value").to_owned();
    let bare = secure.get_with("/korgar", &[("cookie", &format!("korg={key}"))]).await.expect(200);
    assert!(bare.texts(".selections h2").is_empty());
    let host = secure.get_with("/korgar", &[("cookie", &format!("__Host-korg={key}"))]).await.expect(200);
    assert_eq!(host.texts(".selections h2"), ["Min korg"]);
    // Without https neither the mark nor the name would be taken by a browser.
    let plain = bank("http://127.0.0.1:1").await;
    let set = cookies(&plain.post("/korgar/rader", &[("krav", "KB-0001")]).await.expect(303));
    assert!(set.iter().all(|cookie| !cookie.contains("Secure") && !cookie.contains("__Host-")), "{set:?}");
}

#[tokio::test]
async fn a_key_is_chance_and_is_not_kept() {
    let app = bank("http://127.0.0.1:1").await;
    let mut keys = Vec::new();
    for _ in 0..3 {
        let set = cookies(&app.post("/korgar/rader", &[("krav", "KB-0001")]).await.expect(303));
        let key = set[0].trim_start_matches("korg=")[..32].to_owned();
        assert!(key.bytes().all(|b| b.is_ascii_hexdigit()) && !keys.contains(&key), "{set:?}");
        keys.push(key);
    }
    let kept: String = app.db.value("select string_agg(h::text, ' ') from selection_holder h").await;
    assert!(keys.iter().all(|key| !kept.contains(key)), "{kept}");
}

#[tokio::test]
async fn pages_of_a_browser_that_carries_something_are_its_own() {
    let app = bank("http://127.0.0.1:1").await;
    assert_eq!(cookies(&app.get("/").await), Vec::<String>::new());
    for cookie in ["korg=00000000000000000000000000000000.1".to_owned(), flash(r#"{"text":"Hej"}"#)] {
        let page = app.get_with("/", &[("cookie", &cookie)]).await.expect(200);
        let caching = page.header("cache-control");
        assert!(caching.contains("no-store"), "{cookie}: {caching}");
    }
    // What is no cookie of ours makes no difference.
    let plain = app.get("/").await;
    for cookie in ["korg=x", "korg=", "besked=x", "annat=1", "korg=ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ.1"] {
        let page = app.get_with("/", &[("cookie", cookie)]).await.expect(200);
        assert_eq!(page.header("cache-control"), plain.header("cache-control"), "{cookie}");
    }
}

#[tokio::test]
async fn a_forged_message_is_text_and_leads_nowhere_else() {
    let app = bank("http://127.0.0.1:1").await;
    let shown = app.get_with("/om", &[("cookie", &flash(r#"{"text":"<b>Hej</b> & hå"}"#))]).await.expect(200);
    assert_eq!(shown.texts(".flash__text"), ["<b>Hej</b> & hå"], "as text, not as a page");
    assert!(cookies(&shown).iter().any(|cookie| cookie.starts_with("besked=;") && cookie.contains("Max-Age=0")), "shown once");
    for forged in [
        r#"{"text":"Klicka","link":["Här","https://example.com/"]}"#,
        r#"{"text":"Klicka","link":["Här","//example.com"]}"#,
        r#"{"text":"Klicka","link":["Här","/\\example.com"]}"#,
        r#"{"text":"Klicka","link":["Här","javascript:alert(1)"]}"#,
        r#"{"text":"Klicka","undo":["Ångra","https://example.com/"]}"#,
        r#"{"text":"Klicka","undo":["Ångra","/x y"]}"#,
        r#"{"text":7}"#,
        "[]",
        "{",
        "",
    ] {
        let page = app.get_with("/om", &[("cookie", &flash(forged))]).await.expect(200);
        assert!(page.texts(".flash").is_empty() && !page.text().contains("example.com"), "{forged}");
    }
    let long = flash(&format!(r#"{{"text":"{}"}}"#, "x".repeat(4000)));
    assert!(app.get_with("/om", &[("cookie", &long)]).await.expect(200).texts(".flash").is_empty());
    let broken = app.get_with("/om", &[("cookie", "besked=%FF%FE%7B")]).await.expect(200);
    assert!(broken.texts(".flash").is_empty());
}

#[tokio::test]
async fn the_way_back_is_a_path_of_ours() {
    let app = bank("http://127.0.0.1:1").await;
    for (back, expected) in [
        ("/krav?q=x#KB-0001", "/krav?q=x#KB-0001"),
        ("", "/korgar#KB-0001"),
        ("https://example.com/", "/korgar#KB-0001"),
        ("//example.com", "/korgar#KB-0001"),
        ("/\\example.com", "/korgar#KB-0001"),
        ("/x\r\nLocation: https://example.com", "/korgar#KB-0001"),
        ("krav", "/korgar#KB-0001"),
    ] {
        let answer = app.post("/korgar/rader", &[("krav", "KB-0001"), ("tillbaka", back)]).await.expect(303);
        assert_eq!(answer.header("location"), expected, "{back:?}");
    }
}
