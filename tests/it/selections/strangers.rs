//! Whoever has no key, another key, or rows of another selection: nothing is there, and nothing changes.

use kravbank::selections::routes;
use reqwest::Method;

use super::bank;
use crate::support::{Answer, Browser};

/// What is sent to each form, so that a refusal is not for want of a field.
const BODY: &[(&str, &str)] = &[
    ("krav", "KB-0003"),
    ("at", "upp"),
    ("behall", "ja"),
    ("namn", "Kapad"),
    ("las", "1"),
    ("stycke", "Kapad"),
    ("skal", "x"),
    ("gor", "spara"),
];

/// Everything that the tables of selections hold.
async fn state(app: &crate::support::TestApp) -> String {
    app.db
        .value(
            "select concat((select string_agg(s::text, ',' order by s.id) from selection s),
                           (select string_agg(w::text, ',' order by w.id) from selection_row w),
                           (select string_agg(h.active_id::text, ',' order by h.id) from selection_holder h))",
        )
        .await
}

fn filled(pattern: &str, selection: &str, row: &str) -> String {
    pattern.replace("{id}", selection).replace("{row}", row).replace("{other}", row).replace("{batch}", row)
}

#[tokio::test]
async fn another_browser_finds_nothing_and_changes_nothing() {
    let app = bank().await;
    let mine = Browser::with(&app, &["KB-0002", "KB-0001"]).await;
    let path = mine.row("KB-0002").await;
    let ids: Vec<&str> = path.split('/').collect();
    let (selection, row) = (ids[2], ids[4]);
    let other = Browser::with(&app, &["KB-0001"]).await;
    let key = other.cookies.borrow()["korg"].clone();
    let before = state(&app).await;
    let mut asked = 0;
    for route in routes().list().iter().filter(|route| route.path.contains("{id}")) {
        for prefix in ["", "/en"] {
            // A file is asked for in a format; without one the request itself is wrong, whoever's the selection is.
            let query = if route.path.ends_with("/export") { "?format=json" } else { "" };
            let path = format!("{prefix}{}{query}", filled(route.path, selection, row));
            let forged = [
                String::new(),
                format!("korg={key}"),
                "korg=00000000000000000000000000000000.3".to_owned(),
                format!("korg={}", "f".repeat(31)),
                format!("korg={selection}.1"),
                format!("korg={};korg={key}", "A".repeat(32)),
                "korg=' or 1=1 --.2".to_owned(),
            ];
            for cookie in forged {
                let answer: Answer = if route.method == Method::POST {
                    app.post_with(&path, &[("cookie", &cookie)], BODY).await
                } else {
                    app.get_with(&path, &[("cookie", &cookie)]).await
                };
                asked += 1;
                // The address of a form, asked for by hand, leads to the selection, which is not there.
                let status = answer.status.as_u16();
                let fine = status == 404 || (route.method == Method::GET && status == 303);
                assert!(fine, "{} {path} with {cookie:?}: {status}", route.method);
                assert!(!answer.text().contains("Grundkrav"), "{path}");
            }
        }
    }
    assert!(asked > 300, "{asked}");
    assert_eq!(state(&app).await, before);
}

#[tokio::test]
async fn a_row_of_another_selection_is_not_reached_through_ones_own() {
    let app = bank().await;
    let mine = Browser::with(&app, &["KB-0002"]).await;
    let path = mine.row("KB-0002").await;
    let row = path.rsplit('/').next().expect("an id").to_owned();
    let other = Browser::with(&app, &["KB-0001"]).await;
    let selection = other.selection().await;
    let id = selection.rsplit('/').next().expect("an id");
    let rows = "select string_agg(w::text, ',' order by w.id) from selection_row w";
    let before: String = app.db.value(rows).await;
    for route in routes().list().iter().filter(|route| route.path.contains("{row}")) {
        let path = filled(route.path, id, &row);
        let answer = if route.method == Method::POST { other.post(&path, BODY).await } else { other.get(&path).await };
        let status = answer.status.as_u16();
        // Taking out what is not there, or moving it, does nothing and says nothing.
        let harmless = ["/plats", "/borttagning", "/aterstallning"].iter().any(|end| path.ends_with(end));
        assert!(
            status == 404 || (status == 303 && (harmless || route.method == Method::GET)),
            "{} {path}: {status}",
            route.method
        );
        assert!(!answer.text().contains("Grundkrav"), "{path}");
    }
    assert_eq!(app.db.value::<String>(rows).await, before);
}

#[tokio::test]
async fn nobody_is_sent_elsewhere() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0001", "KB-0002"]).await;
    let row = browser.row("KB-0001").await;
    for evil in ["https://example.com/", "//example.com", "/\\example.com", "javascript:alert(1)", "/x\r\nSet-Cookie: a=b", "/ä"]
    {
        for (path, field) in
            [(format!("{row}/plats"), "at"), (format!("{row}/aterstallning"), ""), ("/korgar/rader".to_owned(), "krav")]
        {
            let value = if field == "at" { "ned" } else { "KB-0002" };
            let answer = browser.post(&path, &[(field, value), ("tillbaka", evil)]).await.expect(303);
            let location = answer.header("location");
            assert!(
                location.starts_with('/') && !location.starts_with("//") && !location.contains("example.com"),
                "{path}: {location}"
            );
        }
    }
}
