//! Who looks after an area prepares within it, and nowhere else.

use super::{bank, begin, begun, editor, fields, send};
use crate::support::{Browser, TestApp};

async fn owns(app: &TestApp, letter: &str) {
    app.db.execute("delete from product_group_owner").await;
    app.db
        .execute(&format!(
            "insert into product_group_owner (group_id, letter, valid)
             select product_group_id, '{letter}', '[2026-01-01,2027-01-01)' from requirement where number = 1"
        ))
        .await;
}

#[tokio::test]
async fn in_the_own_area_everything_and_in_others_nothing() {
    let app = bank().await;
    let area = Browser::signed_in(&app, "omradessamordnare").await;
    owns(&app, "G").await;
    area.get("/lmc/krav/KB-0001").await.expect(403);
    begin(&area, "KB-0001").await.expect(403);
    for path in ["stopp", "granskat", "delning"] {
        area.get(&format!("/lmc/krav/KB-0001/{path}")).await.expect(403);
    }
    let stop = [("skal", "Osäkert."), ("bekrafta", "ja"), ("gor", "stoppa")];
    area.post("/lmc/krav/KB-0001/stopp", &stop).await.expect(403);
    owns(&app, "F").await;
    begin(&area, "KB-0001").await.expect(303);
    area.post("/lmc/krav/KB-0001/stopp", &stop).await.expect(303);
    assert!(area.get("/lmc/krav").await.expect(200).text().contains("KB-0001:2"));
    let page = editor(&area, "KB-0001").await;
    send(&area, "KB-0001", &fields(&page), "spara").await.expect(303);
    // The area goes to another, and with it the draft.
    owns(&app, "G").await;
    assert!(!area.get("/lmc/krav").await.expect(200).text().contains("KB-0001:2"));
    send(&area, "KB-0001", &fields(&page), "spara").await.expect(403);
    area.post("/lmc/krav/KB-0001/steg", &[("steg", "forkasta"), ("skal", "Nej."), ("las", "2")]).await.expect(403);
    area.post("/lmc/krav/KB-0001/handlaggare", &[("gor", "ta")]).await.expect(403);
    area.post("/lmc/krav/KB-0001/oppningar", &[]).await.expect(403);
}

#[tokio::test]
async fn a_requirement_is_not_moved_or_made_where_one_does_not_prepare() {
    let app = begun().await;
    owns(&app, "F").await;
    let area = Browser::signed_in(&app, "omradessamordnare").await;
    let other: String = app.db.value("select id::text from product_group where slug = 'textilier-och-arbetsklader'").await;
    let page = editor(&area, "KB-0001").await;
    let mut typed = fields(&page);
    super::write(&mut typed, "grupp", &other);
    let again = send(&area, "KB-0001", &typed, "spara").await.expect(422);
    assert_eq!(again.attributes("#fel a", "href"), ["#grupp"]);
    let fresh = [("titel", "Nytt"), ("grupp", other.as_str()), ("typ", "specifikation"), ("niva", "bas"), ("skal", "Behövs.")];
    let again = area.post("/lmc/krav/ny", &fresh).await.expect(422);
    assert_eq!(again.attributes("#fel a", "href"), ["#grupp"]);
    let own: String = app.db.value("select product_group_id::text from requirement where number = 1").await;
    let fresh = [("titel", "Nytt"), ("grupp", own.as_str()), ("typ", "specifikation"), ("niva", "bas"), ("skal", "Behövs.")];
    area.post("/lmc/krav/ny", &fresh).await.expect(303);
}

#[tokio::test]
async fn who_may_not_prepare_reads_no_draft() {
    let app = begun().await;
    for word in ["strateg", "samordnare", "leverantor", "bransch", "admin"] {
        let browser = Browser::signed_in(&app, word).await;
        for path in ["/lmc/krav", "/lmc/krav/KB-0001", "/lmc/krav/KB-0001/redigera"] {
            browser.get(path).await.expect(403);
        }
    }
    // Who decides reads, and does not write.
    let decider = Browser::signed_in(&app, "beslutsfattare").await;
    let page = decider.get("/lmc/krav/KB-0001").await.expect(200);
    assert!(page.attributes("main form", "action").is_empty(), "{:?}", page.attributes("main form", "action"));
    decider.get("/lmc/krav/KB-0001/redigera").await.expect(403);
    decider.post("/lmc/krav/KB-0001/steg", &[("steg", "forkasta"), ("skal", "Nej."), ("las", "1")]).await.expect(403);
}
