//! In front of what takes more than a visitor has.

use super::is_in;
use crate::support::{Browser, TestApp};

#[tokio::test]
async fn whoever_has_not_signed_in_is_led_there_and_back() {
    let app = TestApp::build().people().spawn().await;
    let answer = app.get("/mitt/sessioner?x=1").await.expect(303);
    assert_eq!(answer.header("location"), "/logga-in?till=%2Fmitt%2Fsessioner%3Fx%3D1");
    let answer = app.get("/en/mitt").await.expect(303);
    assert_eq!(answer.header("location"), "/en/logga-in?till=%2Fen%2Fmitt");
    let browser = Browser::new(&app);
    let page = browser.post("/logga-in/exempel", &[("person", "strateg"), ("till", "/mitt/sessioner?x=1")]).await.expect(303);
    assert_eq!(page.header("location"), "/mitt/sessioner?x=1");
    assert!(is_in(&browser).await);
}

#[tokio::test]
async fn a_form_without_a_session_is_told_so() {
    let app = TestApp::build().people().spawn().await;
    let page = Browser::new(&app).post("/mitt/konto", &[("namn", "X"), ("sprak", "sv")]).await.expect(401);
    assert_eq!(page.texts("h1"), ["Logga in för att fortsätta"]);
    assert_eq!(page.header("cache-control"), "no-store");
    let browser = Browser::signed_in(&app, "strateg").await;
    app.db.execute("update session set ended_at = '2026-11-22T12:00:00Z', ended_why = 'administrator'").await;
    browser.post("/mitt/konto", &[("namn", "X"), ("sprak", "sv")]).await.expect(401);
    let named: i64 = app.db.value("select count(*) from person where name = 'X'").await;
    assert_eq!(named, 0);
}

/// An error page knows who looks at it.
#[tokio::test]
async fn an_error_page_has_the_same_frame() {
    let app = TestApp::build().people().spawn().await;
    let browser = Browser::signed_in(&app, "strateg").await;
    let page = browser.get("/finns-inte").await.expect(404);
    assert_eq!(page.texts(".who__name"), ["Maryam Karimi"]);
}
