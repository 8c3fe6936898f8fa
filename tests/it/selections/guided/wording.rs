//! A wording is as long as a requirement may be, and shown no longer than its text is.

use crate::{
    selections::{Deed, bank, becomes},
    support::Browser,
};

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
