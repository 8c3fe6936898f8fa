//! Looking after the tree and what requirements refer to.

mod followed;
mod plan;
mod references;
mod tree;

use crate::support::{Browser, Import, NOW, TestApp, complete, lines};

/// A bank with people and two requirements in the group of gloves.
async fn bank() -> TestApp {
    let app = TestApp::build().people().spawn().await;
    let file = [complete("Handskar utan ftalater").id("KB-0001"), complete("Handskar utan latex").id("KB-0002")];
    Import::current().at(NOW - time::Duration::days(30)).accepted(&app.db, lines(&file)).await;
    app
}

/// The page of a group for those who edit it.
async fn group(app: &TestApp, path: &str) -> String {
    let id: uuid::Uuid = app
        .db
        .value(&format!(
            "select g.id from product_group g join product_area a on a.id = g.area_id where a.slug || '/' || g.slug = '{path}'"
        ))
        .await;
    format!("/lmc/taxonomi/grupper/{id}")
}

/// The lock that a page holds.
async fn lock(browser: &Browser<'_>, path: &str) -> String {
    browser.get(path).await.expect(200).attributes("input[name=las]", "value").remove(0)
}
