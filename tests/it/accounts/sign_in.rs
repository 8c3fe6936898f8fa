//! Signing in with a password.

use time::Duration;

use super::{EMAIL, PASSWORD, admin, is_in, sign_in};
use crate::support::{Browser, NOW, TestApp};

#[tokio::test]
async fn who_has_the_password_comes_in() {
    let app = TestApp::spawn().await;
    admin(&app).await;
    let browser = Browser::new(&app);
    let page = browser.get("/logga-in?till=/krav").await.expect(200);
    assert_eq!(page.attributes("input[name=till]", "value"), ["/krav"]);
    let fields = [("epost", EMAIL), ("losenord", PASSWORD), ("till", "/krav")];
    let answer = browser.post("/logga-in", &fields).await.expect(303);
    // An administrator is led on by way of what wakes the role.
    assert_eq!(answer.header("location"), "/mitt/tvasteg?till=%2Fkrav");
    let cookie = answer.header("set-cookie");
    for part in ["session=", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Max-Age") && !cookie.contains("Domain"), "{cookie}");
    // The page says who it is for, and nobody keeps it.
    let page = browser.get("/krav").await.expect(200);
    assert_eq!(page.texts(".who__name"), ["Åsa Admin"]);
    assert_eq!(page.texts(".who__for"), ["Sekretariatet"]);
    assert_eq!(page.header("cache-control"), "private, no-store");
    // What is kept opens nothing.
    let kept: String = app.db.value("select string_agg(encode(token_sha256, 'hex'), ' ') from session").await;
    assert!(!kept.contains(&browser.cookies.borrow()["session"]));
    let log: String = app.db.value("select string_agg(audit::text, ' ') from audit").await;
    assert!(log.contains("session.open") && !log.contains(PASSWORD) && !log.to_lowercase().contains("asa.admin"), "{log}");
}

#[tokio::test]
async fn over_https_the_cookie_belongs_to_this_host_alone() {
    let app = TestApp::build().base_url("https://kravbanken.example.se").spawn().await;
    let answer = Browser::new(&app).post(&super::invited(&app).await.path, &[("losenord", PASSWORD)]).await.expect(303);
    let cookies: Vec<_> = answer.headers.get_all("set-cookie").iter().filter_map(|cookie| cookie.to_str().ok()).collect();
    let session = cookies.iter().find(|cookie| cookie.contains("session")).expect("a session");
    assert!(session.starts_with("__Host-session=") && session.contains("Secure"), "{session}");
}

/// Whoever tries is not to learn which addresses have accounts.
#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_answer_alike() {
    let app = TestApp::spawn().await;
    admin(&app).await;
    let mut answers = Vec::new();
    for email in [EMAIL, "ingen@region.example"] {
        let page = sign_in(&Browser::new(&app), email, "inte alls rätt lösenord").await.expect(422);
        assert_eq!(page.attributes("#epost", "value"), [email], "what was typed is kept");
        assert_eq!(page.attributes("#losenord", "value"), [""], "but not the password");
        assert!(page.headers.get("set-cookie").is_none());
        answers.push(page.text().replace(email, "x"));
    }
    assert_eq!(answers[0], answers[1]);
    let refused: i64 = app.db.value("select count(*) from audit where action = 'session.refuse'").await;
    assert_eq!(refused, 2);
    let log: String = app.db.value("select string_agg(audit::text, ' ') from audit").await;
    assert!(!log.contains("ingen@") && !log.contains("rätt lösenord"), "{log}");
}

#[tokio::test]
async fn what_is_missing_is_said_at_its_field() {
    let app = TestApp::spawn().await;
    let page = Browser::new(&app).post("/logga-in", &[("epost", " "), ("losenord", "")]).await.expect(422);
    assert_eq!(page.texts(".error-summary li"), ["Skriv din e-postadress.", "Skriv ditt lösenord."]);
    assert_eq!(page.attributes("#losenord", "aria-invalid"), ["true"]);
    assert!(page.texts("title")[0].starts_with("Fel: "));
}

#[tokio::test]
async fn one_is_led_to_pages_of_ours_only() {
    let app = TestApp::spawn().await;
    admin(&app).await;
    for till in ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""] {
        let browser = Browser::new(&app);
        let page = browser.get(&format!("/logga-in?till={till}")).await.expect(200);
        assert_eq!(page.attributes("input[name=till]", "value"), Vec::<String>::new(), "{till}");
        let fields = [("epost", EMAIL), ("losenord", PASSWORD), ("till", till)];
        let to = browser.post("/logga-in", &fields).await.expect(303);
        assert_eq!(to.header("location"), "/mitt/tvasteg?till=%2Fmitt", "{till}");
        assert_eq!(browser.get(&format!("/logga-in?till={till}")).await.expect(303).header("location"), "/mitt", "{till}");
    }
}

/// Tries are counted for one address from one place: whoever tries elsewhere keeps nobody out.
#[tokio::test]
async fn whoever_tries_often_waits_and_the_owner_does_not() {
    let app = TestApp::build().trusted_proxies("127.0.0.1").spawn().await;
    admin(&app).await;
    let from = |place: &str, password: &str| {
        let (place, fields) = (place.to_owned(), [("epost", EMAIL.to_owned()), ("losenord", password.to_owned())]);
        let app = &app;
        async move {
            let fields = [(fields[0].0, fields[0].1.as_str()), (fields[1].0, fields[1].1.as_str())];
            app.post_with("/logga-in", &[("x-forwarded-for", &place)], &fields).await
        }
    };
    for place in ["192.0.2.1", "192.0.2.2"] {
        for _ in 0..5 {
            from(place, "fel lösenord hela tiden").await.expect(422);
        }
        let page = from(place, PASSWORD).await.expect(429);
        assert!(page.text().contains("Du kan försöka igen klockan 13.05"), "{}", page.text());
        assert_eq!(page.attributes("#epost", "value"), [EMAIL]);
    }
    from("192.0.2.3", PASSWORD).await.expect(303);
    // The wait is over after a while, and gets longer.
    let later = TestApp::build().beside(&app).at(NOW + Duration::minutes(6)).trusted_proxies("127.0.0.1").spawn().await;
    let fields = [("epost", EMAIL), ("losenord", PASSWORD)];
    later.post_with("/logga-in", &[("x-forwarded-for", "192.0.2.1")], &fields).await.expect(303);
}

#[tokio::test]
async fn a_closed_account_stays_closed() {
    let app = TestApp::spawn().await;
    let browser = admin(&app).await;
    app.db.execute("update person set disabled_at = '2026-11-22T12:00:00Z'").await;
    assert!(!is_in(&browser).await, "its sessions open nothing");
    let page = sign_in(&Browser::new(&app), EMAIL, PASSWORD).await.expect(422);
    assert!(page.text().contains("hör inte ihop"), "and it says no more than that");
}

#[tokio::test]
async fn a_password_that_was_kept_weakly_is_kept_anew() {
    let app = TestApp::spawn().await;
    admin(&app).await;
    // The same password with half the memory.
    let weak = weakly(PASSWORD);
    app.db.execute(&format!("update person_password set hash = '{weak}'")).await;
    sign_in(&Browser::new(&app), EMAIL, PASSWORD).await.expect(303);
    let kept: String = app.db.value("select hash from person_password").await;
    assert!(kept.contains("m=19456,"), "{kept}");
    sign_in(&Browser::new(&app), EMAIL, PASSWORD).await.expect(303);
}

fn weakly(password: &str) -> String {
    use argon2::{Algorithm, Argon2, Params, Version, password_hash::PasswordHasher};
    let params = Params::new(8192, 1, 1, None).expect("parameters");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password(password.as_bytes()).expect("a hash").to_string()
}
