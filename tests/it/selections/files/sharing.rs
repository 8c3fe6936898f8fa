//! Links to a selection: who opens it, until when, and what a reader is shown.

use time::Duration;

use super::bank;
use crate::support::{Browser, NOW, TestApp, complete};

/// The path of the newest link.
async fn newest(app: &TestApp) -> String {
    let key: String = app.db.value("select key from selection_share order by created_at desc, id desc limit 1").await;
    format!("/k/{key}")
}

async fn gloves() -> TestApp {
    bank(&[complete("Handskar utan ftalater").id("KB-0001"), complete("Handskar utan latex").id("KB-0002")]).await
}

/// A browser with a selection, and the path of a link to that.
async fn shared(app: &TestApp) -> (Browser<'_>, String) {
    let browser = Browser::with(app, &["KB-0001"]).await;
    browser.post(&browser.below("/delning").await, &[("dagar", "90")]).await.expect(303);
    let link = newest(app).await;
    (browser, link)
}

#[tokio::test]
async fn whoever_has_the_link_reads_and_downloads() {
    let app = gloves().await;
    let (browser, link) = shared(&app).await;
    let page = app.get(&link).await.expect(200);
    assert_eq!(page.texts("h1"), ["Min korg"]);
    assert!(page.text().contains("Varan ska uppfylla kravet Handskar utan ftalater."), "{}", page.text());
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("x-robots-tag"), "noindex");
    assert_eq!(page.header("set-cookie"), "", "a reader is given nothing");
    assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex"]);
    let key = browser.cookies.borrow()["korg"].split('.').next().expect("a key").to_owned();
    let selection = browser.selection().await;
    for hidden in [key.as_str(), selection.rsplit('/').next().expect("an id"), "/rader/"] {
        assert!(!page.text().contains(hidden), "the page shows {hidden}");
    }
    for format in ["docx", "xlsx", "csv", "txt", "json", "html"] {
        let file = app.get(&format!("{link}/export?format={format}")).await.expect(200);
        assert_eq!(file.header("cache-control"), "no-store", "{format}");
        assert_eq!(file.header("x-robots-tag"), "noindex", "{format}");
    }
    app.get(&format!("/en{link}")).await.expect(200);
}

/// A report of a fault on the page, or a line of the log, must not give the key away.
#[tokio::test]
async fn the_key_is_on_no_form_of_another_page() {
    let app = gloves().await;
    let (_, link) = shared(&app).await;
    let key = link.trim_start_matches("/k/").to_owned();
    for path in [link.clone(), format!("/en{link}")] {
        let page = app.get(&path).await.expect(200);
        let reports = page.attributes(".site-footer a[rel=nofollow]", "href");
        assert_eq!(reports.len(), 1);
        assert!(!reports[0].contains(&key), "{reports:?}");
    }
}

#[tokio::test]
async fn links_that_do_not_work_are_all_alike() {
    let app = gloves().await;
    let (browser, link) = shared(&app).await;
    let share: uuid::Uuid = app.db.value("select id from selection_share").await;
    let forged = "/k/00000000000000000000000000000000";
    let not_a_key = "/k/nyckel";
    let ask = async |path: &str| {
        let answer = app.get_with(path, &[("x-request-id", "same")]).await.expect(404);
        assert_eq!(answer.texts("h1"), ["Länken fungerar inte"], "{path}");
        assert_eq!(answer.header("cache-control"), "no-store");
        answer.text()
    };
    let unknown = ask(forged).await;
    assert_eq!(ask(not_a_key).await, unknown);
    assert_eq!(ask(&format!("{forged}/export?format=docx")).await, unknown);
    browser.post(&browser.below(&format!("/delning/{share}/tillbakadragande")).await, &[]).await.expect(303);
    assert_eq!(ask(&link).await, unknown, "taken back");
    assert_eq!(ask(&format!("{link}/export?format=json")).await, unknown);
    browser.post(&browser.below(&format!("/delning/{share}/aterstallning")).await, &[]).await.expect(303);
    app.get(&link).await.expect(200);
    let later = TestApp::build().beside(&app).at(NOW + Duration::days(90) - Duration::SECOND).spawn().await;
    later.get(&link).await.expect(200);
    let ended = TestApp::build().beside(&app).at(NOW + Duration::days(90)).spawn().await;
    assert_eq!(ended.get_with(&link, &[("x-request-id", "same")]).await.expect(404).text(), unknown, "ended");
}

#[tokio::test]
async fn only_its_own_browser_shares_a_selection() {
    let app = gloves().await;
    let (browser, _) = shared(&app).await;
    let other = Browser::with(&app, &["KB-0002"]).await;
    let share: uuid::Uuid = app.db.value("select id from selection_share").await;
    for rest in ["/delning".to_owned(), format!("/delning/{share}/tillbakadragande"), format!("/delning/{share}/aterstallning")] {
        let path = browser.below(&rest).await;
        other.post(&path, &[("dagar", "90")]).await.expect(404);
        app.post(&path, &[("dagar", "90")]).await.expect(404);
    }
    other.get(&browser.below("/delning").await).await.expect(404);
    app.get(&browser.below("/delning").await).await.expect(404);
    // The link of one selection is none of another's, even in its own browser's hands.
    let path = other.below(&format!("/delning/{share}/tillbakadragande")).await;
    other.post(&path, &[]).await.expect(303);
    assert_eq!(app.db.value::<i64>("select count(*) from selection_share where revoked_at is not null").await, 0);
}

#[tokio::test]
async fn a_link_lasts_as_long_as_was_chosen_and_there_are_not_too_many() {
    let app = gloves().await;
    let (browser, _) = shared(&app).await;
    for days in ["", "31", "-30", "90 dagar", "99999999999999999999"] {
        let page = browser.post(&browser.below("/delning").await, &[("dagar", days)]).await.expect(422);
        assert_eq!(page.texts("#fel a"), ["Välj 30, 90 eller 365 dagar."]);
    }
    for days in ["30", "365"] {
        browser.post(&browser.below("/delning").await, &[("dagar", days)]).await.expect(303);
    }
    let lasts: Vec<i64> = app
        .db
        .value("select array_agg(extract(day from expires_at - created_at)::bigint order by created_at, id) from selection_share")
        .await;
    assert_eq!(lasts, [90, 30, 365]);
    for _ in 3..20 {
        browser.post(&browser.below("/delning").await, &[("dagar", "30")]).await.expect(303);
    }
    browser.post(&browser.below("/delning").await, &[("dagar", "30")]).await.expect(422);
    assert_eq!(app.db.value::<i64>("select count(*) from selection_share").await, 20);
    let keys: i64 = app.db.value("select count(distinct key) from selection_share").await;
    assert_eq!(keys, 20, "each has a key of its own");
    // What no longer works makes room after a day.
    app.db.execute("update selection_share set revoked_at = created_at where expires_at - created_at < interval '60 days'").await;
    browser.post(&browser.below("/delning").await, &[("dagar", "30")]).await.expect(422);
    let tomorrow = TestApp::build().beside(&app).at(NOW + Duration::days(1) + Duration::SECOND).spawn().await;
    let later = Browser::new(&tomorrow);
    later.cookies.replace(browser.cookies.borrow().clone());
    later.post(&browser.below("/delning").await, &[("dagar", "30")]).await.expect(303);
}

/// Notes are the buyer's own, whatever the address asks for.
#[tokio::test]
async fn a_reader_is_not_shown_notes() {
    let app = gloves().await;
    let (browser, link) = shared(&app).await;
    app.db.execute("update selection_row set note = 'hemligtanteckningsord'").await;
    for format in ["txt", "json", "csv", "html"] {
        let asked = format!("export?format={format}&anteckningar=1");
        let shown = app.get(&format!("{link}/{asked}")).await.expect(200).text();
        assert!(!shown.contains("hemligtanteckningsord"), "{format}");
        let own = browser.get(&browser.below(&format!("/{asked}")).await).await.expect(200).text();
        assert!(own.contains("hemligtanteckningsord"), "{format}");
    }
    assert!(!app.get(&link).await.expect(200).text().contains("hemligtanteckningsord"));
}
