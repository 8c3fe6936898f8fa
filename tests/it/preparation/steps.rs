//! From the beginning to what is ready: revisions, new requirements, sharing, stopping, reviewing.

use super::{bank, begin, begun, editor, fields, send, write};
use crate::support::Browser;

#[tokio::test]
async fn a_revision_begins_with_its_reason_once() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let none = lmc.post("/lmc/krav/KB-0001/versioner", &[("anteckning", "")]).await.expect(422);
    assert_eq!(none.attributes("#fel a", "href"), ["#orsak", "#anteckning"]);
    begin(&lmc, "KB-0001").await.expect(303);
    let page = lmc.get("/lmc/krav/KB-0001").await.expect(200);
    assert!(page.text().contains("Lagen har ändrats") && page.text().contains("Lagen är ny."));
    assert!(page.text().contains("Karin Öberg"), "who begins it has it");
    // Another has begun: a clear answer.
    let other = Browser::signed_in(&app, "lmc2").await;
    let late = begin(&other, "KB-0001").await.expect(409);
    assert!(late.text().contains("En annan version har redan påbörjats."));
    assert_eq!(app.db.value::<i64>("select count(*) from requirement_version where number > 1").await, 1);
    // Nobody who is not to know of it does.
    assert!(!app.get("/krav/KB-0001/historik").await.text().contains("Lagen är ny."));
    app.get("/krav/KB-0001/v/2").await.expect(404);
}

#[tokio::test]
async fn what_lacks_nothing_is_put_forward_and_taken_back_and_discarded() {
    let app = begun().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let step = async |fields: &[(&str, &str)]| lmc.post("/lmc/krav/KB-0001/steg", fields).await;
    let early = step(&[("steg", "lagg-fram"), ("las", "1")]).await.expect(422);
    assert!(early.text().contains("Versionen är inte komplett."));
    let page = editor(&lmc, "KB-0001").await;
    let mut typed = fields(&page);
    typed.push(("andringar".to_owned(), "clarified".to_owned()));
    write(&mut typed, "andringsnotis", "Tydligare.");
    send(&lmc, "KB-0001", &typed, "klar").await.expect(303);
    // What somebody saw before is not put forward.
    step(&[("steg", "lagg-fram"), ("las", "1")]).await.expect(409);
    step(&[("steg", "lagg-fram"), ("las", "2")]).await.expect(303);
    assert_eq!(app.db.value::<String>("select state from requirement_version where number = 2").await, "ready");
    lmc.get("/lmc/krav/KB-0001/redigera").await.expect(303);
    step(&[("steg", "ta-tillbaka"), ("las", "3")]).await.expect(422);
    step(&[("steg", "ta-tillbaka"), ("skal", "Ett ord till."), ("las", "3")]).await.expect(303);
    step(&[("steg", "forkasta"), ("skal", "Behövs inte."), ("las", "4")]).await.expect(303);
    let page = lmc.get("/lmc/krav/KB-0001").await.expect(200);
    for text in ["Lades fram för beslut", "Ett ord till.", "Förkastades", "Behövs inte.", "Börja en ny version"] {
        assert!(page.text().contains(text), "{text}");
    }
    step(&[("steg", "forkasta"), ("skal", "Igen."), ("las", "5")]).await.expect(409);
    begin(&lmc, "KB-0001").await.expect(303);
    assert_eq!(app.db.value::<i32>("select max(number) from requirement_version").await, 3);
}

#[tokio::test]
async fn a_new_requirement_has_a_number_and_is_found_by_those_who_prepare() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let none = lmc.post("/lmc/krav/ny", &[("titel", "")]).await.expect(422);
    for text in ["Välj en produktgrupp.", "Välj en kravtyp.", "Välj en nivå."] {
        assert!(none.texts("#fel li").contains(&text.to_owned()), "{:?}", none.texts("#fel li"));
    }
    assert_eq!(none.attributes("#fel a", "href"), ["#titel", "#grupp", "#typ", "#niva", "#skal"]);
    let group: String = app.db.value("select product_group_id::text from requirement where number = 1").await;
    let fresh = [
        ("titel", "Insamling av handskar"),
        ("grupp", group.as_str()),
        ("typ", "kontrakt"),
        ("niva", "bas"),
        ("skal", "Behövs."),
    ];
    let made = lmc.post("/lmc/krav/ny", &fresh).await.expect(303);
    assert_eq!(made.header("location"), "/lmc/krav/KB-0002/redigera");
    let page = lmc.get("/lmc/krav/KB-0002").await.expect(200);
    assert!(page.text().contains("Skriv kravtexten."));
    assert!(lmc.get("/lmc/krav").await.text().contains("Insamling av handskar"));
    app.get("/krav/KB-0002").await.expect(404);
    let decider = Browser::signed_in(&app, "beslutsfattare").await;
    decider.get("/lmc/krav/KB-0002").await.expect(200);
    assert_eq!(lmc.get("/lmc/krav?krav=kb2").await.expect(303).header("location"), "/lmc/krav/KB-0002");
    assert!(lmc.get("/lmc/krav?krav=x").await.expect(200).text().contains("Det är inget kravnummer."));
}

#[tokio::test]
async fn sharing_is_a_logged_step_and_ends() {
    let app = begun().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let region = Browser::signed_in(&app, "strateg").await;
    region.get("/krav/KB-0001/v/2").await.expect(404);
    let page = lmc.get("/lmc/krav/KB-0001/delning").await.expect(200);
    assert!(page.text().contains("allmän handling"));
    let missing = lmc.post("/lmc/krav/KB-0001/delning", &[("gor", "dela")]).await.expect(422);
    assert_eq!(missing.attributes("#fel a", "href"), ["#skal", "#bekrafta"]);
    let share = [("gor", "dela"), ("skal", "Regionerna behöver läsa."), ("bekrafta", "ja")];
    lmc.post("/lmc/krav/KB-0001/delning", &share).await.expect(303);
    // Sent twice it does not end the sharing.
    lmc.post("/lmc/krav/KB-0001/delning", &share).await.expect(409);
    let draft = region.get("/krav/KB-0001/v/2").await.expect(200);
    assert!(draft.text().contains("beredning"), "it says what it is");
    app.get("/krav/KB-0001/v/2").await.expect(404);
    Browser::signed_in(&app, "leverantor").await.get("/krav/KB-0001/v/2").await.expect(404);
    assert_eq!(app.db.value::<i64>("select count(*) from audit where action = 'requirement.shared'").await, 1);
    let end = [("gor", "sluta-dela"), ("skal", "Texten görs om."), ("bekrafta", "ja")];
    lmc.post("/lmc/krav/KB-0001/delning", &end).await.expect(303);
    region.get("/krav/KB-0001/v/2").await.expect(404);
    let history = lmc.get("/lmc/krav/KB-0001").await.text();
    assert!(history.contains("Delades med regionerna") && history.contains("Delningen avslutades"));
}

#[tokio::test]
async fn a_stop_is_set_and_lifted_and_a_review_changes_nothing() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let stop = [("gor", "stoppa"), ("skal", "Mätningen är osäker."), ("bekrafta", "ja")];
    lmc.post("/lmc/krav/KB-0001/stopp", &stop).await.expect(303);
    assert!(app.get("/krav/KB-0001").await.text().contains("Mätningen är osäker."));
    lmc.post("/lmc/krav/KB-0001/stopp", &stop).await.expect(409);
    let later =
        crate::support::TestApp::build().people().beside(&app).at(crate::support::NOW + time::Duration::hours(1)).spawn().await;
    let lmc = Browser::signed_in(&later, "lmc").await;
    let lift = [("gor", "hav"), ("skal", "Metoden finns nu."), ("bekrafta", "ja")];
    lmc.post("/lmc/krav/KB-0001/stopp", &lift).await.expect(303);
    assert!(!later.get("/krav/KB-0001").await.text().contains("Mätningen är osäker."));
    let past = [("gor", "granskat"), ("skal", "Gäller än."), ("oversyn", "2020-01-01"), ("bekrafta", "ja")];
    let again = lmc.post("/lmc/krav/KB-0001/granskat", &past).await.expect(422);
    assert_eq!(again.attributes("#fel a", "href"), ["#oversyn"]);
    let reviewed = [("gor", "granskat"), ("skal", "Gäller än."), ("oversyn", "2031-05-01"), ("bekrafta", "ja")];
    lmc.post("/lmc/krav/KB-0001/granskat", &reviewed).await.expect(303);
    assert_eq!(app.db.value::<String>("select review_by::text from requirement").await, "2031-05-01");
    assert_eq!(app.db.value::<i64>("select count(*) from requirement_version").await, 1);
    let history = later.get("/krav/KB-0001/historik").await.text();
    assert!(history.contains("Granskat, inget att ändra") && history.contains("Gäller än."));
}
