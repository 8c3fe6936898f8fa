//! Coming in through a service. It is made up here, so that it can lie; a journey of the browser tests meets a real one.

use serde_json::{Value, json};
use time::Duration;

use super::{EMAIL, PASSWORD, admin, is_in, two_steps::set_up};
use crate::support::{Answer, Browser, NOW, TestApp, app::Builder, provider::Provider};

fn with(provider: &Provider) -> Builder {
    TestApp::build()
        .set("KRAVBANK_OIDC_1_ISSUER", &provider.url)
        .set("KRAVBANK_OIDC_1_CLIENT_ID", "kravbanken")
        .set("KRAVBANK_OIDC_1_CLIENT_SECRET", "hemligt")
        .set("KRAVBANK_OIDC_1_NAME", "Region Skåne")
        .set("KRAVBANK_OIDC_1_DOMAINS", "skane.example")
        .set("KRAVBANK_OIDC_1_ORGANISATION", "region-skane")
}

/// Anna, as the service knows her.
fn anna() -> Value {
    json!({"sub": "anna-1", "name": "Anna Ek", "email": "anna@skane.example", "email_verified": true})
}

/// Leaves for the service; gives where.
async fn leave(browser: &Browser<'_>, path: &str) -> String {
    // Who only looks is led to the page with the button, and nothing is kept.
    browser.get(path).await.expect(303);
    let page = browser.post(path, &[]).await.expect(200);
    assert!(browser.cookies.borrow().contains_key("tjanst"));
    let to = page.attributes("main a.btn", "href").swap_remove(0);
    assert_eq!(page.header("refresh"), format!("0; url={to}"));
    to
}

async fn come(browser: &Browser<'_>, provider: &Provider, claims: &Value) -> Answer {
    let location = leave(browser, "/logga-in/oidc/1?till=/krav").await;
    browser.get(&provider.back(&location, claims)).await
}

async fn refused(app: &TestApp) -> Vec<String> {
    app.db
        .value("select coalesce(array_agg(new_value->>'why' order by id), '{}') from audit where action = 'session.refuse'")
        .await
}

#[tokio::test]
async fn a_person_of_a_region_comes_in_through_its_service() {
    let provider = Provider::start().await;
    let app = with(&provider).spawn().await;
    let browser = Browser::new(&app);
    let page = browser.get("/logga-in?till=/krav").await.expect(200);
    assert_eq!(page.texts(".people button"), ["Logga in med Region Skåne"]);
    assert_eq!(page.attributes(".people form", "action"), ["/logga-in/oidc/1?till=%2Fkrav"]);
    let location = leave(&browser, "/logga-in/oidc/1?till=%2Fkrav").await;
    for part in ["response_type=code", "code_challenge_method=S256", "nonce=", "state=", "client_id=kravbanken", "scope=openid"] {
        assert!(location.contains(part) && location.starts_with(&provider.url), "{location}");
    }
    let back = provider.back(&location, &anna());
    let answer = browser.get(&back).await.expect(303);
    assert_eq!(answer.header("location"), "/krav");
    let page = browser.get("/mitt").await.expect(200);
    assert_eq!(page.texts(".who__name"), ["Anna Ek"]);
    assert_eq!(page.texts(".who__for"), ["Region Skåne"]);
    assert_eq!(page.texts(".memberships__one p")[0], "Medlem");
    // The same answer is worth nothing again, in this browser or another.
    let thief = Browser::new(&app);
    thief.get(&back).await.expect(400);
    thief.cookies.replace(browser.cookies.borrow().clone());
    thief.cookies.borrow_mut().remove("session");
    thief.get(&back).await.expect(400);
    // She comes again as the same person, whatever her address is by then.
    let other = Browser::new(&app);
    let married = json!({"sub": "anna-1", "name": "Anna Berg", "email": "anna.berg@skane.example", "email_verified": true});
    come(&other, &provider, &married).await.expect(303);
    let people: i64 = app.db.value("select count(*) from person").await;
    assert_eq!(people, 1);
    let log: String = app.db.value("select string_agg(audit::text, ' ') from audit").await;
    assert!(log.contains("person.arrive") && !log.contains("skane.example") && !log.contains("Anna"), "{log}");
    // A code is no session: without more than one factor roles that want one would rest.
    let second: i64 = app.db.value("select count(*) from session where second_at is not null").await;
    assert_eq!(second, 0);
}

/// What comes back has to be what was left with: state, browser, service, signature, nonce, audience, time.
#[tokio::test]
async fn what_does_not_hold_is_refused_and_written_down() {
    let provider = Provider::start().await;
    let app = with(&provider)
        .set("KRAVBANK_OIDC_2_ISSUER", &provider.url)
        .set("KRAVBANK_OIDC_2_CLIENT_ID", "annan")
        .set("KRAVBANK_OIDC_2_CLIENT_SECRET", "hemligt")
        .spawn()
        .await;
    let browser = Browser::new(&app);
    let whole = async |path: String| {
        let page = browser.get(&path).await.expect(400);
        assert!(!is_in(&browser).await, "{path}");
        page.texts("h1").swap_remove(0)
    };
    // A state that was never given.
    let location = leave(&browser, "/logga-in/oidc/1").await;
    let back = provider.back(&location, &anna());
    let wrong = format!("{}&state=fel", back.split("&state").next().expect("a path"));
    assert_eq!(whole(wrong).await, "Inloggningen blev för gammal");
    // In a browser that did not leave.
    let other = Browser::new(&app);
    other.get(&back).await.expect(400);
    // To another service's address.
    assert_eq!(whole(back.replace("/oidc/1/", "/oidc/2/")).await, "Inloggningen blev för gammal");
    // Which used it up.
    assert_eq!(whole(back).await, "Inloggningen blev för gammal");
    let lies = [
        json!({"nonce": "en annan"}),
        json!({"aud": "annan"}),
        json!({"iss": "https://evil.example"}),
        json!({"exp": NOW.unix_timestamp() - 60}),
    ];
    for lie in lies {
        let location = leave(&browser, "/logga-in/oidc/1").await;
        let mut claims = anna();
        for (name, value) in lie.as_object().expect("claims") {
            claims[name] = value.clone();
        }
        assert_eq!(whole(provider.back(&location, &claims)).await, "Du är inte inloggad", "{lie}");
    }
    // A code that was used, or begun by somebody else.
    let location = leave(&browser, "/logga-in/oidc/1").await;
    let back = provider.back(&location, &anna());
    let code = back.split("code=").nth(1).and_then(|rest| rest.split('&').next()).expect("a code").to_owned();
    let theirs = leave(&browser, "/logga-in/oidc/1").await;
    let state = provider.back(&theirs, &anna()).split("state=").nth(1).expect("a state").to_owned();
    assert_eq!(whole(format!("/logga-in/oidc/1/svar?code={code}&state={state}")).await, "Du är inte inloggad");
    // Who says no at the service.
    let location = leave(&browser, "/logga-in/oidc/1").await;
    let state = provider.back(&location, &anna()).split("state=").nth(1).expect("a state").to_owned();
    assert_eq!(whole(format!("/logga-in/oidc/1/svar?error=access_denied&state={state}")).await, "Du är inte inloggad");
    assert_eq!(
        refused(&app).await,
        [
            "provider_state",
            "provider_state",
            "provider_state",
            "provider_state",
            "provider_untrue",
            "provider_untrue",
            "provider_untrue",
            "provider_untrue",
            "provider_untrue",
            "provider_cancelled"
        ]
    );
    let people: i64 = app.db.value("select count(*) from person").await;
    assert_eq!(people, 0);
    browser.get("/logga-in/oidc/3").await.expect(404);
}

#[tokio::test]
async fn time_runs_out() {
    let provider = Provider::start().await;
    let app = with(&provider).spawn().await;
    let browser = Browser::new(&app);
    let location = leave(&browser, "/logga-in/oidc/1").await;
    let later = with(&provider).beside(&app).at(NOW + Duration::minutes(10)).spawn().await;
    let late = Browser::new(&later);
    late.cookies.replace(browser.cookies.borrow().clone());
    late.get(&provider.back(&location, &anna())).await.expect(400);
}

/// An address opens nothing: whoever has the account links the service to it.
#[tokio::test]
async fn an_address_that_has_an_account_is_never_taken_over() {
    let provider = Provider::start().await;
    let app = with(&provider).set("KRAVBANK_OIDC_1_DOMAINS", "").spawn().await;
    let owner = admin(&app).await;
    let browser = Browser::new(&app);
    let claims = json!({"sub": "asa-9", "name": "Åsa", "email": EMAIL.to_lowercase(), "email_verified": true});
    let app_claims = claims.clone();
    let taken = Browser::new(&app);
    let location = leave(&taken, "/logga-in/oidc/1").await;
    let page = taken
        .get(&provider.back(&location, &json!({"sub": "x", "email": "x@y.example", "email_verified": false})))
        .await
        .expect(403);
    assert_eq!(page.texts("h1"), ["Du har inget konto här"]);
    let page = come(&browser, &provider, &json!({"sub": "asa-9", "email": "nagon@annan.example", "email_verified": true}))
        .await
        .expect(403);
    assert!(page.text().contains("Be om en inbjudan."));
    assert!(!is_in(&browser).await);
    // She links it herself, in her session.
    let location = leave(&owner, "/mitt/konto/tjanster/1/koppla").await;
    let back = provider.back(&location, &claims);
    // In nobody else's.
    let thief = Browser::new(&app);
    thief.cookies.borrow_mut().insert("tjanst".to_owned(), "0".repeat(64));
    thief.get(&back).await.expect(400);
    let answer = owner.get(&back).await.expect(303);
    assert_eq!(answer.header("location"), "/mitt/konto/tjanster");
    let page = owner.get("/mitt/konto/tjanster").await.expect(200);
    assert!(page.text().contains("Region Skåne är kopplad till kontot."), "{}", page.text());
    assert_eq!(page.texts(".memberships__one h2"), ["Region Skåne"]);
    // From then on it lets her in.
    let answer = come(&browser, &provider, &app_claims).await.expect(303);
    assert_eq!(answer.header("location"), "/mitt/tvasteg?till=%2Fkrav", "her role rests without a second factor");
    // It can be taken away, but not when it is the last way in.
    let removal = page.attributes(".memberships form", "action").swap_remove(0);
    app.db.execute("create table hidden as select * from person_password").await;
    app.db.execute("delete from person_password").await;
    assert!(owner.post_on(&removal, &[]).await.text().contains("enda sätt att logga in"));
    app.db.execute("insert into person_password select * from hidden").await;
    assert!(owner.post_on(&removal, &[]).await.text().contains("Kopplingen är borttagen."));
    owner.post(&removal, &[]).await.expect(404);
    come(&Browser::new(&app), &provider, &app_claims).await.expect(403);
}

#[tokio::test]
async fn the_address_of_an_account_leads_to_its_password() {
    let provider = Provider::start().await;
    let app = with(&provider).spawn().await;
    admin(&app).await;
    app.db.execute("update person set email = 'asa@skane.example'").await;
    let browser = Browser::new(&app);
    let claims = json!({"sub": "asa-9", "name": "Åsa", "email": "Asa@SKANE.example", "email_verified": true});
    let page = come(&browser, &provider, &claims).await.expect(403);
    assert_eq!(page.texts("h1"), ["Adressen har redan ett konto"]);
    assert!(!is_in(&browser).await);
    assert_eq!(refused(&app).await, ["provider_taken"]);
    let linked: i64 = app.db.value("select count(*) from identity").await;
    assert_eq!(linked, 0);
}

/// Where the service says that there was more than one factor, there was.
#[tokio::test]
async fn a_service_may_speak_for_the_second_factor() {
    let provider = Provider::start().await;
    let app = with(&provider).spawn().await;
    let browser = Browser::new(&app);
    let mut claims = anna();
    claims["amr"] = json!(["pwd", "mfa"]);
    come(&browser, &provider, &claims).await.expect(303);
    let second: i64 = app.db.value("select count(*) from session where second_at is not null").await;
    assert_eq!(second, 1);
    // Whoever has a second factor here is asked for it where the service says nothing.
    set_up(&browser).await;
    let other = Browser::new(&app);
    let answer = come(&other, &provider, &anna()).await.expect(303);
    assert_eq!(answer.header("location"), "/logga-in/kod?till=%2Fkrav");
    assert!(!is_in(&other).await);
    come(&other, &provider, &claims).await.expect(303);
    assert!(is_in(&other).await);
}

/// Who has neither password nor app proves once more at the service who they are.
#[tokio::test]
async fn a_service_vouches_once_more() {
    let provider = Provider::start().await;
    let app = with(&provider).spawn().await;
    let browser = Browser::new(&app);
    come(&browser, &provider, &anna()).await.expect(303);
    app.db.execute("update session set proved_at = '2026-11-22T11:00:00Z', created_at = '2026-11-22T11:00:00Z'").await;
    let answer = browser.post("/mitt/tvasteg/start", &[]).await.expect(303);
    assert_eq!(answer.header("location"), "/mitt/bekrafta?till=%2Fmitt%2Ftvasteg");
    let page = browser.get("/mitt/bekrafta?till=/mitt/tvasteg").await.expect(200);
    let way = page.attributes("main ul form", "action").swap_remove(0);
    let location = leave(&browser, &way).await;
    assert!(location.contains("prompt=login") && location.contains("max_age=0"), "{location}");
    // Somebody else, or long ago.
    let mut claims = anna();
    claims["auth_time"] = json!(NOW.unix_timestamp() - 3600);
    browser.get(&provider.back(&location, &claims)).await.expect(403);
    let location = leave(&browser, &way).await;
    browser.get(&provider.back(&location, &json!({"sub": "bo", "auth_time": NOW.unix_timestamp()}))).await.expect(403);
    let location = leave(&browser, &way).await;
    claims["auth_time"] = json!(NOW.unix_timestamp());
    let answer = browser.get(&provider.back(&location, &claims)).await.expect(303);
    assert_eq!(answer.header("location"), "/mitt/tvasteg");
    set_up(&browser).await;
}

/// A service that is away takes nothing else with it.
#[tokio::test]
async fn a_service_that_is_away_is_a_page() {
    let provider = Provider::start().await;
    let app = with(&provider).spawn().await;
    drop(provider);
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    let browser = Browser::new(&app);
    let page = browser.post("/logga-in/oidc/1", &[]).await.expect(503);
    assert_eq!(page.texts("h1"), ["Inloggningstjänsten svarar inte"]);
    assert!(page.text().contains("Region Skåne går inte att nå just nu."));
    browser.get("/logga-in").await.expect(200);
    browser.post(&super::invited(&app).await.path, &[("losenord", PASSWORD)]).await.expect(303);
}
