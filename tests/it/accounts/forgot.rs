//! A forgotten password: a link by mail, and an answer that tells nobody who has an account.

use std::collections::BTreeSet;

use kravbank::{
    accounts::mail_link,
    kernel::actor::{Actor, System},
};
use time::Duration;

use super::{EMAIL, PASSWORD, admin, invited, is_in, sign_in};
use crate::support::{
    Browser, NOW, TestApp,
    letters::{done, letter, written},
};

const OTHER: &str = "en helt annan mening nu";

/// An example bank, since there what letters say is kept; with the worker.
async fn bank() -> TestApp {
    TestApp::build().people().worker().trusted_proxies("127.0.0.1").spawn().await
}

async fn ask(app: &TestApp, email: &str, from: &str) -> crate::support::Answer {
    app.post_with("/glomt-losenord", &[("x-forwarded-for", from)], &[("epost", email)]).await
}

#[tokio::test]
async fn a_link_comes_by_mail_and_gives_another_password_once() {
    let app = bank().await;
    let first = admin(&app).await;
    let page = app.get("/logga-in").await.expect(200);
    assert!(page.attributes("main a", "href").contains(&"/glomt-losenord".to_owned()));
    assert_eq!(ask(&app, &EMAIL.to_lowercase(), "192.0.2.1").await.expect(303).header("location"), "/glomt-losenord/skickat");
    let page = app.get("/glomt-losenord/skickat").await.expect(200);
    assert_eq!(page.texts("h1"), ["Titta i din e-post"]);
    let reset = letter(&app, EMAIL, "password_reset").await;
    let path = reset.paths[0].clone();
    assert!(reset.text.contains("inom 60 minuter") && path.starts_with("/valj-losenord/"), "{reset:?}");
    let second = Browser::new(&app);
    second.get(&path).await.expect(200);
    second.post(&path, &[("losenord", OTHER)]).await.expect(303);
    assert!(is_in(&second).await && !is_in(&first).await, "every session is over");
    // A replayed link opens nothing.
    second.get(&path).await.expect(404);
    let page = second.post(&path, &[("losenord", "ett tredje lösenord som är långt")]).await.expect(404);
    assert_eq!(page.attributes("main a", "href"), ["/glomt-losenord"]);
    sign_in(&first, EMAIL, PASSWORD).await.expect(422);
    let told = letter(&app, EMAIL, "password_changed").await;
    assert!(told.text.contains("22 november 2026") && told.text.contains("Åsa Admin"), "{told:?}");
    let actions: Vec<String> = {
        let all: String = app.db.value("select string_agg(action, ' ' order by id) from audit").await;
        all.split(' ').map(str::to_owned).collect()
    };
    for action in ["person.ask_reset", "person.send_reset", "person.choose_password"] {
        assert!(actions.iter().any(|one| one == action), "{actions:?}");
    }
}

#[tokio::test]
async fn nobody_learns_who_has_an_account() {
    let app = bank().await;
    admin(&app).await;
    let known = ask(&app, EMAIL, "192.0.2.1").await;
    let unknown = ask(&app, "ingen@region.example", "192.0.2.2").await;
    assert_eq!(
        (known.status, known.header("location"), &known.body),
        (unknown.status, unknown.header("location"), &unknown.body)
    );
    done(&app, "answer_reset").await;
    assert_eq!(written(&app, "ingen@region.example").await.len(), 0);
    // The same statements are sent for both: the work is done by a job.
    let quiet = TestApp::spawn().await;
    super::admin(&quiet).await;
    let counter = std::cell::Cell::new(0);
    let mut kinds = BTreeSet::new();
    for email in [EMAIL, "ingen@region.example"] {
        let body = || {
            counter.set(counter.get() + 1);
            format!("epost={email}")
        };
        kinds.insert(quiet.queries_of_form("/glomt-losenord", body).await);
    }
    assert_eq!(kinds.len(), 1, "{kinds:#?}");
    let kept: i64 = app.db.value("select count(*) from reset_request").await;
    assert_eq!(kept, 0, "what was typed is not kept");
}

#[tokio::test]
async fn a_link_is_over_after_an_hour_and_replaced_by_a_newer_one() {
    let app = bank().await;
    admin(&app).await;
    ask(&app, EMAIL, "192.0.2.1").await.expect(303);
    let first = letter(&app, EMAIL, "password_reset").await.paths[0].clone();
    // Whoever is impatient has a letter on its way.
    ask(&app, EMAIL, "192.0.2.1").await.expect(303);
    done(&app, "answer_reset").await;
    assert_eq!(written(&app, EMAIL).await.iter().filter(|letter| letter.kind == "password_reset").count(), 1);
    let later = TestApp::build().people().beside(&app).at(NOW + Duration::minutes(61)).spawn().await;
    later.get(&first).await.expect(404);
    app.get(&first).await.expect(200);
    app.db.execute("update password_link set created_at = created_at - interval '2 minutes'").await;
    ask(&app, EMAIL, "192.0.2.1").await.expect(303);
    done(&app, "answer_reset").await;
    let second = letter(&app, EMAIL, "password_reset").await.paths[0].clone();
    assert_ne!(first, second);
    app.get(&first).await.expect(404);
    app.get(&second).await.expect(200);
}

#[tokio::test]
async fn asking_is_slowed_down_where_it_comes_from() {
    let app = bank().await;
    for _ in 0..3 {
        ask(&app, "ingen@region.example", "192.0.2.1").await.expect(303);
    }
    let page = ask(&app, "Ingen@Region.example", "192.0.2.1").await.expect(429);
    assert_eq!(page.attributes("main #epost", "value"), ["Ingen@Region.example"]);
    assert!(!page.header("retry-after").is_empty());
    ask(&app, "ingen@region.example", "192.0.2.2").await.expect(303);
    ask(&app, "annan@region.example", "192.0.2.1").await.expect(303);
    for odd in ["", "ingen", "a b@c.se"] {
        let page = ask(&app, odd, "192.0.2.3").await.expect(422);
        assert_eq!(page.texts("title")[0].split(':').next(), Some("Fel"));
    }
}

#[tokio::test]
async fn a_browser_that_is_new_is_told_of() {
    let app = bank().await;
    admin(&app).await;
    let agent = |name: &'static str| [("user-agent", name)];
    let windows = "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0";
    let sign_in = async |headers: &[(&str, &str)]| {
        app.post_with("/logga-in", headers, &[("epost", EMAIL), ("losenord", PASSWORD)]).await.expect(303);
    };
    sign_in(&agent(windows)).await;
    sign_in(&agent(windows)).await;
    let told: Vec<_> = written(&app, EMAIL).await.into_iter().filter(|letter| letter.kind == "new_browser").collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].text.contains("Firefox · Windows"), "{told:?}");
}

#[tokio::test]
async fn the_link_of_the_command_line_is_sent_too() {
    let app = bank().await;
    let invited = invited(&app).await;
    let mut tx = app.app.db.begin().await.expect("a transaction");
    assert!(!mail_link(&mut tx, &Actor::Anonymous, &invited, NOW).await.expect("asked"));
    assert!(mail_link(&mut tx, &Actor::System(System::CommandLine), &invited, NOW).await.expect("posted"));
    tx.commit().await.expect("kept");
    assert_eq!(letter(&app, EMAIL, "account_link").await.paths, [invited.path]);
}
