//! The link by which a password is chosen.

use time::Duration;

use super::{EMAIL, PASSWORD, invited, is_in, sign_in};
use crate::support::{Browser, NOW, TestApp};

#[tokio::test]
async fn a_link_gives_a_password_once() {
    let app = TestApp::spawn().await;
    let invited = invited(&app).await;
    assert!(invited.is_new);
    let browser = Browser::new(&app);
    // Looking uses nothing up.
    for _ in 0..2 {
        let page = browser.get(&invited.path).await.expect(200);
        assert_eq!(page.texts("h1"), ["Välj lösenord"]);
        assert!(page.text().contains(EMAIL));
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("referrer-policy"), "strict-origin");
    }
    let answer = browser.post(&invited.path, &[("losenord", PASSWORD)]).await.expect(303);
    assert_eq!(answer.header("location"), "/mitt/tvasteg?till=%2Fmitt");
    assert!(is_in(&browser).await);
    // Whoever comes second finds nothing.
    let other = Browser::new(&app);
    other.get(&invited.path).await.expect(404);
    let page = other.post(&invited.path, &[("losenord", "annat lösenord som är långt")]).await.expect(404);
    assert_eq!(page.texts("h1"), ["Länken gäller inte längre"]);
    sign_in(&other, EMAIL, "annat lösenord som är långt").await.expect(422);
    sign_in(&other, &EMAIL.to_lowercase(), PASSWORD).await.expect(303);
}

#[tokio::test]
async fn a_newer_link_replaces_an_older_one() {
    let app = TestApp::spawn().await;
    let (first, second) = (invited(&app).await, invited(&app).await);
    assert!(!second.is_new && first.person == second.person);
    let browser = Browser::new(&app);
    browser.get(&first.path).await.expect(404);
    browser.get(&second.path).await.expect(200);
    let kept: String = app.db.value("select encode(token_sha256, 'hex') from password_link").await;
    assert!(!second.path.contains(&kept), "what is kept opens nothing");
    let roles: i64 = app.db.value("select count(*) from membership_role").await;
    assert_eq!(roles, 1, "the role is given once");
}

#[tokio::test]
async fn a_link_is_over_after_a_day() {
    let app = TestApp::spawn().await;
    let path = invited(&app).await.path;
    let later = TestApp::build().beside(&app).at(NOW + Duration::DAY + Duration::SECOND).spawn().await;
    let browser = Browser::new(&later);
    browser.get(&path).await.expect(404);
    browser.post(&path, &[("losenord", PASSWORD)]).await.expect(404);
    let none: i64 = app.db.value("select count(*) from person_password").await;
    assert_eq!(none, 0);
}

#[tokio::test]
async fn choosing_a_password_ends_every_session() {
    let app = TestApp::spawn().await;
    let first = super::admin(&app).await;
    assert!(is_in(&first).await);
    let again = invited(&app).await;
    let second = Browser::new(&app);
    second.post(&again.path, &[("losenord", "en helt annan mening nu")]).await.expect(303);
    assert!(is_in(&second).await && !is_in(&first).await);
    sign_in(&first, EMAIL, PASSWORD).await.expect(422);
}

/// Who is given other rights signs in anew: what a copied key opened is not to open more.
#[tokio::test]
async fn another_role_ends_every_session() {
    let app = TestApp::build().people().spawn().await;
    let browser = Browser::signed_in(&app, "upphandlare").await;
    let make = async || {
        let mut connection = app.db.connect().await;
        let mut tx = sqlx::Connection::begin(&mut connection).await.expect("a transaction");
        let actor = kravbank::kernel::actor::Actor::System(kravbank::kernel::actor::System::CommandLine);
        let wanted = ("upphandlare@example.org", "X", "sekretariatet");
        kravbank::accounts::create_admin(&mut tx, &actor, wanted, NOW).await.expect("made");
        tx.commit().await.expect("kept");
    };
    make().await;
    assert!(!is_in(&browser).await);
    let why: String = app.db.value("select ended_why from session").await;
    assert_eq!(why, "role");
    // A role that they have already is no other.
    let browser = Browser::signed_in(&app, "upphandlare").await;
    make().await;
    assert!(is_in(&browser).await);
}
