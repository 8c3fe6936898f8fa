//! Who sends in the name of an organisation: it says so itself.

use super::{bank, lock, sent, written};
use crate::support::{Answer, Browser, TestApp};

const PAGE: &str = "/mitt/organisation";
const FORM: &str = "/mitt/organisation/avsandare";

/// What the colleagues read who may not send.
fn asked(page: &Answer) -> Vec<String> {
    page.texts("section[aria-labelledby=skicka] li")
}

async fn organisation(app: &TestApp, slug: &str) -> String {
    app.db.value(&format!("select id::text from organisation where slug = '{slug}'")).await
}

/// Says who sends in the name of the organisation.
async fn choose(browser: &Browser<'_>, organisation: &str, who: &str) -> Answer {
    browser.post(FORM, &[("organisation", organisation), ("avsandare", who)]).await
}

async fn chosen(app: &TestApp) -> i64 {
    app.db.value("select count(*) from audit where action = 'organisation.set_senders'").await
}

/// A bank in which Sofia Lund writes for the organisation that Mikael Ås looks after.
async fn with_colleague() -> TestApp {
    let app = bank().await;
    app.db
        .execute(
            "update membership set organisation_id = (select id from organisation where slug = 'nordhandsken')
             where person_id = (select id from person where example = 'leverantor2')",
        )
        .await;
    app
}

#[tokio::test]
async fn a_supplier_lets_everybody_send_and_takes_it_back() {
    let app = with_colleague().await;
    let own = organisation(&app, "nordhandsken").await;
    let member = Browser::signed_in(&app, "leverantor2").await;
    let administrator = Browser::signed_in(&app, "leverantor").await;
    let id = written(&member, "Handsken ska vara nästan fri från ftalater.").await;
    let path = format!("/forslag/utkast/{id}/granska");
    // Whoever may not send reads who may, and finds no button.
    let page = member.get(&path).await.expect(200);
    assert_eq!(asked(&page), ["Mikael Ås"]);
    assert!(page.attributes("main form", "action").is_empty());
    let english = member.get(&format!("/en{path}")).await.expect(200);
    assert!(english.text().contains("Ask one of those who may"));
    let refused = member.post(&path, &[("las", "3")]).await.expect(422);
    assert!(refused.texts("#fel")[0].contains("Be den som får"));
    // The one who looks after the accounts says otherwise.
    let page = administrator.get(PAGE).await.expect(200);
    assert_eq!(page.attributes("input[name=avsandare][checked]", "value"), ["entrusted"]);
    let faulty = choose(&administrator, &own, "ingen").await.expect(422);
    assert!(faulty.texts("#fel")[0].contains("Välj vilka som får skicka"));
    assert_eq!(chosen(&app).await, 0);
    choose(&administrator, &own, "everybody").await.expect(303);
    choose(&administrator, &own, "everybody").await.expect(303);
    assert_eq!(chosen(&app).await, 1, "what was so already is no change");
    let page = administrator.get(PAGE).await.expect(200);
    assert!(page.text().contains("Valet är sparat"));
    assert_eq!(page.attributes("input[name=avsandare][checked]", "value"), ["everybody"]);
    assert_eq!(administrator.get(FORM).await.expect(303).header("location"), PAGE);
    let admin = Browser::signed_in(&app, "admin").await;
    assert!(admin.get("/admin/logg").await.expect(200).text().contains("Ändrade vilka som får skicka"));
    // It holds with the next click: to send, to stand behind, to take back.
    let number = sent(&member, &id).await;
    let region = Browser::signed_in(&app, "strateg").await;
    let theirs = written(&region, "Handsken ska vara helt fri från ftalater.").await;
    let theirs = sent(&region, &theirs).await;
    let behind = format!("/forslag/{theirs}/medforslagsstallare");
    assert_eq!(
        member.get(&format!("/forslag/{theirs}")).await.attributes(&format!("form[action='{behind}']"), "method").len(),
        1
    );
    member.post(&behind, &[("gor", "med")]).await.expect(303);
    choose(&administrator, &own, "entrusted").await.expect(303);
    assert_eq!(
        member.get(&format!("/forslag/{theirs}")).await.attributes(&format!("form[action='{behind}']"), "method").len(),
        0
    );
    member.post(&behind, &[("gor", "bort")]).await.expect(422);
    member.post(&format!("/forslag/{number}/atertagande"), &[]).await.expect(422);
    administrator.post(&behind, &[("gor", "bort")]).await.expect(303);
    choose(&administrator, &own, "everybody").await.expect(303);
    member.post(&format!("/forslag/{number}/atertagande"), &[]).await.expect(303);
    assert_eq!(chosen(&app).await, 3);
}

#[tokio::test]
async fn a_region_keeps_sending_for_those_who_coordinate() {
    let app = bank().await;
    let region = organisation(&app, "region-skane").await;
    let member = Browser::signed_in(&app, "strateg").await;
    let coordinator = Browser::signed_in(&app, "samordnare").await;
    let id = written(&member, "Handsken ska vara helt fri från ftalater.").await;
    let path = format!("/forslag/utkast/{id}/granska");
    let seen = lock(&member, &path).await;
    assert_eq!(coordinator.get(PAGE).await.expect(200).attributes("input[name=avsandare][checked]", "value"), ["everybody"]);
    choose(&coordinator, &region, "entrusted").await.expect(303);
    member.post(&path, &[("las", &seen)]).await.expect(422);
    assert_eq!(asked(&member.get(&path).await.expect(200)), ["Per Sjöberg"]);
    assert_eq!(sent(&coordinator, &id).await, "F-2026-0001");
    // Another region has chosen nothing, and goes on as before.
    let other = Browser::signed_in(&app, "upphandlare2").await;
    other.post("/forslag/F-2026-0001/medforslagsstallare", &[("gor", "med")]).await.expect(303);
}

#[tokio::test]
async fn nobody_says_so_for_another_organisation_and_no_member_for_their_own() {
    let app = with_colleague().await;
    let own = organisation(&app, "nordhandsken").await;
    let region = organisation(&app, "region-skane").await;
    for word in ["leverantor2", "strateg", "beslutsfattare"] {
        choose(&Browser::signed_in(&app, word).await, &own, "everybody").await.expect(403);
    }
    choose(&Browser::signed_in(&app, "leverantor").await, &region, "entrusted").await.expect(404);
    choose(&Browser::signed_in(&app, "samordnare").await, &own, "everybody").await.expect(404);
    assert_eq!(app.db.value::<i64>("select count(*) from organisation where senders is not null").await, 0);
    choose(&Browser::signed_in(&app, "lmc").await, &own, "everybody").await.expect(303);
}

#[tokio::test]
async fn whom_nobody_has_approved_lends_no_name_where_everybody_sends() {
    let app = with_colleague().await;
    let own = organisation(&app, "nordhandsken").await;
    choose(&Browser::signed_in(&app, "leverantor").await, &own, "everybody").await.expect(303);
    let region = Browser::signed_in(&app, "strateg").await;
    let theirs = written(&region, "Handsken ska vara helt fri från ftalater.").await;
    let theirs = sent(&region, &theirs).await;
    app.db
        .execute("update membership set approved = false where person_id = (select id from person where example = 'leverantor2')")
        .await;
    let stranger = Browser::signed_in(&app, "leverantor2").await;
    stranger.post(&format!("/forslag/{theirs}/medforslagsstallare"), &[("gor", "med")]).await.expect(422);
    assert!(!stranger.get(&format!("/forslag/{theirs}")).await.text().contains("/medforslagsstallare"));
    // Nobody names them to colleagues, either.
    choose(&Browser::signed_in(&app, "leverantor").await, &own, "entrusted").await.expect(303);
    app.db.execute("update membership set approved = true").await;
    let id = written(&Browser::signed_in(&app, "leverantor2").await, "Handsken är fri.").await;
    app.db
        .execute("update membership set approved = false where person_id = (select id from person where example = 'leverantor')")
        .await;
    let page = Browser::signed_in(&app, "leverantor2").await.get(&format!("/forslag/utkast/{id}/granska")).await.expect(200);
    assert!(asked(&page).is_empty() && page.text().contains("Ingen annan där får det ännu"));
}
