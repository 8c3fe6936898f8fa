//! What hurts others is asked for once more: what was typed is kept, shown again and sent by nobody but who typed it.

use super::{logged, person};
use crate::support::{Answer, Browser, TestApp};

/// Makes what was proved older than it may be.
async fn wait(app: &TestApp) {
    app.db
        .execute(
            "update session set proved_at = proved_at - interval '10 minutes', second_at = second_at - interval '10 minutes'",
        )
        .await;
}

fn value(page: &Answer, name: &str) -> String {
    page.attributes(&format!("main [name={name}]"), "value").pop().unwrap_or_default()
}

#[tokio::test]
async fn a_form_waits_until_it_is_proved_who_sends_it() {
    let app = TestApp::build().people().spawn().await;
    let admin = Browser::signed_in(&app, "admin").await;
    let roles = format!("/admin/konton/{}/roller", person(&app, "strateg").await);
    admin.get("/admin").await.expect(200);
    wait(&app).await;
    let fields = [("organisation", "region-skane"), ("roll", "region_coordinator"), ("till", "2027-12-31")];
    let page = admin.post(&roles, &fields).await.expect(401);
    assert!(page.text().contains("Det du skrev är inte skickat."), "{}", page.text());
    assert_eq!(value(&page, "oskickat_till"), roles);
    let before = admin.header();
    let shown = admin.post_form(&page, "/mitt/bekrafta#fel", &[]).await.expect(200);
    assert_ne!(before, admin.header(), "the session has another key");
    assert_eq!(value(&shown, "organisation"), "region-skane");
    assert_eq!(value(&shown, "till"), "2027-12-31");
    assert_eq!(shown.attributes("#roll option[selected]", "value"), ["region_coordinator"]);
    assert_eq!(shown.texts("#igen"), ["Här är det du skrev. Det är inte skickat. Gå igenom det och skicka sedan."]);
    assert!(logged(&app, "person.give_role").await.iter().all(|(_, new)| new["role"] != "region_coordinator"));
    let answer = admin.post_form(&shown, &format!("{roles}#fel"), &fields).await.expect(303);
    assert!(admin.get(answer.header("location")).await.text().contains("Rollen Samordnare för regionen är given."));
}

/// A button has nothing to type; its page is shown, to press it once more.
#[tokio::test]
async fn a_button_waits_too() {
    let app = TestApp::build().people().spawn().await;
    let admin = Browser::signed_in(&app, "admin").await;
    let account = format!("/admin/konton/{}", person(&app, "strateg").await);
    let membership: uuid::Uuid =
        app.db.value("select m.id from membership m join person p on p.id = m.person_id where p.example = 'strateg'").await;
    let taken = membership.to_string();
    for (rest, fields) in [
        ("sparr", vec![("gor", "sparra")]),
        ("inloggningar/avslut", vec![]),
        ("roller/avslut", vec![("uppdrag", taken.as_str()), ("roll", "region_member"), ("omrade", "")]),
    ] {
        admin.get(&account).await.expect(200);
        wait(&app).await;
        let page = admin.post(&format!("{account}/{rest}"), &fields).await.expect(401);
        let shown = admin.post_form(&page, "/mitt/bekrafta#fel", &[]).await.expect(200);
        assert_eq!(shown.texts("h1"), ["Maryam Karimi"], "whose account it is can be seen");
        assert!(logged(&app, "person.disable").await.is_empty() && logged(&app, "person.take_role").await.is_empty());
        assert!(logged(&app, "session.end_others").await.is_empty());
    }
    admin.post(&format!("{account}/sparr"), &[("gor", "sparra")]).await.expect(303);
    assert_eq!(logged(&app, "person.disable").await.len(), 1);
}

/// Long texts are kept, and so is the answer to who applied.
#[tokio::test]
async fn words_and_reasons_are_kept() {
    let app = TestApp::build().people().spawn().await;
    let admin = Browser::signed_in(&app, "admin").await;
    admin.get("/admin/ord").await.expect(200);
    wait(&app).await;
    let text = "Första stycket.\r\n\r\nAndra <stycket>.";
    let page = admin.post("/admin/ord", &[("statement_sv", text), ("network", "RMC")]).await.expect(401);
    let shown = admin.post_form(&page, "/mitt/bekrafta#fel", &[]).await.expect(200);
    assert_eq!(shown.texts("#statement_sv"), ["Första stycket. Andra <stycket>."]);
    assert_eq!(value(&shown, "network"), "RMC");
    assert!(logged(&app, "setting.change").await.is_empty());
    admin.get("/admin/organisationer/ny").await.expect(200);
    wait(&app).await;
    let page =
        admin.post("/admin/organisationer/ny", &[("slug", "ny"), ("slag", "supplier"), ("namn", "Nya AB")]).await.expect(401);
    let shown = admin.post_form(&page, "/mitt/bekrafta#fel", &[]).await.expect(200);
    assert_eq!(value(&shown, "namn"), "Nya AB");
    assert_eq!(app.db.value::<i64>("select count(*) from organisation where slug = 'ny'").await, 0);
}

/// Whoever has an app shows its code, not the password; and a wrong one keeps what was typed.
#[tokio::test]
async fn whoever_has_a_second_factor_shows_it() {
    let app = TestApp::build().people().spawn().await;
    let admin = Browser::signed_in(&app, "admin").await;
    let id = person(&app, "admin").await;
    let secret = "5e".repeat(20);
    app.db.execute(&format!("insert into second_factor values ('{id}', '\\x{secret}', '2026-11-01T08:00:00Z', 1)")).await;
    admin.get("/admin/ord").await.expect(200);
    app.db.execute("update session set second_at = second_at - interval '10 minutes'").await;
    let page = admin.post("/admin/ord", &[("network", "RMC")]).await.expect(401);
    assert!(page.attributes("input[name=losenord]", "name").is_empty());
    assert_eq!(page.attributes("input[name=kod]", "name").len(), 1);
    let again = admin.post_form(&page, "/mitt/bekrafta#fel", &[("kod", "000000")]).await.expect(422);
    assert_eq!(value(&again, "oskickat"), "network=RMC");
    assert!(logged(&app, "setting.change").await.is_empty());
}
