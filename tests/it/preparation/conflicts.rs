//! Two coordinators edit the same version, and neither loses a word.

use super::{begun, editor, fields, send, write, write_at};
use crate::support::Browser;

#[tokio::test]
async fn what_each_changed_alone_follows() {
    let app = begun().await;
    let (one, two) = (Browser::signed_in(&app, "lmc").await, Browser::signed_in(&app, "lmc2").await);
    let page = editor(&one, "KB-0001").await;
    let (mut first, mut second) = (fields(&page), fields(&editor(&two, "KB-0001").await));
    write_at(&mut first, "stycke", 0, "Handsken ska vara helt fri från ftalater.");
    write(&mut first, "motiv", "Den förstas motiv.");
    write_at(&mut second, "stycke", 1, "Ett intyg från laboratorium ska lämnas.");
    write(&mut second, "lagniva", "Den andras lagnivå.");
    send(&one, "KB-0001", &first, "spara").await.expect(303);
    let conflict = send(&two, "KB-0001", &second, "spara").await.expect(409);
    // Nothing to choose: both have what they wrote, and what followed is told.
    assert!(conflict.texts("section[aria-labelledby=krockar]").is_empty());
    let followed = conflict.texts("section[aria-labelledby=foljer] li");
    assert_eq!(followed, ["Motiv", "Stycke 1"]);
    send(&two, "KB-0001", &fields(&conflict), "spara").await.expect(303);
    let saved = editor(&two, "KB-0001").await;
    assert_eq!(
        saved.texts("textarea[name=stycke]"),
        ["Handsken ska vara helt fri från ftalater.", "Ett intyg från laboratorium ska lämnas."]
    );
    assert_eq!(saved.texts("textarea[name=motiv]"), ["Den förstas motiv."]);
    assert_eq!(saved.texts("textarea[name=lagniva]"), ["Den andras lagnivå."]);
}

#[tokio::test]
async fn what_both_changed_is_chosen_with_both_texts_before_them() {
    let app = begun().await;
    let (one, two) = (Browser::signed_in(&app, "lmc").await, Browser::signed_in(&app, "lmc2").await);
    let page = editor(&one, "KB-0001").await;
    let id = page.attributes("input[name=stycke_id]", "value")[0].clone();
    let (mut first, mut second) = (fields(&page), fields(&page));
    write_at(&mut first, "stycke", 0, "Den förstas stycke.");
    write(&mut first, "motiv", "Den förstas motiv.");
    write(&mut first, "titel", "Den förstas rubrik");
    write_at(&mut second, "stycke", 0, "Den andras stycke.");
    write(&mut second, "motiv", "Den andras motiv.");
    write(&mut second, "titel", "Den andras rubrik");
    send(&one, "KB-0001", &first, "spara").await.expect(303);
    let conflict = send(&two, "KB-0001", &second, "spara").await.expect(409);
    let shown = conflict.texts("section[aria-labelledby=krockar]")[0].clone();
    for text in ["Den förstas stycke.", "Den andras stycke.", "Den förstas motiv.", "Den andras motiv.", "Den förstas rubrik"]
    {
        assert!(shown.contains(text), "{text} in {shown}");
    }
    // Without a choice nothing is saved.
    let mut typed = fields(&conflict);
    let again = send(&two, "KB-0001", &typed, "spara").await.expect(422);
    assert_eq!(again.attributes("#fel a", "href").len(), 3);
    assert_eq!(again.texts("section[aria-labelledby=krockar]").len(), 1);
    typed.push((format!("val_stycke:{id}"), "bada".to_owned()));
    typed.push(("val_motiv".to_owned(), "deras".to_owned()));
    typed.push(("val_titel".to_owned(), "min".to_owned()));
    send(&two, "KB-0001", &typed, "spara").await.expect(303);
    let saved = editor(&two, "KB-0001").await;
    assert_eq!(saved.texts("textarea[name=stycke]"), ["Den förstas stycke.", "Den andras stycke.", "Ett intyg ska lämnas."]);
    assert_eq!(saved.texts("textarea[name=motiv]"), ["Den förstas motiv."]);
    assert_eq!(saved.attributes("input[name=titel]", "value"), ["Den andras rubrik"]);
}

#[tokio::test]
async fn a_clause_that_one_took_away_and_the_other_changed_is_chosen() {
    let app = begun().await;
    let (one, two) = (Browser::signed_in(&app, "lmc").await, Browser::signed_in(&app, "lmc2").await);
    let page = editor(&one, "KB-0001").await;
    let id = page.attributes("input[name=stycke_id]", "value")[1].clone();
    let mut second = fields(&page);
    write_at(&mut second, "stycke", 1, "Ett ändrat intyg ska lämnas.");
    let removed = send(&one, "KB-0001", &fields(&page), "stycke-bort-2").await.expect(200);
    send(&one, "KB-0001", &fields(&removed), "spara").await.expect(303);
    let conflict = send(&two, "KB-0001", &second, "spara").await.expect(409);
    assert!(conflict.texts("section[aria-labelledby=krockar]")[0].contains("Ett ändrat intyg ska lämnas."));
    let mut typed = fields(&conflict);
    typed.push((format!("val_stycke:{id}"), "min".to_owned()));
    send(&two, "KB-0001", &typed, "spara").await.expect(303);
    let saved = editor(&two, "KB-0001").await;
    assert_eq!(saved.texts("textarea[name=stycke]")[1], "Ett ändrat intyg ska lämnas.");
    assert_eq!(saved.attributes("input[name=stycke_id]", "value")[1], id);
}

#[tokio::test]
async fn who_has_it_open_is_told() {
    let app = begun().await;
    let (one, two) = (Browser::signed_in(&app, "lmc").await, Browser::signed_in(&app, "lmc2").await);
    assert!(!editor(&two, "KB-0001").await.text().contains("redigerar sedan"));
    one.post("/lmc/krav/KB-0001/oppningar", &[]).await.expect(303);
    assert!(editor(&two, "KB-0001").await.text().contains("Karin Öberg redigerar sedan"));
    assert!(!editor(&one, "KB-0001").await.text().contains("redigerar sedan"));
    let later =
        crate::support::TestApp::build().people().beside(&app).at(crate::support::NOW + time::Duration::hours(3)).spawn().await;
    let two = Browser::signed_in(&later, "lmc2").await;
    assert!(!editor(&two, "KB-0001").await.text().contains("redigerar sedan"));
    // Who saves and closes is no longer there.
    let page = editor(&one, "KB-0001").await;
    send(&one, "KB-0001", &fields(&page), "klar").await.expect(303);
    assert_eq!(app.db.value::<i64>("select count(*) from version_opening").await, 0);
}

#[tokio::test]
async fn a_version_that_is_put_forward_meanwhile_keeps_what_was_typed() {
    let app = begun().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    let page = editor(&lmc, "KB-0001").await;
    let mut typed = fields(&page);
    write(&mut typed, "motiv", "Det sista motivet.");
    app.db.execute("update requirement_version set state = 'ready' where number = 2").await;
    let over = send(&lmc, "KB-0001", &typed, "spara").await.expect(409);
    assert!(over.text().contains("Klar för beslut") && over.texts("textarea[name=motiv]") == ["Det sista motivet."]);
}
