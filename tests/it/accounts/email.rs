//! Another address: asked for with the password, shown to be one's own by a link, and told to the old one.

use time::Duration;

use super::{EMAIL, PASSWORD, admin, sign_in};
use crate::support::{
    Browser, NOW, TestApp,
    letters::{letter, written},
};

const NEW: &str = "asa.ny@region.example";

async fn bank() -> TestApp {
    TestApp::build().people().worker().spawn().await
}

#[tokio::test]
async fn a_new_address_holds_when_its_link_is_opened() {
    let app = bank().await;
    let browser = admin(&app).await;
    let page = browser.get("/mitt/konto").await.expect(200);
    assert!(page.attributes("main a", "href").contains(&"/mitt/epost".to_owned()));
    let page = browser.post("/mitt/epost", &[("ny", NEW), ("nuvarande", "fel lösenord här")]).await.expect(422);
    assert_eq!(page.attributes("main #ny", "value"), [NEW]);
    assert!(page.texts("#nuvarande-fel")[0].contains("stämmer inte"));
    browser.post("/mitt/epost", &[("ny", "ny"), ("nuvarande", "")]).await.expect(422);
    browser.post("/mitt/epost", &[("ny", NEW), ("nuvarande", PASSWORD)]).await.expect(303);
    assert!(browser.get("/mitt/epost").await.expect(200).text().contains(NEW));
    let path = letter(&app, NEW, "email_confirm").await.paths[0].clone();
    assert!(path.starts_with("/bekrafta-epost/"), "{path}");
    // Nothing has changed yet, and looking changes nothing.
    let other = Browser::new(&app);
    other.get(&path).await.expect(200);
    sign_in(&other, EMAIL, PASSWORD).await.expect(303);
    let answer = Browser::new(&app).post(&path, &[]).await.expect(303);
    assert_eq!(answer.header("location"), "/mitt/konto");
    let other = Browser::new(&app);
    sign_in(&other, EMAIL, PASSWORD).await.expect(422);
    sign_in(&other, NEW, PASSWORD).await.expect(303);
    let told = letter(&app, EMAIL, "email_changed").await;
    assert!(told.text.contains("loggar inte längre in"), "{told:?}");
    // Once.
    other.get(&path).await.expect(404);
    other.post(&path, &[]).await.expect(404);
    let log: i64 =
        app.db.value("select count(*) from audit where new_value::text like '%@%' or old_value::text like '%@%'").await;
    assert_eq!(log, 0, "addresses stand in no log");
}

#[tokio::test]
async fn an_address_that_somebody_has_is_not_taken_from_them() {
    let app = bank().await;
    let browser = admin(&app).await;
    let taken = "leverantor@example.org";
    browser.post("/mitt/epost", &[("ny", taken), ("nuvarande", PASSWORD)]).await.expect(303);
    let path = letter(&app, taken, "email_confirm").await.paths[0].clone();
    let page = app.get(&path).await.expect(404);
    assert!(page.text().contains("redan ett annat konto"));
    app.post(&path, &[]).await.expect(404);
    sign_in(&Browser::new(&app), EMAIL, PASSWORD).await.expect(303);
    // A newer wish replaces an older one, and none lasts longer than an hour.
    browser.post("/mitt/epost", &[("ny", NEW), ("nuvarande", PASSWORD)]).await.expect(303);
    let wanted = letter(&app, NEW, "email_confirm").await.paths[0].clone();
    app.get(&path).await.expect(404);
    let later = TestApp::build().people().beside(&app).at(NOW + Duration::minutes(61)).spawn().await;
    later.get(&wanted).await.expect(404);
    app.get(&wanted).await.expect(200);
    // Another password voids no wish, but a closed account does.
    app.db.execute("update person set disabled_at = created_at where email = 'Asa.Admin@region.example'").await;
    app.post(&wanted, &[]).await.expect(404);
}

#[tokio::test]
async fn letters_to_new_addresses_are_few() {
    let app = bank().await;
    let browser = admin(&app).await;
    for n in 0..5 {
        let email = format!("ny{n}@region.example");
        browser.post("/mitt/epost", &[("ny", &email), ("nuvarande", PASSWORD)]).await.expect(303);
        app.db.execute("delete from limit_hit where name = 'own_password'").await;
    }
    let page = browser.post("/mitt/epost", &[("ny", NEW), ("nuvarande", PASSWORD)]).await.expect(429);
    assert_eq!(page.attributes("main #ny", "value"), [NEW]);
    assert_eq!(written(&app, NEW).await.len(), 0);
}
