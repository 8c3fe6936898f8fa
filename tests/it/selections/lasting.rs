//! How long a selection lasts, and what of it comes along in a copy.

use time::Duration;

use super::bank;
use crate::support::{Browser, NOW, TestApp};

/// The nightly job, as it runs at this time.
async fn sweep(app: &TestApp, days: i64) {
    let night = TestApp::build().at(NOW + Duration::days(days)).worker().beside(app).spawn().await;
    night.db.execute("select graphile_worker.add_job('sweep_selections', '{}'::json)").await;
    for _ in 0..200 {
        let waiting: i64 =
            night.db.value("select count(*) from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'sweep_selections'").await;
        if waiting == 0 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the job did not run");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_selection_lasts_from_its_last_change_and_as_long_as_a_link_to_it() {
    let app = bank().await;
    let changed = Browser::with(&app, &["KB-0001"]).await;
    let shared = Browser::with(&app, &["KB-0001"]).await;
    shared.post(&format!("{}/delning", shared.selection().await), &[("dagar", "90")]).await.expect(303);
    let forgotten = Browser::with(&app, &["KB-0001"]).await;
    let count = async || app.db.value::<i64>("select count(*) from selection").await;
    assert_eq!(count().await, 3);

    // A change of a row on day 20 is a change like any other.
    let later = TestApp::build().at(NOW + Duration::days(20)).beside(&app).spawn().await;
    let row = changed.row("KB-0001").await;
    let cookie = changed.header();
    let page = later.get_with(&row, &[("cookie", &cookie)]).await.expect(200);
    let lock = page.attributes("input[name=las]", "value").remove(0);
    later.post_with(&row, &[("cookie", &cookie)], &[("las", &lock), ("anteckning", "Kom ihåg.")]).await.expect(303);

    sweep(&app, 40).await;
    assert_eq!(count().await, 2);
    forgotten.get("/korgar").await.expect(200);
    sweep(&app, 60).await;
    assert_eq!(count().await, 1, "the one with a link that works");
    sweep(&app, 130).await;
    assert_eq!(count().await, 0, "and then no longer");
}

#[tokio::test]
async fn a_copy_by_a_link_leaves_out_what_its_maker_keeps_to_themselves() {
    let app = bank().await;
    let mine = Browser::with(&app, &["KB-0001"]).await;
    let row = mine.row("KB-0001").await;
    let lock = mine.get(&row).await.attributes("input[name=las]", "value").remove(0);
    mine.post(&row, &[("las", &lock), ("anteckning", "kanariefågeln"), ("p-andel", "30")]).await.expect(303);
    app.db.execute("update selection set follow_up_hours = 12; update selection_row set reason = 'kanariefågeln'").await;
    let selection = mine.selection().await;
    mine.post(&format!("{selection}/delning"), &[("dagar", "90")]).await.expect(303);
    let key: String = app.db.value("select key from selection_share").await;

    let other = Browser::new(&app);
    let copy = other.post_on(&format!("/k/{key}/kopior"), &[]).await;
    assert_eq!(copy.texts("h1"), ["Kopia av Min korg"]);
    assert!(!copy.text().contains("kanariefågeln"));
    assert!(copy.texts(".row-values dd").iter().any(|value| value.starts_with("30")), "what is filled in comes along");
    assert_eq!(app.db.value::<i64>("select count(*) from selection where follow_up_hours is null").await, 1);
    // A copy of one's own has all of it.
    let own = mine.post_on(&format!("{selection}/kopior"), &[]).await;
    assert!(own.text().contains("kanariefågeln"));
}

#[tokio::test]
async fn nothing_is_made_out_of_nothing_and_nothing_comes_twice() {
    let app = bank().await;
    app.post("/korgar/rader", &[("tillbaka", "/krav")]).await.expect(404);
    app.post("/korgar/rader", &[("krav", "struntprat")]).await.expect(404);
    assert_eq!(app.db.value::<i64>("select count(*) from selection").await, 0);
    let browser = Browser::new(&app);
    browser.post("/korgar/rader", &[("krav", "KB-0001"), ("krav", "kb1"), ("krav", "KB-0002")]).await.expect(303);
    assert_eq!(browser.cited().await, ["KB-0001:1", "KB-0002:1"]);
    let made = browser.post_on("/korgar", &[("namn", "Tom")]).await;
    assert_eq!(made.texts(".flash__text"), ["Korgen Tom är skapad. Nu läggs krav i den."]);
    // A repeal that is not there is not answered.
    let row = Browser::with(&app, &["KB-0003"]).await;
    let path = row.row("KB-0003").await;
    let after = row.post_on(&format!("{path}/bekraftelse"), &[("behall", "ja")]).await;
    assert!(after.texts(".flash__text")[0].contains("inte upphävt"), "{:?}", after.texts(".flash__text"));
    assert_eq!(app.db.value::<i64>("select count(repeal_confirmed_at) from selection_row").await, 0);
}
