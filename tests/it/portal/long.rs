//! Requirements as long as they may be: two hundred clauses.

use time::Duration;

use crate::support::{Browser, Import, NOW, TestApp, complete, lines};

/// So many clauses of a thousand letters, no two alike and each with this word in it.
fn clauses(count: usize, word: &str) -> Vec<String> {
    (0..count)
        .map(|n| {
            let text: Vec<String> = (0..90).map(|w| format!("ord-{}", (w * 13 + n * 7) % 997)).collect();
            format!("Stycke {n} {word} {}.", text.join(" "))
        })
        .collect()
}

async fn laid(app: &TestApp, text: &[String], days_ago: i64) {
    let text: Vec<&str> = text.iter().map(String::as_str).collect();
    let line = complete("Handskar").id("KB-0001").text(&text);
    Import::current().at(NOW - Duration::days(days_ago)).accepted(&app.db, lines(&[line])).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_clauses_are_read_compared_and_written() {
    let app = TestApp::build().people().spawn().await;
    laid(&app, &clauses(200, "först"), 30).await;
    assert_eq!(app.queries_at("/krav/KB-0001").await.len(), 1);
    let page = app.get("/krav/KB-0001").await.expect(200);
    assert!(page.text().contains("Stycke 0 först") && page.text().contains("Stycke 199 först"));
    // Every other clause is written anew from the ground, the rest change by a word.
    let mut after = clauses(200, "sedan");
    for (n, text) in after.iter_mut().enumerate().filter(|(n, _)| n % 2 == 1) {
        *text = (0..90).map(|w| format!("annat-{}", (w * 17 + n * 11) % 997)).collect::<Vec<_>>().join(" ");
    }
    laid(&app, &after, 10).await;
    let compared = "/krav/KB-0001/jamfor?fran=1&till=2";
    assert!(app.queries_at(compared).await.len() <= 2);
    for path in [compared.to_owned(), format!("{compared}&vy=sida"), format!("/en{compared}")] {
        let page = app.get(&path).await.expect(200).text();
        for (n, text) in after.iter().enumerate() {
            assert!(page.contains(text.as_str()) || page.contains(&format!("Stycke {n} ")), "{path}: clause {n}");
        }
    }
    // Who prepares meets them all in the editor, and sends them back.
    let lmc = Browser::signed_in(&app, "lmc").await;
    lmc.post("/lmc/krav/KB-0001/versioner", &[("orsak", "lag"), ("anteckning", "Lagen är ny.")]).await.expect(303);
    let editor = lmc.get("/lmc/krav/KB-0001/redigera").await.expect(200);
    assert_eq!(editor.attributes("textarea[name=stycke]", "name").len(), 200);
    assert!(editor.texts("button[value^=stycke-efter-]").is_empty(), "there is no room for one more");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_clause_or_letter_more_is_refused_with_what_may_be() {
    let app = TestApp::spawn().await;
    let texts = clauses(201, "för");
    let many: Vec<&str> = texts.iter().map(String::as_str).collect();
    let report = Import::current().run(&app.db, lines(&[complete("För många").text(&many)])).await;
    assert_eq!(report.rejected[0].1[0].place, "text", "{report:?}");
    let long = "x".repeat(4000);
    let mut letters = vec![long.as_str(); 50];
    letters.push("x");
    let report = Import::current().run(&app.db, lines(&[complete("För långt").text(&letters)])).await;
    assert_eq!(report.rejected[0].1[0].place, "text", "{report:?}");
    // The database keeps the number of clauses by itself.
    let most: String =
        app.db.value("select pg_get_constraintdef(oid) from pg_constraint where conname = 'version_clause_position_check'").await;
    assert_eq!(most, "CHECK (((\"position\" >= 1) AND (\"position\" <= 200)))");
}
