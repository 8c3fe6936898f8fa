//! The audit log in the browser.

use std::collections::BTreeSet;

use kravbank::{
    admin::action_label,
    kernel::i18n::{Lang, Texts},
};

use super::person;
use crate::architecture::{code, files, literals};
use crate::support::{Browser, TestApp};

#[tokio::test]
async fn the_log_is_narrowed_by_each_filter() {
    let app = TestApp::build().people().spawn().await;
    let browser = Browser::signed_in(&app, "lmc2").await;
    Browser::signed_in(&app, "samordnare").await;
    app.db
        .execute(
            "insert into audit (at, actor_kind, action, object_kind, object_id, request_id, old_value, reason) values
             ('2026-01-02 10:00Z', 'job', 'thing.old', 'thing', '01900000-0000-7000-8000-000000000001', 'req-1', '{\"a\": \"<i>\"}', 'Skäl.'),
             ('2026-01-03 23:30Z', 'command_line', 'thing.older', 'thing', null, null, null, null)",
        )
        .await;
    let actions = async |query: &str| browser.get(&format!("/admin/logg{query}")).await.expect(200).texts(".log-line h3 code");
    assert!(actions("").await.len() >= 4);
    assert_eq!(actions("?handelse=thing").await, ["thing.older", "thing.old"]);
    assert_eq!(actions("?handelse=thing.older").await, ["thing.older"]);
    assert_eq!(actions("?objekt=01900000-0000-7000-8000-000000000001").await, ["thing.old"]);
    assert_eq!(actions("?begaran=req-1").await, ["thing.old"]);
    // Days are Swedish days: half past eleven in the evening in UTC is the next day.
    assert_eq!(actions("?fran=2026-01-02&till=2026-01-03").await, ["thing.old"]);
    assert_eq!(actions("?fran=2026-01-04&till=2026-01-04").await, ["thing.older"]);
    assert_eq!(actions("?person=sj%C3%B6berg").await, ["session.open"]);
    let id = person(&app, "samordnare").await;
    assert_eq!(actions(&format!("?person={id}")).await, ["session.open"]);
    assert_eq!(actions("?person=ingen").await, Vec::<String>::new());
    // In words, the word of the log beside it; chosen from a list it is that one alone.
    let page = browser.get("/admin/logg?handelse=session.open").await.expect(200);
    assert_eq!(page.texts(".log-line h3")[0], "Loggade in session.open");
    assert_eq!(page.attributes("#handelse option[selected]", "value"), ["session.open"]);
    assert_eq!(actions("?handelse=session.open").await, ["session.open", "session.open"]);
    let page = browser.get("/admin/logg?handelse=thing").await.expect(200);
    assert_eq!(page.texts("#handelse option[selected]"), ["Namnet börjar med thing"]);
    let page = browser.get("/admin/logg?begaran=req-1").await;
    assert!(page.text().contains("Skäl: Skäl.") && !page.text().contains("\"<i>\""), "what was written is text");
    // What cannot be read is said, and what was typed stays.
    let page = browser.get("/admin/logg?fran=igar&objekt=x").await.expect(200);
    assert_eq!(page.texts(".error-summary li").len(), 2);
    assert_eq!(page.attributes("#fran", "value"), ["igar"]);
}

#[tokio::test]
async fn a_long_log_is_read_page_by_page() {
    let app = TestApp::build().people().spawn().await;
    app.db
        .execute("insert into audit (at, actor_kind, action, object_kind) select '2026-01-02Z', 'job', 'thing.' || n, 'thing' from generate_series(1, 120) n")
        .await;
    let browser = Browser::signed_in(&app, "beslutsfattare").await;
    let (mut path, mut seen) = ("/admin/logg?handelse=thing".to_owned(), Vec::new());
    loop {
        let page = browser.get(&path).await.expect(200);
        seen.extend(page.texts(".log-line h3"));
        match page.attributes(".pagination a[rel=next]", "href").pop() {
            Some(next) => path = next,
            None => break,
        }
    }
    let expected: Vec<String> = (1..=120).rev().map(|n| format!("thing.{n}")).collect();
    assert_eq!(seen, expected);
}

/// Whatever the source writes to the log has a name in words. A literal of that shape that is no action is named here.
#[test]
fn every_action_in_the_source_has_a_name() {
    // What happened, for timelines; facts; files.
    const NOT_ACTIONS: &[&str] = &[
        "answer.options",
        "answer.unit",
        "award.steps",
        "backup.last",
        "database.dump",
        "follow_up.effort",
        "import.cancelled",
        "import.confirmed",
        "import.done",
        "import.examined",
        "import.failed",
        "import.refused",
        "proposal.absorbed",
        "readme.md",
        "reference.condition_met",
        "reference.condition_unmet",
        "reference.replaced",
        "reference.restored",
        "reference.retired",
        "report.answered",
        "report.closed",
        "report.reopened",
        "report.sent",
        "requirement.text_hidden",
        "requirements.jsonl",
    ];
    let t = Texts(Lang::Sv);
    let mut found = BTreeSet::new();
    for (name, source) in files("src", &["rs"]) {
        if name == "src/admin/events.rs" {
            continue;
        }
        found.extend(literals(&code(&source)).into_iter().filter(|text| {
            let parts: Vec<&str> = text.split('.').collect();
            let is_word = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            let is_file = ["json", "csv"].contains(&parts[parts.len() - 1]) || parts[0] == "public";
            parts.len() == 2 && parts.iter().all(is_word) && !is_file
        }));
    }
    assert!(found.len() > 90, "{}", found.len());
    let unnamed: Vec<&String> =
        found.iter().filter(|word| !NOT_ACTIONS.contains(&word.as_str()) && action_label(t, word).is_none()).collect();
    assert!(unnamed.is_empty(), "{unnamed:?}");
    // And each name stands for something.
    let events = files("src/admin", &["rs"]).into_iter().find(|(name, _)| name.ends_with("events.rs")).expect("the names").1;
    let idle: Vec<String> =
        literals(&code(&events)).into_iter().filter(|text| text.contains('.') && !found.contains(text)).collect();
    assert!(idle.is_empty(), "{idle:?}");
}
