//! A form is for whom it was shown to, and for the membership that was acted for then.

use crate::support::{Answer, Browser, TestApp, complete, lines};

async fn bank() -> TestApp {
    let app = TestApp::build().people().spawn().await;
    app.import(&lines(&[complete("Krav").id("KB-0001")]), kravbank::imports::Target::Current).await;
    app
}

fn other(page: &Answer) -> String {
    page.attributes(".memberships form input[name=uppdrag]", "value").swap_remove(0)
}

async fn noted(app: &TestApp) -> i64 {
    app.db.value("select count(*) from audit where action = 'form.other_membership'").await
}

#[tokio::test]
async fn every_form_of_a_page_says_for_whom_it_is() {
    let app = bank().await;
    let browser = Browser::signed_in(&app, "lmc").await;
    let member: uuid::Uuid = app.db.value("select membership_id from session").await;
    for path in ["/", "/krav", "/krav/KB-0001", "/korgar", "/mitt", "/mitt/konto", "/mitt/sessioner", "/tillganglighet"] {
        let page = browser.get(path).await.expect(200);
        let forms = page.attributes("form[method=post]", "action").len();
        let said = page.attributes("form[method=post] input[name=som]", "value");
        assert_eq!(said, vec![member.to_string(); forms], "{path}");
        assert!(
            app.get(path).await.attributes("input[name=som]", "value").is_empty(),
            "{path}: a page for all is one and the same"
        );
    }
    // Without a membership it is the person.
    app.db.execute("update membership set valid = tstzrange(lower(valid) - interval '1 day', lower(valid))").await;
    let person: uuid::Uuid = app.db.value("select person_id from session").await;
    let page = browser.get("/mitt/konto").await.expect(200);
    assert_eq!(page.attributes("input[name=som]", "value")[0], person.to_string());
    // And a form that was shown for the one that ended is not taken.
    let fields = [("som", &*member.to_string()), ("namn", "Kapad"), ("sprak", "sv")];
    browser.post("/mitt/konto", &fields).await.expect(409);
    assert_eq!(noted(&app).await, 1);
}

#[tokio::test]
async fn a_form_of_another_membership_is_shown_again_and_logged() {
    let app = bank().await;
    let browser = Browser::signed_in(&app, "lmc").await;
    let form = browser.get("/krav/KB-0001/rapportera-fel").await.expect(200);
    let own = browser.get("/mitt").await.expect(200);
    let (before, after) = (form.attributes("input[name=som]", "value").swap_remove(0), other(&own));
    browser.post("/mitt/uppdrag", &[("uppdrag", &after)]).await.expect(303);
    let action = "/krav/KB-0001/felrapporter#fel";
    let fields = [("text", "Ett fel."), ("slag", "text")];
    let page = browser.post_form(&form, action, &fields).await.expect(409);
    assert_eq!(page.texts("h1"), ["Formuläret är inte skickat"]);
    let told =
        "Formuläret visades när du arbetade för LMC – regionernas nätverk för miljöchefer. Nu arbetar du för Region Västmanland.";
    assert_eq!(page.texts(".lead"), [told]);
    assert_eq!(app.db.value::<i64>("select count(*) from fault_report").await, 0);
    let logged: String = app
        .db
        .value("select concat(object_kind, ' ', object_id, ' ', new_value->>'asked') from audit where action = 'form.other_membership'")
        .await;
    assert_eq!(logged, format!("membership {before} POST /krav/KB-0001/felrapporter"));

    // For whom one acts now: told so, and not sent.
    let shown = browser.post_form(&page, "/visa-igen", &[]).await.expect(200);
    assert_eq!(shown.texts("textarea"), ["Ett fel."]);
    assert!(shown.texts("#igen")[0].ends_with("Skickar du nu gör du det för Region Västmanland."));
    // For whom it was: the session acts for that one again.
    let shown = browser.post_form(&page, "/mitt/uppdrag", &[]).await.expect(200);
    assert_eq!(shown.texts("#igen"), ["Här är det du skrev. Det är inte skickat. Gå igenom det och skicka sedan."]);
    assert_eq!(shown.attributes("input[name=som]", "value")[0], before);
    assert_eq!(app.db.value::<i64>("select count(*) from fault_report").await, 0);
    browser.post_form(&shown, action, &fields).await.expect(303);
    assert_eq!(app.db.value::<i64>("select count(*) from fault_report").await, 1);
    assert_eq!(noted(&app).await, 1);
}

/// In another window somebody else has signed in, or somebody at all.
#[tokio::test]
async fn a_form_of_somebody_else_is_not_sent_in_my_name() {
    let app = bank().await;
    let browser = Browser::signed_in(&app, "strateg").await;
    let form = browser.get("/mitt/konto").await.expect(200);
    browser.post("/logga-in/exempel", &[("person", "bransch")]).await.expect(303);
    let page = browser.post_form(&form, "/mitt/konto#fel", &[("namn", "Kapad"), ("sprak", "sv")]).await.expect(409);
    assert!(page.texts(".lead")[0].starts_with("Formuläret visades för någon annan"), "{:?}", page.texts(".lead"));
    assert!(!page.text().contains("Region Skåne"), "whose it was is not theirs to know");
    assert!(page.attributes("main input[name=uppdrag]", "value").is_empty());
    assert_eq!(noted(&app).await, 1);
    // Shown to a visitor, sent by somebody who has signed in since.
    let visitor = Browser::new(&app);
    let form = visitor.get("/tillganglighet").await.expect(200);
    visitor.post("/logga-in/exempel", &[("person", "strateg")]).await.expect(303);
    let page = visitor.post_form(&form, "/tillganglighet/rapporter#fel", &[("text", "Fel.")]).await.expect(409);
    assert_eq!(page.texts(".lead"), ["Formuläret visades innan du loggade in. Nu arbetar du för Region Skåne."]);
    let shown = visitor.post_form(&page, "/visa-igen", &[]).await.expect(200);
    assert_eq!(shown.texts("textarea"), ["Fel."]);
    assert_eq!(app.db.value::<i64>("select count(*) from fault_report").await, 0);
    assert_eq!(noted(&app).await, 1, "that was no other membership");
    assert_eq!(app.db.value::<i64>("select count(*) from person where name = 'Kapad'").await, 0);
}

#[tokio::test]
async fn a_tampered_form_is_refused() {
    let app = bank().await;
    let browser = Browser::signed_in(&app, "strateg").await;
    let theirs: uuid::Uuid =
        app.db.value("select m.id from membership m join person p on p.id = m.person_id where p.example = 'admin'").await;
    for said in [theirs.to_string(), "admin".to_owned(), String::new(), "'; drop table person --".to_owned()] {
        browser.post("/mitt/konto", &[("som", &said), ("namn", "Kapad"), ("sprak", "sv")]).await.expect(409);
        browser.post("/korgar", &[("som", &said), ("namn", "Kapad")]).await.expect(409);
    }
    assert_eq!(app.db.value::<i64>("select count(*) from person where name = 'Kapad'").await, 0);
    assert_eq!(app.db.value::<i64>("select count(*) from selection").await, 0);
    // Signing out is for whoever it is.
    browser.post("/logga-ut", &[("som", "x")]).await.expect(303);
}
