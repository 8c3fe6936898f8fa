//! Putting in and taking out, order, names, the end of a selection.

use kravbank::selections::{MOST_ROWS, MOST_SELECTIONS};

use super::bank;
use crate::support::Browser;

#[tokio::test]
async fn a_requirement_is_put_in_once_and_taken_out_again() {
    let app = bank().await;
    let browser = Browser::new(&app);
    assert_eq!(browser.get("/korgar").await.expect(200).header("set-cookie"), "", "looking makes nothing");
    let put = browser.post("/korgar/rader", &[("krav", "kb1"), ("tillbaka", "/krav?q=x")]).await.expect(303);
    assert_eq!(put.header("location"), "/krav?q=x#KB-0001");
    assert_eq!(put.header("cache-control"), "no-store");
    assert_eq!(browser.cited().await, ["KB-0001:1"]);
    browser.post("/korgar/rader", &[("krav", "KB-0001"), ("tillbaka", "/krav")]).await.expect(303);
    assert_eq!(browser.cited().await, ["KB-0001:1"], "the same version is there already");
    // Several at once, of which one is there; what is not known is passed over.
    let many = [("krav", "KB-0001"), ("krav", "KB-0002"), ("krav", "KB-0005:1"), ("krav", "KB-0999"), ("tillbaka", "/krav")];
    let after = browser.post_on("/korgar/rader", &many).await;
    assert_eq!(after.texts(".flash__text"), ["2 krav har lagts i korgen Min korg. 1 fanns där redan."]);
    assert_eq!(browser.cited().await, ["KB-0001:1", "KB-0002:1", "KB-0005:1"]);
    assert_eq!(browser.get("/").await.texts(".site-header__selection"), ["Korg, 3 krav"]);
    // What was put in at once goes at once.
    let undo = after.attributes(".flash form", "action").remove(0);
    let after = browser.post_on(&undo, &[("tillbaka", "/krav")]).await;
    assert_eq!(after.texts(".flash__text"), ["2 krav har tagits ur korgen Min korg."]);
    assert_eq!(browser.cited().await, ["KB-0001:1"]);
    browser.post("/korgar/rader", &[("krav", "KB-0999")]).await.expect(404);
    browser.post("/korgar/rader", &[("krav", "KB-0001:9")]).await.expect(404);
}

#[tokio::test]
async fn a_row_goes_and_comes_back_to_its_place() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0001", "KB-0002", "KB-0003"]).await;
    let row = browser.row("KB-0002").await;
    let after = browser.post_on(&format!("{row}/borttagning"), &[]).await;
    assert_eq!(browser.cited().await, ["KB-0001:1", "KB-0003:1"]);
    browser.get(&row).await.expect(404);
    let undo = after.attributes(".flash form", "action").remove(0);
    assert_eq!(undo, format!("{row}/aterstallning"));
    let back = browser.post(&undo, &[]).await.expect(303);
    assert!(back.header("location").ends_with(&format!("#rad-{}", row.rsplit('/').next().expect("an id"))));
    assert_eq!(browser.cited().await, ["KB-0001:1", "KB-0002:1", "KB-0003:1"]);
}

#[tokio::test]
async fn order_is_by_buttons_within_a_type() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0001", "KB-0002", "KB-0003"]).await;
    let page = browser.page().await;
    let words = |n: usize| page.texts(&format!(".selection-row:nth-child({n}) form button"));
    assert_eq!(words(1)[0], "Flytta ned KB-0001:1", "the first goes no higher");
    assert!(
        words(3).iter().any(|text| text == "Flytta upp KB-0003:1") && !words(3).iter().any(|text| text.starts_with("Flytta ned"))
    );
    let last = browser.row("KB-0003").await;
    let moved =
        browser.post(&format!("{last}/plats"), &[("at", "upp"), ("tillbaka", &browser.selection().await)]).await.expect(303);
    assert!(moved.header("location").ends_with(&format!("#rad-{}", last.rsplit('/').next().expect("an id"))));
    assert_eq!(browser.cited().await, ["KB-0001:1", "KB-0003:1", "KB-0002:1"]);
    for _ in 0..2 {
        browser.post(&format!("{last}/plats"), &[("at", "upp")]).await.expect(303);
    }
    assert_eq!(browser.cited().await, ["KB-0003:1", "KB-0001:1", "KB-0002:1"], "the first stays first");
    browser.post(&format!("{last}/plats"), &[("at", "bort")]).await.expect(400);
}

#[tokio::test]
async fn a_browser_has_several_and_names_them() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0001"]).await;
    let first = browser.selection().await;
    let made = browser.post("/korgar", &[("namn", " Handskar\r\n2027 ")]).await.expect(303);
    let second = made.header("location").to_owned();
    assert_eq!(browser.get(&second).await.texts("h1"), ["Handskar 2027"]);
    browser.post("/korgar/rader", &[("krav", "KB-0002")]).await.expect(303);
    assert_eq!(browser.get(&second).await.texts(".selection-row .hit__marks .ref"), ["KB-0002:1"], "the new one is in use");
    browser.post(&format!("{first}/anvandning"), &[]).await.expect(303);
    browser.post("/korgar/rader", &[("krav", "KB-0003")]).await.expect(303);
    assert_eq!(browser.get(&first).await.texts(".selection-row .hit__marks .ref"), ["KB-0001:1", "KB-0003:1"]);
    // The header counts the one in use, whichever was changed.
    let row = browser.get(&second).await.attributes(".selection-row h3 a", "href").remove(0);
    browser.post(&format!("{row}/borttagning"), &[]).await.expect(303);
    assert_eq!(browser.get("/").await.texts(".site-header__selection"), ["Korg, 2 krav"]);
    for (name, fault) in [("", "Skriv ett namn på korgen"), (" \u{0}", "Skriv ett namn på korgen")] {
        let page = browser.post("/korgar", &[("namn", name)]).await.expect(422);
        assert_eq!(page.texts("#fel a"), [fault]);
    }
    let long = browser.post("/korgar", &[("namn", &"x".repeat(121))]).await.expect(422);
    assert_eq!(long.attributes("#namn", "value"), ["x".repeat(121)], "what was typed stays");
}

#[tokio::test]
async fn settings_are_checked_and_kept() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0001"]).await;
    let path = format!("{}/uppgifter", browser.selection().await);
    let page = browser.post(&path, &[("namn", "Ny"), ("ar", "51"), ("timmar", "tolv")]).await.expect(422);
    assert_eq!(page.texts("#fel a").len(), 2);
    assert_eq!(
        (page.attributes("#ar", "value"), page.attributes("#timmar", "value")),
        (vec!["51".to_owned()], vec!["tolv".to_owned()])
    );
    assert_eq!(browser.page().await.texts("h1"), ["Min korg"], "nothing was changed");
    let lock = browser.get(&path).await.attributes("input[name=las]", "value").remove(0);
    let after = browser.post_on(&path, &[("namn", "Ny"), ("ar", "4"), ("timmar", "1 000"), ("las", &lock)]).await;
    assert_eq!(after.texts("h1"), ["Ny"]);
    assert_eq!(browser.get(&path).await.attributes("#timmar", "value"), ["1000"]);
    // The form of another window is older: both are shown, neither is lost, and sent once more it holds.
    let stale = browser.post(&path, &[("namn", "Annan"), ("ar", "2"), ("las", &lock)]).await.expect(409);
    assert!(stale.texts("#fel").join(" ").contains("namn Ny, år 4, timmar 1000"), "{:?}", stale.texts("#fel"));
    assert_eq!(stale.attributes("#namn", "value"), ["Annan"]);
    let lock = stale.attributes("input[name=las]", "value").remove(0);
    let after = browser.post_on(&path, &[("namn", "Annan"), ("ar", "2"), ("las", &lock)]).await;
    assert_eq!(after.texts("h1"), ["Annan"]);
}

#[tokio::test]
async fn a_selection_goes_when_it_is_asked_for_twice() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0001"]).await;
    let selection = browser.selection().await;
    let ask = browser.get(&format!("{selection}/ta-bort")).await.expect(200);
    assert_eq!(ask.texts("h1"), ["Ta bort korgen Min korg?"]);
    browser.get(&format!("{selection}/borttagning")).await.expect(303);
    browser.get(&selection).await.expect(200);
    let after = browser.post_on(&format!("{selection}/borttagning"), &[]).await;
    assert_eq!(after.texts(".flash__text"), ["Korgen Min korg är borttagen."]);
    browser.get(&selection).await.expect(404);
    assert_eq!(app.db.value::<i64>("select (select count(*) from selection) + (select count(*) from selection_row)").await, 0);
}

#[tokio::test]
async fn limits_are_said_and_keep_what_is_there() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0001"]).await;
    let many = format!(
        "insert into selection_row (id, selection_id, position, requirement_id, version_id, batch, added_at)
         select gen_random_uuid(), w.selection_id, n + 1, w.requirement_id, w.version_id, w.batch, w.added_at
         from selection_row w, generate_series(1, {}) n",
        MOST_ROWS - 1
    );
    app.db.execute(&many).await;
    let full = browser.post_on("/korgar/rader", &[("krav", "KB-0002"), ("tillbaka", "/om")]).await;
    assert_eq!(full.texts(".flash__text"), Vec::<String>::new(), "it is told at the requirement");
    assert_eq!(app.db.value::<i64>("select count(*) from selection_row").await, i64::try_from(MOST_ROWS).expect("a number"));
    // Fifty rows a page, each page by its first row, and by any row that it holds.
    let selection = browser.selection().await;
    let page = browser.get(&format!("{selection}?fran=951")).await.expect(200);
    assert_eq!(page.attributes(".selection-row", "id").len(), 50);
    let last = page.attributes(".selection-row", "id").pop().expect("a row");
    let holding = browser.get(&format!("{selection}?rad={}", last.trim_start_matches("rad-"))).await.expect(200);
    assert!(holding.attributes(".selection-row", "id").contains(&last));
    assert!(
        page.texts("title")[0].starts_with("Min korg, krav 951–1\u{a0}000 av 1\u{a0}000")
            || page.texts("title")[0].contains("951")
    );
    // All the rows but one say that the requirement is there twice; the first few are shown, the rest fold.
    assert_eq!(holding.texts(".to-do > ul > li").len(), 8);
    let others = "insert into selection (id, holder_id, audience, name, created_at, changed_at)
                  select gen_random_uuid(), s.holder_id, s.audience, 'Korg', s.created_at, s.changed_at from selection s, generate_series(2, 50)";
    app.db.execute(others).await;
    assert_eq!(app.db.value::<i64>("select count(*) from selection").await, MOST_SELECTIONS);
    browser.post("/korgar", &[("namn", "En till")]).await.expect(303);
    assert_eq!(app.db.value::<i64>("select count(*) from selection").await, MOST_SELECTIONS);
}
