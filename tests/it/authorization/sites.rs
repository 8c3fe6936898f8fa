//! Forms on other sites.

use kravbank::{kernel::web::Language, server};

use super::{elsewhere::in_no_selection, requirements::fill};
use crate::support::TestApp;

/// A form on another site cannot send anything here: every route that changes something, in both languages.
#[tokio::test]
async fn nothing_is_taken_from_other_sites() {
    let app = TestApp::build().base_url("https://kravbanken.example.se:443/x").trusted_proxies("127.0.0.1").spawn().await;
    fill(&app.db, false).await;
    let host = app.url.trim_start_matches("http://").to_owned();
    let own = format!("http://{host}");
    let cases: [(&[(&str, &str)], bool); 14] = [
        (&[], true),
        (&[("sec-fetch-site", "same-origin")], true),
        (&[("sec-fetch-site", "none")], true),
        (&[("origin", &own)], true),
        // Behind a proxy that passes another host on, our address is the one that visitors use.
        (&[("origin", "https://kravbanken.example.se")], true),
        (&[("origin", "https://kravbanken.example.se"), ("sec-fetch-site", "same-origin")], true),
        (&[("sec-fetch-site", "cross-site")], false),
        (&[("sec-fetch-site", "same-site")], false),
        (&[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")], false),
        (&[("sec-fetch-site", "same-site"), ("origin", "https://annat.example.se")], false),
        (&[("origin", "https://evil.example")], false),
        (&[("origin", "http://kravbanken.example.se")], false),
        (&[("origin", "https://kravbanken.example.se.evil.example")], false),
        (&[("origin", "null")], false),
    ];
    let (mut sent, mut reported) = (0, 0);
    for route in server::routes().list().iter().filter(|route| route.method != "GET") {
        let reports = route.path.ends_with("rapporter");
        // Below a selection, or behind a link, that is not this browser's nothing is there for who is let through.
        let taken = match route.path {
            "/logga-in" | "/glomt-losenord" => 422,
            "/logga-in/exempel" | "/setup" => 404,
            _ if !route.right.of_visitor() => 401,
            _ if reports || !route.path.contains('{') => 303,
            _ => 404,
        };
        let prefixes: &[&str] = if route.language == Language::Both { &["", "/en"] } else { &[""] };
        for prefix in prefixes {
            let path = format!("{prefix}{}", in_no_selection(&route.path.replace("/krav/{id}", "/krav/KB-0001")));
            for (headers, allowed) in cases {
                sent += 1;
                let client = format!("2001:db8:{sent}::1");
                let mut all = vec![("content-type", "application/x-www-form-urlencoded"), ("x-forwarded-for", client.as_str())];
                all.extend(headers);
                let answer = app
                    .send(reqwest::Method::POST, &path, &all, "text=Fel&slag=text&krav=KB-0001&namn=Korg&at=upp&behall=ja")
                    .await;
                let expected = if allowed { taken } else { 403 };
                reported += usize::from(reports && allowed);
                assert_eq!(answer.status.as_u16(), expected, "{path} {headers:?}: {}", answer.text());
                if !allowed {
                    let heading = if prefix.is_empty() {
                        "Det kom inte från Kravbankens sidor"
                    } else {
                        "This did not come from the pages of Kravbanken"
                    };
                    assert_eq!(answer.texts("h1"), [heading]);
                    assert_eq!(answer.header("cache-control"), "no-store");
                }
            }
        }
    }
    let kept: i64 = app.db.value("select count(*) from fault_report").await;
    assert_eq!(usize::try_from(kept).expect("a count"), reported, "what is refused leaves nothing behind");
    assert!(sent > reported && reported > 20, "{sent} forms, {reported} reports");
    let selections: i64 = app.db.value("select count(*) from selection").await;
    let makes = |pattern: &&str| ["/korgar", "/korgar/rader", "/korgar/urval"].contains(pattern);
    let made = server::routes().list().iter().filter(|route| route.method != "GET" && makes(&route.path)).count();
    let allowed = cases.iter().filter(|(_, allowed)| *allowed).count();
    assert_eq!(usize::try_from(selections).expect("a count"), made * 2 * allowed, "nor any selection");
    // What changes nothing may be asked for from anywhere: links from other sites lead here.
    for path in ["/", "/krav/KB-0001", "/tillganglighet"] {
        app.get_with(path, &[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")]).await.expect(200);
    }
}
