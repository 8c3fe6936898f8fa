//! Open data for people: `/oppna-data`. Addresses, parameters and answers are read from the OpenAPI document, examples are
//! those that a test sends.

use askama::Template;
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use super::{
    examples::{BASE, EXAMPLES, Example},
    info,
    openapi::{self, Operation, Parameter},
    paging::{DEFAULT_LIMIT, DEPTH, MOST},
};
use crate::kernel::{
    error::Result,
    rights::Right,
    web::{Crumb, Layout, Routes, Visit, html, links},
};

/// The script that checks hashes.
const HASH_CHECK: &str = include_str!("../../docs/check_hash.py");
/// The same small program in two languages; tests run both.
const PYTHON: &str = include_str!("../../docs/examples/list.py");
const JAVASCRIPT: &str = include_str!("../../docs/examples/list.mjs");

/// Where the page and the script are.
pub(super) fn routes() -> Routes {
    Routes::new().page(links::OPEN_DATA, Right::ReadPublished, page).get(links::HASH_CHECK, Right::ReadPublished, hash_check)
}

/// Lines of an answer on the page.
const LINES: usize = 120;

#[derive(Template)]
#[template(path = "open_data/guide.html")]
struct GuidePage {
    layout: Layout,
    base: String,
    operations: Vec<Operation>,
}

impl GuidePage {
    /// Every section: its anchor and its heading.
    fn sections(&self) -> [(&'static str, &'static str); 10] {
        let t = self.layout.t;
        [
            ("borja", t.open_data_start()),
            ("adresser", t.open_data_addresses()),
            ("bladdra", t.open_data_paging()),
            ("nytt", t.open_data_fresh()),
            ("fel", t.open_data_errors()),
            ("kontrollsumma", t.open_data_hash()),
            ("granser", t.open_data_limits()),
            ("versioner", t.open_data_versions()),
            ("licens", t.open_data_licence()),
            ("kontakt", t.open_data_contact()),
        ]
    }

    fn python(&self) -> String {
        PYTHON.trim_end().replace(BASE, &self.base)
    }

    fn javascript(&self) -> String {
        JAVASCRIPT.trim_end().replace(BASE, &self.base)
    }

    fn curl(&self, request: &str) -> String {
        format!("curl '{}{request}'", self.base)
    }

    /// The first page of the list of requirements, as an address.
    fn first(&self) -> &'static str {
        EXAMPLES.iter().find(|example| example.pattern.ends_with("/requirements")).map_or("", |example| example.request)
    }

    fn about(&self, operation: &Operation) -> &'static str {
        openapi::said_of_operation(self.layout.t, &operation.id).unwrap_or_default()
    }

    fn parameter(&self, operation: &Operation, parameter: &Parameter) -> &'static str {
        openapi::said_of_parameter(self.layout.t, &operation.id, &parameter.name).unwrap_or_default()
    }

    fn status(&self, status: &str) -> &'static str {
        openapi::said_of_status(self.layout.t, status).unwrap_or_default()
    }

    /// Every status that any address answers with.
    fn statuses(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.operations.iter().flat_map(|operation| &operation.statuses).map(String::as_str).collect();
        all.extend(["405", "500"]);
        all.sort_unstable();
        all.dedup();
        all
    }

    fn examples(&self, operation: &Operation) -> Vec<&'static Example> {
        EXAMPLES.iter().filter(|example| example.pattern == operation.path).collect()
    }

    /// The answer, laid out to be read: the beginning of a long one. The document has all of it, and so has the address itself.
    fn answer(&self, example: &Example) -> String {
        let whole = example.text(&self.base);
        let mut lines: Vec<&str> = whole.lines().take(LINES + 1).collect();
        if lines.len() > LINES {
            lines[LINES] = "…";
        }
        lines.join("\n")
    }

    /// The problem document of a parameter that is wrong.
    fn problem(&self) -> Option<&'static Example> {
        EXAMPLES.iter().find(|example| example.status == 400)
    }

    fn anchor(&self, operation: &Operation) -> String {
        format!("adress-{}", operation.id)
    }

    fn most(&self) -> i64 {
        i64::from(MOST)
    }

    fn usual(&self) -> i64 {
        i64::from(DEFAULT_LIMIT)
    }

    fn depth(&self) -> i64 {
        i64::from(DEPTH)
    }

    fn version(&self) -> &'static str {
        info::VERSION
    }
}

async fn page(visit: Visit) -> Result<Response> {
    let (t, lang) = (visit.texts(), visit.lang);
    let base = visit.app.settings.base_url().to_owned();
    let operations = openapi::operations(&*openapi::described(&visit.app)?);
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(lang, links::START)),
        Crumb::link(t.about_heading(), links::localized(lang, links::ABOUT)),
        Crumb::here(t.open_data_heading()),
    ];
    let layout = visit.layout(t.open_data_heading(), "about", crumbs).described(t.open_data_lead());
    html(&GuidePage { layout, base, operations })
}

async fn hash_check() -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/x-python; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"check_hash.py\"")),
    ];
    (headers, HASH_CHECK).into_response()
}
