//! The people of the example bank.

use super::is_in;
use crate::support::{Browser, TestApp};

const WORDS: [&str; 12] = [
    "upphandlare",
    "upphandlare2",
    "strateg",
    "samordnare",
    "omradessamordnare",
    "lmc",
    "lmc2",
    "beslutsfattare",
    "leverantor",
    "leverantor2",
    "bransch",
    "admin",
];

#[tokio::test]
async fn anybody_may_be_a_person_of_the_example_bank() {
    let app = TestApp::build().people().spawn().await;
    let page = app.get("/logga-in").await.expect(200);
    assert_eq!(page.attributes("button[name=person]", "value"), WORDS);
    for word in WORDS {
        let browser = Browser::signed_in(&app, word).await;
        assert!(is_in(&browser).await, "{word}");
    }
    let log: i64 =
        app.db.value("select count(*) from audit where action = 'session.open' and new_value->>'how' = 'example'").await;
    assert_eq!(usize::try_from(log).expect("a count"), WORDS.len());
    // It counts as if a second factor had been shown.
    let with: i64 = app.db.value("select count(*) from session where second_at is not null").await;
    assert_eq!(with, log);
    Browser::new(&app).post("/logga-in/exempel", &[("person", "ingen")]).await.expect(404);
}

#[tokio::test]
async fn elsewhere_the_address_does_not_exist() {
    let example = TestApp::build().people().spawn().await;
    // The same database with another setting.
    let app = TestApp::build().beside(&example).spawn().await;
    let browser = Browser::new(&app);
    browser.post("/logga-in/exempel", &[("person", "admin")]).await.expect(404);
    browser.get("/logga-in/exempel").await.expect(404);
    assert!(!app.get("/logga-in").await.expect(200).text().contains("Exempelpersoner"));
    let sessions: i64 = app.db.value("select count(*) from session").await;
    assert_eq!(sessions, 0);
}

/// Without a second factor the roles that want one rest.
#[tokio::test]
async fn a_role_that_wants_a_second_factor_rests_without() {
    let app = TestApp::build().people().spawn().await;
    let browser = Browser::signed_in(&app, "lmc").await;
    assert!(!browser.get("/mitt").await.text().contains("Rollen vilar"));
    app.db.execute("update session set second_at = null").await;
    assert!(browser.get("/mitt").await.text().contains("Rollen vilar"));
}
