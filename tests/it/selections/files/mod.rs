//! What is written out of selections and shared.

mod equivalent;
mod export;
mod sharing;
mod warnings;

use time::Duration;

use crate::support::{Import, Line, NOW, TestApp, lines};

/// A bank with these requirements.
async fn bank(requirements: &[Line]) -> TestApp {
    let app = TestApp::spawn().await;
    Import::current().at(NOW - Duration::days(60)).accepted(&app.db, lines(requirements)).await;
    app
}
