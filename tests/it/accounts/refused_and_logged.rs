//! Seven ways to get at what is not one's own: each refused, each in the audit log.

use std::collections::BTreeMap;

use serde_json::Value;
use uuid::Uuid;

use super::{PASSWORD, invited};
use crate::support::{Browser, TestApp, complete, lines};

/// The latest line of the log of refusals: action, what it was about, and what stands there.
async fn last(app: &TestApp) -> (String, String, Option<Uuid>, Value) {
    let mut connection = app.db.connect().await;
    sqlx::query_as(
        "select action, object_kind, object_id, coalesce(new_value, '{}') from audit
         where action in ('access.deny', 'form.other_membership', 'invitation.refuse') order by id desc limit 1",
    )
    .fetch_one(&mut connection)
    .await
    .expect("a line of the log")
}

async fn count(app: &TestApp) -> i64 {
    app.db.value("select count(*) from audit where action in ('access.deny', 'form.other_membership', 'invitation.refuse')").await
}

/// Asks, and sees that one line was written that says why.
async fn refused(app: &TestApp, before: i64, why: &str) -> (String, Option<Uuid>) {
    assert_eq!(count(app).await, before + 1, "{why}");
    let (action, kind, id, new) = last(app).await;
    assert_eq!(new["why"], why, "{action} {new}");
    (format!("{action} {kind}"), id)
}

async fn bank() -> TestApp {
    let app = TestApp::build().people().spawn().await;
    app.import(&lines(&[complete("Krav").id("KB-0001")]), kravbank::imports::Target::Current).await;
    app
}

#[tokio::test]
async fn a_stolen_cookie_opens_nothing_after_signing_out() {
    let app = bank().await;
    let (owner, thief) = (Browser::signed_in(&app, "lmc").await, Browser::new(&app));
    thief.cookies.replace(owner.cookies.borrow().clone());
    owner.post("/logga-ut", &[]).await.expect(303);
    let before = count(&app).await;
    let answer = thief.get("/lmc/inkorg").await.expect(303);
    assert!(answer.header("location").starts_with("/logga-in?till="));
    assert_eq!(refused(&app, before, "session_over").await.0, "access.deny address");
}

#[tokio::test]
async fn a_replayed_reset_link_chooses_nothing() {
    let app = TestApp::build().people().worker().spawn().await;
    let link = invited(&app).await.path;
    Browser::new(&app).post(&link, &[("losenord", PASSWORD)]).await.expect(303);
    app.post("/glomt-losenord", &[("epost", super::EMAIL)]).await.expect(303);
    let reset = crate::support::letters::letter(&app, super::EMAIL, "password_reset").await.paths[0].clone();
    Browser::new(&app).post(&reset, &[("losenord", "åtta blå dörrar utan lås")]).await.expect(303);
    let before = count(&app).await;
    app.post(&reset, &[("losenord", "nio gula dörrar utan lås")]).await.expect(404);
    refused(&app, before, "link_over").await;
    let (_, _, _, new) = last(&app).await;
    assert_eq!(new["asked"], "POST /valj-losenord", "the key stands nowhere");
    super::sign_in(&Browser::new(&app), super::EMAIL, "nio gula dörrar utan lås").await.expect(422);
}

#[tokio::test]
async fn a_tampered_role_is_given_to_nobody() {
    let app = bank().await;
    let skane: Uuid = app.db.value("select id from organisation where slug = 'region-skane'").await;
    let per = Browser::signed_in(&app, "samordnare").await;
    let before = count(&app).await;
    let fields =
        [("organisation", skane.to_string()), ("epost", "ny@x.example".into()), ("roll", "admin".into()), ("sprak", "sv".into())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    per.post("/mitt/organisation/inbjudningar", &fields).await.expect(403);
    assert_eq!(refused(&app, before, "role").await, ("invitation.refuse organisation".to_owned(), Some(skane)));
    // One that no form has, by who may give roles.
    let admin = Browser::signed_in(&app, "admin").await;
    let strateg: Uuid = app.db.value("select id from person where example = 'strateg'").await;
    let before = count(&app).await;
    let fields = [("organisation", "region-skane"), ("roll", "kung")];
    admin.post(&format!("/admin/konton/{strateg}/roller"), &fields).await.expect(422);
    assert_eq!(refused(&app, before, "role").await, ("access.deny person".to_owned(), Some(strateg)));
    assert_eq!(app.db.value::<i64>("select count(*) from membership_role where role = 'admin'").await, 1);
}

/// Their selection, their member, their session: the answer is that of what is not there, word for word.
#[tokio::test]
async fn a_foreign_organisations_object_is_not_there() {
    let app = bank().await;
    let theirs = Browser::signed_in(&app, "upphandlare2").await;
    theirs.post("/korgar/rader", &[("krav", "KB-0001"), ("tillbaka", "/krav")]).await.expect(303);
    let selection: Uuid = app.db.value("select id from selection").await;
    let member: Uuid =
        app.db.value("select m.id from membership m join person p on p.id = m.person_id where p.example = 'upphandlare2'").await;
    let session: Uuid =
        app.db.value("select s.id from session s join person p on p.id = s.person_id where p.example = 'upphandlare2'").await;
    let per = Browser::signed_in(&app, "samordnare").await;
    let nobodys = Uuid::parse_str("01900000-0000-7000-8000-000000000000").expect("an id");
    let body = async |path: &str, id: Uuid, posts: bool| {
        let path = path.replace("ID", &id.to_string());
        let answer = if posts { per.post(&path, &[]).await } else { per.get(&path).await };
        (answer.status.as_u16(), without_id(&answer.text(), id, answer.header("x-request-id")))
    };
    for (path, kind, id, posts) in [
        ("/korgar/ID", "selection", selection, false),
        ("/korgar/ID/export", "selection", selection, false),
        ("/korgar/ID/borttagning", "selection", selection, true),
        ("/en/korgar/ID/delning", "selection", selection, false),
        ("/mitt/organisation/medlemmar/ID", "membership", member, false),
        ("/mitt/organisation/medlemmar/ID/avslut", "membership", member, true),
        ("/mitt/sessioner/ID/avslut", "session", session, true),
    ] {
        let before = count(&app).await;
        let nothing = body(path, nobodys, posts).await;
        assert_eq!(nothing.0, 404, "{path}");
        assert_eq!(count(&app).await, before, "{path}: of what is not there nothing is written");
        assert_eq!(body(path, id, posts).await, nothing, "{path} tells whether it is there");
        assert_eq!(refused(&app, before, "not_theirs").await, (format!("access.deny {kind}"), Some(id)), "{path}");
    }
    // A browser without account, too; and nobody fills the log.
    let visitor = Browser::new(&app);
    let before = count(&app).await;
    visitor.get(&format!("/korgar/{selection}")).await.expect(404);
    refused(&app, before, "not_theirs").await;
    for _ in 0..35 {
        per.get(&format!("/korgar/{selection}")).await.expect(404);
    }
    let written: i64 = app.db.value("select count(*) from audit where action = 'access.deny' and person_id is not null").await;
    assert_eq!(written, 31, "thirty in ten minutes, and one that says that there were more");
    // Whoever opens it is refused nothing.
    let before = count(&app).await;
    theirs.get(&format!("/korgar/{selection}")).await.expect(200);
    theirs.get(&format!("/korgar/{selection}/rader/{nobodys}")).await.expect(404);
    assert_eq!(count(&app).await, before);
}

fn without_id(page: &str, id: Uuid, request: &str) -> String {
    page.replace(&id.to_string(), "ID").replace(request, "REQUEST")
}

#[tokio::test]
async fn a_forged_word_on_where_one_comes_from_is_not_taken() {
    let app = bank().await;
    let before = count(&app).await;
    app.get_with("/", &[("x-forwarded-for", "192.0.2.7")]).await.expect(200);
    refused(&app, before, "forwarded_not_trusted").await;
    // Whoever says to be somebody else each time is counted as one.
    let tries = async |n: usize| {
        let from = format!("192.0.2.{n}");
        let fields = [("epost", "lmc@example.org"), ("losenord", "fel lösenord helt")];
        app.post_with("/logga-in", &[("x-forwarded-for", &from)], &fields).await.status.as_u16()
    };
    let mut answers = BTreeMap::new();
    for n in 0..8 {
        *answers.entry(tries(n).await).or_insert(0) += 1;
    }
    assert_eq!(answers, BTreeMap::from([(422, 5), (429, 3)]));
}

#[tokio::test]
async fn a_form_of_another_site_is_not_taken() {
    let app = bank().await;
    let browser = Browser::signed_in(&app, "strateg").await;
    browser.get("/mitt/konto").await.expect(200);
    let som = browser.shown_for.borrow().clone().expect("for whom");
    let before = count(&app).await;
    let cookie = browser.header();
    let headers = [
        ("cookie", cookie.as_str()),
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://evil.example"),
    ];
    let body = format!("som={som}&namn=Kapad&sprak=sv");
    app.send(reqwest::Method::POST, "/mitt/konto", &headers, body).await.expect(403);
    refused(&app, before, "cross_site").await;
    assert_eq!(app.db.value::<i64>("select count(*) from person where name = 'Kapad'").await, 0);
}

/// And the log of it is not filled, either.
#[tokio::test]
async fn a_form_from_another_membership_is_not_sent() {
    let app = bank().await;
    let browser = Browser::signed_in(&app, "lmc").await;
    let theirs: Uuid =
        app.db.value("select m.id from membership m join person p on p.id = m.person_id where p.example = 'admin'").await;
    let fields = [("som", theirs.to_string()), ("namn", "Kapad".to_owned()), ("sprak", "sv".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let before = count(&app).await;
    browser.post("/mitt/konto", &fields).await.expect(409);
    assert_eq!(refused(&app, before, "other_membership").await, ("form.other_membership membership".to_owned(), Some(theirs)));
    for _ in 0..35 {
        browser.post("/mitt/konto", &fields).await.expect(409);
    }
    let written: i64 = app.db.value("select count(*) from audit where action = 'form.other_membership'").await;
    assert_eq!(written, 30);
    assert_eq!(app.db.value::<i64>("select count(*) from person where name = 'Kapad'").await, 0);
}
