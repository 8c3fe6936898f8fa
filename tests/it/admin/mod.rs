//! The pages of those who run the service.

mod accounts;
mod figures;
mod helped;
mod jobs;
mod letters;
mod log;
mod organisations;
mod overview;
mod read_only;
mod step_up;
mod words;

use crate::support::TestApp;

/// The id of a person of the example bank.
async fn person(app: &TestApp, word: &str) -> uuid::Uuid {
    app.db.value(&format!("select id from person where example = '{word}'")).await
}

/// What stands in the log of an action, newest first: values before and after.
async fn logged(app: &TestApp, action: &str) -> Vec<(serde_json::Value, serde_json::Value)> {
    let mut connection = app.db.connect().await;
    sqlx::query_as(
        "select coalesce(old_value, 'null'), coalesce(new_value, 'null') from audit where action = $1 order by id desc",
    )
    .bind(action)
    .fetch_all(&mut connection)
    .await
    .expect("the log")
}
