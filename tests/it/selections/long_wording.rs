//! A wording is as long as a requirement may be, a selection holds so much of them, and they are shown no longer than the text
//! that they are made of.

use super::{Deed, bank, becomes};
use crate::support::Browser;

#[tokio::test]
async fn a_wording_is_as_long_as_a_requirement_may_be() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0005:1"]).await;
    let path = format!("{}/lydelse", browser.row("KB-0005").await);
    let lock = browser.get(&path).await.expect(200).attributes("input[name=las]", "value").remove(0);
    let clause = "å".repeat(4000);
    let sent = |more: &'static str| {
        let mut fields = vec![("las", lock.clone()), ("skal", "Hela avtalsbilagan.".to_owned()), ("gor", "spara".to_owned())];
        for place in 0..50 {
            let text = if place == 0 { format!("{clause}{more}") } else { clause.clone() };
            fields.extend([("id", String::new()), ("stycke", text)]);
        }
        fields
    };
    let post = async |fields: Vec<(&str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.post(&path, &fields).await
    };
    let refused = post(sent("x")).await.expect(422);
    assert_eq!(refused.texts("#fel li").len(), 1, "one letter more than there is room for: {:?}", refused.texts("#fel li"));
    post(sent("")).await.expect(303);
    let kept: i64 = app.db.value("select sum(length(c ->> 'text')) from selection_row, jsonb_array_elements(wording) c").await;
    assert_eq!(kept, 200_000);
    // Long rows are compared and shown on other threads.
    let row = path.trim_end_matches("/lydelse");
    for page in [row.to_owned(), path.clone(), format!("{row}/kravets-text"), format!("{row}/byte"), format!("{row}/uppdatering")]
    {
        browser.get(&page).await.expect(200);
    }
    let faulty = browser.post(row, &[("las", "2"), ("p-andel", "många")]).await.expect(422);
    assert_eq!(faulty.attributes("#p-andel", "value"), ["många"]);
    browser.post(row, &[("las", "1"), ("p-andel", "60")]).await.expect(409);
    // Other forms are no longer than they were.
    let note = "å".repeat(40_000);
    browser.post(path.trim_end_matches("/lydelse"), &[("las", "1"), ("anteckning", &note)]).await.expect(413);
}

#[tokio::test]
async fn a_wording_is_not_shown_where_the_text_is_hidden() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0003:1"]).await;
    let row = browser.row("KB-0003").await;
    let lock = browser.get(&format!("{row}/lydelse")).await.expect(200).attributes("input[name=las]", "value").remove(0);
    let fields = [("las", lock.as_str()), ("id", ""), ("stycke", "Hemligt omskriven."), ("skal", "Därför."), ("gor", "spara")];
    browser.post(&format!("{row}/lydelse"), &fields).await.expect(303);
    let way = format!("{row}/kravets-text");
    assert!(browser.get(&way).await.expect(200).text().contains("omskriven"));
    becomes(&app.db, 3, Deed::Hide).await;
    let hidden = browser.get(&way).await.expect(200);
    assert!(!hidden.text().contains("omskriven"), "{}", hidden.text());
    assert!(hidden.text().contains("Texten får inte längre visas"), "{}", hidden.text());
}

#[tokio::test]
async fn a_selection_holds_so_much_of_own_text() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0001", "KB-0002", "KB-0003", "KB-0005:1"]).await;
    // Four fifths of what there is room for stand there already, and more was taken out.
    let wording = format!("[{{\"id\": null, \"text\": \"{}\"}}]", "å".repeat(400_000));
    let full = "update selection_row w set wording = $1::jsonb, wording_reason = 'Skäl.', wording_version_id = w.version_id
                from requirement r where r.id = w.requirement_id and r.number in (1, 2, 3)";
    let full = full.replace("$1", &format!("'{wording}'"));
    app.db.execute(&full).await;
    browser.post(&format!("{}/borttagning", browser.row("KB-0003").await), &[]).await.expect(303);
    app.db.execute("update selection_row set removed_at = removed_at - interval '1 minute' where removed_at is not null").await;
    let row = browser.row("KB-0005").await;
    let send = async |text: &str| {
        let path = format!("{row}/lydelse");
        let lock = browser.get(&path).await.expect(200).attributes("input[name=las]", "value").remove(0);
        let mut fields = vec![("las", lock.as_str()), ("skal", "Hela avtalsbilagan."), ("gor", "spara")];
        for _ in 0..50 {
            fields.extend([("id", ""), ("stycke", text)]);
        }
        browser.post(&path, &fields).await
    };
    let too_much = "å".repeat(4000);
    let refused = send(&too_much).await.expect(422);
    let fault = "En korg rymmer 2 MB egen text. Korta lydelser och anteckningar, eller dela upp korgen på flera.";
    assert!(refused.texts("#stycke-50-fel")[0].ends_with(fault), "{:?}", refused.texts(".error-text"));
    assert_eq!(refused.texts("textarea[name=stycke]"), vec![too_much.as_str(); 50], "what was typed is kept");
    assert!(
        !app.db
            .value::<bool>(
                "select wording is not null from selection_row w join requirement r on r.id = w.requirement_id where number = 5"
            )
            .await
    );
    // What was taken out makes way for what is written.
    send(&"å".repeat(3900)).await.expect(303);
    assert_eq!(app.db.value::<i64>("select count(*) from selection_row").await, 3);
    // A note is the same text of one's own.
    let note = "å".repeat(2000);
    app.db.execute("update selection_row set wording = jsonb_set(wording, '{0,text}', to_jsonb(repeat('å', 402000))) where jsonb_array_length(wording) = 1").await;
    let refused = browser.post(&row, &[("las", "2"), ("p-andel", "60"), ("anteckning", &note)]).await.expect(422);
    assert!(refused.texts("#anteckning-fel")[0].ends_with(fault));
    assert_eq!(refused.texts("#anteckning"), [note]);
}
