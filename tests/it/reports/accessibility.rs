//! The statement that the law asks for, and the form on it.

use super::{SITE, assert_faults, bank, receipt};
use crate::support::TestApp;

#[tokio::test]
async fn the_statement_says_what_the_law_asks_for() {
    let app = TestApp::spawn().await;
    for (path, parts) in [
        (
            "/tillganglighet",
            [
                "LMC, regionernas nätverk",
                "Kravbanken, http://127.0.0.1:3000/",
                "delvis förenlig",
                "(2018:1937)",
                "Självskattning",
                "Oskäligt betungande",
                "Innehåll som lagen inte omfattar",
                "Ingen med hjälpmedel",
            ],
        ),
        (
            "/en/tillganglighet",
            [
                "LMC, the regions",
                "Kravbanken, http://127.0.0.1:3000/en",
                "partially compliant",
                "(2018:1937)",
                "Self-assessment",
                "Disproportionate burden",
                "Content that the law does not cover",
                "Nobody with assistive",
            ],
        ),
    ] {
        let page = app.get(path).await.expect(200);
        let text = page.texts("main")[0].clone();
        for part in parts {
            assert!(text.contains(part), "{path} lacks “{part}”");
        }
        let days = page.attributes("main dl time", "datetime");
        assert!(
            days.len() == 2 && days.iter().all(|day| day.len() == 10 && day.starts_with("20")),
            "assessed, changed: {days:?}"
        );
        assert_eq!(page.attributes("main a[href^=https]", "href"), ["https://www.digg.se/tdosanmalan"]);
        for field in ["text", "plats", "hjalpmedel", "epost"] {
            assert_eq!(page.texts(&format!("#rapportera ~ form label[for={field}]")).len(), 1, "{field}");
            assert_eq!(page.attributes(&format!("#{field}"), "aria-describedby"), [format!("{field}-hjalp")]);
        }
        assert_eq!(page.attributes("#epost", "autocomplete"), ["email"]);
        assert_eq!(page.texts("#fel"), Vec::<String>::new(), "nothing is wrong yet");
        // Each form has a key of its own, so nobody keeps the page for the next.
        assert_eq!(page.header("cache-control"), "no-store");
        assert_ne!(page.attributes("input[name=nyckel]", "value"), app.get(path).await.attributes("input[name=nyckel]", "value"));
    }
}

#[tokio::test]
async fn help_stands_at_the_same_place_on_every_page() {
    let app = bank().await;
    for prefix in ["", "/en"] {
        let mut first = None;
        for path in
            ["/krav", "/krav/KB-0001", "/krav/KB-0001/rapportera-fel", "/om", "/tillganglighet", "/ordlista", "/finns-inte"]
        {
            let page = app.get(&format!("{prefix}{path}")).await;
            let texts = page.texts(".site-footer__links a");
            let links: Vec<String> = page.attributes(".site-footer__links a", "href");
            let access = links.iter().position(|link| *link == format!("{prefix}/tillganglighet")).expect("the statement");
            let report = links.iter().position(|link| link.contains("/tillganglighet?sida=")).expect("the form");
            assert!(links[report].ends_with("#rapportera"), "{}", links[report]);
            assert_eq!(first.get_or_insert((access, report, texts.clone())), &(access, report, texts), "{path}");
        }
    }
}

#[tokio::test]
async fn a_report_is_kept_and_answered_with_a_receipt() {
    let app = TestApp::spawn().await;
    let sent = app
        .post(
            SITE,
            &[("text", "Knappen syns\r\ninte.\r\n"), ("plats", "/krav"), ("hjalpmedel", "NVDA"), ("epost", "anna@example.se")],
        )
        .await;
    assert_eq!((sent.header("cache-control"), sent.header("set-cookie")), ("no-store", ""));
    let row: String = app
        .db
        .value("select concat_ws('|', number, kind, state, audience, text, place, assistive, email, language, created_at at time zone 'UTC') from fault_report")
        .await;
    assert_eq!(row, "1|accessibility|new|20|Knappen syns\ninte.|/krav|NVDA|anna@example.se|sv|2026-11-22 12:00:00");
    let page = app.get(&receipt(&sent)).await.expect(200);
    let text = page.texts("main")[0].clone();
    for part in ["FR-0001", "22 november 2026", "senast 20 december 2026", "LMC läser rapporten"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    for secret in ["Knappen", "anna@", "NVDA"] {
        assert!(!page.text().contains(secret), "the receipt shows {secret}");
    }
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.attributes("h1", "id"), ["kvitto"]);
    // In English it is an English report, and without an address there is no answer.
    let english = app.post(&format!("/en{SITE}"), &[("text", "No label.")]).await;
    let page = app.get(&receipt(&english)).await.expect(200);
    assert!(page.path.starts_with("/en/") && page.texts("main")[0].contains("we cannot answer you"));
    assert_eq!(app.db.value::<String>("select language || number from fault_report where email is null").await, "en2");
    // What was done is written down, without a word of what was written.
    let audit: String =
        app.db.value("select string_agg(concat_ws(' ', actor_kind, action, new_value), '; ' order by id) from audit").await;
    assert_eq!(
        audit,
        r#"visitor report.send {"kind": "accessibility", "number": 1, "version": null}; visitor report.send {"kind": "accessibility", "number": 2, "version": null}"#
    );
    let events: String =
        app.db.value("select string_agg(concat_ws(' ', kind, actor_kind, audience, to_state), '; ') from event").await;
    assert_eq!(events, "report.sent visitor 20 new; report.sent visitor 20 new");
}

#[tokio::test]
async fn a_faulty_form_comes_back_with_all_that_was_typed() {
    let app = TestApp::spawn().await;
    let empty = app.post(SITE, &[]).await;
    assert_faults(&empty, 422, &[("text", "Skriv vad som är fel.")]);
    assert_faults(&app.post(SITE, &[("text", " \r\n\t ")]).await, 422, &[("text", "Skriv vad som är fel.")]);
    let (long, far) = ("å".repeat(4001), "p".repeat(401));
    let key = "018f0000-0000-7000-8000-000000000001";
    let fields =
        [("text", long.as_str()), ("plats", &far), ("hjalpmedel", &far[..201]), ("epost", "anna@\"<b>"), ("nyckel", key)];
    let page = app.post(&format!("/en{SITE}"), &fields).await;
    assert_faults(
        &page,
        422,
        &[
            ("text", "The text is 4,001 characters long. Shorten it to at most 4,000 characters."),
            ("plats", "The text is 401 characters long. Shorten it to at most 400 characters."),
            ("hjalpmedel", "The text is 201 characters long. Shorten it to at most 200 characters."),
            ("epost", "Write the e-mail address as name@example.com, or leave the field empty."),
        ],
    );
    assert_eq!(page.texts("#text"), [long.as_str()]);
    assert_eq!(page.attributes("#plats", "value"), [far.as_str()]);
    assert_eq!(page.attributes("#epost", "value"), ["anna@\"<b>"], "shown as text, whatever it is");
    assert_eq!(page.attributes("input[name=nyckel]", "value"), [key]);
    assert_eq!(app.db.value::<i64>("select count(*) from fault_report").await, 0, "nothing is kept");
    assert_eq!(app.db.value::<i64>("select count(*) from limit_hit").await, 0, "nor counted");
    // At the limits everything is taken.
    let (text, place) = ("🧤".repeat(4000), "ö".repeat(400));
    let email = format!("{}@{}.se", "a".repeat(64), "b".repeat(186));
    let sent = app.post(SITE, &[("text", &text), ("plats", &place), ("hjalpmedel", &place[..400]), ("epost", &email)]).await;
    receipt(&sent);
    let longer = format!("{email}x");
    assert_faults(
        &app.post(SITE, &[("text", "x"), ("epost", &longer)]).await,
        422,
        &[("epost", "Skriv e-postadressen som namn@exempel.se, eller lämna fältet tomt.")],
    );
}

#[tokio::test]
async fn the_page_that_one_came_from_stands_in_the_form() {
    let app = bank().await;
    let link = app.get("/krav/KB-0001").await.attributes(".site-footer__links a[href*=sida]", "href")[0].clone();
    let page = app.get(link.split('#').next().expect("a path")).await.expect(200);
    assert_eq!(page.attributes("#plats", "value"), ["/krav/KB-0001"]);
    assert_eq!(page.attributes("link[rel=canonical]", "href"), ["http://127.0.0.1:3000/tillganglighet"]);
    for (asked, shown) in [
        ("/en/om", "/en/om"),
        ("https://evil.example/", ""),
        ("//evil.example", ""),
        ("/a\"><script>", "/a\"><script>"),
        (&format!("/{}", "x".repeat(400)), ""),
    ] {
        let query = reqwest::Url::parse_with_params("http://x/", [("sida", asked)]).expect("an address");
        let page = app.get(&format!("/tillganglighet?{}", query.query().unwrap_or_default())).await.expect(200);
        assert_eq!(page.attributes("#plats", "value"), [shown], "{asked}");
    }
}
