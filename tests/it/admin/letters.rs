//! Letters that did not go, and the one to oneself.

use std::collections::BTreeSet;

use kravbank::kernel::i18n::{Lang, Texts};
use time::Duration;

use super::logged;
use crate::support::{Browser, NOW, TestApp, letters::done, smtp::Smtp};

const LETTERS: &str = "/admin/brev";

#[tokio::test]
async fn a_test_letter_goes_and_the_page_says_how() {
    let smtp = Smtp::start().await;
    let app = TestApp::build().people().worker().smtp(&smtp.url).spawn().await;
    app.db.execute("update person set language = 'en' where example = 'admin'").await;
    let browser = Browser::signed_in(&app, "admin").await;
    assert!(browser.get("/admin/kom-igang").await.expect(200).attributes("main a", "href").contains(&LETTERS.to_owned()));
    let page = browser.get(LETTERS).await.expect(200);
    assert!(page.texts("dd").contains(&"e-postservern 127.0.0.1".to_owned()), "{:?}", page.texts("dd"));
    let sent = browser.post("/admin/brev/prov", &[]).await.expect(303);
    let state = sent.header("location").to_owned();
    assert!(state.starts_with("/admin/brev/prov/"), "{state}");
    done(&app, "send_mail").await;
    let page = browser.get(&state).await.expect(200);
    assert_eq!(page.texts(".lead"), ["Brevet är till admin@example.org."]);
    assert!(page.texts(".banner__body")[0].contains("127.0.0.1 tog emot brevet."), "{:?}", page.texts(".banner__body"));
    let letters = smtp.letters();
    let [letter] = letters.as_slice() else { panic!("{letters:?}") };
    assert_eq!(letter.header("Subject"), "Test letter from Kravbanken", "in the language of who reads it");
    assert_eq!(logged(&app, "mail.send_test").await.len(), 1);
    // What a server says stands there.
    smtp.answer("RCPT", "550 5.1.1 <admin@example.org> no such user");
    let state = browser.post("/admin/brev/prov", &[]).await.expect(303).header("location").to_owned();
    done(&app, "send_mail").await;
    let page = browser.get(&state).await.expect(200);
    assert!(
        page.text().contains("adressen inte finns") && page.texts(".admin-error")[0].contains("no such user"),
        "{}",
        page.text()
    );
    // It is theirs alone.
    app.db
        .execute(&format!(
            "update mail set person_id = (select id from person where example = 'lmc') where id = '{}'",
            &state[17..]
        ))
        .await;
    browser.get(&state).await.expect(404);
    Browser::signed_in(&app, "lmc").await.get(&state).await.expect(403);
    // Not without end.
    for _ in 0..3 {
        browser.post("/admin/brev/prov", &[]).await.expect(303);
    }
    let refused = browser.post("/admin/brev/prov", &[]).await.expect(429);
    assert!(refused.texts(".error-summary")[0].contains("Vänta till 13.10"), "{}", refused.text());
    assert!(!refused.header("retry-after").is_empty());
}

#[tokio::test]
async fn without_a_server_the_letter_is_a_file() {
    let app = TestApp::build().people().worker().spawn().await;
    let browser = Browser::signed_in(&app, "admin").await;
    let state = browser.post("/admin/brev/prov", &[]).await.expect(303).header("location").to_owned();
    done(&app, "send_mail").await;
    assert!(browser.get(&state).await.expect(200).text().contains("Ingen e-postserver är inställd."));
}

#[tokio::test]
async fn a_letter_that_was_given_up_is_shown_without_whose_it_is_and_sent_again() {
    let app = TestApp::build().people().spawn().await;
    app.db
        .execute(
            "insert into mail (id, address, language, kind, subject, parts, created_at, tried_at, attempts, last_error, dead_at, refused) values
             ('01900000-0000-7000-8000-000000000001', 'hemlig.person@region.example', 'sv', 'invitation', 'Ämnet', '[{\"paragraph\": \"Innehållet\"}]',
              '2026-11-22 10:00Z', '2026-11-22 11:00Z', 1, 'permanent error (550): <hemlig.person@region.example>: nobody', '2026-11-22 11:00Z', true),
             ('01900000-0000-7000-8000-000000000002', null, 'sv', 'password_reset', null, null,
              '2026-11-01 10:00Z', '2026-11-02 11:00Z', 16, null, '2026-11-02 11:00Z', false)",
        )
        .await;
    let browser = Browser::signed_in(&app, "admin").await;
    let page = browser.get(LETTERS).await.expect(200);
    assert_eq!(page.texts(".memberships h3"), ["Inbjudan invitation", "Nytt lösenord password_reset"]);
    assert!(page.text().contains("Till h…@region.example."), "{}", page.text());
    assert_eq!(page.texts(".admin-error"), ["permanent error (550): <h…@region.example>: nobody"]);
    for secret in ["hemlig.person", "Innehållet", "Ämnet"] {
        assert!(!page.text().contains(secret), "{secret}");
    }
    // Of the other one nothing is left to send.
    let again = page.attributes(".memberships form", "action");
    assert_eq!(again, ["/admin/brev/01900000-0000-7000-8000-000000000001/forsok"]);
    let page = browser.post_on(&again[0], &[]).await;
    assert_eq!(page.texts(".flash__text"), ["Brevet skickas på nytt."]);
    let queued: i64 = app.db.value("select count(*) from graphile_worker.jobs where task_identifier = 'send_mail' and key like '%01900000-0000-7000-8000-000000000001'").await;
    assert_eq!(queued, 1);
    assert_eq!(browser.get("/admin/brev?visa=vantar").await.expect(200).texts(".memberships h3"), ["Inbjudan invitation"]);
    assert_eq!(
        browser.post_on(&again[0], &[]).await.texts(".flash__text"),
        ["Brevet är redan skickat, eller så finns texten inte kvar."]
    );
    assert_eq!(logged(&app, "mail.send_again").await.len(), 1);
}

#[tokio::test]
async fn many_letters_are_read_page_by_page() {
    let app = TestApp::build().people().spawn().await;
    app.db
        .execute(
            "insert into mail (id, address, language, kind, subject, parts, created_at, dead_at)
             select gen_random_uuid(), 'n' || n || '@example.org', 'sv', 'invitation', 'x', '[]', '2026-11-20Z',
                    '2026-11-21Z'::timestamptz + (n / 3) * interval '1 minute' from generate_series(1, 120) n;
             insert into mail (id, address, language, kind, subject, parts, created_at)
             select gen_random_uuid(), 'v' || n || '@example.org', 'sv', 'invitation', 'x', '[]',
                    '2026-11-21Z'::timestamptz + (n / 3) * interval '1 minute' from generate_series(1, 60) n",
        )
        .await;
    let browser = Browser::signed_in(&app, "admin").await;
    for (begin, of) in [(LETTERS, 120), ("/admin/brev?visa=vantar", 60)] {
        let (mut path, mut seen) = (begin.to_owned(), 0);
        loop {
            let page = browser.get(&path).await.expect(200);
            seen += page.texts(".memberships h3").len();
            match page.attributes(".pagination a[rel=next]", "href").pop() {
                Some(next) => path = next,
                None => break,
            }
        }
        assert_eq!(seen, of, "{begin}");
    }
    for wrong in ["x", "1.x", "9999999999999999999.01900000-0000-7000-8000-000000000001"] {
        browser.get(&format!("{LETTERS}?efter={wrong}")).await.expect(200);
    }
    browser.post("/admin/brev/01900000-0000-7000-8000-000000000009/forsok", &[]).await.expect(303);
}

/// An address whose server will not have it is told to whoever has it, until a letter arrives or the address is another.
#[tokio::test]
async fn who_has_an_address_that_takes_no_letters_is_told() {
    let smtp = Smtp::start().await;
    let app = TestApp::build().people().worker().smtp(&smtp.url).spawn().await;
    let browser = Browser::signed_in(&app, "admin").await;
    let told = async || browser.get("/mitt/konto").await.expect(200).texts(".banner__title");
    for (answer, expected) in [
        // Our own fault, or the server's rules.
        ("550 5.7.1 looks like spam", false),
        ("553 5.1.8 the sender has no domain", false),
        ("554 too large", false),
        ("550 5.1.1 no such user", true),
    ] {
        smtp.answer("RCPT", answer);
        browser.post("/admin/brev/prov", &[]).await.expect(303);
        done(&app, "send_mail").await;
        let said: &[&str] = if expected { &["Din e-postadress tar inte emot brev"] } else { &[] };
        assert_eq!(told().await, said, "{answer}");
    }
    assert!(
        browser.get("/mitt/konto").await.text().contains("Ett brev till admin@example.org kom tillbaka den 22 november 2026")
    );
    let inbox = Browser::signed_in(&app, "lmc").await.get("/lmc/inkorg").await.expect(200);
    assert!(inbox.text().contains("3 brev har getts upp"), "an address that is wrong is no fault of the service");
    // The next one arrives.
    browser.post("/admin/brev/prov", &[]).await.expect(303);
    done(&app, "send_mail").await;
    assert_eq!(told().await.len(), 0);
    for change in [
        "email = 'ny@example.org'",
        "name = null, email = null, email_verified_at = null, example = null, erased_at = '2026-11-22Z'",
    ] {
        app.db.execute("insert into mail_refused select id, '2026-11-22Z' from person where example = 'admin'").await;
        app.db.execute(&format!("update person set {change} where example = 'admin'")).await;
        assert_eq!(app.db.value::<i64>("select count(*) from mail_refused").await, 0, "{change}");
    }
}

/// Every kind of letter in the source has a name.
#[test]
fn every_kind_of_letter_has_a_name() {
    let mut found = BTreeSet::new();
    for (name, source) in crate::architecture::files("src", &["rs"]) {
        let is_news = name.ends_with("workflow/news.rs");
        for (at, _) in source.match_indices('"') {
            let word: String = source[at + 1..].chars().take_while(|c| *c != '"').collect();
            let before = source[..at].trim_end();
            let posts = before.ends_with("Letter::new(") || (is_news && before.ends_with('('));
            let tells = before.ends_with(',') && before.lines().rev().take(4).any(|line| line.contains("tell(tx"));
            if (posts || tells)
                && !word.is_empty()
                && word.chars().all(|c| c.is_ascii_lowercase() || c == '_')
                && word.contains('_')
            {
                found.insert(word);
            }
        }
    }
    found.insert("invitation".to_owned());
    assert!(found.len() >= 24, "{found:?}");
    let t = Texts(Lang::Sv);
    for kind in found {
        assert_ne!(kravbank::admin::letter_kind(t, &kind), t.admin_letter_other(), "{kind}");
    }
}

#[tokio::test]
async fn letters_that_wait_too_long_need_a_hand() {
    let app = TestApp::build().people().spawn().await;
    let at = NOW - Duration::minutes(20);
    app.db
        .execute(&format!("insert into mail (id, address, language, kind, subject, parts, created_at) values (gen_random_uuid(), 'a@example.org', 'sv', 'x', 'X', '[]', '{at}')"))
        .await;
    let page = Browser::signed_in(&app, "admin").await.get("/admin").await.expect(200);
    assert!(page.texts(".banner__title").contains(&"Brev blir liggande".to_owned()), "{:?}", page.texts(".banner__title"));
    assert!(page.attributes(".banner a", "href").contains(&LETTERS.to_owned()));
}
