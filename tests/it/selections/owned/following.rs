//! A browser's selections go with who signs in with it, and stay with the account.

use super::{bank, owner};
use crate::support::{Browser, TestApp};

#[tokio::test]
async fn selections_follow_into_the_account_and_stay_there() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0001", "KB-0002"]).await;
    browser.post("/korgar", &[("namn", "Andra korgen")]).await.expect(303);
    browser.post("/korgar/rader", &[("krav", "KB-0003")]).await.expect(303);
    let (path, visitor) = (browser.selection().await, browser.cookies.borrow().clone());
    let page = browser.post_on("/logga-in/exempel", &[("person", "strateg"), ("till", "/korgar")]).await;
    assert_eq!(page.texts(".flash__text"), ["Dina 2 korgar följde med in i kontot. De hör nu till Region Skåne."]);
    assert_eq!(page.texts(".selections h2"), ["Andra korgen", "Min korg"]);
    assert_eq!(page.texts(".site-header__selection"), ["Korg, 1 krav"], "the one in use is still in use");
    assert!(!page.text().contains("30 dagar"), "what is owned has no end");
    assert!(page.text().contains("Korgarna hör till Region Skåne"));
    let owned: i64 = app.db.value("select count(*) from selection where owner_org is not null and colleagues = 0").await;
    assert_eq!(owned, 2);
    assert_eq!(
        app.db.value::<i64>("select count(*) from audit where action = 'selection.move' and person_id is not null").await,
        2
    );
    // The key opens nothing any more, whoever has kept it.
    let old = Browser::new(&app);
    old.cookies.replace(visitor);
    old.get(&path).await.expect(404);
    assert!(old.get("/korgar").await.expect(200).texts(".selections h2").is_empty());
    assert_eq!(app.db.value::<i64>("select count(*) from selection_holder where key_sha256 is not null").await, 0);
    // Nor does the browser after signing out, which says nothing of them either.
    browser.post("/logga-ut", &[]).await.expect(303);
    assert!(!browser.cookies.borrow().contains_key("korg"));
    browser.get(&path).await.expect(404);
    assert_eq!(browser.get("/").await.expect(200).texts(".site-header__selection"), ["Korgar"]);
    // On another computer they are there.
    let home = Browser::signed_in(&app, "strateg").await;
    let page = home.get(&path).await.expect(200);
    assert_eq!(page.texts("h1"), ["Andra korgen"]);
    assert_eq!(page.texts(".site-header__selection"), ["Korg, 1 krav"]);
}

/// The selections listed are those of the organisation that is acted for.
#[tokio::test]
async fn each_organisation_has_its_own() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0001"]).await;
    browser.post("/logga-in/exempel", &[("person", "lmc")]).await.expect(303);
    let own = browser.get("/mitt").await.expect(200);
    let (lmc, other) = (browser.selection().await, own.attributes(".memberships form input[name=uppdrag]", "value").remove(0));
    let page = browser.post_on("/mitt/uppdrag", &[("uppdrag", &other), ("tillbaka", "/korgar")]).await;
    assert!(page.texts(".selections h2").is_empty(), "those of the other organisation are not here");
    assert_eq!(page.texts(".site-header__selection"), ["Korgar"]);
    browser.get(&lmc).await.expect(404);
    browser.post("/korgar/rader", &[("krav", "KB-0002")]).await.expect(303);
    assert_eq!(browser.cited().await, ["KB-0002:1"]);
    let own = browser.get("/mitt").await.expect(200);
    let back = own.attributes(".memberships form input[name=uppdrag]", "value").remove(0);
    let page = browser.post_on("/mitt/uppdrag", &[("uppdrag", &back), ("tillbaka", &lmc)]).await;
    assert_eq!(page.texts(".selection-row .hit__marks .ref"), ["KB-0001:1"]);
}

/// Whoever acts for nobody has what the browser has.
#[tokio::test]
async fn without_a_membership_a_selection_is_the_browsers() {
    let app = bank().await;
    super::leaves(&app, "bransch").await;
    let browser = Browser::with(&app, &["KB-0001"]).await;
    let path = browser.selection().await;
    browser.post("/logga-in/exempel", &[("person", "bransch")]).await.expect(303);
    let page = browser.get(&path).await.expect(200);
    assert_eq!(page.texts(".site-header__selection"), ["Korg, 1 krav"]);
    assert!(browser.get("/korgar").await.expect(200).text().contains("30 dagar"));
    browser.post("/logga-ut", &[]).await.expect(303);
    browser.get(&path).await.expect(200);
}

/// Everything that is done with a browser's selection is done with one of an organisation, and reads as little.
#[tokio::test]
async fn everything_works_as_it_does_for_a_browser() {
    let app = bank().await;
    let (browser, path) = owner(&app, "strateg", &["KB-0001", "KB-0002", "KB-0003"]).await;
    let row = browser.row("KB-0001").await;
    let lock = browser.get(&row).await.attributes("input[name=las]", "value").remove(0);
    browser.post(&row, &[("las", &lock), ("anteckning", "Kom ihåg."), ("p-andel", "30")]).await.expect(303);
    let row = browser.row("KB-0002").await;
    browser.post(&format!("{row}/plats"), &[("at", "upp")]).await.expect(303);
    let out = browser.post_on(&format!("{row}/borttagning"), &[("tillbaka", &path)]).await;
    assert_eq!(out.texts(".site-header__selection"), ["Korg, 2 krav"]);
    browser.post(&format!("{row}/aterstallning"), &[]).await.expect(303);
    let page = browser.get(&format!("{path}/uppgifter")).await.expect(200);
    let lock = page.attributes("input[name=las]", "value").remove(0);
    browser
        .post(&format!("{path}/uppgifter"), &[("namn", "Handskar"), ("timmar", "40"), ("ar", "4"), ("las", &lock)])
        .await
        .expect(303);
    browser.get(&format!("{path}/oversikt")).await.expect(200);
    for format in ["docx", "xlsx", "csv", "json", "text"] {
        let file = browser.get(&format!("{path}/export?format={format}")).await;
        assert!(matches!(file.status.as_u16(), 200 | 400), "{format}: {}", file.status);
    }
    let json = browser.get(&format!("{path}/export?format=json")).await.expect(200);
    assert!(json.text().contains("KB-0001"));
    browser.post(&format!("{path}/delning"), &[("dagar", "90")]).await.expect(303);
    let key: String = app.db.value("select key from selection_share").await;
    app.get(&format!("/k/{key}")).await.expect(200);
    browser.post(&format!("{path}/kopior"), &[]).await.expect(303);
    assert_eq!(browser.get("/korgar").await.texts(".selections h2"), ["Kopia av Handskar", "Handskar"]);
    let guided = "grupp=medicinteknik%2Fhandskar&niva=bas";
    browser.get(&format!("/vagvisare/forslag?{guided}")).await.expect(200);
    let queries = app.queries_with(&path, &browser.header()).await;
    assert_eq!(queries.len(), 2, "one to recognise, one to read: {queries:?}");
    browser.post(&format!("{path}/borttagning"), &[]).await.expect(303);
    browser.get(&path).await.expect(404);
    assert_eq!(app.db.value::<i64>("select count(*) from audit where action = 'selection.remove'").await, 1);
}

/// When the last requirement is out, the header counts nothing.
#[tokio::test]
async fn the_header_does_not_count_what_is_not_there() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0001"]).await;
    let (path, row) = (browser.selection().await, browser.row("KB-0001").await);
    let page = browser.post_on(&format!("{row}/borttagning"), &[("tillbaka", &path)]).await;
    assert_eq!(page.texts(".site-header__selection"), ["Korgar"]);
}

/// What is an organisation's stays when browsers that were not seen go.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_owned_is_not_swept() {
    let app = bank().await;
    let (_browser, _) = owner(&app, "strateg", &["KB-0001"]).await;
    Browser::with(&app, &["KB-0001"]).await;
    let night = TestApp::build().at(crate::support::NOW + time::Duration::days(400)).worker().beside(&app).spawn().await;
    night.db.execute("select graphile_worker.add_job('sweep_selections', '{}'::json)").await;
    for _ in 0..200 {
        if app.db.value::<i64>("select count(*) from selection where owner_org is null").await == 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(app.db.value::<i64>("select count(*) from selection where owner_org is null").await, 0);
    assert_eq!(app.db.value::<i64>("select count(*) from selection where owner_org is not null").await, 1);
}
