//! What is counted, what is kept and for how long.

use kravbank::{
    accounts::sweep,
    kernel::actor::{Actor, System},
};
use sqlx::Connection;
use time::Duration;

use super::{EMAIL, PASSWORD, admin, invited, is_in, sign_in};
use crate::support::{Browser, NOW, TestApp};

/// A try that succeeds is no try to guess: whoever signs in often is never told to wait.
#[tokio::test]
async fn signing_in_often_is_no_failure() {
    let app = TestApp::spawn().await;
    admin(&app).await;
    for _ in 0..8 {
        sign_in(&Browser::new(&app), EMAIL, PASSWORD).await.expect(303);
    }
    for _ in 0..5 {
        sign_in(&Browser::new(&app), EMAIL, "fel lösenord hela tiden").await.expect(422);
    }
    sign_in(&Browser::new(&app), EMAIL, PASSWORD).await.expect(429);
}

/// Nobody chooses by a header where they are counted.
#[tokio::test]
async fn a_forged_header_changes_no_place() {
    let app = TestApp::spawn().await;
    admin(&app).await;
    let fields = [("epost", EMAIL), ("losenord", "fel lösenord hela tiden")];
    for place in 0..6 {
        let forged = format!("192.0.2.{place}");
        let headers = [("x-forwarded-for", forged.as_str()), ("forwarded", "for=198.51.100.7")];
        let answer = app.post_with("/logga-in", &headers, &fields).await;
        assert_eq!(answer.status, if place < 5 { 422 } else { 429 }, "{place}");
    }
}

/// A thousand tries from fifty places neither get in nor keep the owner out, and others are answered meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_tries_from_fifty_places_keep_nobody_out() {
    let app = TestApp::build().trusted_proxies("127.0.0.1").spawn().await;
    admin(&app).await;
    let tries = async |place: usize| {
        let place = format!("2001:db8:{place}::1");
        let mut answers = [0; 2];
        for n in 0..20 {
            let password = format!("ett lösenord som är fel {n}");
            let fields = [("epost", EMAIL), ("losenord", password.as_str())];
            let answer = app.post_with("/logga-in", &[("x-forwarded-for", &place)], &fields).await;
            match answer.status.as_u16() {
                // Where the machine has more to do than it can, a try is counted and not compared.
                422 | 503 => answers[0] += 1,
                429 => answers[1] += 1,
                other => panic!("{place} {n}: {other}"),
            }
        }
        answers
    };
    let others = async {
        for _ in 0..20 {
            app.get("/krav").await.expect(200);
        }
    };
    let (answers, ()) = tokio::join!(futures_util::future::join_all((0..50).map(tries)), others);
    // Five tries from each place are compared with the password at most; the rest are refused before that.
    assert!(answers.iter().all(|counted| *counted == [5, 15]), "{answers:?}");
    let fields = [("epost", EMAIL), ("losenord", PASSWORD)];
    app.post_with("/logga-in", &[("x-forwarded-for", "2001:db8:ffff::1")], &fields).await.expect(303);
    let open: i64 = app.db.value("select count(*) from session where ended_at is null").await;
    assert_eq!(open, 2, "the owner's");
    // Who is told of it, once.
    let told: i64 = app.db.value("select count(*) from mail where kind = 'many_tries'").await;
    assert_eq!(told, 1);
}

#[tokio::test]
async fn what_is_over_is_thrown_away_after_a_month() {
    let app = TestApp::spawn().await;
    let browser = admin(&app).await;
    browser.post("/mitt/tvasteg/start", &[]).await.expect(303);
    sign_in(&browser, EMAIL, PASSWORD).await.expect(303);
    invited(&app).await;
    let at = async |now, actor: Actor| {
        let mut connection = app.db.connect().await;
        let mut tx = connection.begin().await.expect("a transaction");
        let swept = sweep(&mut tx, &actor, now).await;
        tx.commit().await.expect("kept");
        swept
    };
    let job = || Actor::System(System::Job);
    assert!(at(NOW, Actor::Anonymous).await.is_err() && at(NOW, Actor::System(System::CommandLine)).await.is_err());
    assert_eq!(at(NOW + Duration::hours(23), job()).await.expect("swept"), 0);
    assert!(is_in(&browser).await);
    assert_eq!(at(NOW + Duration::days(29), job()).await.expect("swept"), 1, "the link");
    assert_eq!(at(NOW + Duration::days(30) + Duration::SECOND, job()).await.expect("swept"), 1, "the session that was ended");
    assert_eq!(at(NOW + Duration::days(37) + Duration::SECOND, job()).await.expect("swept"), 1, "the one that has run out");
    let log: i64 = app.db.value("select count(*) from audit where action = 'session.open'").await;
    assert_eq!(log, 2, "the log keeps what happened");
}
