//! What others are doing when the tree and what requirements refer to change under them: versions in preparation, threads, whoever
//! looks after an area.

use serde_json::json;

use super::{bank, group, lock};
use crate::{
    preparation::{begin, editor, fields, send, write},
    support::{Browser, Import, TestApp, complete, lines},
};

const GLOVES: &str = "medicinteknik/handskar";
const WOUNDS: &str = "medicinteknik/sarvard";

async fn change(lmc: &Browser<'_>, path: &str, fields: &[(&str, &str)]) {
    let lock = lock(lmc, path).await;
    let mut all = vec![("las", lock.as_str()), ("bekrafta", "ja")];
    all.extend_from_slice(fields);
    lmc.post(&format!("{path}/andring"), &all).await.expect(303);
}

fn id(path: &str) -> &str {
    path.rsplit('/').next().expect("an id")
}

async fn owned_by_f(app: &TestApp, group: &str) {
    app.db
        .execute(&format!(
            "insert into product_group_owner (group_id, letter, valid) values ('{group}', 'F', daterange('2026-01-01', '2028-01-01'))"
        ))
        .await;
}

#[tokio::test]
async fn what_is_written_and_said_goes_on_in_the_group_that_it_became_a_part_of() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let (from, into) = (group(&app, GLOVES).await, group(&app, WOUNDS).await);
    app.db.execute("delete from product_group_owner").await;
    owned_by_f(&app, id(&from)).await;
    let area = Browser::signed_in(&app, "omradessamordnare").await;
    begin(&area, "KB-0001").await.expect(303);
    let page = editor(&area, "KB-0001").await;
    let inside = [("slag", "kommentar"), ("text", "Vi ser över gränsen."), ("laser", "lmc")];
    let thread = lmc.post("/krav/KB-0001/dialog", &inside).await.expect(303).header("location").to_owned();
    area.get(&thread).await.expect(200);
    change(&lmc, &from, &[("gor", "sla-ihop"), ("grupp", id(&into))]).await;
    // Who looked after the one looks after what it became a part of.
    area.get(&thread).await.expect(200);
    area.get("/lmc/krav/KB-0001").await.expect(200);
    let threads = format!("select count(*) from dialogue_thread where group_id = '{}'", id(&from));
    assert_eq!(app.db.value::<i64>(&threads).await, 0);
    // Who had the editor open is told, and what they save does not put it back.
    let again = send(&area, "KB-0001", &fields(&page), "spara").await;
    assert_ne!(again.status, 303, "it changed meanwhile");
    let page = editor(&area, "KB-0001").await;
    assert_eq!(page.attributes("select[name=grupp] option[selected]", "value"), [id(&into)]);
    assert!(
        !page.attributes("select[name=grupp] option", "value").contains(&id(&from).to_owned()),
        "what is part of another is no choice"
    );
    send(&area, "KB-0001", &fields(&page), "spara").await.expect(303);
    let mut typed = fields(&editor(&area, "KB-0001").await);
    write(&mut typed, "grupp", id(&from));
    assert_eq!(send(&area, "KB-0001", &typed, "spara").await.expect(422).attributes("#fel a", "href"), ["#grupp"]);
    // A thread moves with its group, and nowhere else.
    let mut connection = app.db.connect().await;
    let elsewhere =
        format!("update dialogue_thread set group_id = '{}'", id(&group(&app, "medicinteknik/inkontinensprodukter").await));
    assert!(sqlx::raw_sql(sqlx::AssertSqlSafe(elsewhere)).execute(&mut connection).await.is_err());
    let named: i64 = app.db.value("select count(*) from audit where action = 'dialogue.regroup'").await;
    assert_eq!(named, 1);
}

#[tokio::test]
async fn a_retired_group_is_no_choice_for_what_is_prepared() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let (gloves, wounds) = (group(&app, GLOVES).await, group(&app, WOUNDS).await);
    begin(&lmc, "KB-0001").await.expect(303);
    change(&lmc, &wounds, &[("gor", "avveckla")]).await;
    let choices = lmc.get("/lmc/krav/ny").await.expect(200).attributes("select[name=grupp] option", "value");
    assert!(choices.len() > 10 && !choices.contains(&id(&wounds).to_owned()));
    let fresh = [("titel", "Nytt"), ("grupp", id(&wounds)), ("typ", "specifikation"), ("niva", "bas"), ("skal", "Behövs.")];
    assert_eq!(lmc.post("/lmc/krav/ny", &fresh).await.expect(422).attributes("#fel a", "href"), ["#grupp"]);
    let mut typed = fields(&editor(&lmc, "KB-0001").await);
    write(&mut typed, "grupp", id(&wounds));
    assert_eq!(send(&lmc, "KB-0001", &typed, "spara").await.expect(422).attributes("#fel a", "href"), ["#grupp"]);
    // What stands in it already stays there, and is prepared as before.
    change(&lmc, &gloves, &[("gor", "avveckla")]).await;
    let page = editor(&lmc, "KB-0001").await;
    assert_eq!(page.attributes("select[name=grupp] option[selected]", "value"), [id(&gloves)]);
    send(&lmc, "KB-0001", &fields(&page), "spara").await.expect(303);
    begin(&lmc, "KB-0002").await.expect(303);
    // An area that is retired is narrowed by as long as something is prepared in it.
    let area = "/lmc/taxonomi/omraden/textil";
    let listed = async || lmc.get("/lmc/krav").await.expect(200).attributes("select[name=omrade] option", "value");
    assert!(listed().await.contains(&"textil".to_owned()));
    change(&lmc, area, &[("gor", "avveckla")]).await;
    assert!(!listed().await.contains(&"textil".to_owned()));
    change(&lmc, "/lmc/taxonomi/omraden/medicinteknik", &[("gor", "avveckla")]).await;
    assert!(listed().await.contains(&"medicinteknik".to_owned()));
}

#[tokio::test]
async fn the_editor_says_what_is_replaced_and_offers_what_is_in_force() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let cites = json!([{"name": "SS-EN 1", "kind": "standard", "edition": "2015"}, {"name": "SS-EN 2", "kind": "standard"}]);
    let file = [complete("Handskar i beredning").id("KB-0003").set("references", cites)];
    Import::preparation().accepted(&app.db, lines(&file)).await;
    let said = [("slag", "standard"), ("namn", "SS-EN 1"), ("utgava", "2027"), ("webb", "")];
    let new = lmc.post("/lmc/hanvisningar/ny", &said).await.expect(303).header("location").to_owned();
    let offered = async || editor(&lmc, "KB-0003").await.attributes("#kallor-som-finns option", "value");
    assert!(offered().await.contains(&"SS-EN 1, 2015".to_owned()));
    for (name, fields) in [("SS-EN 1", vec![("gor", "ersatt"), ("mot", id(&new))]), ("SS-EN 2", vec![("gor", "upphord")])] {
        let row: uuid::Uuid =
            app.db.value(&format!("select id from reference where name = '{name}' and edition <> '2027'")).await;
        let path = format!("/lmc/hanvisningar/{row}");
        let seen = lock(&lmc, &path).await;
        let mut all = vec![("status_las", seen.as_str()), ("bekrafta", "ja")];
        all.extend(fields);
        lmc.post(&format!("{path}/status"), &all).await.expect(303);
    }
    let page = editor(&lmc, "KB-0003").await;
    for text in ["SS-EN 1 är ersatt av SS-EN 1, 2027.", "SS-EN 2 har upphört att gälla."] {
        assert!(page.texts(".hints").join(" ").contains(text), "{text}: {}", page.text());
        assert!(page.texts(".editor__row").join(" ").contains(text), "beside the field, too: {text}");
    }
    assert!(lmc.get("/lmc/krav/KB-0003").await.expect(200).texts(".hints").join(" ").contains("är ersatt av"));
    let offered = offered().await;
    assert!(offered.contains(&"SS-EN 1, 2027".to_owned()));
    assert!(!offered.contains(&"SS-EN 1, 2015".to_owned()) && !offered.contains(&"SS-EN 2".to_owned()), "{offered:?}");
    let mut typed = fields(&page);
    write(&mut typed, "kalla_finns", "SS-EN 1, 2015");
    send(&lmc, "KB-0003", &typed, "valj-kalla").await.expect(422);
    // It stops nobody, and what is cited stays as it was written.
    send(&lmc, "KB-0003", &fields(&page), "spara").await.expect(303);
    let over: i64 = app
        .db
        .value("select count(*) from version_reference x join reference f on f.id = x.reference_id where f.status <> 'in_force'")
        .await;
    assert_eq!(over, 2);
}
