//! Who was not let in stands in the audit log, and nobody can fill it.

use serde_json::{Value, json};
use sqlx::Row;

use super::{PASSWORD, invited};
use crate::support::{Browser, TestApp};

/// What stands in the log of refusals, in order: request, person, kind of object, values.
async fn refusals(app: &TestApp) -> Vec<(Option<String>, bool, String, Value)> {
    let mut connection = app.db.connect().await;
    sqlx::query(
        "select request_id, person_id is not null, object_kind, new_value from audit where action = 'access.deny' order by id",
    )
    .fetch_all(&mut connection)
    .await
    .expect("the log")
    .into_iter()
    .map(|row| (row.get(0), row.get(1), row.get(2), row.get(3)))
    .collect()
}

#[tokio::test]
async fn whatever_is_written_names_the_request() {
    let app = TestApp::build().people().spawn().await;
    let answer = app.post_with("/logga-in/exempel", &[("x-request-id", "abc-123")], &[("person", "lmc")]).await.expect(303);
    assert_eq!(answer.header("x-request-id"), "abc-123");
    let written: String = app.db.value("select request_id from audit where action = 'session.open'").await;
    assert_eq!(written, "abc-123");
    let by_the_program: i64 =
        app.db.value("select count(*) from audit where actor_kind = 'example' and request_id is not null").await;
    assert_eq!(by_the_program, 0);
}

#[tokio::test]
async fn each_refusal_is_written_down() {
    let app = TestApp::build().people().spawn().await;
    let browser = Browser::signed_in(&app, "leverantor").await;
    let other = Browser::signed_in(&app, "lmc").await;
    let thief = Browser::new(&app);
    thief.cookies.replace(other.cookies.borrow().clone());
    let theirs: uuid::Uuid =
        app.db.value("select s.id from session s join person p on p.id = s.person_id where p.example = 'lmc'").await;
    let membership: uuid::Uuid = app
        .db
        .value("select m.id from membership m join person p on p.id = m.person_id where p.example = 'beslutsfattare'")
        .await;
    let over = invited(&app).await.path;
    Browser::new(&app).post(&over, &[("losenord", PASSWORD)]).await.expect(303);

    let form = [("content-type", "application/x-www-form-urlencoded"), ("x-request-id", "cross")];
    let mut cross = form.to_vec();
    cross.push(("sec-fetch-site", "cross-site"));
    app.send(reqwest::Method::POST, "/tillganglighet/rapporter", &cross, "text=Fel").await.expect(403);
    app.post("/mitt/konto", &[("namn", "X")]).await.expect(401);
    browser.post(&format!("/mitt/sessioner/{theirs}/avslut"), &[]).await.expect(404);
    browser.post("/mitt/uppdrag", &[("uppdrag", &membership.to_string())]).await.expect(404);
    other.post("/logga-ut", &[]).await.expect(303);
    thief.get("/mitt").await.expect(303);
    app.post_with("/mitt/konto", &[("cookie", &thief.header())], &[("namn", "X")]).await.expect(401);
    app.get(&over).await.expect(404);

    let found: Vec<(bool, String, String, String)> = refusals(&app)
        .await
        .into_iter()
        .map(|(request, person, kind, new)| {
            assert!(request.is_some(), "{new}");
            (
                person,
                kind,
                new["why"].as_str().unwrap_or_default().to_owned(),
                new["asked"].as_str().unwrap_or_default().to_owned(),
            )
        })
        .collect();
    let line = |person: bool, kind: &str, why: &str, asked: &str| (person, kind.to_owned(), why.to_owned(), asked.to_owned());
    assert_eq!(
        found,
        [
            line(false, "address", "cross_site", "POST /tillganglighet/rapporter"),
            line(false, "address", "not_signed_in", "POST /mitt/konto"),
            line(true, "session", "not_theirs", &format!("POST /mitt/sessioner/{theirs}/avslut")),
            line(true, "membership", "not_theirs", "POST /mitt/uppdrag"),
            line(false, "address", "session_over", "GET /mitt"),
            line(false, "address", "session_over", "POST /mitt/konto"),
            // The key of the link stands nowhere.
            line(false, "address", "link_over", "GET /valj-losenord"),
        ]
    );
    assert_eq!(refusals(&app).await[0].0.as_deref(), Some("cross"));
    // Nor is anything written of who is only shown the way, or asks for what is not there.
    app.get("/mitt").await.expect(303);
    app.get("/finns-inte").await.expect(404);
    browser.post("/mitt/sessioner/01900000-0000-7000-8000-000000000000/avslut", &[]).await.expect(404);
    assert_eq!(refusals(&app).await.len(), 7);
}

/// A proxy that nobody named, or somebody who plays one: answered as whoever is connected, and written down once.
#[tokio::test]
async fn a_word_on_where_one_comes_from_is_not_taken_from_everybody() {
    let app = TestApp::spawn().await;
    for address in ["192.0.2.7", "192.0.2.8"] {
        app.get_with("/", &[("x-forwarded-for", address)]).await.expect(200);
    }
    let found = refusals(&app).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].3["why"], json!("forwarded_not_trusted"));
    let trusting = TestApp::build().trusted_proxies("127.0.0.1").spawn().await;
    trusting.get_with("/", &[("x-forwarded-for", "192.0.2.7")]).await.expect(200);
    assert!(refusals(&trusting).await.is_empty());
}

#[tokio::test]
async fn nobody_fills_the_log() {
    let app = TestApp::build().trusted_proxies("127.0.0.1").spawn().await;
    let most = 30;
    let attack = async |from: &str, times: usize| {
        let headers = [("x-forwarded-for", from), ("sec-fetch-site", "cross-site")];
        for _ in 0..times {
            app.send(reqwest::Method::POST, "/logga-in", &headers, "x=y").await.expect(403);
        }
    };
    attack("192.0.2.1", most + 10).await;
    let found = refusals(&app).await;
    assert_eq!(found.len(), most + 1, "and one line that says that there were more");
    assert_eq!(found[most].3, json!({"why": "more"}));
    // Somebody else's refusals are written all the same.
    attack("192.0.2.2", 1).await;
    assert_eq!(refusals(&app).await.len(), most + 2);
    // No address stands anywhere in it.
    let told: i64 = app.db.value("select count(*) from audit where audit::text like '%192.0.2%'").await;
    assert_eq!(told, 0);
}
