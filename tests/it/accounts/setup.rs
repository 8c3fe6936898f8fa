//! The first administrator.

use kravbank::{
    accounts::{Refused, create_admin, offer_setup},
    kernel::actor::{Actor, System},
};
use sqlx::Connection;

use super::{PASSWORD, invited, is_in, two_steps::set_up};
use crate::support::{Browser, NOW, TestApp};

#[tokio::test]
async fn whoever_has_the_key_becomes_the_first_administrator() {
    let app = TestApp::spawn().await;
    let browser = Browser::new(&app);
    browser.get("/setup").await.expect(404);
    let key = offer_setup(&app.app).await.expect("asked").expect("a key");
    browser.get("/en/setup").await.expect(200);
    let page = browser.get("/setup").await.expect(200);
    assert_eq!(page.texts("h1"), ["Kom igång med Kravbanken"]);
    let send = async |key: &str, email: &str, password: &str| {
        let fields = [("nyckel", key), ("namn", "Berit Först"), ("epost", email), ("losenord", password)];
        browser.post("/setup", &fields).await
    };
    let page = send(&"0".repeat(64), "fel", "kort").await.expect(422);
    assert_eq!(page.texts(".error-summary li").len(), 1, "nothing else is judged without the key");
    let page = send(&key, "fel", "kort").await.expect(422);
    assert_eq!(page.texts(".error-summary li").len(), 2, "{}", page.text());
    assert_eq!(page.attributes("#namn", "value"), ["Berit Först"]);
    let answer = send(&key, "berit@bank.example", PASSWORD).await.expect(303);
    assert_eq!(answer.header("location"), "/mitt/tvasteg?till=%2Fadmin%2Fkom-igang");
    assert!(is_in(&browser).await);
    // It is not there any more, and the key opens nothing.
    for path in ["/setup", "/en/setup"] {
        browser.get(path).await.expect(404);
    }
    send(&key, "annan@bank.example", PASSWORD).await.expect(404);
    assert_eq!(offer_setup(&app.app).await.expect("asked"), None);
    let people: i64 = app.db.value("select count(*) from person").await;
    assert_eq!(people, 1);
    // The role rests until there is a second factor.
    browser.get("/admin/kom-igang").await.expect(403);
    set_up(&browser).await;
    let page = browser.get("/admin/kom-igang").await.expect(200);
    assert_eq!(page.texts(".memberships__one--now h2"), ["Inloggning i två steg"]);
    for href in page.attributes(".memberships h2 a", "href") {
        browser.get(&href).await.expect(200);
    }
    let log: String = app.db.value("select string_agg(audit::text, ' ') from audit").await;
    assert!(log.contains("person.set_up") && log.contains("setup_key") && !log.contains(&key), "{log}");
}

#[tokio::test]
async fn a_key_is_not_guessed() {
    let app = TestApp::spawn().await;
    let key = offer_setup(&app.app).await.expect("asked").expect("a key");
    let browser = Browser::new(&app);
    let fields = |key: &str| {
        [
            ("nyckel", key.to_owned()),
            ("namn", "X".to_owned()),
            ("epost", "x@y.example".to_owned()),
            ("losenord", PASSWORD.to_owned()),
        ]
    };
    for n in 0..6 {
        let wrong = fields(&format!("{n:064}"));
        let wrong: Vec<(&str, &str)> = wrong.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(browser.post("/setup", &wrong).await.status, if n < 5 { 422 } else { 429 }, "{n}");
    }
    let right = fields(&key);
    let right: Vec<(&str, &str)> = right.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post("/setup", &right).await.expect(429);
}

#[tokio::test]
async fn a_bank_that_somebody_runs_and_the_example_bank_have_no_such_page() {
    let example = TestApp::build().people().spawn().await;
    assert_eq!(offer_setup(&example.app).await.expect("asked"), None);
    example.get("/setup").await.expect(404);
    // A key that was printed is worth nothing once there is somebody.
    let app = TestApp::spawn().await;
    let key = offer_setup(&app.app).await.expect("asked").expect("a key");
    invited(&app).await;
    app.get("/setup").await.expect(404);
    let fields = [("nyckel", key.as_str()), ("namn", "X"), ("epost", "x@y.example"), ("losenord", PASSWORD)];
    Browser::new(&app).post("/setup", &fields).await.expect(404);
}

/// A link to a closed account would open nothing: the command says so, and changes nothing.
#[tokio::test]
async fn a_closed_account_gets_no_link() {
    let app = TestApp::build().people().spawn().await;
    app.db.execute("update person set disabled_at = '2026-11-21T12:00:00Z' where example = 'strateg'").await;
    let mut connection = app.db.connect().await;
    let mut tx = connection.begin().await.expect("a transaction");
    let wanted = ("strateg@example.org", "Maryam", "sekretariatet");
    let made = create_admin(&mut tx, &Actor::System(System::CommandLine), wanted, NOW).await;
    assert!(matches!(made, Err(Refused::Closed)), "{made:?}");
    tx.rollback().await.expect("taken back");
    assert_eq!(app.db.value::<i64>("select count(*) from password_link").await, 0);
}
