//! Requests with their answers, as they stand in the OpenAPI document and on the page for people. A test sends each request
//! to the example bank and holds the answer against the one here (`UPDATE_DOCS=1` writes it anew).

use serde_json::Value;

/// Where the bank is in the files; the true address takes its place.
pub const BASE: &str = "https://kravbanken.example";

/// A request and its answer.
#[derive(Debug)]
pub struct Example {
    /// The address as it is mounted.
    pub pattern: &'static str,
    /// What is asked for.
    pub request: &'static str,
    /// The status of the answer.
    pub status: u16,
    /// The file with the answer, in `src/open_data/examples`.
    pub file: &'static str,
    text: &'static str,
}

macro_rules! examples {
    ($($status:literal $pattern:literal $request:literal $file:literal),+ $(,)?) => {
        /// Every example, in the order of the routes.
        pub const EXAMPLES: &[Example] = &[$(Example {
            pattern: $pattern, request: $request, status: $status, file: $file, text: include_str!(concat!("examples/", $file)),
        }),+];
    };
}

examples! {
    200 "/api/v1" "/api/v1" "root.json",
    200 "/api/v1/requirements" "/api/v1/requirements?q=handskar&level=basic&limit=1" "requirements.json",
    400 "/api/v1/requirements" "/api/v1/requirements?level=gold" "bad-request.json",
    200 "/api/v1/requirements/{id}" "/api/v1/requirements/KB-0004" "requirement.json",
    404 "/api/v1/requirements/{id}" "/api/v1/requirements/KB-9999" "not-found.json",
    200 "/api/v1/requirements/{id}/versions" "/api/v1/requirements/KB-0004/versions?limit=1" "versions.json",
    200 "/api/v1/requirements/{id}/versions/{version}" "/api/v1/requirements/KB-0004/versions/1" "version.json",
    410 "/api/v1/requirements/{id}/versions/{version}" "/api/v1/requirements/KB-0081/versions/1" "gone.json",
    200 "/api/v1/product-areas" "/api/v1/product-areas?limit=1&page=7" "product-areas.json",
    200 "/api/v1/objectives" "/api/v1/objectives?limit=2" "objectives.json",
    200 "/api/v1/cpv" "/api/v1/cpv?q=handskar&limit=2" "cpv.json",
    200 "/api/v1/organisations" "/api/v1/organisations?kind=region&q=norr&limit=1" "organisations.json",
    200 "/api/v1/organisations/{slug}" "/api/v1/organisations/region-norrbotten" "organisation.json",
    200 "/api/v1/proposals" "/api/v1/proposals?kind=repeal&limit=1" "proposals.json",
    200 "/api/v1/proposals/{id}" "/api/v1/proposals/F-2026-0003" "proposal.json",
    200 "/api/v1/api-info" "/api/v1/api-info" "api-info.json",
}

impl Example {
    /// The answer, as this bank would give it.
    pub fn text(&self, base: &str) -> String {
        self.text.trim_end().replace(BASE, base)
    }

    /// The answer as a value.
    pub fn answer(&self, base: &str) -> Value {
        serde_json::from_str(&self.text(base)).unwrap_or_default()
    }

    /// The value that the request has for a parameter, of the path or the query.
    pub fn parameter(&self, name: &str) -> Option<&'static str> {
        let (path, query) = self.request.split_once('?').unwrap_or((self.request, ""));
        let variable = format!("{{{name}}}");
        let in_path = self.pattern.split('/').zip(path.split('/')).find(|(part, _)| *part == variable).map(|(_, value)| value);
        let in_query = || query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name);
        in_path.or_else(|| in_query().map(|(_, value)| value))
    }
}
