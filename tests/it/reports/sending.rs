//! Once, not too often, not too much, and from here.

use std::sync::atomic::{AtomicU32, Ordering};

use kravbank::kernel::limits;
use reqwest::Method;
use time::Duration;

use super::{SITE, assert_faults, bank, receipt};
use crate::support::{Answer, Browser, NOW, TestApp};

/// A report by somebody at this address, behind a proxy that says so.
async fn send(app: &TestApp, address: &str, text: &str) -> Answer {
    app.post_with(SITE, &[("x-forwarded-for", address)], &[("text", text), ("epost", "anna@example.se")]).await
}

async fn count(app: &TestApp) -> i64 {
    app.db.value("select count(*) from fault_report").await
}

#[tokio::test]
async fn the_same_form_sent_twice_is_one_report() {
    let app = bank().await;
    let key = app.get("/tillganglighet").await.attributes("input[name=nyckel]", "value")[0].clone();
    let fields = [("nyckel", key.as_str()), ("text", "Dubbelklick."), ("epost", "anna@example.se")];
    let (one, two) = tokio::join!(app.post(SITE, &fields), app.post(SITE, &fields));
    assert_eq!(receipt(&one), receipt(&two));
    assert_eq!(receipt(&one), receipt(&app.post(SITE, &fields).await), "and after a reload");
    assert_eq!((count(&app).await, app.db.value::<i64>("select count(*) from limit_hit").await), (1, 1), "kept and counted once");
    // Somebody who went back and wrote something else has a new one.
    let other = app.post(SITE, &[("nyckel", &key), ("text", "Något annat."), ("epost", "anna@example.se")]).await;
    assert_ne!(receipt(&one), receipt(&other));
    // Without a key, or with something that is none, each is its own.
    for nyckel in ["", "x", "0"] {
        receipt(&app.post(SITE, &[("nyckel", nyckel), ("text", "Utan nyckel.")]).await);
    }
    assert_eq!(count(&app).await, 5);
    assert_eq!(app.db.value::<i64>("select last from counter where name = 'fault_report'").await, 5, "no number is lost");
}

#[tokio::test]
async fn nobody_sends_too_many_whichever_program_answers() {
    let one = TestApp::build().trusted_proxies("127.0.0.1").spawn().await;
    let two = TestApp::build().trusted_proxies("127.0.0.1").beside(&one).at(NOW + Duration::minutes(4)).spawn().await;
    for n in 0..5 {
        let app = if n % 2 == 0 { &one } else { &two };
        receipt(&send(app, "192.0.2.1", &format!("Rapport {n}")).await);
    }
    // Three were sent at noon, two four minutes later; the first leaves the window at ten past one in Sweden.
    let refused = send(&two, "192.0.2.1", "En till, som inte får försvinna.").await;
    assert_faults(&refused, 429, &[]);
    assert_eq!(refused.texts("#text"), ["En till, som inte får försvinna."]);
    assert_eq!(refused.attributes("#epost", "value"), ["anna@example.se"]);
    assert!(refused.texts("#fel")[0].contains("Du kan skicka igen klockan 13.10."), "{:?}", refused.texts("#fel"));
    assert_eq!(refused.header("retry-after"), "361", "six minutes, and one second to be sure");
    assert_eq!(count(&one).await, 5);
    // Others are not held up, nor is what was sent before asked for in vain.
    receipt(&send(&two, "192.0.2.2", "Rapport").await);
    receipt(&send(&two, "2001:db8:1:2::1", "Rapport").await);
    // Ten minutes after the first three there is room again.
    let later = TestApp::build().trusted_proxies("127.0.0.1").beside(&one).at(NOW + Duration::minutes(10)).spawn().await;
    receipt(&send(&later, "192.0.2.1", "Nu går det.").await);
}

#[tokio::test]
async fn colleagues_behind_one_address_do_not_use_up_each_others_reports() {
    let app = TestApp::build().people().spawn().await;
    let one = Browser::signed_in(&app, "upphandlare").await;
    let two = Browser::signed_in(&app, "leverantor").await;
    for n in 0..5 {
        receipt(&one.post(SITE, &[("text", &format!("Rapport {n}"))]).await);
    }
    assert_faults(&one.post(SITE, &[("text", "Den sjätte")]).await, 429, &[]);
    receipt(&two.post(SITE, &[("text", "En kollegas")]).await);
    receipt(&app.post(SITE, &[("text", "Någon utan konto, på samma adress")]).await);
    // Whoever signs out is not somebody else's burden either: the address counts for itself.
    assert_eq!(count(&app).await, 7);
}

#[tokio::test]
async fn a_day_has_a_limit_and_so_have_all_together() {
    let app = TestApp::build().trusted_proxies("127.0.0.1").spawn().await;
    receipt(&send(&app, "192.0.2.1", "Först").await);
    // As if it had been sent through the hours before.
    let before =
        "insert into limit_hit select name, subject, at - n * interval '1 hour' from limit_hit, generate_series(1, 19) n";
    app.db.execute(before).await;
    let refused = send(&app, "192.0.2.1", "Den tjugoförsta").await;
    assert_faults(&refused, 429, &[]);
    // Nineteen hours ago was the first; it leaves the window in five.
    assert_eq!(refused.header("retry-after"), (5 * 3600 + 1).to_string());
    assert!(refused.texts("#fel")[0].contains("klockan 18.00"), "{:?}", refused.texts("#fel"));
    receipt(&send(&app, "192.0.2.2", "Någon annan").await);
    let others = "insert into limit_hit select 'fault_report', sha256(n::text::bytea), '2026-11-22 11:59:00Z' from generate_series(1, 479) n";
    app.db.execute(others).await;
    let refused = send(&app, "192.0.2.3", "Den femhundraförsta").await;
    assert_faults(&refused, 429, &[]);
    // The oldest of the five hundred is nineteen hours old.
    assert_eq!(refused.header("retry-after"), (5 * 3600 + 1).to_string());
    // What another limit counts is nothing to this one.
    app.db.execute("update limit_hit set name = 'something_else'").await;
    receipt(&send(&app, "192.0.2.3", "Nu går det").await);
}

#[tokio::test]
async fn an_address_counts_across_midnight_and_cannot_be_read_back() {
    // An hour before midnight, as the keys count days.
    let evening = TestApp::build().trusted_proxies("127.0.0.1").at(NOW + Duration::minutes(11 * 60 + 55)).spawn().await;
    for n in 0..5 {
        receipt(&send(&evening, "192.0.2.1", &format!("Rapport {n}")).await);
    }
    let morning =
        TestApp::build().trusted_proxies("127.0.0.1").beside(&evening).at(NOW + Duration::minutes(12 * 60 + 1)).spawn().await;
    assert_faults(&send(&morning, "192.0.2.1", "Efter midnatt").await, 429, &[]);
    receipt(&send(&morning, "192.0.2.9", "En annan").await);
    assert_eq!(morning.db.value::<i64>("select count(*) from limit_key").await, 2);
    let rows: String = morning.db.value("select string_agg(h::text, '') from limit_hit h").await;
    assert!(!rows.contains("192.0.2") && !rows.contains(&hex::encode("192.0.2.1")), "{rows}");
    // Other keys, other hashes: the same address is another subject the day after tomorrow.
    let same: bool = morning.db.value("select count(distinct subject) = 2 from limit_hit").await;
    assert!(same);
    let pool = morning.db.pool();
    let mut tx = pool.begin().await.expect("a transaction");
    assert_eq!(limits::sweep(&mut tx, NOW + Duration::hours(24)).await.expect("swept"), 0, "what still counts stays");
    assert_eq!(limits::sweep(&mut tx, NOW + Duration::days(3)).await.expect("swept"), 8, "six reports and two keys");
    tx.commit().await.expect("kept");
    assert_eq!(morning.db.value::<i64>("select (select count(*) from limit_hit) + (select count(*) from limit_key)").await, 0);
}

#[tokio::test]
async fn what_is_no_form_is_refused_in_the_visitors_language() {
    let app = bank().await;
    let form = ("content-type", "application/x-www-form-urlencoded");
    let large = format!("text={}", "x".repeat(200 * 1024));
    for path in [SITE, "/krav/KB-0001/felrapporter"] {
        for (prefix, headings) in [
            ("", ["Formuläret går inte att läsa", "Det som skickades är för stort"]),
            ("/en", ["The form cannot be read", "What was sent is too large"]),
        ] {
            let path = format!("{prefix}{path}");
            for (headers, body, status, heading) in [
                (vec![("content-type", "application/json")], "{}".to_owned(), 415, headings[0]),
                (vec![("content-type", "multipart/form-data; boundary=x")], "--x--".to_owned(), 415, headings[0]),
                (vec![], "text=x".to_owned(), 415, headings[0]),
                (vec![form], "text=a&text=b".to_owned(), 400, headings[0]),
                (vec![form], large.clone(), 413, headings[1]),
            ] {
                let answer = app.send(Method::POST, &path, &headers, body).await;
                assert_eq!(answer.status.as_u16(), status, "{path} {headers:?}");
                assert_eq!(answer.texts("h1"), [heading], "{path} {headers:?}");
                assert_eq!(answer.header("cache-control"), "no-store");
            }
        }
    }
    assert_eq!(count(&app).await, 0);
}

#[tokio::test]
async fn no_line_can_be_broken_and_nothing_unseen_is_kept() {
    let app = TestApp::spawn().await;
    let nasty = "Bcc: alla@example.se\r\nX: \u{0}\u{7}\u{1b}[31m\u{202e}slut\u{2028}ny";
    let sent = app
        .post(SITE, &[("text", nasty), ("plats", nasty), ("hjalpmedel", nasty), ("epost", "anna@example.se\r\nBcc: b@x.se")])
        .await;
    assert_faults(&sent, 422, &[("epost", "Skriv e-postadressen som namn@exempel.se, eller lämna fältet tomt.")]);
    receipt(&app.post(SITE, &[("text", nasty), ("plats", nasty), ("hjalpmedel", nasty), ("epost", "anna@example.se\r\n")]).await);
    let row: String = app.db.value("select concat_ws('|', text, place, assistive, email) from fault_report").await;
    assert_eq!(
        row,
        "Bcc: alla@example.se\nX: [31mslut\nny|Bcc: alla@example.se X: [31mslut ny|Bcc: alla@example.se X: [31mslut ny|anna@example.se"
    );
}

#[tokio::test]
async fn a_report_takes_few_questions() {
    let app = bank().await;
    let next = AtomicU32::new(0);
    let text = || format!("version=1&slag=text&text=Rapport+{}", next.fetch_add(1, Ordering::Relaxed));
    for (path, most) in [(SITE, 12), ("/krav/KB-0001/felrapporter", 13)] {
        let queries = app.queries_of_form(path, text).await;
        assert!(queries.len() <= most, "{path}: {}\n{}", queries.len(), queries.join("\n"));
    }
    for (path, most) in [("/tillganglighet", 0), ("/krav/KB-0001/rapportera-fel", 1)] {
        let queries = app.queries_of(path).await;
        assert_eq!(queries.len(), most, "{path}\n{}", queries.join("\n"));
    }
    let receipt = receipt(&app.post(SITE, &[("text", "x")]).await);
    assert_eq!(app.queries_of(&receipt).await.len(), 1);
}
