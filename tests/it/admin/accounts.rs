//! Accounts of others: roles, sessions, closed or open.

use super::{logged, person};
use crate::support::{Browser, TestApp};

#[tokio::test]
async fn accounts_are_found_by_name_address_and_organisation() {
    let app = TestApp::build().people().spawn().await;
    let browser = Browser::signed_in(&app, "admin").await;
    let names = async |q: &str| browser.get(&format!("/admin/konton?q={q}")).await.expect(200).texts(".memberships__one h3");
    let all = names("").await;
    assert!(all.len() >= 12, "{all:?}");
    let place = |name: &str| all.iter().position(|one| one == name).unwrap_or_else(|| panic!("{name}"));
    assert!(place("Åsa Lindqvist") > place("Sofia Lund"), "in the order of the Swedish alphabet");
    assert_eq!(names("sj%C3%B6berg").await, ["Per Sjöberg"]);
    assert_eq!(names("beslutsfattare%40example.org").await, ["Gunilla Ström"]);
    assert_eq!(names("nordhandsken").await, ["Mikael Ås"]);
    assert_eq!(names("xyzzy").await, Vec::<String>::new());
    app.db
        .execute("insert into person (id, name, created_at) select gen_random_uuid(), 'Namn ' || lpad(n::text, 3, '0'), '2026-01-01Z' from generate_series(1, 120) n")
        .await;
    let (mut path, mut seen) = ("/admin/konton?q=namn".to_owned(), 0);
    loop {
        let page = browser.get(&path).await.expect(200);
        seen += page.texts(".memberships__one h3").len();
        match page.attributes(".pagination a[rel=next]", "href").pop() {
            Some(next) => path = next,
            None => break,
        }
    }
    assert_eq!(seen, 120);
}

/// What is given holds with the next click, and so does what is taken away; whoever is meant signs in anew.
#[tokio::test]
async fn a_role_is_given_and_taken_away() {
    let app = TestApp::build().people().spawn().await;
    let browser = Browser::signed_in(&app, "admin").await;
    let theirs = Browser::signed_in(&app, "strateg").await;
    let id = person(&app, "strateg").await;
    let roles = format!("/admin/konton/{id}/roller");
    let given = [("organisation", "region-skane"), ("roll", "region_coordinator"), ("till", "2027-12-31")];
    let page = browser.post_on(&roles, &given).await;
    assert!(page.text().contains("Rollen Samordnare för regionen är given."), "{}", page.text());
    assert!(page.text().contains("31 december 2027"));
    theirs.get("/mitt").await.expect(303);
    let theirs = Browser::signed_in(&app, "strateg").await;
    assert!(theirs.get("/mitt").await.expect(200).text().contains("Samordnare för regionen"));
    assert!(browser.post_on(&roles, &given).await.text().contains("har redan rollen"));
    let (_, new) = logged(&app, "person.give_role").await.swap_remove(0);
    assert_eq!((new["role"].as_str(), new["until"].as_i64()), (Some("region_coordinator"), Some(1_830_294_000)));

    let page = browser.get(&format!("/admin/konton/{id}")).await.expect(200);
    let at =
        page.attributes(".memberships__one--now input[name=roll]", "value").iter().position(|role| role == "region_coordinator");
    let membership = page.attributes(".memberships__one--now input[name=uppdrag]", "value").swap_remove(at.expect("the role"));
    let taken = [("uppdrag", membership.as_str()), ("roll", "region_coordinator"), ("omrade", "")];
    assert!(browser.post_on(&format!("{roles}/avslut"), &taken).await.text().contains("är borttagen"));
    theirs.get("/mitt").await.expect(303);
    browser.post(&format!("{roles}/avslut"), &taken).await.expect(404);
    assert_eq!(logged(&app, "person.take_role").await.len(), 1);
}

#[tokio::test]
async fn a_role_that_does_not_fit_is_not_given() {
    let app = TestApp::build().people().spawn().await;
    let browser = Browser::signed_in(&app, "admin").await;
    let roles = format!("/admin/konton/{}/roller", person(&app, "strateg").await);
    for (fields, fault) in [
        (
            [("organisation", "finns-inte"), ("roll", "region_member"), ("omrade", ""), ("till", "")],
            "Det finns ingen sådan organisation",
        ),
        ([("organisation", ""), ("roll", "region_member"), ("omrade", ""), ("till", "")], "Skriv vilken organisation"),
        (
            [("organisation", "nordhandsken"), ("roll", "decision_maker"), ("omrade", ""), ("till", "")],
            "passar inte organisationens slag",
        ),
        ([("organisation", "region-skane"), ("roll", "admin"), ("omrade", ""), ("till", "")], "passar inte organisationens slag"),
        ([("organisation", "region-skane"), ("roll", "area_coordinator"), ("omrade", ""), ("till", "")], "Välj området"),
        ([("organisation", "region-skane"), ("roll", "region_member"), ("omrade", ""), ("till", "2020-01-01")], "inte har varit"),
        ([("organisation", "region-skane"), ("roll", "kung"), ("omrade", ""), ("till", "")], "Välj en roll"),
    ] {
        let page = browser.post(&roles, &fields).await.expect(422);
        assert!(page.texts(".error-summary li")[0].contains(fault), "{fields:?}: {:?}", page.texts(".error-summary li"));
        assert_eq!(page.attributes("#organisation", "value"), [fields[0].1], "what was typed stays");
    }
    assert!(logged(&app, "person.give_role").await.len() < 2, "nothing was given");
    // A role that no form offers was written by hand.
    assert_eq!(logged(&app, "access.deny").await.len(), 1);
    assert!(logged(&app, "access.deny").await[0].1["why"] == "role");
    let area = [("organisation", "Region Östergötland"), ("roll", "area_coordinator"), ("omrade", "F")];
    assert!(browser.post_on(&roles, &area).await.text().contains("område F"));
}

#[tokio::test]
async fn an_account_is_closed_and_opened_and_its_sessions_ended() {
    let app = TestApp::build().people().spawn().await;
    let browser = Browser::signed_in(&app, "admin").await;
    let theirs = Browser::signed_in(&app, "strateg").await;
    let account = format!("/admin/konton/{}", person(&app, "strateg").await);
    let page = browser.post_on(&format!("{account}/inloggningar/avslut"), &[]).await;
    assert!(page.text().contains("1 inloggning är avslutad."));
    theirs.get("/mitt").await.expect(303);
    let theirs = Browser::signed_in(&app, "strateg").await;
    let page = browser.post_on(&format!("{account}/sparr"), &[("gor", "sparra")]).await;
    assert!(page.text().contains("Kontot är spärrat, och personen är utloggad."));
    theirs.get("/mitt").await.expect(303);
    Browser::new(&app).post("/logga-in/exempel", &[("person", "strateg")]).await.expect(404);
    browser.post_on(&format!("{account}/sparr"), &[("gor", "oppna")]).await;
    Browser::signed_in(&app, "strateg").await;
    assert_eq!((logged(&app, "person.disable").await.len(), logged(&app, "person.enable").await.len()), (1, 1));
    // Nobody shuts themselves out, or gives the last key away.
    let own = person(&app, "admin").await;
    let membership: uuid::Uuid = app.db.value(&format!("select id from membership where person_id = '{own}'")).await;
    let own = format!("/admin/konton/{own}");
    let refused = "Så kan du inte ändra ditt eget konto.";
    assert!(browser.post_on(&format!("{own}/sparr"), &[("gor", "sparra")]).await.text().contains(refused));
    let taken = [("uppdrag", membership.to_string()), ("roll", "admin".to_owned())];
    let taken: Vec<(&str, &str)> = taken.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert!(browser.post_on(&format!("{own}/roller/avslut"), &taken).await.text().contains(refused));
    browser.get("/admin").await.expect(200);
}

/// Whoever may read the log may not touch accounts, whatever they send.
#[tokio::test]
async fn only_an_administrator_changes_accounts() {
    let app = TestApp::build().people().spawn().await;
    let id = person(&app, "strateg").await;
    for word in ["lmc2", "beslutsfattare", "leverantor", "samordnare"] {
        let browser = Browser::signed_in(&app, word).await;
        browser.get(&format!("/admin/konton/{id}")).await.expect(403);
        let own = person(&app, word).await;
        for path in [format!("/admin/konton/{own}/roller"), format!("/admin/konton/{id}/sparr")] {
            browser.post(&path, &[("organisation", "sekretariatet"), ("roll", "admin"), ("gor", "sparra")]).await.expect(403);
        }
    }
    assert_eq!(app.db.value::<i64>("select count(*) from membership_role where role = 'admin'").await, 1);
    assert!(logged(&app, "access.deny").await.iter().all(|(_, new)| new["why"] == "right"));
}
