//! What is written out of selections and shared.

mod equivalent;
mod export;
mod sharing;

use time::Duration;
use uuid::Uuid;

use crate::support::{Import, Line, NOW, TestApp, lines};

/// A browser with a selection.
struct Browser {
    cookie: String,
    selection: Uuid,
}

impl Browser {
    /// Puts these requirements into a first selection.
    async fn with(app: &TestApp, numbers: &[&str]) -> Self {
        let fields: Vec<(&str, &str)> = numbers.iter().map(|number| ("krav", *number)).collect();
        let answer = app.post("/korgar/rader", &fields).await.expect(303);
        let cookies: Vec<&str> = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().expect("text")).collect();
        let cookie = cookies.iter().find(|cookie| cookie.starts_with("korg=")).expect("the key of the selection");
        let cookie = cookie.split(';').next().expect("a value").to_owned();
        let selection =
            app.db.value("select id from selection where holder_id is not null order by created_at desc, id desc limit 1").await;
        Self { cookie, selection }
    }

    /// The path of its selection, or below it.
    fn path(&self, rest: &str) -> String {
        format!("/korgar/{}{rest}", self.selection)
    }

    /// Asks as this browser.
    async fn get(&self, app: &TestApp, path: &str) -> crate::support::Answer {
        app.get_with(path, &[("cookie", &self.cookie)]).await
    }

    /// Sends a form as this browser.
    async fn post(&self, app: &TestApp, path: &str, fields: &[(&str, &str)]) -> crate::support::Answer {
        app.post_with(path, &[("cookie", &self.cookie)], fields).await
    }
}

/// A bank with these requirements.
async fn bank(requirements: &[Line]) -> TestApp {
    let app = TestApp::spawn().await;
    Import::current().at(NOW - Duration::days(60)).accepted(&app.db, lines(requirements)).await;
    app
}
