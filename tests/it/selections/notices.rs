//! What rows have to say of themselves, worked out from rows and a time alone.

use kravbank::{
    requirements::RequirementNumber,
    selections::{
        RowLine,
        notices::{self, Notice, blocks_export},
        values::Misfit,
    },
};
use serde_json::{Value, json};
use time::macros::{date, datetime};
use uuid::Uuid;

use super::becomes;
use super::{Deed, bank};
use crate::support::{Browser, NOW};

/// A row of `KB-{number}:1`, in force since the summer, laid over with `more`.
fn row(number: u128, more: Value) -> RowLine {
    let mut row = json!({
        "id": Uuid::from_u128(number * 1000), "position": number, "requirement": Uuid::from_u128(number), "number": number,
        "version": 1, "title": "Krav", "title_en": null, "type": "technical_specification", "level": "basic", "hidden": false,
        "valid_from": "2026-06-01T00:00:00Z", "valid_to": null, "revoked": false, "in_force": 1, "stop": null, "repeal": null,
        "repeal_confirmed": false, "family": null, "relation": null, "siblings": [], "parameters": [], "values": {},
        "effort": null, "note": "", "reason": "", "reworded": false, "wording_version": null,
    });
    let (Value::Object(row_map), Value::Object(more)) = (&mut row, more) else { panic!("objects") };
    row_map.extend(more);
    serde_json::from_value(row).expect("a row")
}

fn of_one(row: &RowLine) -> Vec<Notice<'_>> {
    notices::of_row(row, std::slice::from_ref(row), NOW)
}

#[test]
fn a_row_in_force_has_nothing_to_say() {
    let rows = [row(1, json!({})), row(2, json!({}))];
    assert!(notices::of(&rows, NOW).iter().all(Vec::is_empty));
    assert!(notices::open(&rows, &notices::of(&rows, NOW)).is_empty());
}

#[test]
fn a_newer_version_is_told_of() {
    let old = row(1, json!({"valid_to": "2026-10-01T00:00:00Z", "in_force": 3}));
    assert!(matches!(of_one(&old)[..], [Notice::Newer { version: 3 }]));
    // To the second: it is in force until then.
    let ends = row(1, json!({"valid_to": "2026-11-22T12:00:00Z", "in_force": 3}));
    assert!(notices::of_row(&ends, &[], datetime!(2026-11-22 11:59:59 UTC)).is_empty());
    assert!(matches!(notices::of_row(&ends, &[], datetime!(2026-11-22 12:00:00 UTC))[..], [Notice::Newer { version: 3 }]));
    let nothing = row(1, json!({"valid_to": "2026-10-01T00:00:00Z", "in_force": null}));
    assert!(matches!(of_one(&nothing)[..], [Notice::Ended]));
}

#[test]
fn what_is_to_come_is_something_to_know_only() {
    let coming = row(1, json!({"version": 2, "valid_from": "2027-03-01T00:00:00Z", "in_force": 1}));
    let notices = of_one(&coming);
    assert!(matches!(notices[..], [Notice::Coming { from: Some(_), in_force: Some(1) }]));
    assert!(!notices[0].is_open() && !notices[0].blocks());
    let first = row(1, json!({"valid_from": "2027-03-01T00:00:00Z", "in_force": null}));
    assert!(matches!(of_one(&first)[..], [Notice::Coming { in_force: None, .. }]));
}

#[test]
fn revoked_hidden_and_stopped_are_told_of() {
    let revoked = row(1, json!({"revoked": true, "valid_from": null, "in_force": 1, "version": 2}));
    assert!(matches!(of_one(&revoked)[..], [Notice::Revoked { in_force: Some(1) }]));
    // The parameters of a text that may not be shown are not told of either.
    let parameters = json!([{"key": "a", "label": "A", "kind": "number"}]);
    let hidden = row(1, json!({"hidden": true, "parameters": parameters}));
    assert!(matches!(of_one(&hidden)[..], [Notice::Hidden]));
    let stopped = row(1, json!({"stop": {"reason": "Osäkert.", "since": "2026-11-01"}}));
    assert!(
        matches!(of_one(&stopped)[..], [Notice::Stopped { reason: "Osäkert.", since: Some(day) }] if day == date!(2026-11-01))
    );
    assert!(!blocks_export(&of_one(&stopped)), "a stop is said, and excludes nothing");
}

#[test]
fn a_repeal_blocks_until_it_is_answered() {
    let successors = json!([{"number": 7, "kind": "replaced"}]);
    let repeal = json!({"reason": "Inaktuellt.", "effective": "2026-10-01", "over": true, "successors": successors});
    let over = json!({"valid_to": "2026-10-01T00:00:00Z", "in_force": null, "repeal": repeal, "repeal_confirmed": false});
    let repealed = row(1, over.clone());
    let notices = of_one(&repealed);
    let [Notice::Repealed { reason: "Inaktuellt.", since: Some(_), successors, confirmed: false }] = notices[..] else {
        panic!("{notices:?}")
    };
    assert_eq!(successors[0].id(), RequirementNumber::from_db(7));
    assert!(blocks_export(&notices) && notices[0].is_open());
    let mut kept = over;
    kept["repeal_confirmed"] = json!(true);
    let kept = row(1, kept);
    let notices = of_one(&kept);
    assert!(matches!(notices[..], [Notice::Repealed { confirmed: true, .. }]));
    assert!(!blocks_export(&notices) && !notices[0].is_open());
    // One that comes later blocks nothing.
    let to_come = json!({"reason": "Inaktuellt.", "effective": "2027-01-01", "over": false, "successors": []});
    let ending = row(1, json!({"valid_to": "2027-01-01T00:00:00Z", "repeal": to_come}));
    let notices = of_one(&ending);
    assert!(matches!(notices[..], [Notice::Ending { from: Some(day), .. }] if day == date!(2027-01-01)));
    assert!(!blocks_export(&notices) && notices[0].is_open());
}

fn member(number: u128, level: &str, relation: &Value, siblings: &Value) -> RowLine {
    row(number, json!({"family": "f", "level": level, "relation": relation, "siblings": siblings}))
}

#[test]
fn an_advanced_one_that_replaces_a_basic_one_says_so() {
    let basic = member(1, "basic", &Value::Null, &json!([{"number": 2, "level": "advanced"}]));
    let advanced = member(2, "advanced", &json!("replaces"), &json!([{"number": 1, "level": "basic"}]));
    let other = row(3, json!({"family": "g", "level": "basic"}));
    let rows = [basic, advanced, other];
    let all = notices::of(&rows, NOW);
    assert!(all[0].is_empty() && all[2].is_empty());
    assert!(matches!(all[1][..], [Notice::Replaces { lower }] if lower.id == rows[0].id));
    assert_eq!(notices::open(&rows, &all), [rows[1].id]);
    // Alone it replaces nothing, and neither does one that should not be used itself.
    assert!(of_one(&rows[1]).is_empty());
    let mut stopped = json!({"family": "f", "level": "advanced", "relation": "replaces"});
    stopped["stop"] = json!({"reason": "Osäkert.", "since": "2026-11-01"});
    let rows = [rows[0].clone(), row(2, stopped)];
    assert!(matches!(notices::of(&rows, NOW)[1][..], [Notice::Stopped { .. }]));
}

#[test]
fn one_that_is_added_to_a_lower_one_asks_for_it() {
    let siblings = json!([{"number": 1, "level": "basic"}, {"number": 2, "level": "advanced"}]);
    let added = member(3, "spearhead", &json!("adds_to"), &siblings);
    let alone = of_one(&added);
    assert!(
        matches!(alone[..], [Notice::Lacks { lower }] if lower == RequirementNumber::from_db(2)),
        "the nearest lower: {alone:?}"
    );
    let with_basic = [member(1, "basic", &Value::Null, &json!([])), added.clone()];
    assert!(matches!(notices::of(&with_basic, NOW)[1][..], [Notice::Lacks { .. }]));
    let with_nearest = [added, member(2, "advanced", &Value::Null, &json!([]))];
    assert!(notices::of(&with_nearest, NOW).iter().all(Vec::is_empty));
}

#[test]
fn the_same_requirement_twice_is_told_of_once() {
    let older = row(1, json!({"valid_to": "2026-10-01T00:00:00Z", "in_force": 2}));
    let newer = row(1, json!({"id": Uuid::from_u128(9), "version": 2}));
    let again = row(1, json!({"id": Uuid::from_u128(10), "version": 2}));
    let rows = [older, newer, again];
    let all = notices::of(&rows, NOW);
    assert!(matches!(all[0][..], [Notice::Newer { .. }, Notice::Twice { other }] if other.id == rows[1].id));
    assert!(all[1].is_empty(), "the latest version stays, and the first of those");
    assert!(matches!(all[2][..], [Notice::Twice { other }] if other.id == rows[1].id));
}

#[test]
fn values_that_are_missing_or_do_not_fit_are_told_of() {
    let parameters = json!([
        {"key": "a", "label": "Andel", "kind": "percent", "min": 10, "max": 90},
        {"key": "b", "label": "Vikt", "kind": "number", "default": 5},
        {"key": "c", "label": "Slag", "kind": "choice", "options": ["x", "y"]}
    ]);
    let empty = row(1, json!({"parameters": parameters}));
    let notices = of_one(&empty);
    assert!(
        matches!(&notices[..], [Notice::Empty { parameter: a }, Notice::Empty { parameter: c }] if a.key == "a" && c.key == "c")
    );
    let wrong = row(1, json!({"parameters": parameters, "values": {"a": 95, "b": "x", "c": "z"}}));
    let notices = of_one(&wrong);
    let misfits: Vec<Misfit> = notices
        .iter()
        .map(|notice| match notice {
            Notice::Outside { misfit, .. } => *misfit,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(misfits, [Misfit::Above, Misfit::NoNumber, Misfit::NoOption]);
    let fine = row(1, json!({"parameters": parameters, "values": {"a": 10, "c": "y"}}));
    assert!(of_one(&fine).is_empty());
}

#[test]
fn a_wording_of_an_older_version_is_told_of() {
    let worded = |of: i32| row(1, json!({"version": 2, "in_force": 2, "reworded": true, "wording_version": of}));
    assert!(matches!(of_one(&worded(1))[..], [Notice::OlderWording { version: 1 }]));
    assert!(of_one(&worded(2)).is_empty());
}

#[tokio::test]
async fn what_becomes_of_a_requirement_is_shown_on_the_next_view() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0001", "KB-0002", "KB-0003", "KB-0005:1", "KB-0006"]).await;
    assert_eq!(browser.tags("KB-0001").await, ["Värde saknas"]);
    assert_eq!(browser.tags("KB-0003").await, ["Ersätter en annan rad", "Värde saknas"]);
    assert_eq!(browser.tags("KB-0005").await, ["Nyare version finns", "Värde saknas"]);
    assert_eq!(browser.tags("KB-0006").await, ["Gäller från 1 juni 2027"]);
    let page = browser.page().await;
    assert_eq!(page.texts(".to-do h2"), ["4 rader behöver ses över"]);
    assert_eq!(page.attributes(".to-do a", "href").len(), 4);
    for link in page.attributes(".to-do a", "href") {
        let id = link.rsplit('#').next().expect("a fragment");
        assert_eq!(browser.get(&link).await.expect(200).attributes(&format!("#{id}"), "class"), ["selection-row"]);
    }
    becomes(&app.db, 1, Deed::Stop).await;
    becomes(&app.db, 2, Deed::Repeal(NOW - time::Duration::HOUR, Some(3))).await;
    becomes(&app.db, 3, Deed::Hide).await;
    assert_eq!(browser.tags("KB-0001").await, ["Använd inte just nu", "Värde saknas"]);
    assert_eq!(browser.tags("KB-0002").await, ["Upphävt", "Värde saknas"]);
    assert_eq!(browser.tags("KB-0003").await, ["Texten visas inte"]);
    let page = browser.page().await;
    assert!(page.texts(".row-notice__quote").contains(&"Mätningen är osäker.".to_owned()), "{}", page.text());
    assert!(page.texts(".to-do p")[0].starts_with("Ett krav är upphävt."));
    // The same in English.
    let english = browser.get(&format!("/en{}", browser.selection().await)).await.expect(200);
    assert!(english.texts(".tag").contains(&"Do not use at present".to_owned()));
    assert_eq!(app.queries_of("/korgar").await.len(), 0, "a browser without a key asks nothing");
}

#[tokio::test]
async fn of_two_rows_with_one_requirement_each_says_which_it_is() {
    let app = bank().await;
    let browser = Browser::with(&app, &["KB-0002", "KB-0005:1", "KB-0005"]).await;
    let page = browser.page().await;
    assert_eq!(page.texts(".selection-row h3 .vh"), [", rad 2", ", rad 3"], "what stands once needs no number");
    let edit = page.texts(".selection-row__tools > a");
    assert_eq!(edit.iter().filter(|words| words.contains(", rad ")).count(), 2, "{edit:?}");
    let english = browser.get(&format!("/en{}", browser.selection().await)).await.expect(200);
    assert_eq!(english.texts(".selection-row h3 .vh"), [", row 2", ", row 3"]);
}
