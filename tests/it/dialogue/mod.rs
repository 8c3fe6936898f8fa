//! Dialogue: threads on requirements and proposals, official answers, moderation, experience.

mod experience;
mod lifecycle;
mod markdown;
mod moderation;
mod threads;
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

/// Begins a thread on this requirement and gives its path.
async fn begun(browser: &Browser<'_>, requirement: &str, fields: &[(&str, &str)]) -> String {
    let answer = browser.post(&format!("/krav/{requirement}/dialog"), fields).await.expect(303);
    answer.header("location").to_owned()
}

/// A question on the whole of `KB-0001`.
async fn question(browser: &Browser<'_>, text: &str) -> String {
    begun(browser, "KB-0001", &[("slag", "fraga"), ("text", text)]).await
}

/// The last part of a path: the id of a thread, or of a comment.
fn id(path: &str) -> &str {
    path.rsplit('/').next().expect("an id")
}

/// Replies and gives the path of the comment.
async fn replied(browser: &Browser<'_>, thread: &str, fields: &[(&str, &str)]) -> String {
    browser.post(thread, fields).await.expect(303).header("location").to_owned()
}

/// What the database says to a statement.
async fn attempt(app: &TestApp, statement: &str) -> Result<(), String> {
    let done = sqlx::raw_sql(sqlx::AssertSqlSafe(statement.to_owned())).execute(&mut app.db.connect().await).await;
    done.map(|_| ()).map_err(|error| error.to_string())
}
