//! Letters: written with what they tell of, sent in a real conversation, forgotten afterwards.

use std::{
    os::unix::fs::PermissionsExt,
    time::{Duration, Instant},
};

use kravbank::kernel::{
    i18n::Lang,
    mail::{self, Counts, Letter, State, To},
};
use uuid::Uuid;

use crate::support::{NOW, TestApp, smtp::Smtp};

const KEY: &str = "/valj-losenord/0123456789abcdef";

fn letter() -> Letter {
    Letter::new("test_letter", Lang::Sv, "Välj ett lösenord")
        .paragraph("Hej Åsa!\nDu kan välja ett <lösenord>.")
        .button("Välj lösenord", KEY)
        .small("Länken gäller i en timme.")
}

async fn post(app: &TestApp, to: &To, letter: &Letter, event: Option<Uuid>) {
    let mut tx = app.app.db.begin().await.expect("a transaction");
    mail::post(&mut tx, to, letter, event, NOW).await.expect("posted");
    tx.commit().await.expect("kept");
}

fn asa() -> To {
    To::address("asa@region.example")
}

async fn counts(app: &TestApp) -> Counts {
    mail::counts(&mut app.db.connect().await).await.expect("counted")
}

/// Waits until the letters are as a test wants them.
async fn until(app: &TestApp, fine: impl Fn(&Counts) -> bool) -> Counts {
    let begun = Instant::now();
    loop {
        let counts = counts(app).await;
        if fine(&counts) {
            return counts;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "in vain: {counts:?}");
        // What is to be tried again later is tried at once.
        app.db.execute("update graphile_worker._private_jobs set run_at = '2000-01-01' where run_at > '2000-01-02' and locked_at is null and attempts > 0").await;
        app.db.execute("notify \"jobs:insert\"").await;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn a_letter_is_sent_as_text_and_html() {
    let smtp = Smtp::start().await;
    let app = TestApp::build().worker().smtp(&smtp.url).base_url("https://banken.example").spawn().await;
    post(&app, &asa(), &letter(), None).await;
    let counted = until(&app, |counts| counts.sent == 1).await;
    assert_eq!(counted, Counts { sent: 1, dead: 0, waiting: 0, failing: 0, oldest_waiting: None });
    let letters = smtp.letters();
    let [sent] = letters.as_slice() else { panic!("{letters:?}") };
    assert!(sent.from.contains("<kravbanken@bank.example>") && sent.to.contains("<asa@region.example>"), "{sent:?}");
    assert_eq!(sent.header("From"), "Kravbanken <kravbanken@bank.example>");
    assert_eq!(sent.header("To"), "asa@region.example");
    assert_eq!(sent.header("Date"), "Sun, 22 Nov 2026 12:00:00 +0000");
    assert_eq!(sent.header("Auto-Submitted"), "auto-generated");
    assert_eq!(sent.header("Content-Language"), "sv");
    let id: Uuid = app.db.value("select id from mail").await;
    assert_eq!(sent.header("Message-ID"), format!("<{id}@bank.example>"));
    assert!(sent.header("Subject").starts_with("=?utf-8?"), "{}", sent.header("Subject"));
    let all = sent.decoded();
    let address = format!("https://banken.example{KEY}");
    for part in [
        "multipart/alternative",
        "text/plain; charset=utf-8",
        "text/html; charset=utf-8",
        "Hej Åsa!\r\nDu kan välja ett <lösenord>.",
        &format!("Välj lösenord:\r\n{address}\r\n\r\nLänken gäller i en timme."),
        "-- \r\nKravbanken\r\nhttps://banken.example",
        "<html lang=\"sv\">",
        "Du kan välja ett &#60;lösenord&#62;.",
        &format!("<a href=\"{address}\">"),
    ] {
        assert!(all.contains(part), "no {part:?} in {all}");
    }
    for foreign in ["<img", "src=", "<link", "<style", "@import"] {
        assert!(!all.contains(foreign), "{foreign} in {all}");
    }
    // What it said is not kept.
    assert!(app.db.value::<bool>("select parts is null and last_error is null from mail").await);
    let kept: i64 = app.db.value("select count(*) from graphile_worker._private_jobs where payload::text like '%region%'").await;
    assert_eq!(kept, 0);
}

#[tokio::test]
async fn a_server_that_is_busy_is_tried_again_and_one_that_refuses_is_not() {
    let smtp = Smtp::start().await;
    smtp.answer("RCPT", "451 try again later, asa@region.example");
    let app = TestApp::build().worker().smtp(&smtp.url).spawn().await;
    post(&app, &asa(), &letter(), None).await;
    until(&app, |counts| counts.sent == 1).await;
    assert_eq!(app.db.value::<i32>("select attempts from mail").await, 2);
    assert_eq!(smtp.letters().len(), 1);
    smtp.answer("RCPT", "550 nobody of that name");
    post(&app, &To::address("ingen@region.example"), &letter(), None).await;
    until(&app, |counts| counts.dead == 1).await;
    let dead = mail::listed(&mut app.db.connect().await, Some(State::Dead), 10).await.expect("listed");
    assert_eq!((dead.len(), dead[0].attempts, dead[0].state()), (1, 1, State::Dead));
    assert!(dead[0].last_error.as_deref().is_some_and(|error| error.contains("550") && error.contains("nobody")), "{dead:?}");
    // An administrator may try it once more, now that the mailbox is there.
    let mut tx = app.app.db.begin().await.expect("a transaction");
    assert!(mail::again(&mut tx, dead[0].id).await.expect("revived"));
    tx.commit().await.expect("kept");
    until(&app, |counts| counts.sent == 2 && counts.dead == 0).await;
    let mut tx = app.app.db.begin().await.expect("a transaction");
    assert!(!mail::again(&mut tx, dead[0].id).await.expect("asked"), "it was sent");
}

#[tokio::test]
async fn a_server_that_is_away_or_wants_another_name_makes_letters_wait() {
    let smtp = Smtp::start().await;
    smtp.answer("MAIL", "530 authentication required");
    let app = TestApp::build().worker().smtp(&smtp.url).spawn().await;
    post(&app, &asa(), &letter(), None).await;
    until(&app, |counts| counts.sent == 1).await;
    let nobody = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        format!("smtp://u:hemligheten@{}", listener.local_addr().expect("an address"))
    };
    let app = TestApp::build().worker().smtp(&nobody).spawn().await;
    post(&app, &asa(), &letter(), None).await;
    let counted = until(&app, |counts| counts.failing == 1).await;
    assert_eq!((counted.waiting, counted.dead, counted.oldest_waiting), (1, 0, Some(NOW)));
    let error: String = app.db.value("select last_error from mail").await;
    assert!(!error.contains("hemligheten"), "{error}");
    // After the last try it is a dead letter.
    until(&app, |counts| counts.dead == 1).await;
    assert_eq!(app.db.value::<i32>("select attempts from mail").await, mail::MOST_ATTEMPTS);
}

#[tokio::test]
async fn what_is_not_kept_is_not_sent_and_an_event_is_told_once() {
    let app = TestApp::build().worker().spawn().await;
    let mut tx = app.app.db.begin().await.expect("a transaction");
    mail::post(&mut tx, &asa(), &letter(), None, NOW).await.expect("posted");
    tx.rollback().await.expect("rolled back");
    let event = Uuid::now_v7();
    for address in ["asa@region.example", "Asa@Region.example", "bo@region.example"] {
        post(&app, &To::address(address), &letter(), Some(event)).await;
    }
    post(&app, &asa(), &letter(), Some(Uuid::now_v7())).await;
    let counted = until(&app, |counts| counts.waiting == 0).await;
    assert_eq!(counted.sent, 3, "one for each address, one for another event, none for what was rolled back");
}

#[tokio::test]
async fn without_a_server_letters_are_files_that_nobody_else_reads() {
    let app = TestApp::build().worker().spawn().await;
    let odd = Letter::new("test_letter", Lang::En, "One\r\nBcc: x@evil.example\u{202e}")
        .paragraph("Text\r\n.\r\nQUIT")
        .button("Go\r\nthere", "/en/mitt");
    post(&app, &To::address("asa@region.example\r\nBcc: y@evil.example"), &odd, None).await;
    post(&app, &asa(), &odd, None).await;
    until(&app, |counts| counts.sent == 1 && counts.dead == 1).await;
    let folder = app.data_dir.path().join("mail");
    let files: Vec<_> = std::fs::read_dir(&folder).expect("the folder").map(|entry| entry.expect("a file").path()).collect();
    let [file] = files.as_slice() else { panic!("{files:?}") };
    let mode = |path: &std::path::Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!((mode(file), mode(&folder)), (0o600, 0o700));
    assert!(file.file_name().expect("a name").to_string_lossy().starts_with("20261122T120000-"), "{file:?}");
    let text = std::fs::read_to_string(file).expect("text");
    let head = text.split_once("\r\n\r\n").expect("headers").0;
    assert!(head.contains("Subject: One Bcc: x@evil.example\r\n") && !head.contains("\r\nBcc:"), "{head}");
    let error: String = app.db.value("select last_error from mail where dead_at is not null").await;
    assert_eq!(error, "the address is none");
}

#[tokio::test]
async fn nothing_is_kept_longer_than_it_has_to_be() {
    let smtp = Smtp::start().await;
    smtp.answer("RCPT", "550 no");
    // Nothing but what a night brings works on the letters later on.
    let app = TestApp::spawn().await;
    let day = TestApp::build().worker().smtp(&smtp.url).beside(&app).spawn().await;
    post(&app, &asa(), &letter(), None).await;
    until(&app, |counts| counts.dead == 1).await;
    post(&app, &To::address("bo@region.example"), &letter(), None).await;
    until(&app, |counts| counts.sent == 1).await;
    let night = async |days: i64| {
        let app = TestApp::build().worker().beside(&app).at(NOW + time::Duration::days(days)).spawn().await;
        app.db.execute("select graphile_worker.add_job('tend_mail', '{}'::json)").await;
        let begun = Instant::now();
        while app.db.value::<bool>("select exists (select from graphile_worker.jobs where task_identifier = 'tend_mail')").await {
            assert!(begun.elapsed() < Duration::from_secs(30), "the night is long");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let parts = "select count(*) from mail where parts is not null";
    let addresses = "select count(*) from mail where address is not null or subject is not null or last_error is not null";
    drop(day);
    night(6).await;
    assert_eq!((app.db.value::<i64>(parts).await, app.db.value::<i64>(addresses).await), (1, 2));
    night(8).await;
    assert_eq!((app.db.value::<i64>(parts).await, app.db.value::<i64>(addresses).await), (0, 2));
    night(31).await;
    assert_eq!(app.db.value::<i64>(addresses).await, 0);
    assert_eq!(counts(&app).await.sent, 1, "that it was sent is still known");
}

#[tokio::test]
async fn the_example_bank_shows_its_letters_and_no_other_does() {
    let app = TestApp::build().people().worker().spawn().await;
    post(&app, &asa(), &letter(), None).await;
    until(&app, |counts| counts.sent == 1).await;
    let list = app.get("/exempel/brev").await.expect(200);
    assert_eq!(list.texts("main h2"), ["Välj ett lösenord"]);
    assert_eq!(list.header("cache-control"), "no-store");
    let path = list.attributes("main h2 a", "href").remove(0);
    let page = app.get(&path).await.expect(200);
    assert!(page.text().contains("asa@region.example"));
    assert_eq!(page.attributes("main a.btn", "href"), [KEY]);
    let page = app.get(&format!("/en{path}")).await.expect(200);
    assert_eq!(page.attributes("main article", "lang"), ["sv"]);
    let other = TestApp::spawn().await;
    post(&other, &asa(), &letter(), None).await;
    let id: Uuid = other.db.value("select id from mail").await;
    for path in ["/exempel/brev".to_owned(), format!("/exempel/brev/{id}")] {
        other.get(&path).await.expect(404);
    }
}
