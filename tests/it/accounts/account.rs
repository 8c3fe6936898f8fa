//! One's own account.

use super::{EMAIL, PASSWORD, admin, is_in, sign_in};
use crate::support::{Browser, TestApp};

const NEXT: &str = "nio ekorrar cyklar hemåt";

#[tokio::test]
async fn name_and_language_are_changed_by_their_owner() {
    let app = TestApp::spawn().await;
    let browser = admin(&app).await;
    let page = browser.get("/mitt/konto").await.expect(200);
    assert_eq!(page.attributes("#namn", "value"), ["Åsa Admin"]);
    let page = browser.post_on("/mitt/konto", &[("namn", "Åsa\r\nÖrn "), ("sprak", "en"), ("role", "decision_maker")]).await;
    assert!(page.text().contains("Uppgifterna är sparade."));
    assert_eq!(page.texts(".who__name"), ["Åsa Örn"], "no line breaks in a name");
    let kept: String = app.db.value("select name || ' ' || language from person").await;
    assert_eq!(kept, "Åsa Örn en");
    let roles: String = app.db.value("select string_agg(role, ' ') from membership_role").await;
    assert_eq!(roles, "admin", "what a form may not set is passed over");
    let faulty = browser.post("/mitt/konto", &[("namn", " "), ("sprak", "fr")]).await.expect(422);
    assert_eq!(faulty.texts(".error-summary li"), ["Skriv ditt namn.", "Välj ett språk."]);
    let long = "å".repeat(121);
    let faulty = browser.post("/mitt/konto", &[("namn", &long), ("sprak", "sv")]).await.expect(422);
    assert_eq!(faulty.attributes("#namn", "value"), [long], "what was typed is kept");
}

#[tokio::test]
async fn a_new_password_ends_what_was_begun_with_the_old_one() {
    let app = TestApp::spawn().await;
    let browser = admin(&app).await;
    let other = Browser::new(&app);
    sign_in(&other, EMAIL, PASSWORD).await.expect(303);
    let stolen = Browser::new(&app);
    stolen.cookies.replace(browser.cookies.borrow().clone());
    let page = browser.post_on("/mitt/losenord", &[("nuvarande", PASSWORD), ("losenord", NEXT)]).await;
    assert!(page.text().contains("Lösenordet är bytt."));
    assert!(is_in(&browser).await && !is_in(&other).await && !is_in(&stolen).await);
    sign_in(&other, EMAIL, PASSWORD).await.expect(422);
    sign_in(&other, EMAIL, NEXT).await.expect(303);
}

#[tokio::test]
async fn a_new_password_voids_a_link_that_was_given() {
    let app = TestApp::spawn().await;
    let browser = admin(&app).await;
    let link = super::invited(&app).await.path;
    browser.post("/mitt/losenord", &[("nuvarande", PASSWORD), ("losenord", NEXT)]).await.expect(303);
    Browser::new(&app).get(&link).await.expect(404);
}

/// Two browsers of one person that end each other's sessions at once wait for each other, and never both.
#[tokio::test]
async fn two_browsers_at_once_do_not_lock_each_other() {
    let app = TestApp::spawn().await;
    let one = admin(&app).await;
    for _ in 0..2 {
        let other = Browser::new(&app);
        sign_in(&other, EMAIL, PASSWORD).await.expect(303);
        let sent = tokio::join!(one.post("/mitt/sessioner/avslut", &[]), other.post("/mitt/sessioner/avslut", &[]));
        let mut statuses = [sent.0.status.as_u16(), sent.1.status.as_u16()];
        statuses.sort_unstable();
        assert!(matches!(statuses, [303, 303 | 401]), "{statuses:?}");
        if !is_in(&one).await {
            sign_in(&one, EMAIL, PASSWORD).await.expect(303);
        }
    }
}

#[tokio::test]
async fn a_new_password_takes_the_old_one() {
    let app = TestApp::spawn().await;
    let browser = admin(&app).await;
    let wrong = [("nuvarande", "inte mitt lösenord"), ("losenord", NEXT)];
    for _ in 0..5 {
        let page = browser.post("/mitt/losenord", &wrong).await.expect(422);
        assert_eq!(page.texts(".error-summary li"), ["Lösenordet stämmer inte. Skriv det lösenord som du har nu."]);
    }
    browser.post("/mitt/losenord", &wrong).await.expect(429);
    let weak = browser.post("/mitt/losenord", &[("nuvarande", ""), ("losenord", "kort")]).await.expect(422);
    assert_eq!(weak.texts(".error-summary li").len(), 2);
    sign_in(&Browser::new(&app), EMAIL, PASSWORD).await.expect(303);
}
