//! Colleagues write on one draft; nobody else sees it, and nobody's words are overwritten unseen.

use super::{bank, lock, written};
use crate::support::Browser;

#[tokio::test]
async fn colleagues_take_a_draft_over_and_others_find_nothing() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "strateg").await;
    let id = written(&author, "Kanariefågeln sjunger.").await;
    let colleague = Browser::signed_in(&app, "upphandlare").await;
    assert!(colleague.get("/forslag/utkast").await.expect(200).text().contains("Maryam Karimi"));
    for step in ["", "/liknande", "/texten", "/skalen", "/granska", "/ta-bort"] {
        let path = format!("/forslag/utkast/{id}{step}");
        colleague.get(&path).await.expect(200);
        for word in ["upphandlare2", "leverantor", "lmc", "beslutsfattare", "admin"] {
            let other = Browser::signed_in(&app, word).await;
            let status = other.get(&path).await.status;
            assert!(status == 404 || (status == 403 && matches!(word, "beslutsfattare" | "admin")), "{word} {path}: {status}");
        }
        assert_eq!(app.get(&path).await.status, 303, "a visitor is asked to sign in");
    }
    for path in ["/forslag", "/forslag?visa=alla", "/krav/KB-0001", "/krav/KB-0001/historik"] {
        assert!(!app.get(path).await.expect(200).text().contains("Kanariefågeln"), "{path}");
    }
    let other = Browser::signed_in(&app, "upphandlare2").await;
    other.post(&format!("/forslag/utkast/{id}/ta-bort"), &[]).await.expect(404);
    other.post(&format!("/forslag/utkast/{id}/granska"), &[("las", "3")]).await.expect(404);
    // The colleague goes on, and throws it away.
    colleague.post(&format!("/forslag/utkast/{id}/ta-bort"), &[]).await.expect(303);
    assert_eq!(app.db.value::<i64>("select count(*) from proposal").await, 0);
}

async fn post(browser: &Browser<'_>, path: &str, fields: &[(&'static str, String)]) -> crate::support::Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(path, &fields).await
}

#[tokio::test]
async fn two_write_at_once_and_neither_loses_a_word() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "strateg").await;
    let id = written(&author, "Handsken ska vara fri från ftalater, helt.").await;
    let colleague = Browser::signed_in(&app, "upphandlare").await;
    let path = format!("/forslag/utkast/{id}/texten");
    let seen = lock(&colleague, &path).await;
    let ids = author.get(&path).await.attributes("input[name=id]", "value");
    let text = |text: &'static str, lock: &str| {
        let fields = [
            ("titel", "Handskar utan ftalater".to_owned()),
            ("typ", "specifikation".to_owned()),
            ("niva", "bas".to_owned()),
            ("id", ids[0].clone()),
            ("stycke", text.to_owned()),
            ("las", lock.to_owned()),
        ];
        fields.to_vec()
    };
    post(&author, &path, &text("Författarens ord.", &seen)).await.expect(303);
    let conflict = post(&colleague, &path, &text("Kollegans ord.", &seen)).await.expect(409);
    assert_eq!(conflict.texts("textarea[name=stycke]"), ["Kollegans ord."], "what was typed");
    assert!(conflict.texts(".conflict").iter().any(|text| text.contains("Författarens ord.")), "and what is kept");
    assert_eq!(app.db.value::<String>("select text from proposal_clause").await, "Författarens ord.");
    // Whoever has seen both may go on.
    let again = conflict.attributes("input[name=las]", "value")[0].clone();
    post(&colleague, &path, &text("Bådas ord.", &again)).await.expect(303);
    let path = format!("/forslag/utkast/{id}/skalen");
    let seen = lock(&colleague, &path).await;
    author.post(&path, &[("problem", "Författarens skäl."), ("las", &seen)]).await.expect(303);
    let conflict = colleague.post(&path, &[("problem", "Kollegans skäl."), ("las", &seen)]).await.expect(409);
    assert_eq!(conflict.texts("#problem"), ["Kollegans skäl."]);
    assert!(conflict.texts(".conflict")[0].contains("Författarens skäl."));
}

#[tokio::test]
async fn a_supplier_s_members_write_and_those_who_speak_for_it_send() {
    let app = bank().await;
    // Of Linnea Textilservice there is a member alone, and nobody who speaks for it.
    let member = Browser::signed_in(&app, "leverantor2").await;
    let id = written(&member, "Handsken ska vara nästan fri från ftalater.").await;
    let path = format!("/forslag/utkast/{id}/granska");
    assert!(member.get(&path).await.expect(200).text().contains("Ingen annan där får det ännu"));
    let refused = member.post(&path, &[("las", "3")]).await.expect(422);
    assert!(refused.texts("#fel")[0].contains("Be den som får"), "{:?}", refused.texts("#fel"));
}

#[tokio::test]
async fn whom_nobody_has_approved_has_what_they_began_and_what_they_send_is_held() {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    // A stranger says that they work where somebody has a draft already.
    let author = Browser::signed_in(&app, "bransch").await;
    let theirs = written(&author, "Kanariefågeln är hemlig.").await;
    app.db
        .execute(
            "update membership set organisation_id = (select id from organisation where slug = 'vardmaterialforeningen'), approved = false
             where person_id = (select id from person where example = 'leverantor')",
        )
        .await;
    let stranger = Browser::signed_in(&app, "leverantor").await;
    for step in ["", "/liknande", "/texten", "/skalen", "/granska"] {
        stranger.get(&format!("/forslag/utkast/{theirs}{step}")).await.expect(404);
    }
    assert!(!stranger.get("/forslag/utkast").await.expect(200).text().contains("Handskar utan ftalater"));
    for (step, fields) in [("skalen", [("problem", "Mitt")]), ("granska", [("las", "3")]), ("ta-bort", [("x", "")])] {
        stranger.post(&format!("/forslag/utkast/{theirs}/{step}"), &fields).await.expect(404);
    }
    // What they write is theirs, and held when it is sent.
    let id = written(&stranger, "Kanariefågeln väntar.").await;
    let path = format!("/forslag/utkast/{id}/granska");
    let seen = lock(&stranger, &path).await;
    let receipt = stranger.post_on(&path, &[("las", &seen)]).await;
    assert!(
        receipt.text().contains("när ditt konto är godkänt") && !receipt.text().contains("Svar senast"),
        "{}",
        receipt.text()
    );
    stranger.get("/forslag/F-2026-0001").await.expect(200);
    for browser in [&Browser::new(&app), &lmc, &Browser::signed_in(&app, "strateg").await] {
        browser.get("/forslag/F-2026-0001").await.expect(404);
        assert!(!browser.get("/forslag?visa=alla").await.text().contains("F-2026-0001"));
    }
    stranger.post("/forslag/F-2026-0001/medforslagsstallare", &[("gor", "med")]).await.expect(422);
    app.db.execute("update membership set approved = true").await;
    assert!(app.get("/forslag/F-2026-0001").await.expect(200).text().contains("Kanariefågeln väntar."));
}

#[tokio::test]
async fn while_it_is_completed_others_read_what_was_sent_in() {
    let app = bank().await;
    let author = Browser::signed_in(&app, "strateg").await;
    let id = written(&author, "Handsken ska vara helt fri från ftalater.").await;
    let number = super::sent(&author, &id).await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    lmc.post(&format!("/lmc/forslag/{number}/steg"), &[("steg", "komplettera"), ("skal", "Hur?")]).await.expect(303);
    let path = format!("/forslag/utkast/{id}/skalen");
    let seen = lock(&author, &path).await;
    let fields = [("problem", "Halvfärdigt"), ("nytta", "Färre ftalater."), ("las", &seen)];
    author.post(&path, &fields).await.expect(303);
    for browser in [&Browser::new(&app), &lmc] {
        let page = browser.get(&format!("/forslag/{number}")).await.expect(200).text();
        assert!(page.contains("Gränsen är för hög.") && !page.contains("Halvfärdigt"));
    }
    super::sent(&author, &id).await;
    assert!(app.get(&format!("/forslag/{number}")).await.expect(200).text().contains("Halvfärdigt"));
}
