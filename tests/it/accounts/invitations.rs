//! Invitations: by whom, to what, and how they are answered.

use time::Duration;
use uuid::Uuid;

use super::{PASSWORD, is_in};
use crate::support::{Browser, NOW, TestApp, letters::letter};

const NEW: &str = "eva@region-skane.example";

async fn bank() -> TestApp {
    TestApp::build().people().worker().spawn().await
}

async fn id_of(app: &TestApp, slug: &str) -> String {
    app.db.value::<Uuid>(&format!("select id from organisation where slug = '{slug}'")).await.to_string()
}

async fn invite(browser: &Browser<'_>, organisation: &str, email: &str, role: &str) -> crate::support::Answer {
    let fields = [("organisation", organisation), ("epost", email), ("roll", role), ("sprak", "sv")];
    browser.post("/mitt/organisation/inbjudningar", &fields).await
}

#[tokio::test]
async fn a_coordinator_invites_somebody_new() {
    let app = bank().await;
    let skane = id_of(&app, "region-skane").await;
    let per = Browser::signed_in(&app, "samordnare").await;
    let page = per.get("/mitt/organisation").await.expect(200);
    assert!(page.texts("#medlemmar ~ ul h3").len() >= 3, "{}", page.text());
    assert_eq!(page.attributes("input[name=roll]", "value"), ["region_member"], "only what is below the own role");
    invite(&per, &skane, NEW, "region_member").await.expect(303);
    assert!(per.get("/mitt/organisation").await.text().contains(NEW));
    let path = letter(&app, NEW, "invitation").await.paths[0].clone();
    let eva = Browser::new(&app);
    let page = eva.get(&path).await.expect(200);
    assert!(page.text().contains("Region Skåne"));
    let page = eva.post(&path, &[("namn", ""), ("losenord", "kort")]).await.expect(422);
    assert_eq!(page.attributes(".error-summary a", "href"), ["#namn", "#losenord"]);
    eva.post(&path, &[("namn", "Eva Ek"), ("losenord", PASSWORD)]).await.expect(303);
    assert!(is_in(&eva).await);
    let page = eva.get("/mitt").await.expect(200);
    assert_eq!(page.texts(".memberships__one h3"), ["Region Skåne"]);
    assert!(!page.text().contains("Väntar på godkännande"), "an invitation approves in advance");
    // Once.
    app.get(&path).await.expect(404);
    app.post(&path, &[("namn", "Bo"), ("losenord", PASSWORD)]).await.expect(404);
    assert!(!per.get("/mitt/organisation").await.text().contains("Tacka"), "nothing waits");
    let kept: i64 = app.db.value("select count(*) from invitation where email is not null or token_sha256 is not null").await;
    assert_eq!(kept, 0);
}

#[tokio::test]
async fn who_has_an_account_signs_in_and_accepts() {
    let app = bank().await;
    let skane = id_of(&app, "region-skane").await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    invite(&lmc, &skane, "Upphandlare2@example.org", "region_coordinator").await.expect(303);
    let path = letter(&app, "upphandlare2@example.org", "invitation").await.paths[0].clone();
    // Whoever has not signed in is led there, without the key.
    let page = app.get(&path).await.expect(200);
    assert_eq!(page.attributes("main a.btn", "href"), ["/logga-in?till=%2Fmitt"]);
    app.post(&path, &[("namn", "x"), ("losenord", PASSWORD)]).await.expect(403);
    // Nor does somebody else's session take it.
    let other = Browser::signed_in(&app, "leverantor").await;
    other.post(&path, &[]).await.expect(403);
    let id: Uuid = app.db.value("select id from invitation").await;
    other.post(&format!("/mitt/inbjudningar/{id}"), &[]).await.expect(404);
    let johan = Browser::signed_in(&app, "upphandlare2").await;
    let page = johan.get("/mitt").await.expect(200);
    assert_eq!(page.attributes("#inbjudningar ~ ul form", "action"), [format!("/mitt/inbjudningar/{id}")]);
    johan.post(&format!("/mitt/inbjudningar/{id}"), &[]).await.expect(303);
    johan.post(&path, &[]).await.expect(404);
    let roles: String = app
        .db
        .value("select string_agg(r.role, ' ' order by r.role) from membership_role r join membership m on m.id = r.membership_id join person p on p.id = m.person_id join organisation o on o.id = m.organisation_id where p.example = 'upphandlare2' and o.slug = 'region-skane'")
        .await;
    assert_eq!(roles, "region_coordinator region_member");
    assert_eq!(johan.get("/mitt").await.texts(".memberships__one h3").len(), 2);
}

#[tokio::test]
async fn a_role_that_is_not_theirs_to_give_is_refused_and_logged() {
    let app = bank().await;
    let (skane, lmc_id, nord) = (id_of(&app, "region-skane").await, id_of(&app, "lmc").await, id_of(&app, "nordhandsken").await);
    let cases = [
        ("samordnare", &skane, "region_coordinator"),
        ("samordnare", &skane, "supplier_member"),
        ("leverantor", &nord, "organisation_admin"),
        ("leverantor", &nord, "admin"),
        ("lmc", &lmc_id, "decision_maker"),
        ("lmc", &lmc_id, "lmc_coordinator"),
        ("admin", &lmc_id, "admin"),
        ("admin", &skane, "lmc_coordinator"),
    ];
    for (word, organisation, role) in cases {
        let browser = Browser::signed_in(&app, word).await;
        invite(&browser, organisation, NEW, role).await.expect(403);
    }
    let logged: i64 =
        app.db.value("select count(*) from audit where action = 'invitation.refuse' and new_value ->> 'why' = 'role'").await;
    assert_eq!(logged, 8);
    // Another organisation than the own, by its id.
    for (word, organisation) in [("samordnare", &nord), ("leverantor", &skane)] {
        let browser = Browser::signed_in(&app, word).await;
        invite(&browser, organisation, NEW, "region_member").await.expect(404);
        browser.get("/mitt/organisation?organisation=region-uppsala").await.expect(404);
    }
    let foreign: i64 =
        app.db.value("select count(*) from audit where action = 'access.deny' and new_value ->> 'why' = 'not_theirs'").await;
    assert_eq!(foreign, 4);
    for word in ["upphandlare", "leverantor2", "beslutsfattare", "omradessamordnare"] {
        let browser = Browser::signed_in(&app, word).await;
        invite(&browser, &skane, NEW, "region_member").await.expect(403);
    }
    assert_eq!(app.db.value::<i64>("select count(*) from invitation").await, 0);
    let admin = Browser::signed_in(&app, "admin").await;
    invite(&admin, &lmc_id, NEW, "decision_maker").await.expect(303);
}

#[tokio::test]
async fn an_invitation_is_replaced_taken_back_or_over() {
    let app = bank().await;
    let skane = id_of(&app, "region-skane").await;
    let per = Browser::signed_in(&app, "samordnare").await;
    invite(&per, &skane, NEW, "region_member").await.expect(303);
    let first = letter(&app, NEW, "invitation").await.paths[0].clone();
    invite(&per, &skane, NEW, "region_member").await.expect(303);
    let second = letter(&app, NEW, "invitation").await.paths[0].clone();
    app.get(&first).await.expect(404);
    app.get(&second).await.expect(200);
    let later = TestApp::build().people().beside(&app).at(NOW + Duration::days(7)).spawn().await;
    later.get(&second).await.expect(404);
    let action = per.get("/mitt/organisation").await.attributes("#inbjudningar ~ ul form", "action").remove(0);
    let uppsala = id_of(&app, "region-uppsala").await;
    let other = Browser::signed_in(&app, "leverantor").await;
    other.post(&action, &[("organisation", &skane)]).await.expect(404);
    per.post(&action, &[("organisation", &uppsala)]).await.expect(404);
    app.get(&second).await.expect(200);
    per.post(&action, &[("organisation", &skane)]).await.expect(303);
    app.get(&second).await.expect(404);
    app.post(&second, &[("namn", "Eva"), ("losenord", PASSWORD)]).await.expect(404);
    // What is written wrong is shown again.
    let page = per.post("/mitt/organisation/inbjudningar", &[("organisation", &skane), ("epost", "eva")]).await.expect(422);
    assert_eq!(page.attributes(".error-summary a", "href"), ["#epost", "#roll", "#sprak"]);
    assert_eq!(page.attributes("#epost", "value"), ["eva"]);
}

/// An area coordinator is invited to an area, and for a period; by the network and by administrators, and only to a region.
#[tokio::test]
async fn an_area_coordinator_is_invited_to_an_area_for_a_period() {
    let app = bank().await;
    let skane = id_of(&app, "region-skane").await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let page = lmc.get("/mitt/organisation?organisation=region-skane").await.expect(200);
    assert!(page.attributes("input[name=roll]", "value").contains(&"area_coordinator".to_owned()));
    assert_eq!(page.attributes("#omrade option", "value"), [""], "a letter is its own value");
    let send = async |browser: &Browser<'_>, organisation: &str, letter: &str, until: &str| {
        let fields = [
            ("organisation", organisation),
            ("epost", NEW),
            ("roll", "area_coordinator"),
            ("omrade", letter),
            ("till", until),
            ("sprak", "sv"),
        ];
        browser.post("/mitt/organisation/inbjudningar", &fields).await
    };
    for (letter, until, faults) in
        [("", "", vec!["#omrade"]), ("X", "", vec!["#omrade"]), ("H", "i vår", vec!["#till"]), ("H", "2026-11-24", vec!["#till"])]
    {
        let page = send(&lmc, &skane, letter, until).await.expect(422);
        assert_eq!(page.attributes(".error-summary a", "href"), faults, "{letter} {until}");
        assert_eq!(page.attributes("#till", "value"), [until]);
    }
    // Whoever looks after the region alone may not, nor is there such a role anywhere else.
    let per = Browser::signed_in(&app, "samordnare").await;
    assert!(per.get("/mitt/organisation").await.expect(200).attributes("#omrade", "id").is_empty());
    send(&per, &skane, "H", "").await.expect(403);
    send(&lmc, &id_of(&app, "lmc").await, "H", "").await.expect(403);
    send(&lmc, &skane, "H", "2027-12-31").await.expect(303);
    let page = lmc.get("/mitt/organisation?organisation=region-skane").await.expect(200);
    let listed = page.texts("#inbjudningar ~ ul p");
    assert_eq!(listed[0], "Områdessamordnare, område H, till och med den 31 december 2027");
    let link = letter(&app, NEW, "invitation").await.paths[0].clone();
    let eva = Browser::new(&app);
    assert!(eva.get(&link).await.expect(200).texts(".lead")[0].contains("område H"));
    eva.post(&link, &[("namn", "Eva Ny"), ("losenord", PASSWORD)]).await.expect(303);
    let held: String = app
        .db
        .value("select string_agg(concat_ws(' ', role, letter, upper(r.valid) at time zone 'UTC'), ', ' order by role) from membership_role r join membership m on m.id = r.membership_id join person p on p.id = m.person_id where p.name = 'Eva Ny'")
        .await;
    assert_eq!(held, "area_coordinator H 2027-12-31 23:00:00, region_member");
}

/// Whoever takes what an invitation gives has other rights, and another key; their other browsers sign in anew.
#[tokio::test]
async fn an_invitation_that_is_taken_gives_another_key() {
    let app = bank().await;
    let skane = id_of(&app, "region-skane").await;
    let admin = Browser::signed_in(&app, "admin").await;
    invite(&admin, &skane, "upphandlare@example.org", "region_coordinator").await.expect(303);
    let (here, there) = (Browser::signed_in(&app, "upphandlare").await, Browser::signed_in(&app, "upphandlare").await);
    let before = here.header();
    let answer = here.get("/mitt").await.expect(200).attributes("main form[action^='/mitt/inbjudningar/']", "action").remove(0);
    here.post(&answer, &[]).await.expect(303);
    assert_ne!(before, here.header());
    assert!(is_in(&here).await && !is_in(&there).await);
    here.get("/mitt/organisation").await.expect(200);
    app.get_with("/mitt", &[("cookie", &before)]).await.expect(303);
}
