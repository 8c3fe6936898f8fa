//! Whom one acts for.

use super::is_in;
use crate::support::{Browser, TestApp};

#[tokio::test]
async fn one_acts_for_one_organisation_at_a_time() {
    let app = TestApp::build().people().spawn().await;
    let browser = Browser::signed_in(&app, "lmc").await;
    let page = browser.get("/mitt").await.expect(200);
    assert_eq!(page.texts(".memberships__one--now h3"), ["LMC – regionernas nätverk för miljöchefer"]);
    let before = Browser::new(&app);
    before.cookies.replace(browser.cookies.borrow().clone());
    let other = page.attributes(".memberships form input[name=uppdrag]", "value").swap_remove(0);
    let page = browser.post_on("/mitt/uppdrag", &[("uppdrag", &other), ("tillbaka", "/omraden")]).await;
    assert_eq!(page.path, "/omraden");
    assert!(page.text().contains("Du arbetar nu för Region Västmanland."));
    assert_eq!(page.texts(".who__for"), ["Region Västmanland"]);
    // Other rights, another key.
    assert!(is_in(&browser).await && !is_in(&before).await);
    // A person of the example bank is shared by many: each begins with the same one, whatever the one before chose.
    let again = Browser::signed_in(&app, "lmc").await;
    assert_eq!(again.get("/mitt").await.texts(".memberships__one--now h3"), ["LMC – regionernas nätverk för miljöchefer"]);
    let chosen: String = app.db.value("select action || ' ' || object_kind from audit where action = 'session.act_for'").await;
    assert_eq!(chosen, "session.act_for membership");
}

/// Elsewhere the next session begins with the one that was used last.
#[tokio::test]
async fn one_goes_on_with_the_organisation_that_one_acted_for_last() {
    let app = TestApp::spawn().await;
    let browser = super::admin(&app).await;
    app.db
        .execute(
            "with made as (insert into membership select '01900000-0000-7000-8000-00000000000a', p.id, o.id, tstzrange('2026-01-01', null)
                           from person p, organisation o where o.slug = 'region-skane' returning id)
             insert into membership_role select id, 'region_member', null, tstzrange('2026-01-01', null) from made",
        )
        .await;
    browser.post("/mitt/uppdrag", &[("uppdrag", "01900000-0000-7000-8000-00000000000a")]).await.expect(303);
    let again = Browser::new(&app);
    super::sign_in(&again, super::EMAIL, super::PASSWORD).await.expect(303);
    assert_eq!(again.get("/mitt").await.texts(".who__for"), ["Region Skåne"]);
}

#[tokio::test]
async fn nobody_acts_in_anothers_place() {
    let app = TestApp::build().people().spawn().await;
    let browser = Browser::signed_in(&app, "leverantor").await;
    let theirs: uuid::Uuid = app
        .db
        .value("select m.id from membership m join person p on p.id = m.person_id where p.example = 'beslutsfattare'")
        .await;
    browser.post("/mitt/uppdrag", &[("uppdrag", &theirs.to_string())]).await.expect(404);
    browser.post("/mitt/uppdrag", &[("uppdrag", "admin")]).await.expect(400);
    assert_eq!(browser.get("/mitt").await.texts(".who__for"), ["Nordhandsken AB"]);
    let refused: String = app.db.value("select new_value->>'why' from audit where action = 'access.deny'").await;
    assert_eq!(refused, "not_theirs");
}

/// A role that is taken away is gone with the next click, and so is a membership.
#[tokio::test]
async fn what_is_taken_away_is_gone_at_once() {
    let app = TestApp::build().people().spawn().await;
    let browser = Browser::signed_in(&app, "samordnare").await;
    assert!(browser.get("/mitt").await.texts(".memberships__one p")[0].contains("Samordnare för regionen"));
    app.db
        .execute("update membership_role set valid = tstzrange(lower(valid) - interval '1 day', lower(valid)) where role = 'region_coordinator'")
        .await;
    assert_eq!(browser.get("/mitt").await.texts(".memberships__one p")[0], "Medlem");
    app.db.execute("update membership set valid = tstzrange(lower(valid) - interval '1 day', lower(valid))").await;
    let page = browser.get("/mitt").await.expect(200);
    assert_eq!(page.texts(".who__for"), Vec::<String>::new());
    assert!(page.text().contains("Du har inga uppdrag ännu."));
}
