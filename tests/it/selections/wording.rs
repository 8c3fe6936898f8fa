//! The buyer's own wording: edited without script, shown as a diff, kept when the requirement moves on.

use super::bank;
use crate::support::{Answer, Browser};

/// The form as it stands on the page, with the text of some clauses typed anew.
fn fields(page: &Answer, typed: &[(usize, &str)], more: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut fields = vec![("las".to_owned(), page.attributes("input[name=las]", "value").remove(0))];
    let ids = page.attributes("input[name=id]", "value");
    for (place, (id, text)) in ids.into_iter().zip(page.texts("textarea[name=stycke]")).enumerate() {
        let text = typed.iter().find(|(other, _)| *other == place + 1).map_or(text, |(_, text)| (*text).to_owned());
        fields.extend([("id".to_owned(), id), ("stycke".to_owned(), text)]);
    }
    fields.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    if !more.iter().any(|(name, _)| *name == "skal") {
        fields.push(("skal".to_owned(), page.texts("#skal").remove(0)));
    }
    fields
}

async fn send(browser: &Browser<'_>, path: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(path, &fields).await
}

#[tokio::test]
async fn clauses_are_moved_added_and_removed_without_anything_being_saved() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0005:1"]).await;
    let path = format!("{}/lydelse", browser.row("KB-0005").await);
    let page = browser.get(&path).await.expect(200);
    assert_eq!(
        page.texts("textarea[name=stycke]"),
        ["Varan ska ha en märkning.", "Minst {{andel}} procent ska vara återvunnet."]
    );
    let ids = page.attributes("input[name=id]", "value");
    let page = send(&browser, &path, &fields(&page, &[(1, "Mitt första.")], &[("gor", "efter-1"), ("skal", "Därför.")]))
        .await
        .expect(200);
    assert_eq!(page.texts("textarea[name=stycke]"), ["Mitt första.", "", "Minst {{andel}} procent ska vara återvunnet."]);
    assert_eq!(page.attributes("textarea[autofocus]", "id"), ["stycke-2"], "the new one is where one goes on");
    assert_eq!(page.texts("#skal"), ["Därför."]);
    let page = send(&browser, &path, &fields(&page, &[(2, "Nytt.")], &[("gor", "ned-2")])).await.expect(200);
    assert_eq!(page.texts("textarea[name=stycke]"), ["Mitt första.", "Minst {{andel}} procent ska vara återvunnet.", "Nytt."]);
    let page = send(&browser, &path, &fields(&page, &[], &[("gor", "upp-2")])).await.expect(200);
    assert_eq!(page.texts("textarea[name=stycke]"), ["Minst {{andel}} procent ska vara återvunnet.", "Mitt första.", "Nytt."]);
    assert_eq!(
        page.attributes("input[name=id]", "value"),
        [ids[1].as_str(), ids[0].as_str(), ""],
        "clauses keep what they come from"
    );
    let page = send(&browser, &path, &fields(&page, &[], &[("gor", "bort-3")])).await.expect(200);
    assert_eq!(page.texts("textarea[name=stycke]").len(), 2);
    // What no button says changes nothing; the last clause leaves an empty one.
    for odd in ["bort-9", "upp-1", "ned-2", "efter-0", "bort-x", "flyg-1"] {
        let answer = send(&browser, &path, &fields(&page, &[], &[("gor", odd), ("skal", "")])).await;
        assert_eq!(answer.texts("textarea[name=stycke]"), page.texts("textarea[name=stycke]"), "{odd}");
    }
    let page = send(&browser, &path, &fields(&page, &[], &[("gor", "bort-1")])).await.expect(200);
    let page = send(&browser, &path, &fields(&page, &[], &[("gor", "bort-1")])).await.expect(200);
    assert_eq!(page.texts("textarea[name=stycke]"), [""]);
    assert_eq!(app.db.value::<i64>("select count(*) from selection_row where wording is not null").await, 0);
}

#[tokio::test]
async fn a_wording_takes_a_reason_and_is_shown_as_a_diff() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0005:1"]).await;
    let row = browser.row("KB-0005").await;
    let path = format!("{row}/lydelse");
    let page = browser.get(&path).await.expect(200);
    let same = send(&browser, &path, &fields(&page, &[], &[("gor", "spara")])).await.expect(422);
    assert_eq!(
        same.texts("#fel li"),
        ["Texten är densamma som kravets. Ändra något, eller avbryt.", "Skriv varför du ändrar texten"]
    );
    let empty = send(&browser, &path, &fields(&page, &[(2, " \r\n ")], &[("gor", "spara"), ("skal", "x")])).await.expect(422);
    assert_eq!(empty.texts("#fel a"), ["Skriv stycke 2, eller ta bort det"]);
    assert_eq!(empty.attributes("#fel a", "href"), ["#stycke-2"]);
    assert_eq!(empty.attributes("#stycke-2", "aria-invalid"), ["true"]);
    let long = "å".repeat(2001);
    let page = send(&browser, &path, &fields(&page, &[(1, "Ny text.")], &[("gor", "spara"), ("skal", &long)])).await.expect(422);
    assert_eq!((page.texts("#skal"), page.texts("#stycke-1")), (vec![long], vec!["Ny text.".to_owned()]));
    let typed = [(1, "Varan ska ha en märkning av typ I."), (2, "Minst {{andel}} procent <b>ska</b> vara återvunnet.")];
    send(&browser, &path, &fields(&page, &typed, &[("gor", "spara"), ("skal", "Vi vill veta mer.")])).await.expect(303);
    let shown = browser.get(&row).await.expect(200);
    let inserted = shown.texts(".diff ins");
    assert!(inserted.iter().any(|text| text.starts_with("Tillagt: ") && text.contains("av typ I")), "{inserted:?}");
    assert!(
        shown.texts(".diff")[0].contains("[Andel]") && shown.texts(".diff")[0].contains("<b>ska</b>"),
        "{:?}",
        shown.texts(".diff")
    );
    assert!(shown.texts(".row-note")[0].contains("Vi vill veta mer."));
    assert!(browser.page().await.texts(".hit__marks .tag").contains(&"Egen lydelse".to_owned()));
    assert!(app.db.value::<bool>("select wording_version_id = version_id from selection_row").await);
    // Parameters are filled in there too.
    let lock = shown.attributes(".row-form input[name=las]", "value").remove(0);
    browser.post(&row, &[("las", &lock), ("p-andel", "44")]).await.expect(303);
    assert!(browser.get(&row).await.texts(".diff")[0].contains("Minst 44 procent"));
    // The way back asks first.
    let ask = browser.get(&format!("{row}/kravets-text")).await.expect(200);
    assert_eq!(ask.texts("h1"), ["Återgå till kravets text i KB-0005:1?"]);
    assert!(browser.get(&row).await.texts(".diff").len() == 1, "asking changes nothing");
    browser.post(&format!("{row}/kravets-text"), &[]).await.expect(303);
    let shown = browser.get(&row).await.expect(200);
    assert_eq!(shown.texts(".clauses p")[1], "Minst 44 procent ska vara återvunnet.");
    browser.get(&format!("{row}/kravets-text")).await.expect(303);
}

#[tokio::test]
async fn two_windows_lose_no_wording() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0005:1"]).await;
    let path = format!("{}/lydelse", browser.row("KB-0005").await);
    let opened = browser.get(&path).await.expect(200);
    let save = |text: &'static str| fields(&opened, &[(1, text)], &[("gor", "spara"), ("skal", "Skäl.")]);
    send(&browser, &path, &save("Det andra fönstret.")).await.expect(303);
    let late = send(&browser, &path, &save("Det första fönstret.")).await.expect(409);
    assert_eq!(late.texts("#stycke-1"), ["Det första fönstret."]);
    assert!(late.texts(".conflict .clauses")[0].contains("Det andra fönstret."));
    send(&browser, &path, &fields(&late, &[], &[("gor", "spara")])).await.expect(303);
    let kept: String = app.db.value("select wording -> 0 ->> 'text' from selection_row").await;
    assert_eq!(kept, "Det första fönstret.");
}

#[tokio::test]
async fn ids_that_are_made_up_are_nobodys() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0005:1"]).await;
    let path = format!("{}/lydelse", browser.row("KB-0005").await);
    let page = browser.get(&path).await.expect(200);
    let ids = page.attributes("input[name=id]", "value");
    let lock = page.attributes("input[name=las]", "value").remove(0);
    let forged = "00000000-0000-0000-0000-000000000001";
    let form = [
        ("las", lock.as_str()),
        ("gor", "spara"),
        ("skal", "x"),
        ("id", &ids[0]),
        ("stycke", "Ett."),
        ("id", &ids[0]),
        ("stycke", "Två."),
        ("id", forged),
        ("stycke", "Tre."),
        ("id", "x"),
        ("stycke", "Fyra."),
        ("stycke", "Fem."),
    ];
    browser.post(&path, &form).await.expect(303);
    let kept: String = app
        .db
        .value("select string_agg(coalesce(x ->> 'id', '-'), ' ') from selection_row, jsonb_array_elements(wording) x")
        .await;
    assert_eq!(kept, format!("{} - - - -", ids[0]));
}

#[tokio::test]
async fn a_wording_outlives_an_update_and_says_what_it_builds_on() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0005:1"]).await;
    let row = browser.row("KB-0005").await;
    let page = browser.get(&format!("{row}/lydelse")).await.expect(200);
    let typed = fields(&page, &[(1, "Varan ska ha vår märkning.")], &[("gor", "spara"), ("skal", "Vår märkning.")]);
    send(&browser, &format!("{row}/lydelse"), &typed).await.expect(303);
    let after = browser.post_on(&format!("{row}/uppdatering"), &[]).await;
    assert!(after.texts(".flash__text")[0].contains("Din egen lydelse står kvar"), "{:?}", after.texts(".flash__text"));
    assert!(browser.tags("KB-0005:2").await.contains(&"Lydelsen bygger på en äldre version".to_owned()));
    let row = browser.row("KB-0005:2").await;
    let three = browser.get(&format!("{row}/lydelse")).await.expect(200);
    assert_eq!(three.texts("#tre-tabell"), ["Tre texter"]);
    assert_eq!(three.texts(".table--sides thead th"), ["Stycke", "Version 1", "Version 2", "Egen lydelse"]);
    assert_eq!(
        three.texts(".table--sides tbody tr:first-child td"),
        ["Varan ska ha en märkning.", "Varan ska ha en märkning.", "Varan ska ha vår märkning."]
    );
    assert_eq!(three.texts(".table--sides tbody tr:nth-child(3) td"), ["Finns inte", "Ett helt nytt stycke.", "Finns inte"]);
    // Saved as it is, it builds on the version of now.
    send(&browser, &format!("{row}/lydelse"), &fields(&three, &[], &[("gor", "spara")])).await.expect(303);
    assert!(!browser.tags("KB-0005:2").await.contains(&"Lydelsen bygger på en äldre version".to_owned()));
}
