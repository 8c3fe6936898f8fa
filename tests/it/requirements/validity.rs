//! What is in force follows from the clock: no job has to run at midnight.

use kravbank::imports::Target;
use serde_json::json;
use time::{OffsetDateTime, macros::datetime};

use crate::support::{Import, Line, NOW, TestApp, complete, lines};

/// Status of KB-0001, and which version stands at its address, at a time.
async fn at(now: OffsetDateTime) -> (String, i64) {
    let app = TestApp::build().at(now).spawn().await;
    Import::new(Target::Current)
        .at(NOW)
        .accepted(&app.db, lines(&[complete("Ett").id("KB-0001").set("effective_from", "2026-12-01")]))
        .await;
    // The night in which the clocks go forward.
    let next = Line::empty().id("KB-0001").set("text", json!(["En ny text."])).set("effective_from", "2027-03-28");
    Import::new(Target::Current).at(NOW).accepted(&app.db, lines(&[next])).await;
    let answer = app.get("/api/v1/requirements/KB-0001").await.expect(200).json();
    (answer["status"].as_str().expect("a status").to_owned(), answer["version"].as_i64().expect("a version"))
}

#[tokio::test]
async fn a_version_comes_into_force_at_swedish_midnight() {
    assert_eq!(at(datetime!(2026-11-30 22:59:59.999999 UTC)).await.0, "coming");
    assert_eq!(at(datetime!(2026-11-30 23:00 UTC)).await, ("current".to_owned(), 1));
    assert_eq!(at(datetime!(2027-03-27 22:59:59.999999 UTC)).await, ("current".to_owned(), 1));
    assert_eq!(at(datetime!(2027-03-27 23:00 UTC)).await, ("current".to_owned(), 2));
}
