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
async fn a_supplier_s_members_write_and_those_who_may_send() {
    let app = bank().await;
    // Of Linnea Textilservice there is a member alone, and nobody who speaks for it.
    let member = Browser::signed_in(&app, "leverantor2").await;
    let id = written(&member, "Handsken ska vara nästan fri från ftalater.").await;
    let path = format!("/forslag/utkast/{id}/granska");
    let seen = lock(&member, &path).await;
    let refused = member.post(&path, &[("las", &seen)]).await.expect(422);
    assert!(refused.texts("#fel")[0].contains("Be den som får"), "{:?}", refused.texts("#fel"));
    app.db.execute("update organisation set members_send = true where slug = 'linnea-textilservice'").await;
    member.post(&path, &[("las", &seen)]).await.expect(303);
    // What somebody sends whom nobody has approved is held until then.
    let other = Browser::signed_in(&app, "leverantor").await;
    let id = written(&other, "Kanariefågeln väntar.").await;
    app.db
        .execute("update membership set approved = false where person_id = (select id from person where example = 'leverantor')")
        .await;
    let path = format!("/forslag/utkast/{id}/granska");
    let seen = lock(&other, &path).await;
    let receipt = other.post_on(&path, &[("las", &seen)]).await;
    assert!(receipt.text().contains("när ert konto är godkänt"), "{}", receipt.text());
    other.get("/forslag/F-2026-0002").await.expect(200);
    app.get("/forslag/F-2026-0002").await.expect(404);
    assert!(!app.get("/forslag").await.text().contains("F-2026-0002"));
    let lmc = Browser::signed_in(&app, "lmc").await;
    lmc.get("/forslag/F-2026-0002").await.expect(404);
    app.db.execute("update membership set approved = true").await;
    assert!(app.get("/forslag/F-2026-0002").await.expect(200).text().contains("Kanariefågeln väntar."));
}
