//! Members: roles given and taken, memberships that end, whose addresses show where somebody works.

use time::Duration;
use uuid::Uuid;

use crate::support::{Browser, NOW, TestApp, letters::letter};

async fn bank() -> TestApp {
    TestApp::build().people().worker().spawn().await
}

/// The path of the member page of a person of the example bank.
async fn page_of(app: &TestApp, word: &str, slug: &str) -> String {
    let id: Uuid = app
        .db
        .value(&format!("select m.id from membership m join person p on p.id = m.person_id join organisation o on o.id = m.organisation_id where p.example = '{word}' and o.slug = '{slug}'"))
        .await;
    format!("/mitt/organisation/medlemmar/{id}")
}

/// The same program a moment later.
async fn later(app: &TestApp) -> TestApp {
    TestApp::build().people().worker().beside(app).at(NOW + Duration::MINUTE).spawn().await
}

fn moved<'a>(later: &'a TestApp, browser: &Browser<'_>) -> Browser<'a> {
    let other = Browser::new(later);
    other.cookies.borrow_mut().clone_from(&browser.cookies.borrow());
    other
}

#[tokio::test]
async fn a_membership_that_ends_takes_its_roles_with_the_next_click() {
    let app = bank().await;
    let asa = Browser::signed_in(&app, "upphandlare").await;
    let per = Browser::signed_in(&app, "samordnare").await;
    assert_eq!(asa.get("/mitt").await.texts(".memberships__one h3"), ["Region Skåne"]);
    let path = page_of(&app, "upphandlare", "region-skane").await;
    let app = later(&app).await;
    let (asa, per) = (moved(&app, &asa), moved(&app, &per));
    let page = per.get(&path).await.expect(200);
    assert!(page.attributes("main form", "action").contains(&format!("{path}/avslut")));
    per.post(&format!("{path}/avslut"), &[]).await.expect(303);
    asa.get("/mitt").await.expect(303);
    let asa = Browser::signed_in(&app, "upphandlare").await;
    let page = asa.get("/mitt").await.expect(200);
    assert_eq!(page.texts(".memberships__one").len(), 0, "the session acts for nobody");
    let held: i64 = app.db.value("select count(*) from membership_role r join membership m on m.id = r.membership_id join person p on p.id = m.person_id where p.example = 'upphandlare' and r.valid @> '2026-11-22 12:02Z'::timestamptz").await;
    assert_eq!(held, 0);
    assert_eq!(letter(&app, "upphandlare@example.org", "membership_ended").await.subject, "Ett uppdrag i Kravbanken är avslutat");
    per.get(&path).await.expect(404);
    per.post(&format!("{path}/avslut"), &[]).await.expect(404);
}

#[tokio::test]
async fn roles_are_given_and_taken_by_those_above() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let path = page_of(&app, "upphandlare", "region-skane").await;
    let roles = async |app: &TestApp| -> String {
        app.db.value("select coalesce(string_agg(r.role, ' ' order by r.role), '') from membership_role r join membership m on m.id = r.membership_id join person p on p.id = m.person_id where p.example = 'upphandlare' and upper(r.valid) is null").await
    };
    let page = lmc.get(&path).await.expect(200);
    assert_eq!(page.attributes("input[name=roll]", "value"), ["region_coordinator"]);
    lmc.post(&format!("{path}/roller"), &[("roll", "region_coordinator")]).await.expect(303);
    assert_eq!(roles(&app).await, "region_coordinator region_member");
    letter(&app, "upphandlare@example.org", "role_changed").await;
    // It holds with the next click, and whoever has the same role may not take it.
    let asa = Browser::signed_in(&app, "upphandlare").await;
    asa.get("/mitt/organisation").await.expect(200);
    let per = Browser::signed_in(&app, "samordnare").await;
    let page = per.get(&path).await.expect(200);
    assert_eq!(page.attributes("main form", "action"), Vec::<String>::new());
    per.post(&format!("{path}/avslut"), &[]).await.expect(403);
    per.post(&format!("{path}/roller"), &[]).await.expect(403);
    // A role that is nobody's to give here.
    for role in ["admin", "lmc_coordinator", "supplier_member"] {
        lmc.post(&format!("{path}/roller"), &[("roll", role)]).await.expect(403);
    }
    lmc.post(&format!("{path}/roller"), &[("roll", "kung")]).await.expect(400);
    let app = later(&app).await;
    let (lmc, asa) = (moved(&app, &lmc), moved(&app, &asa));
    lmc.post(&format!("{path}/roller"), &[]).await.expect(303);
    assert_eq!(roles(&app).await, "region_member");
    // The key that was in their browser opens nothing: with other rights they sign in anew.
    asa.get("/mitt/organisation").await.expect(303);
    let asa = Browser::signed_in(&app, "upphandlare").await;
    asa.get("/mitt/organisation").await.expect(403);
    let ended: i64 = app.db.value("select count(*) from session where ended_why = 'role'").await;
    assert_eq!(ended, 1);
    let refused: i64 =
        app.db.value("select count(*) from audit where action = 'membership.refuse' and new_value ->> 'why' = 'role'").await;
    assert_eq!(refused, 3);
}

#[tokio::test]
async fn nobody_looks_after_others_accounts_or_the_own() {
    let app = bank().await;
    let foreign = page_of(&app, "upphandlare2", "region-uppsala").await;
    let per = Browser::signed_in(&app, "samordnare").await;
    per.get(&foreign).await.expect(404);
    for rest in ["avslut", "roller"] {
        per.post(&format!("{foreign}/{rest}"), &[]).await.expect(404);
    }
    let logged: i64 = app
        .db
        .value("select count(*) from audit where action = 'access.deny' and new_value ->> 'why' = 'not_theirs' and object_kind = 'membership'")
        .await;
    assert_eq!(logged, 3);
    let own = page_of(&app, "samordnare", "region-skane").await;
    per.post(&format!("{own}/avslut"), &[]).await.expect(403);
    // The network does not end who decides.
    let lmc = Browser::signed_in(&app, "lmc").await;
    let decides = page_of(&app, "beslutsfattare", "lmc").await;
    lmc.post(&format!("{decides}/avslut"), &[]).await.expect(403);
    let admin = Browser::signed_in(&app, "admin").await;
    admin.get(&decides).await.expect(200);
    admin.post(&format!("{decides}/avslut"), &[]).await.expect(303);
}

#[tokio::test]
async fn addresses_that_show_where_somebody_works_are_the_networks_to_name() {
    let app = bank().await;
    let skane: Uuid = app.db.value("select id from organisation where slug = 'region-skane'").await;
    let skane = skane.to_string();
    let lmc = Browser::signed_in(&app, "lmc").await;
    let add = async |browser: &Browser<'_>, domain: &str| {
        browser.post("/mitt/organisation/domaner", &[("organisation", &skane), ("doman", domain)]).await
    };
    add(&lmc, "@Region-Skane.example").await.expect(303);
    let page = lmc.get("/mitt/organisation?organisation=region-skane").await.expect(200);
    assert_eq!(page.texts("#domaner ~ ul h3"), ["region-skane.example"]);
    for odd in ["", "skane", "a b.se", "x@skane.se", "region-skane.example"] {
        let page = add(&lmc, odd).await.expect(422);
        assert_eq!(page.attributes(".error-summary a", "href"), ["#doman"], "{odd}");
    }
    add(&Browser::signed_in(&app, "samordnare").await, "annat.example").await.expect(403);
    let gone = [("organisation", skane.as_str()), ("doman", "region-skane.example")];
    lmc.post("/mitt/organisation/domaner/borttagning", &gone).await.expect(303);
    lmc.post("/mitt/organisation/domaner/borttagning", &gone).await.expect(404);
}
