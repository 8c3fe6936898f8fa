//! A browser: it keeps cookies from one answer to the next request, and finds its way about its selections.

use std::{cell::RefCell, collections::BTreeMap};

use super::{Answer, TestApp};

/// A browser: it keeps cookies from one answer to the next request.
pub struct Browser<'a> {
    app: &'a TestApp,
    /// What it carries, by name.
    pub cookies: RefCell<BTreeMap<String, String>>,
    /// For whom the forms of the page are shown that it has open.
    pub shown_for: RefCell<Option<String>>,
}

impl<'a> Browser<'a> {
    /// One that carries nothing.
    pub fn new(app: &'a TestApp) -> Self {
        Self { app, cookies: RefCell::default(), shown_for: RefCell::default() }
    }

    /// One that has put these into a selection.
    pub async fn with(app: &'a TestApp, wanted: &[&str]) -> Self {
        let browser = Self::new(app);
        for krav in wanted {
            browser.post("/korgar/rader", &[("krav", krav), ("tillbaka", "/krav")]).await.expect(303);
        }
        browser
    }

    /// One in which a person of the example bank has signed in.
    pub async fn signed_in(app: &'a TestApp, word: &str) -> Self {
        let browser = Self::new(app);
        browser.post("/logga-in/exempel", &[("person", word)]).await.expect(303);
        browser
    }

    /// The header that it sends.
    pub fn header(&self) -> String {
        let cookies = self.cookies.borrow();
        cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// Keeps what an answer gives it.
    pub fn keep(&self, answer: Answer) -> Answer {
        for set in answer.headers.get_all("set-cookie") {
            let set = set.to_str().expect("a cookie");
            let (name, value) = set.split(';').next().and_then(|pair| pair.split_once('=')).expect("name and value");
            if name.trim_start_matches("__Host-") == "session" {
                self.shown_for.replace(None);
            }
            if set.contains("Max-Age=0") {
                self.cookies.borrow_mut().remove(name);
            } else {
                self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
            }
        }
        if answer.header("content-type").starts_with("text/html") {
            let shown_for = answer.attributes("input[name=som]", "value").pop();
            self.shown_for.replace(shown_for);
        }
        answer
    }

    /// Gets a path.
    pub async fn get(&self, path: &str) -> Answer {
        let path = path.split('#').next().unwrap_or(path);
        self.keep(self.app.get_with(path, &[("cookie", &self.header())]).await)
    }

    /// Sends a form, which says for whom it was shown as the page does that is open.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let signed_in = self.cookies.borrow().keys().any(|name| name.trim_start_matches("__Host-") == "session");
        if signed_in && self.shown_for.borrow().is_none() {
            self.get("/mitt").await;
        }
        let shown_for = self.shown_for.borrow().clone();
        let mut all = fields.to_vec();
        all.extend(
            shown_for.as_deref().map(|shown_for| ("som", shown_for)).filter(|_| !fields.iter().any(|(name, _)| *name == "som")),
        );
        self.keep(self.app.post_with(path, &[("cookie", &self.header())], &all).await)
    }

    /// Sends a form as it stands on a page: the fields that are hidden in it, and these.
    pub async fn post_form(&self, page: &Answer, action: &str, fields: &[(&str, &str)]) -> Answer {
        let form = format!("main form[action='{action}'] input[type=hidden]");
        let hidden: Vec<(String, String)> =
            page.attributes(&form, "name").into_iter().zip(page.attributes(&form, "value")).collect();
        let mut all: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        all.extend(fields);
        self.keep(self.app.post_with(action.split('#').next().unwrap_or(action), &[("cookie", &self.header())], &all).await)
    }

    /// Posts, and goes where it is sent.
    pub async fn post_on(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.post(path, fields).await.expect(303);
        self.get(answer.header("location")).await.expect(200)
    }

    /// The path of the selection in use.
    pub async fn selection(&self) -> String {
        let page = self.get("/korgar").await.expect(200);
        page.attributes(".selections h2 a", "href").into_iter().next().expect("a selection")
    }

    /// A path below the selection in use.
    pub async fn below(&self, rest: &str) -> String {
        format!("{}{rest}", self.selection().await)
    }

    /// The page of the selection in use.
    pub async fn page(&self) -> Answer {
        self.get(&self.selection().await).await.expect(200)
    }

    /// What stands in it, as it is cited, in order.
    pub async fn cited(&self) -> Vec<String> {
        self.page().await.texts(".selection-row .hit__marks .ref")
    }

    /// The path of the row of a requirement.
    pub async fn row(&self, cited: &str) -> String {
        let page = self.page().await;
        let place = page.texts(".selection-row .hit__marks .ref").iter().position(|text| text.starts_with(cited));
        page.attributes(".selection-row h3 a", "href").swap_remove(place.unwrap_or_else(|| panic!("no row of {cited}")))
    }

    /// What is said on the page of the selection of a row, tag by tag.
    pub async fn tags(&self, cited: &str) -> Vec<String> {
        let row = self.row(cited).await;
        let id = row.rsplit('/').next().expect("an id");
        self.page().await.texts(&format!("#rad-{id} .row-notice .tag"))
    }
}

/// What a form with files looks like on its way.
pub const BOUNDARY: &str = "----kravbanken";

/// A form with these fields and these files, each with the name of its field and its own.
pub fn multipart(fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend_from_slice(
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_bytes(),
        );
    }
    for (name, file, bytes) in files {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

impl Browser<'_> {
    /// Sends a form with files.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Answer {
        self.send_multipart(path, multipart(fields, files)).await
    }

    /// Sends what is, or pretends to be, a form with files.
    pub async fn send_multipart(&self, path: &str, body: Vec<u8>) -> Answer {
        let media = format!("multipart/form-data; boundary={BOUNDARY}");
        let path = self.shown_for_in(path).await;
        let cookie = self.header();
        let headers = [("cookie", cookie.as_str()), ("content-type", media.as_str()), ("sec-fetch-site", "same-origin")];
        self.keep(self.app.send(reqwest::Method::POST, &path, &headers, body).await)
    }

    /// The address of a form with a file, which says for whom it was shown as the page does that is open.
    pub async fn shown_for_in(&self, path: &str) -> String {
        let signed_in = self.cookies.borrow().keys().any(|name| name.trim_start_matches("__Host-") == "session");
        if signed_in && self.shown_for.borrow().is_none() {
            self.get("/mitt").await;
        }
        let shown_for = self.shown_for.borrow().clone();
        shown_for.map_or_else(|| path.to_owned(), |shown_for| format!("{path}?som={shown_for}"))
    }
}
