//! Preparing versions: the list, the workbench, the editor with its conflicts, the checker, sharing, stopping, reviewing.

mod areas;
mod conflicts;
mod editing;
mod steps;

use crate::support::{Answer, Browser, Import, NOW, TestApp, complete, lines};

/// A bank with people and a requirement of two clauses in force, `KB-0001`.
async fn bank() -> TestApp {
    let app = TestApp::build().people().spawn().await;
    let first =
        complete("Handskar utan ftalater").id("KB-0001").text(&["Handsken ska vara fri från ftalater.", "Ett intyg ska lämnas."]);
    Import::current().at(NOW - time::Duration::days(30)).accepted(&app.db, lines(&[first])).await;
    app
}

/// The same with a version that LMC has begun.
async fn begun() -> TestApp {
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    begin(&lmc, "KB-0001").await.expect(303);
    app
}

pub async fn begin(browser: &Browser<'_>, number: &str) -> Answer {
    browser.post(&format!("/lmc/krav/{number}/versioner"), &[("orsak", "lag"), ("anteckning", "Lagen är ny.")]).await
}

/// Everything that the editor's form holds, as a browser would send it.
pub fn fields(page: &Answer) -> Vec<(String, String)> {
    let html = page.html();
    let form = html.select(&selector("form.editor")).next().expect("the editor");
    let mut fields = Vec::new();
    for element in form.select(&selector("input, textarea, select")) {
        let value = element.value();
        let Some(name) = value.attr("name").map(str::to_owned) else { continue };
        match (value.name(), value.attr("type")) {
            ("textarea", _) => {
                let text: String = element.text().collect();
                fields.push((name, text.strip_prefix('\n').unwrap_or(&text).to_owned()));
            }
            ("select", _) => {
                let chosen = element.select(&selector("option[selected]")).next().or(element.select(&selector("option")).next());
                fields.push((name, chosen.and_then(|option| option.value().attr("value")).unwrap_or_default().to_owned()));
            }
            (_, Some("checkbox" | "radio")) if value.attr("checked").is_none() => {}
            _ => fields.push((name, value.attr("value").unwrap_or_default().to_owned())),
        }
    }
    fields
}

fn selector(text: &str) -> scraper::Selector {
    scraper::Selector::parse(text).expect("a selector")
}

/// Writes in the first field of this name.
pub fn write(fields: &mut Vec<(String, String)>, name: &str, text: &str) {
    match fields.iter_mut().find(|(one, _)| one == name) {
        Some(field) => text.clone_into(&mut field.1),
        None => fields.push((name.to_owned(), text.to_owned())),
    }
}

/// Writes in the field of this name at a place, from 0.
pub fn write_at(fields: &mut [(String, String)], name: &str, place: usize, text: &str) {
    let field = fields.iter_mut().filter(|(one, _)| one == name).nth(place).expect("such a field");
    text.clone_into(&mut field.1);
}

/// Sends the form by this button.
pub async fn send(browser: &Browser<'_>, number: &str, fields: &[(String, String)], button: &str) -> Answer {
    let mut pairs: Vec<(&str, &str)> =
        fields.iter().filter(|(name, _)| name != "som").map(|(name, value)| (name.as_str(), value.as_str())).collect();
    pairs.push(("gor", button));
    browser.post(&format!("/lmc/krav/{number}/redigera"), &pairs).await
}

pub async fn editor(browser: &Browser<'_>, number: &str) -> Answer {
    browser.get(&format!("/lmc/krav/{number}/redigera")).await.expect(200)
}
