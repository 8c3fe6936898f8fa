//! How much a page weighs: every address of every route, also those that answer with an error. How many requests a browser
//! makes for it is looked at in `tests/browser/checks/weight.mjs`.

use kravbank::server;

use crate::{
    authorization::{cases, fill},
    support::TestApp,
};

/// The most statements for one answer.
const QUERIES: usize = 12;
/// The most bytes of HTML, before they are compressed.
const BYTES: usize = 100_000;

#[tokio::test(flavor = "multi_thread")]
async fn no_page_is_heavy() {
    let app = TestApp::spawn().await;
    fill(&app.db, true).await;
    let (mut heavy, mut pages) = (Vec::new(), 0);
    for route in server::routes().list().iter().filter(|route| route.method == "GET") {
        for (path, _) in cases(route) {
            let queries = app.queries_at(&path).await;
            if queries.len() > QUERIES {
                heavy.push(format!("{path}: {} statements\n{}", queries.len(), queries.join("\n")));
            }
            let answer = app.get(&path).await;
            if answer.headers.get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
                pages += 1;
                if answer.body.len() > BYTES {
                    heavy.push(format!("{path}: {} bytes", answer.body.len()));
                }
            }
        }
    }
    assert!(pages > 150, "only {pages} pages");
    assert!(heavy.is_empty(), "\n{}", heavy.join("\n"));
}
