//! The page of a row: values, exemptions, note, and two windows at once.

use serde_json::json;

use super::{Deed, bank, becomes};
use crate::support::{Answer, Browser, Import, NOW, complete, lines};

/// The form as it stands on the page, as a browser would send it, with some fields typed anew.
fn form<'a>(page: &Answer, typed: &[(&'a str, &'a str)]) -> Vec<(String, String)> {
    let names = page.attributes(".row-form input[type=text], .row-form input[type=hidden]", "name");
    let values = page.attributes(".row-form input[type=text], .row-form input[type=hidden]", "value");
    let mut fields: Vec<(String, String)> = names.into_iter().zip(values).collect();
    let radios = page.attributes(".row-form input[type=radio][checked]", "name");
    fields.extend(radios.into_iter().zip(page.attributes(".row-form input[type=radio][checked]", "value")));
    let ticked = page.attributes(".row-form input[type=checkbox][checked]", "value");
    fields.extend(ticked.into_iter().map(|place| ("undantag".to_owned(), place)));
    fields.push(("anteckning".to_owned(), page.texts("#anteckning").remove(0)));
    fields.retain(|(name, _)| !typed.iter().any(|(other, _)| other == name));
    fields.extend(typed.iter().filter(|(_, value)| *value != "-").map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    fields
}

async fn send(browser: &Browser<'_>, row: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(row, &fields).await
}

#[tokio::test]
async fn values_are_filled_in_and_stand_in_the_text() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0001"]).await;
    let row = browser.row("KB-0001").await;
    let page = browser.get(&row).await.expect(200);
    assert_eq!(page.texts(".clauses .param"), ["[Andel]", "2,5", "30 juni 2027", "år", "Skåne"]);
    assert_eq!(
        page.texts("#p-andel-hjalp"),
        ["Skriv ett tal. Från 10\u{a0}% till 90\u{a0}%. Kravet har inget förslag, så du behöver fylla i ett värde."]
            .map(|text| text.replace('\u{a0}', " "))
    );
    assert_eq!(page.texts("fieldset label")[..3], ["Som kravet föreslår: år", "år", "kvartal"]);
    let typed = [("p-andel", "33,5 %"), ("p-dag", "20270701"), ("p-period", "kvartal"), ("p-omrade", "hela {{andel}} <b>")];
    let sent = send(&browser, &row, &form(&page, &typed)).await.expect(303);
    assert!(sent.header("location").contains("#rad-"));
    let list = browser.get(sent.header("location")).await.expect(200);
    assert_eq!(list.texts(".selection-row .flash__text"), ["KB-0001:1 är sparat."]);
    assert_eq!(
        list.texts(".row-values div"),
        ["Andel33,5 %", "Vikt2,5 kg (förslag)", "Sista dag1 juli 2027", "Periodkvartal", "Områdehela {{andel}} <b>"]
    );
    let page = browser.get(&row).await.expect(200);
    assert_eq!(page.texts(".clauses .param"), ["33,5", "2,5", "1 juli 2027", "kvartal", "hela {{andel}} <b>"]);
    assert!(page.texts(".row-notice").is_empty(), "nothing is missing any more");
    assert_eq!(page.attributes("#p-andel", "value"), ["33,5"]);
    assert_eq!(page.attributes("#p-vikt", "value"), [""], "a proposal is not a choice");
    // Emptied, the proposal holds again.
    send(&browser, &row, &form(&page, &[("p-period", ""), ("p-omrade", "")])).await.expect(303);
    let page = browser.get(&row).await.expect(200);
    assert_eq!(page.texts(".clauses .param"), ["33,5", "2,5", "1 juli 2027", "år", "Skåne"]);
    // In English numbers are written and read as there, and the Swedish text keeps its own.
    let english = browser.get(&format!("/en{row}")).await.expect(200);
    assert_eq!(english.attributes("#p-andel", "value"), ["33.5"]);
    assert_eq!(english.texts(".clauses[lang=sv] .param")[0], "33,5");
}

#[tokio::test]
async fn what_does_not_fit_is_told_at_the_field_and_everything_typed_stays() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0001"]).await;
    let row = browser.row("KB-0001").await;
    let page = browser.get(&row).await.expect(200);
    let long = "å".repeat(2001);
    let typed = [
        ("p-andel", "95"),
        ("p-vikt", "1.000"),
        ("p-dag", "i morgon"),
        ("p-period", "vecka"),
        ("p-omrade", "Här"),
        ("anteckning", &long),
    ];
    let page = send(&browser, &row, &form(&page, &typed)).await.expect(422);
    assert_eq!(
        page.texts("#fel a"),
        [
            "Andel: Från 10 % till 90 %.",
            "Vikt: skriv tusental utan punkt, till exempel 1000",
            "Sista dag: skriv dagen som 2027-03-12",
            "Period: välj ett av alternativen",
            "Texten är 2 001 tecken lång. Korta den till högst 2 000 tecken."
        ]
    );
    assert!(page.texts("title")[0].starts_with("Fel: "));
    for href in page.attributes("#fel a", "href") {
        assert_eq!(page.attributes(&format!("{href}[aria-invalid=true]"), "id").len(), 1, "{href}");
        assert_eq!(page.texts(&format!("{href}-fel")).len(), 1, "{href}");
    }
    let values = ["p-andel", "p-vikt", "p-dag", "p-omrade"].map(|id| page.attributes(&format!("#{id}"), "value").remove(0));
    assert_eq!(values, ["95", "1.000", "i morgon", "Här"]);
    assert_eq!(page.texts("#anteckning"), [long]);
    assert_eq!(page.header("cache-control"), "private, no-store");
    assert_eq!(app.db.value::<String>("select parameter_values::text from selection_row").await, "{}");
}

#[tokio::test]
async fn exemptions_are_chosen_and_those_that_ended_are_off() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0001"]).await;
    let row = browser.row("KB-0001").await;
    let page = browser.get(&row).await.expect(200);
    assert_eq!(page.attributes("input[name=undantag][checked]", "value"), ["0", "2"]);
    assert_eq!(page.texts(".ended"), ["Latexvaror Upphörde 31 december 2025 och används inte."]);
    let chosen = "select coalesce(exemptions::text, 'none') from selection_row";
    // As it is by itself nothing is kept, so that what ends later ends here too.
    send(&browser, &row, &form(&page, &[])).await.expect(303);
    assert_eq!(app.db.value::<String>(chosen).await, "none");
    let page = browser.get(&row).await.expect(200);
    // One that ended, or that is not there, cannot be chosen by hand either.
    let mut fields = form(&page, &[("undantag", "2")]);
    fields.extend([("undantag".to_owned(), "1".to_owned()), ("undantag".to_owned(), "77".to_owned())]);
    send(&browser, &row, &fields).await.expect(303);
    assert_eq!(app.db.value::<String>(chosen).await, "{2}");
    let page = browser.get(&row).await.expect(200);
    assert_eq!(page.attributes("input[name=undantag][checked]", "value"), ["2"]);
    send(&browser, &row, &form(&page, &[("undantag", "-")])).await.expect(303);
    assert_eq!(app.db.value::<String>(chosen).await, "{}", "none is a choice too");
}

#[tokio::test]
async fn two_windows_lose_nothing() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0001"]).await;
    let row = browser.row("KB-0001").await;
    let opened = browser.get(&row).await.expect(200);
    send(&browser, &row, &form(&opened, &[("p-andel", "20"), ("anteckning", "Från det andra fönstret")])).await.expect(303);
    let late = send(&browser, &row, &form(&opened, &[("p-andel", "30"), ("anteckning", "Från det första")])).await.expect(409);
    assert_eq!(late.attributes("#p-andel", "value"), ["30"]);
    assert_eq!(late.texts("#anteckning"), ["Från det första"]);
    assert_eq!(
        late.texts(".conflict tbody tr"),
        ["Andel 30 20", "Anteckning Från det första Från det andra fönstret"].map(|text| text
            .replace("Andel 30 20", "Andel3020")
            .replace("Anteckning Från det första Från", "AnteckningFrån det förstaFrån")),
        "only what differs"
    );
    let kept = "select concat(parameter_values ->> 'andel', ' ', note) from selection_row";
    assert_eq!(app.db.value::<String>(kept).await, "20 Från det andra fönstret");
    // Whoever has seen it and sends it again means it.
    send(&browser, &row, &form(&late, &[])).await.expect(303);
    assert_eq!(app.db.value::<String>(kept).await, "30 Från det första");
    // A row that was taken out meanwhile is no 404.
    browser.post(&format!("{row}/borttagning"), &[]).await.expect(303);
    let gone = send(&browser, &row, &form(&late, &[])).await.expect(303);
    assert_eq!(
        browser.get(gone.header("location")).await.texts(".flash__text"),
        ["Raden finns inte längre i korgen. Den har tagits bort eller bytts."]
    );
}

#[tokio::test]
async fn a_text_that_is_hidden_keeps_what_was_filled_in() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0001"]).await;
    let row = browser.row("KB-0001").await;
    let page = browser.get(&row).await.expect(200);
    send(&browser, &row, &form(&page, &[("p-andel", "20"), ("undantag", "0")])).await.expect(303);
    becomes(&app.db, 1, Deed::Hide).await;
    let page = browser.get(&row).await.expect(200);
    assert!(!page.text().contains("Minst") && !page.text().contains("Sterila varor"), "{}", page.text());
    send(&browser, &row, &form(&page, &[("anteckning", "Byt!")])).await.expect(303);
    let kept: String = app.db.value("select concat(parameter_values::text, exemptions::text, note) from selection_row").await;
    assert_eq!(kept, "{\"andel\": 20}{0}Byt!");
}

#[tokio::test]
async fn braces_that_are_no_parameter_are_left_and_said() {
    let app = bank().await;
    let odd = complete("Udda text")
        .id("KB-0010")
        .text(&["Se {{bilagan och {{andel}} procent."])
        .set("parameters", json!([{"key": "andel", "label": "Andel", "kind": "percent"}]));
    let report = Import::current().at(NOW).run(&app.db, lines(&[odd])).await;
    assert!(report.accepted, "{}", report.text(false));
    // What an import would refuse, an older import may have let in.
    app.db.execute("alter table version_clause disable trigger all").await;
    app.db
        .execute("update version_clause set text = 'Se {{bilaga}} och {{andel}} procent.' where text like 'Se {{bilagan%'")
        .await;
    let browser = Browser::with(&app, &["KB-0010"]).await;
    let page = browser.get(&browser.row("KB-0010").await).await.expect(200);
    assert_eq!(page.texts(".clauses p"), ["Se {{bilaga}} och [Andel] procent."]);
    assert!(page.text().contains("I texten står {{bilaga}} inom klamrar."), "{}", page.text());
}
