//! Into a selection from where requirements are shown: one, a level of a place, everything that a list holds.

use kravbank::{imports::Target, selections::MOST_ROWS};

use super::EVERY_STATUS;
use crate::support::{Answer, Browser, Line, TestApp, complete, lines};

/// Sends a form and gives the address that it leads to, with the page there.
async fn send(browser: &Browser<'_>, path: &str, fields: &[(&str, &str)]) -> (String, Answer) {
    let to = browser.post(path, fields).await.expect(303).header("location").to_owned();
    let page = browser.get(&to).await.expect(200);
    (to, page)
}

/// A bank with requirements of two groups, of all levels.
async fn bank() -> TestApp {
    let app = TestApp::spawn().await;
    let of = |n: usize, level: &str, title: &str| -> Line {
        complete(title)
            .id(&format!("KB-{n:04}"))
            .set("level", level)
            .text(&[&format!("Handsken {n} ska vara fri från ftalater.")])
    };
    let file = [
        of(1, "basic", "Handskar utan ftalater"),
        of(2, "basic", "Handskar utan acceleratorer").set("type", "contract_performance_condition"),
        of(3, "advanced", "Handskar av förnybart material"),
        of(4, "spearhead", "Handskar i kretslopp"),
    ];
    app.import(&lines(&file), Target::Current).await;
    app
}

#[tokio::test]
async fn one_requirement_is_put_in_from_its_page_and_its_list() {
    let app = bank().await;
    let browser = Browser::new(&app);
    for (page, at) in [("/krav/KB-0001", "#KB-0001"), ("/krav?q=ftalater&niva=avancerad", "#KB-0003")] {
        let shown = browser.get(page).await.expect(200);
        assert_eq!(shown.attributes("form#korg", "action"), ["/korgar/rader"]);
        assert_eq!(shown.attributes("form#korg input[name=tillbaka]", "value"), [page]);
        let chosen = shown.attributes("button[form=korg]", "value")[0].clone();
        let (to, after) = send(&browser, "/korgar/rader", &[("krav", &chosen), ("tillbaka", page)]).await;
        assert_eq!(to, format!("{page}{at}"), "back to the same place");
        assert_eq!(after.texts(".flash .flash__text"), ["Tillagt i korgen Min korg."]);
        let anchor = format!("{at} .flash, {at}.flash");
        assert_eq!(after.texts(&anchor).len(), 1, "the message stands at the requirement");
        assert!(browser.get(page).await.texts(".flash").is_empty(), "it is said once");
    }
    let (_, again) = send(&browser, "/korgar/rader", &[("krav", "KB-0001"), ("tillbaka", "/krav/KB-0001")]).await;
    assert_eq!(again.texts(".flash .flash__text"), ["Finns redan i korgen Min korg."]);
    assert_eq!(browser.cited().await, ["KB-0001:1", "KB-0003:1"]);
    let header = browser.get("/krav").await.texts(".site-header__selection");
    assert_eq!(header, ["Korg, 2 krav"]);
}

#[tokio::test]
async fn a_level_of_a_place_is_put_in_at_once_and_can_be_undone() {
    let app = bank().await;
    let group = app.get("/krav").await.attributes(".filters input[name=omrade]", "value");
    assert!(!group.is_empty());
    let place = "/omraden/medicinteknik";
    for page in [place.to_owned(), format!("{place}/nivaer")] {
        let browser = Browser::new(&app);
        let shown = browser.get(&page).await.expect(200);
        let action = shown.attributes("form[action^='/korgar/urval']", "action")[0].clone();
        assert!(action.contains("niva=bas"), "{action}");
        let vid = shown.attributes("form[action^='/korgar/urval'] input[name=vid]", "value")[0].clone();
        let (to, after) = send(&browser, &action, &[("tillbaka", &page), ("vid", &vid)]).await;
        assert_eq!(to, format!("{page}#{vid}"));
        assert_eq!(after.texts(".flash .flash__text"), ["2 krav har lagts i korgen Min korg."]);
        // By type, as tenders are.
        assert_eq!(browser.cited().await, ["KB-0001:1", "KB-0002:1"]);
        let undo = after.attributes(".flash form", "action")[0].clone();
        let (to, undone) = send(&browser, &undo, &[("tillbaka", &page)]).await;
        assert_eq!(to, page);
        assert_eq!(undone.texts(".flash .flash__text"), ["2 krav har tagits ur korgen Min korg."]);
        assert!(browser.cited().await.is_empty());
    }
}

#[tokio::test]
async fn all_that_a_list_holds_is_put_in() {
    let app = bank().await;
    let browser = Browser::new(&app);
    for (query, expected) in [
        ("q=ftalater&niva=bas", vec!["KB-0001:1", "KB-0002:1"]),
        ("typ=kontrakt", vec!["KB-0002:1"]),
        ("sort=titel", vec!["KB-0003:1", "KB-0004:1", "KB-0001:1", "KB-0002:1"]),
        (EVERY_STATUS, vec!["KB-0001:1", "KB-0003:1", "KB-0004:1", "KB-0002:1"]),
    ] {
        let fresh = Browser::new(&app);
        send(&fresh, &format!("/korgar/urval?{query}"), &[]).await;
        let mut selected = fresh.cited().await;
        let mut wanted: Vec<String> = expected.into_iter().map(str::to_owned).collect();
        if query == EVERY_STATUS {
            selected.sort();
            wanted.sort();
        }
        assert_eq!(selected, wanted, "{query}");
    }
    let (to, none) = send(&browser, "/korgar/urval?q=banan", &[("tillbaka", "/krav?q=banan"), ("vid", "resultat")]).await;
    assert_eq!(to, "/krav?q=banan#resultat");
    assert_eq!(none.texts(".flash .flash__text"), ["Det finns inga krav att lägga i korgen."]);
    // By hand, the address leads to the list.
    assert_eq!(app.get("/korgar/urval?niva=bas").await.expect(303).header("location"), "/krav?niva=bas");
    assert!(app.get("/krav?q=banan").await.texts(".collect").is_empty());
}

#[tokio::test]
async fn a_list_that_is_too_long_is_not_put_in() {
    let app = TestApp::spawn().await;
    let many: Vec<Line> = (1..=MOST_ROWS + 1).map(|n| complete(&format!("Krav {n}"))).collect();
    app.import(&lines(&many), Target::Current).await;
    let browser = Browser::new(&app);
    assert!(browser.get("/krav").await.expect(200).texts(".results .collect").is_empty(), "nothing to press");
    let (_, after) = send(&browser, "/korgar/urval", &[("vid", "resultat")]).await;
    let said = after.texts(".flash .flash__text").join(" ");
    assert!(said.contains("för många") && said.contains("1 000"), "{said}");
    let count: i64 = app.db.value("select count(*) from selection_row").await;
    assert_eq!(count, 0);
}

#[tokio::test]
async fn nobody_is_led_away_and_nothing_hidden_is_put_in() {
    let app = bank().await;
    app.import(&lines(&[complete("Hemligt").id("KB-0009")]), Target::Preparation).await;
    for back in ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "/a\r\nset-cookie: x=y"] {
        let answer = app.post("/korgar/rader", &[("krav", "KB-0001"), ("tillbaka", back)]).await.expect(303);
        assert!(answer.header("location").starts_with("/korgar"), "{back}: {}", answer.header("location"));
        assert!(!answer.header("location").starts_with("//"));
    }
    app.post("/korgar/rader", &[("krav", "KB-0009")]).await.expect(404);
    app.post("/korgar/rader", &[("krav", "KB-4711")]).await.expect(404);
    app.post("/korgar/rader", &[("krav", "KB-0001:7")]).await.expect(404);
    let browser = Browser::new(&app);
    send(&browser, "/korgar/urval?status=gallande", &[]).await;
    assert!(!browser.cited().await.iter().any(|cited| cited.starts_with("KB-0009")));
}

/// Whoever carries nothing gets the page that everybody gets; what a browser carries changes the header and no more.
#[tokio::test]
async fn pages_of_a_browser_that_carries_something_are_its_own() {
    let app = bank().await;
    let open = app.get("/krav/KB-0001").await.expect(200);
    assert_eq!(open.header("cache-control"), "public, max-age=0, must-revalidate");
    assert!(open.headers.get_all("vary").iter().any(|vary| vary.to_str().is_ok_and(|vary| vary.contains("cookie"))));
    assert_eq!(open.header("set-cookie"), "");
    let browser = Browser::new(&app);
    send(&browser, "/korgar/rader", &[("krav", "KB-0003"), ("tillbaka", "/krav/KB-0003")]).await;
    let own = browser.get("/krav/KB-0001").await.expect(200);
    assert_eq!(own.header("cache-control"), "private, no-store");
    assert_eq!(own.header("etag"), "");
    let main = |page: &Answer| {
        let text = page.text();
        let from = text.find("<main").expect("a main part");
        text[from..text.find("</main>").expect("its end")].to_owned()
    };
    assert_eq!(main(&open), main(&own), "the main part is the same");
    // The read-only API knows no cookies.
    let api = browser.get("/api/v1/requirements").await.expect(200);
    assert_eq!(api.header("cache-control"), "public, max-age=0, must-revalidate");
}
