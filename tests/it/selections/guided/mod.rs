//! Selections: the guide that proposes them, and what they take and give.

mod eforms;
mod guide;
mod overview;
mod propose;

use crate::support::{Answer, TestApp};

/// A browser with the cookies that it was given.
struct Browser<'a> {
    app: &'a TestApp,
    cookie: String,
}

impl<'a> Browser<'a> {
    fn new(app: &'a TestApp) -> Self {
        Self { app, cookie: String::new() }
    }

    /// Takes up the cookie of the selections, which answers give.
    fn keep(&mut self, answer: &Answer) {
        for cookie in answer.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().expect("a cookie").split(';').next().unwrap_or_default();
            if cookie.starts_with("korg=") {
                cookie.clone_into(&mut self.cookie);
            }
        }
    }

    async fn get(&self, path: &str) -> Answer {
        self.app.get_with(path, &[("cookie", &self.cookie)]).await
    }

    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.app.post_with(path, &[("cookie", &self.cookie)], fields).await;
        self.keep(&answer);
        answer
    }

    /// The path of the selection that an answer leads to.
    fn selection(answer: &Answer) -> String {
        assert_eq!(answer.status, 303, "{}", answer.text());
        let location = answer.header("location");
        assert!(location.starts_with("/korgar/") || location.starts_with("/en/korgar/"), "{location}");
        location.split('#').next().unwrap_or_default().to_owned()
    }
}
