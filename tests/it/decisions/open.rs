//! Decisions for programs: what was not decided, and who else took part, is not told.

use serde_json::{Value, json};

use super::{bank, begun, decide, filled, lock, ready, said, submitted, version, waiting};
use crate::support::Browser;

#[tokio::test]
async fn programs_are_told_what_was_decided_and_nothing_of_what_was_not() {
    const SECRET: &str = "Hemlighet-7f3a";
    let app = bank().await;
    let lmc = Browser::signed_in(&app, "lmc").await;
    // A draft beside it, full of what nobody is to read.
    ready(&app, 1).await;
    let other = begun(&app, &lmc, &[1]).await;
    let path = format!("{other}/uppgifter");
    let seen = lock(&lmc, &path).await;
    let fields = [
        ("las", seen.as_str()),
        ("rubrik", SECRET),
        ("organ", SECRET),
        ("skal", SECRET),
        ("anteckning", SECRET),
        ("narvarande", SECRET),
    ];
    lmc.post(&path, &fields).await.expect(303);
    let draft = waiting(&app, &lmc, &[2, 3]).await;
    let before = app.get("/api/v1/decisions").await.expect(200).json();
    assert_eq!((&before["total"], &before["items"][0]["number"]), (&json!(1), &json!("B-0001")), "what was read in alone");
    let import = &before["items"][0];
    assert_eq!((&import["kind"], &import["title"], &import["decided_by"]), (&json!("import"), &Value::Null, &Value::Null));
    assert!(import["file"]["sha256"].is_string() && import["items"][0]["effective_at"].is_string(), "{import}");
    // Who was present stands in the minutes and on the page.
    let decider = Browser::signed_in(&app, "beslutsfattare").await;
    lmc.post(&format!("{draft}/overlamning"), &[("gor", "ta-tillbaka")]).await.expect(303);
    let path = format!("{draft}/uppgifter");
    let seen = lock(&lmc, &path).await;
    let fields = [
        ("las", seen.as_str()),
        ("rubrik", "Skarpare gränser"),
        ("organ", "Styrgruppen"),
        ("dag", "2026-11-20"),
        ("skal", "Marknaden klarar det."),
        ("narvarande", "Sixten Närvaro"),
        ("jav", "Tyra Jävig"),
        ("avvikande", "Uno Reservant"),
        ("foredragande", "Vera Föredrar"),
    ];
    lmc.post(&path, &fields).await.expect(303);
    submitted(&lmc, &draft).await;
    said(&decider, &draft, &[("bifall", "", ""), ("avslag", "Det hör inte hit.", "")]).await.expect(303);
    decide(&decider, &draft).await.expect(303);

    let list = app.get("/api/v1/decisions").await.expect(200);
    let text = list.text();
    // Nothing of the draft, of the version that was refused, of who took part besides who decided.
    let version = version(&app, 1).await;
    let hidden =
        [SECRET, "Kanarie", "sjunger", &version, "Sixten", "Tyra", "Uno", "Vera", "Karin Öberg", "example.org", "helt fri"];
    for secret in hidden {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    let list = list.json();
    let made = &list["items"][0];
    assert_eq!(list["total"], 2);
    assert_eq!(made["number"], "B-2026-0002");
    assert_eq!(made["decided_by"]["name"], "Gunilla Ström");
    assert_eq!(made["items"][0]["effective_from"], "2026-11-22");
    let refused = &made["items"][1];
    assert_eq!(
        (&refused["requirement"], &refused["outcome"], &refused["reason"]),
        (&json!("KB-0003"), &json!("rejected"), &json!("Det hör inte hit."))
    );
    assert_eq!((&refused["title"], &refused["links"], &refused["sha256"]), (&Value::Null, &Value::Null, &Value::Null));
    // The API knows nobody: who prepares is told the same.
    assert_eq!(lmc.get("/api/v1/decisions").await.expect(200).text(), text);
    // A name that is gone is gone here as well.
    app.db.execute("update person set name = null, email = null, erased_at = now() where example = 'beslutsfattare'").await;
    let made = app.get("/api/v1/decisions/B-2026-0002").await.expect(200).json();
    assert_eq!(made["decided_by"]["name"], Value::Null);
    assert!(made["decided_by"]["organisation"]["name"].is_string());
    // Nor is a proposal told of that is held.
    let held: i64 = app.db.value("select count(*) from proposal").await;
    assert_eq!((held, &made["proposals"]), (0, &json!([])));
    filled(&lmc, &other).await;
}
