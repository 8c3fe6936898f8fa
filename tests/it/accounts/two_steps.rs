//! Signing in in two steps: setting it up, showing codes, codes on paper, going back.

use time::Duration;
use totp_rs::{Builder, Secret};

use super::{EMAIL, PASSWORD, admin, is_in, sign_in};
use crate::support::{Answer, Browser, NOW, TestApp};

/// The codes of an app that was given this secret.
pub(super) fn code(secret: &str, at: time::OffsetDateTime) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).expect("a secret");
    let totp = Builder::new().with_secret(secret).build().expect("an app");
    totp.generate(u64::try_from(at.unix_timestamp()).expect("a time")).to_string()
}

/// Sets it up in a browser that has just signed in; gives the secret that the app has and the codes on paper.
pub(super) async fn set_up(browser: &Browser<'_>) -> (String, Vec<String>) {
    let answer = browser.post("/mitt/tvasteg/start", &[]).await.expect(303);
    assert_eq!(answer.header("location"), "/mitt/tvasteg/ny");
    let page = browser.get("/mitt/tvasteg/ny").await.expect(200);
    let secret = page.texts(".secret code").swap_remove(0);
    let page = browser.post_on("/mitt/tvasteg/ny", &[("kod", &code(&secret, NOW))]).await;
    assert_eq!(page.path, "/mitt/tvasteg/reservkoder");
    let codes = page.texts(".codes code");
    (secret, codes)
}

/// The browser after the right password.
async fn halfway(app: &TestApp) -> Browser<'_> {
    let browser = Browser::new(app);
    let answer = sign_in(&browser, EMAIL, PASSWORD).await.expect(303);
    assert_eq!(answer.header("location"), "/logga-in/kod");
    browser
}

async fn show(browser: &Browser<'_>, code: &str) -> Answer {
    browser.post("/logga-in/kod", &[("kod", code)]).await
}

#[tokio::test]
async fn who_has_a_role_that_decides_is_led_to_it_and_it_wakes_the_role() {
    let app = TestApp::spawn().await;
    admin(&app).await;
    let browser = Browser::new(&app);
    let fields = [("epost", EMAIL), ("losenord", PASSWORD), ("till", "/krav")];
    let answer = browser.post("/logga-in", &fields).await.expect(303);
    assert_eq!(answer.header("location"), "/mitt/tvasteg?till=%2Fkrav");
    let page = browser.get("/mitt/tvasteg?till=%2Fkrav").await.expect(200);
    assert!(page.text().contains("Den här rollen vilar: Administratör"), "{}", page.text());
    assert_eq!(page.attributes(".actions a", "href"), ["/krav"], "later");
    assert!(browser.get("/mitt").await.text().contains("Rollen vilar"));
    let before = Browser::new(&app);
    before.cookies.replace(browser.cookies.borrow().clone());
    let other = Browser::new(&app);
    sign_in(&other, EMAIL, PASSWORD).await.expect(303);
    // A code that is wrong keeps the secret.
    browser.post("/mitt/tvasteg/start", &[("till", "/krav")]).await.expect(303);
    let page = browser.get("/mitt/tvasteg/ny").await.expect(200);
    assert!(page.attributes("img.qr", "src")[0].starts_with("data:image/svg+xml,"));
    let secret = page.texts(".secret code").swap_remove(0);
    assert_eq!(page.header("cache-control"), "private, no-store");
    let wrong = browser.post("/mitt/tvasteg/ny", &[("kod", "12345"), ("till", "/krav")]).await.expect(422);
    assert_eq!(wrong.texts(".secret code"), [secret.as_str()]);
    assert!(wrong.texts(".error-summary li")[0].starts_with("Koden stämmer inte."));
    let typed = code(&secret, NOW);
    let typed = format!(" {} {}", &typed[..3], &typed[3..]);
    let answer = browser.post("/mitt/tvasteg/ny", &[("kod", &typed), ("till", "/krav")]).await.expect(303);
    assert_eq!(answer.header("location"), "/mitt/tvasteg/reservkoder?till=%2Fkrav");
    // Another key, and nobody else is in.
    assert!(is_in(&browser).await && !is_in(&before).await && !is_in(&other).await);
    let page = browser.get("/mitt/tvasteg/reservkoder?till=/krav").await.expect(200);
    let codes = page.texts(".codes code");
    assert_eq!(codes.len(), 10);
    assert!(codes.iter().all(|code| code.len() == 19 && code.matches('-').count() == 3), "{codes:?}");
    let answer = browser.post("/mitt/tvasteg/reservkoder/sparade", &[("till", "/krav")]).await.expect(303);
    assert_eq!(answer.header("location"), "/krav");
    browser.get("/mitt/tvasteg/reservkoder").await.expect(303);
    // The role is awake.
    let page = browser.get("/mitt").await.expect(200);
    assert!(!page.text().contains("Rollen vilar"));
    // Neither the codes nor the secret stand in the log.
    let log: String = app.db.value("select string_agg(audit::text, ' ') from audit").await;
    assert!(log.contains("person.set_second_factor") && codes.iter().all(|code| !log.contains(code.as_str())), "{log}");
    let kept: i64 = app.db.value("select count(*) from recovery_code where length(code_sha256) = 32").await;
    assert_eq!(kept, 10);
}

#[tokio::test]
async fn a_code_is_asked_for_after_the_password_and_works_once() {
    let app = TestApp::spawn().await;
    let (secret, _) = set_up(&admin(&app).await).await;
    let browser = halfway(&app).await;
    // There is no session before the code.
    assert!(!is_in(&browser).await && !browser.cookies.borrow().contains_key("session"));
    let page = browser.get("/logga-in/kod?till=/krav").await.expect(200);
    assert_eq!(page.attributes("#kod", "autocomplete"), ["one-time-code"]);
    assert_eq!(page.attributes("#kod", "inputmode"), ["numeric"]);
    assert_eq!(page.attributes("input[name=till]", "value"), ["/krav"]);
    // The code that set it up was used then.
    show(&browser, &code(&secret, NOW)).await.expect(422);
    let next = code(&secret, NOW + Duration::seconds(30));
    let answer = browser.post("/logga-in/kod", &[("kod", &next), ("till", "/krav")]).await.expect(303);
    assert_eq!(answer.header("location"), "/krav");
    assert!(is_in(&browser).await && !browser.cookies.borrow().contains_key("steg"));
    let second: i64 = app.db.value("select count(*) from session where second_at is not null and ended_at is null").await;
    assert_eq!(second, 2);
    // Nobody uses it again, nor one from before it.
    let thief = halfway(&app).await;
    show(&thief, &next).await.expect(422);
    show(&thief, &code(&secret, NOW)).await.expect(422);
    let later = NOW + Duration::seconds(60);
    let app = TestApp::build().beside(&app).at(later).spawn().await;
    let browser = halfway(&app).await;
    show(&browser, &code(&secret, later)).await.expect(303);
}

#[tokio::test]
async fn without_the_password_there_is_nothing_to_show_a_code_for() {
    let app = TestApp::spawn().await;
    let (secret, codes) = set_up(&admin(&app).await).await;
    let browser = Browser::new(&app);
    for path in ["/logga-in/kod", "/logga-in/reservkod"] {
        assert_eq!(browser.get(path).await.expect(303).header("location"), "/logga-in");
        let fields = [("kod", code(&secret, NOW + Duration::seconds(30))), ("reservkod", codes[0].clone())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(browser.post(path, &fields).await.expect(303).header("location"), "/logga-in");
        // Nor with a key that was made up.
        browser.cookies.borrow_mut().insert("steg".to_owned(), "0".repeat(64));
        assert_eq!(browser.post(path, &fields).await.expect(303).header("location"), "/logga-in");
        assert!(!is_in(&browser).await);
    }
    let sessions: i64 = app.db.value("select count(*) from session").await;
    assert_eq!(sessions, 1, "that of who set it up");
}

/// Five wrong codes, and the password has to be shown again; ten minutes, and it has to as well.
#[tokio::test]
async fn tries_and_time_are_limited() {
    let app = TestApp::build().trusted_proxies("127.0.0.1").spawn().await;
    let (secret, codes) = set_up(&admin(&app).await).await;
    let browser = halfway(&app).await;
    let from = |place: &'static str, path: &'static str, fields: Vec<(&'static str, String)>| {
        let browser = &browser;
        let app = &app;
        async move {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let headers = [("cookie", browser.header()), ("x-forwarded-for", place.to_owned())];
            let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
            browser.keep(app.post_with(path, &headers, &fields).await)
        }
    };
    let wrong = || vec![("kod", "000000".to_owned())];
    for _ in 0..4 {
        from("192.0.2.1", "/logga-in/kod", wrong()).await.expect(422);
    }
    let answer = from("192.0.2.1", "/logga-in/kod", wrong()).await.expect(303);
    assert_eq!(answer.header("location"), "/logga-in");
    assert!(browser.get("/logga-in").await.text().contains("Logga in på nytt."));
    // Who knows the password begins again, and the place waits; elsewhere the owner gets in.
    sign_in(&browser, EMAIL, PASSWORD).await.expect(303);
    from("192.0.2.1", "/logga-in/kod", wrong()).await.expect(429);
    let right = vec![("kod", code(&secret, NOW + Duration::seconds(30)))];
    from("192.0.2.2", "/logga-in/kod", right).await.expect(303);
    let refused: i64 = app.db.value("select count(*) from audit where new_value->>'why' = 'code'").await;
    assert_eq!(refused, 5);
    // However many tries others make, a code on paper lets the owner in.
    app.db
        .execute(
            "insert into limit_hit (name, subject, at)
             select name, subject, at from (select * from limit_hit where name = 'code_person' limit 1) one, generate_series(1, 60)",
        )
        .await;
    sign_in(&browser, EMAIL, PASSWORD).await.expect(303);
    let right = vec![("kod", code(&secret, NOW + Duration::seconds(30)))];
    from("192.0.2.3", "/logga-in/kod", right).await.expect(429);
    from("192.0.2.3", "/logga-in/reservkod", vec![("reservkod", codes[0].clone())]).await.expect(303);
    assert!(is_in(&browser).await);
    let half = halfway(&app).await;
    let later = TestApp::build().beside(&app).at(NOW + Duration::minutes(10)).spawn().await;
    let late = Browser::new(&later);
    late.cookies.replace(half.cookies.borrow().clone());
    assert_eq!(late.get("/logga-in/kod").await.expect(303).header("location"), "/logga-in");
    late.cookies.replace(half.cookies.borrow().clone());
    let right = code(&secret, NOW + Duration::minutes(10));
    assert_eq!(show(&late, &right).await.expect(303).header("location"), "/logga-in");
    assert!(!is_in(&late).await);
}

#[tokio::test]
async fn a_code_on_paper_works_once_and_new_ones_replace_the_old() {
    let app = TestApp::spawn().await;
    let owner = admin(&app).await;
    let (_, codes) = set_up(&owner).await;
    let browser = halfway(&app).await;
    browser.get("/logga-in/reservkod").await.expect(200);
    // Capital letters, no hyphens, letters that look like digits.
    let typed = codes[0].replace('-', " ").to_uppercase().replace('0', "O").replace('1', "l");
    let page = browser.post_on("/logga-in/reservkod", &[("reservkod", &typed)]).await;
    assert!(page.text().contains("Reservkoden är förbrukad."), "{}", page.text());
    assert!(browser.get("/mitt/tvasteg").await.text().contains("Du har 9 reservkoder kvar."));
    let again = halfway(&app).await;
    again.post("/logga-in/reservkod", &[("reservkod", &codes[0])]).await.expect(422);
    again.post("/logga-in/reservkod", &[("reservkod", "inte en kod")]).await.expect(422);
    let page = owner.post_on("/mitt/tvasteg/reservkoder", &[]).await;
    let new = page.texts(".codes code");
    assert!(new.iter().all(|code| !codes.contains(code)) && new.len() == 10);
    again.post("/logga-in/reservkod", &[("reservkod", &codes[1])]).await.expect(422);
    again.post("/logga-in/reservkod", &[("reservkod", &new[1])]).await.expect(303);
    assert!(is_in(&again).await);
    // A browser of somebody else that carries the key is shown nothing.
    let stranger = Browser::new(&app);
    stranger.cookies.borrow_mut().insert("reservkoder".to_owned(), owner.cookies.borrow()["reservkoder"].clone());
    stranger.get("/mitt/tvasteg/reservkoder").await.expect(303);
}

/// What changes how one signs in takes a proof that is not old.
#[tokio::test]
async fn an_old_session_proves_once_more_who_it_is() {
    let app = TestApp::spawn().await;
    let first = admin(&app).await;
    let later = TestApp::build().beside(&app).at(NOW + Duration::minutes(10)).spawn().await;
    let browser = Browser::new(&later);
    browser.cookies.replace(first.cookies.borrow().clone());
    let answer = browser.post("/mitt/tvasteg/start", &[]).await.expect(303);
    assert_eq!(answer.header("location"), "/mitt/bekrafta?till=%2Fmitt%2Ftvasteg");
    let drafts: i64 = app.db.value("select count(*) from second_factor_draft").await;
    assert_eq!(drafts, 0);
    let page = browser.get("/mitt/bekrafta?till=%2Fmitt%2Ftvasteg").await.expect(200);
    assert_eq!(page.attributes("main input[name=till]", "value"), ["/mitt/tvasteg"]);
    browser.post("/mitt/bekrafta", &[("losenord", "inte mitt lösenord alls")]).await.expect(422);
    let old = Browser::new(&later);
    old.cookies.replace(browser.cookies.borrow().clone());
    let fields = [("losenord", PASSWORD), ("till", "https://evil.example")];
    assert_eq!(browser.post("/mitt/bekrafta", &fields).await.expect(303).header("location"), "/mitt");
    assert!(is_in(&browser).await && !is_in(&old).await, "another key");
    browser.post("/mitt/tvasteg/start", &[]).await.expect(303);
    let secret = browser.get("/mitt/tvasteg/ny").await.expect(200).texts(".secret code").swap_remove(0);
    let at = NOW + Duration::minutes(10);
    browser.post("/mitt/tvasteg/ny", &[("kod", &code(&secret, at))]).await.expect(303);
    // With a second factor the password is not enough.
    let at = NOW + Duration::minutes(30);
    let latest = TestApp::build().beside(&app).at(at).spawn().await;
    let second = Browser::new(&latest);
    second.cookies.replace(browser.cookies.borrow().clone());
    assert_eq!(
        second.get("/mitt/tvasteg/ta-bort").await.expect(303).header("location"),
        "/mitt/bekrafta?till=%2Fmitt%2Ftvasteg%2Fta-bort"
    );
    second.post("/mitt/tvasteg/borttagning", &[]).await.expect(303);
    second.post("/mitt/bekrafta", &[("losenord", PASSWORD)]).await.expect(422);
    let kept: i64 = app.db.value("select count(*) from second_factor").await;
    assert_eq!(kept, 1);
    second.post("/mitt/bekrafta", &[("kod", &code(&secret, at))]).await.expect(303);
    let page = second.get("/mitt/tvasteg/ta-bort").await.expect(200);
    assert!(page.text().contains("vilar: Administratör"), "{}", page.text());
    let page = second.post_on("/mitt/tvasteg/borttagning", &[]).await;
    assert!(page.text().contains("Du loggar inte längre in i två steg.") && page.text().contains("Den här rollen vilar"));
    let left: i64 = app.db.value("select (select count(*) from second_factor) + (select count(*) from recovery_code)").await;
    assert_eq!(left, 0);
    // The password alone is enough again.
    let answer = sign_in(&Browser::new(&latest), EMAIL, PASSWORD).await.expect(303);
    assert_eq!(answer.header("location"), "/mitt/tvasteg?till=%2Fmitt");
}

/// A link to choose a password by leads no further than the password does; and a changed password voids what was half done.
#[tokio::test]
async fn a_link_does_not_go_around_the_second_step() {
    let app = TestApp::spawn().await;
    let (secret, _) = set_up(&admin(&app).await).await;
    let half = halfway(&app).await;
    let browser = Browser::new(&app);
    let answer = browser.post(&super::invited(&app).await.path, &[("losenord", "en helt annan mening nu")]).await.expect(303);
    assert_eq!(answer.header("location"), "/logga-in/kod");
    assert!(!is_in(&browser).await);
    let right = code(&secret, NOW + Duration::seconds(30));
    assert_eq!(show(&half, &right).await.expect(303).header("location"), "/logga-in");
    show(&browser, &right).await.expect(303);
    assert!(is_in(&browser).await);
}

/// Where a right is missing because a role rests, the page says how to wake it.
#[tokio::test]
async fn a_page_that_is_refused_says_that_a_role_rests() {
    let app = TestApp::build().people().spawn().await;
    let browser = Browser::signed_in(&app, "lmc").await;
    app.db.execute("update session set second_at = null").await;
    let page = browser.get("/admin/kom-igang").await.expect(403);
    assert!(page.text().contains("En av dina roller vilar tills du loggar in i två steg."), "{}", page.text());
    assert_eq!(page.attributes(".error-page p a", "href"), ["/mitt/tvasteg"]);
    let other = Browser::signed_in(&app, "leverantor").await;
    assert!(!other.get("/admin/kom-igang").await.expect(403).text().contains("rollen vilar"));
}

/// The people of the example bank have no password: to prove who they are takes a button.
#[tokio::test]
async fn a_person_of_the_example_bank_can_try_it() {
    let app = TestApp::build().people().spawn().await;
    let browser = Browser::signed_in(&app, "lmc").await;
    app.db.execute("update session set proved_at = '2026-11-22T08:00:00Z', second_at = '2026-11-22T08:00:00Z', created_at = '2026-11-22T08:00:00Z'").await;
    browser.post("/mitt/tvasteg/start", &[]).await.expect(303);
    let page = browser.post_on("/mitt/bekrafta", &[("till", "/mitt/tvasteg")]).await;
    assert_eq!(page.path, "/mitt/tvasteg");
    set_up(&browser).await;
}
