//! Proposals: written in steps, sent in, handled, seen by everybody.

mod attachments;
mod handled;
mod inbox;
mod lifecycle;
mod senders;
mod shared;
mod steps;
mod taking;
mod templates;
mod visible;

use crate::support::{Browser, Import, NOW, TestApp, complete, lines};

/// A bank with people and a requirement of two clauses, `KB-0001`, and a second, `KB-0002`.
async fn bank() -> TestApp {
    let app = TestApp::build().people().spawn().await;
    let first =
        complete("Handskar utan ftalater").id("KB-0001").text(&["Handsken ska vara fri från ftalater.", "Ett intyg ska lämnas."]);
    let second = complete("Kläder utan PFAS").id("KB-0002").text(&["Plagget får inte innehålla PFAS."]);
    Import::current().at(NOW - time::Duration::days(30)).accepted(&app.db, lines(&[first, second])).await;
    app
}

/// Begins a proposal and gives its id.
async fn begun(browser: &Browser<'_>, fields: &[(&str, &str)]) -> String {
    let answer = browser.post("/forslag/ny", fields).await.expect(303);
    let location = answer.header("location").to_owned();
    location.split('/').nth(3).expect("an id").to_owned()
}

/// A change of the first clause of `KB-0001` by this person, with reasons, not sent in; gives its id.
async fn written(browser: &Browser<'_>, text: &str) -> String {
    let id = begun(browser, &[("slag", "andra"), ("krav", "KB-0001")]).await;
    browser.post(&format!("/forslag/utkast/{id}/liknande"), &[]).await.expect(303);
    let path = format!("/forslag/utkast/{id}/texten");
    let page = browser.get(&path).await.expect(200);
    let ids = page.attributes("input[name=id]", "value");
    let lock = lock(browser, &path).await;
    let fields = [
        ("titel", "Handskar utan ftalater"),
        ("typ", "specifikation"),
        ("niva", "bas"),
        ("id", &ids[0]),
        ("stycke", text),
        ("id", &ids[1]),
        ("stycke", "Ett intyg ska lämnas."),
        ("las", &lock),
    ];
    browser.post(&path, &fields).await.expect(303);
    let path = format!("/forslag/utkast/{id}/skalen");
    let lock = self::lock(browser, &path).await;
    let fields = [
        ("problem", "Gränsen är för hög."),
        ("nytta", "Färre ftalater."),
        ("kontroll", "Ett laboratorium mäter."),
        ("produkter", "Kanariehandsken"),
        ("intresse", "Inget."),
        ("las", &lock),
    ];
    browser.post(&path, &fields).await.expect(303);
    id
}

/// Sends it in and gives its number.
async fn sent(browser: &Browser<'_>, id: &str) -> String {
    let path = format!("/forslag/utkast/{id}/granska");
    let lock = lock(browser, &path).await;
    let answer = browser.post(&path, &[("las", &lock)]).await.expect(303);
    answer.header("location").split('/').nth(2).expect("a number").to_owned()
}

/// What the database says to a statement.
async fn attempt(app: &TestApp, statement: &str) -> Result<(), String> {
    let done = sqlx::raw_sql(sqlx::AssertSqlSafe(statement.to_owned())).execute(&mut app.db.connect().await).await;
    done.map(|_| ()).map_err(|error| error.to_string())
}

/// What the form of a page says that it has seen.
async fn lock(browser: &Browser<'_>, path: &str) -> String {
    browser.get(path).await.expect(200).attributes("input[name=las]", "value")[0].clone()
}
