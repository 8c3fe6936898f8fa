//! Where one is signed in: how it ends, by hand and by the clock.

use kravbank::accounts::{ABSOLUTE, IDLE};
use time::Duration;

use super::{EMAIL, PASSWORD, admin, is_in, sign_in};
use crate::support::{Browser, NOW, TestApp};

#[tokio::test]
async fn a_cookie_that_was_copied_is_worth_nothing_after_signing_out() {
    let app = TestApp::spawn().await;
    let browser = admin(&app).await;
    let thief = Browser::new(&app);
    thief.cookies.replace(browser.cookies.borrow().clone());
    assert!(is_in(&thief).await);
    let answer = browser.post("/logga-ut", &[]).await.expect(303);
    assert_eq!(answer.header("location"), "/");
    assert_eq!(answer.header("clear-site-data"), "\"cache\", \"storage\"");
    assert!(browser.get("/").await.expect(200).text().contains("Du är utloggad."));
    assert!(!browser.cookies.borrow().contains_key("session"));
    assert!(!is_in(&thief).await);
    assert!(thief.get("/").await.expect(200).headers.get("set-cookie").is_none(), "nothing is said of a key that opens nothing");
    let ended: String = app.db.value("select new_value->>'why' from audit where action = 'session.end'").await;
    assert_eq!(ended, "sign_out");
    // Whoever is signed out already is signed out.
    browser.post("/logga-ut", &[]).await.expect(303);
}

#[tokio::test]
async fn signing_in_anew_gives_another_key() {
    let app = TestApp::spawn().await;
    let browser = admin(&app).await;
    let old = Browser::new(&app);
    old.cookies.replace(browser.cookies.borrow().clone());
    sign_in(&browser, EMAIL, PASSWORD).await.expect(303);
    assert!(is_in(&browser).await && !is_in(&old).await);
}

/// A session ends when nothing was asked for a while, and at the latest after some days.
#[tokio::test]
async fn the_clock_ends_sessions() {
    let app = TestApp::spawn().await;
    let browser = admin(&app).await;
    let at = async |now| {
        let later = TestApp::build().beside(&app).at(now).spawn().await;
        let visitor = Browser::new(&later);
        visitor.cookies.replace(browser.cookies.borrow().clone());
        is_in(&visitor).await
    };
    let mut now = NOW;
    assert!(!at(now + IDLE + Duration::SECOND).await, "nothing was asked for eight hours");
    while now + IDLE < NOW + ABSOLUTE {
        now += IDLE - Duration::minutes(1);
        assert!(at(now).await, "{now}");
    }
    assert!(!at(NOW + ABSOLUTE).await, "a week is over");
}

#[tokio::test]
async fn one_sees_and_ends_ones_own() {
    let app = TestApp::spawn().await;
    let browser = admin(&app).await;
    let other = Browser::new(&app);
    let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    let fields = [("epost", EMAIL), ("losenord", PASSWORD)];
    other.keep(app.post_with("/logga-in", &[("user-agent", agent)], &fields).await.expect(303));
    let third = Browser::new(&app);
    sign_in(&third, EMAIL, PASSWORD).await.expect(303);
    let page = browser.get("/mitt/sessioner").await.expect(200);
    let mut names = page.texts(".memberships__one h2");
    names.sort();
    assert_eq!(names, ["Firefox · Linux", "Okänd webbläsare", "Okänd webbläsare"]);
    assert_eq!(page.texts(".tag"), ["Den här webbläsaren"]);
    let ends = page.attributes(".memberships form", "action");
    assert_eq!(ends.len(), 2, "not the own one");
    let theirs: uuid::Uuid = app.db.value("select id from session where browser <> ''").await;
    let end = format!("/mitt/sessioner/{theirs}/avslut");
    assert!(ends.contains(&end), "{ends:?}");
    let page = browser.post_on(&end, &[]).await;
    assert!(page.text().contains("Inloggningen är avslutad."));
    assert!(!is_in(&other).await && is_in(&third).await);
    browser.post(&end, &[]).await.expect(404);
    let page = browser.post_on("/mitt/sessioner/avslut", &[]).await;
    assert!(page.text().contains("1 inloggning är avslutad."), "{}", page.text());
    assert!(!is_in(&third).await && is_in(&browser).await);
}

#[tokio::test]
async fn nobody_ends_what_is_anothers() {
    let app = TestApp::build().people().spawn().await;
    let (one, other) = (Browser::signed_in(&app, "upphandlare").await, Browser::signed_in(&app, "admin").await);
    let theirs: uuid::Uuid =
        app.db.value("select s.id from session s join person p on p.id = s.person_id where p.example = 'upphandlare'").await;
    other.post(&format!("/mitt/sessioner/{theirs}/avslut"), &[]).await.expect(404);
    other.post("/mitt/sessioner/avslut", &[]).await.expect(303);
    assert!(is_in(&one).await);
}

/// What is the same for all asks for no session, and a page asks once.
#[tokio::test]
async fn one_statement_recognises_and_files_need_none() {
    let app = TestApp::build().people().spawn().await;
    let browser = Browser::signed_in(&app, "upphandlare").await;
    let plain = app.queries_of("/ordlista").await.len();
    let known = app.queries_with("/ordlista", &browser.header()).await;
    assert_eq!(known.len(), plain + 1, "{known:?}");
    for path in ["/api/v1/requirements", "/livez"] {
        let (with, without) = (app.queries_with(path, &browser.header()).await, app.queries_of(path).await);
        assert_eq!(with.len(), without.len(), "{path}: {with:?}");
        let answer = browser.get(path).await.expect(200);
        assert!(answer.headers.get("set-cookie").is_none(), "{path}");
    }
}

/// What waits is counted for those who may read it, and for nobody else.
#[tokio::test]
async fn tasks_are_counted_for_who_reads_the_inbox() {
    let app = TestApp::build().people().spawn().await;
    app.post("/tillganglighet/rapporter", &[("text", "Rubriken läses inte.")]).await.expect(303);
    for (word, waiting) in [("lmc2", 1), ("strateg", 0), ("lmc", 1)] {
        let browser = Browser::signed_in(&app, word).await;
        app.db.execute("delete from task").await;
        app.db
            .execute(&format!(
                "insert into task (kind, subject_id, person_id, taken_at)
                 select 'accessibility', f.id, p.id, '2026-11-22T12:00:00Z' from fault_report f, person p where p.example = '{word}'"
            ))
            .await;
        let key = browser.cookies.borrow()["session"].clone();
        let who = kravbank::accounts::signed_in(&app.app, &key).await.expect("asked").expect("somebody");
        assert_eq!(who.waiting, waiting, "{word}");
        if word == "lmc" {
            // For another membership they are nobody who reads it.
            app.db.execute("update session s set membership_id = m.id from membership m join organisation o on o.id = m.organisation_id where m.person_id = s.person_id and o.slug = 'region-vastmanland'").await;
            let who = kravbank::accounts::signed_in(&app.app, &key).await.expect("asked").expect("somebody");
            assert_eq!(who.waiting, 0);
        }
    }
}
