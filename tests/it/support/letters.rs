//! Letters that a test waits for, as rows. In a bank of examples what they say is kept.

use std::time::{Duration, Instant};

use serde_json::Value;
use sqlx::Row;

use super::TestApp;

/// A letter that was written.
#[derive(Debug, Clone)]
pub struct Written {
    /// What it is about.
    pub kind: String,
    /// Its subject.
    pub subject: String,
    /// Its texts, one a line.
    pub text: String,
    /// The paths that its buttons lead to.
    pub paths: Vec<String>,
}

/// What has been written to an address, in order.
pub async fn written(app: &TestApp, address: &str) -> Vec<Written> {
    let rows = sqlx::query("select kind, subject, parts from mail where lower(address) = lower($1) order by id")
        .bind(address)
        .fetch_all(&mut app.db.connect().await)
        .await
        .expect("letters");
    rows.iter()
        .map(|row| {
            let parts: Option<Value> = row.get("parts");
            let parts = parts.and_then(|parts| parts.as_array().cloned()).unwrap_or_default();
            let of = |part: &Value, kind: &str| part.get(kind).cloned();
            let texts: Vec<String> = parts
                .iter()
                .filter_map(|part| of(part, "paragraph").or_else(|| of(part, "small")))
                .filter_map(|text| text.as_str().map(str::to_owned))
                .collect();
            let buttons = parts.iter().filter_map(|part| of(part, "button"));
            let paths = buttons.filter_map(|button| button["path"].as_str().map(str::to_owned)).collect();
            Written { kind: row.get("kind"), subject: row.get("subject"), text: texts.join("\n"), paths }
        })
        .collect()
}

/// Waits for a letter of a kind to an address, and gives the latest.
pub async fn letter(app: &TestApp, address: &str, kind: &str) -> Written {
    let begun = Instant::now();
    loop {
        let found = written(app, address).await.into_iter().rfind(|letter| letter.kind == kind);
        if let Some(letter) = found {
            return letter;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "no letter {kind} to {address}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Waits until no job of this name is left.
pub async fn done(app: &TestApp, job: &str) {
    let query = format!("select not exists (select from graphile_worker.jobs where task_identifier = '{job}')");
    let begun = Instant::now();
    while !app.db.value::<bool>(&query).await {
        assert!(begun.elapsed() < Duration::from_secs(30), "{job} is not done");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
