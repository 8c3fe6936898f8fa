//! A line laid over what is stored: what stays, what goes, what becomes a new version.

use kravbank::requirements::{content::hash, fields::Level, lifecycle::State};
use serde_json::json;
use time::{Duration, macros::datetime};

use super::{decided, rows, stored};
use crate::support::{Import, Line, NOW, TestDb, complete, line, lines};

fn later() -> Import {
    Import::current().at(NOW + Duration::days(1))
}

#[tokio::test]
async fn a_key_that_is_absent_leaves_and_one_that_is_empty_clears() {
    let db = TestDb::create();
    let full = complete("Ett")
        .id("KB-0001")
        .set("guidance", "Läs detta.")
        .set("legal_floor", "Lagen kräver mindre.")
        .set("cpv", json!(["33140000-3"]))
        .set("family", "handskar-amnen")
        .set("relation_to_lower", "replaces")
        .set("title_en", "One")
        .set("text_en", json!(["The product shall meet it."]))
        .set("rationale_en", "It lowers emissions.")
        .set("references", json!([{"name": "Reach", "kind": "law", "edition": "2006"}]));
    Import::current().accepted(&db, lines(std::slice::from_ref(&full))).await;
    let before = decided(&db, 1).await;
    assert_eq!(before.content.maintained.cpv, ["33140000"]);

    // Nothing but the ID: nothing changes.
    let report = later().accepted(&db, lines(&[Line::empty().id("KB-0001")])).await;
    assert_eq!(report.unchanged, 1);

    let empty = Line::empty()
        .id("KB-0001")
        .set("guidance", "")
        .set("cpv", json!([]))
        .set("family", serde_json::Value::Null)
        .set("title_en", " ")
        .set("text_en", json!([]))
        .set("rationale_en", "")
        .set("objectives", json!([]))
        .set("review_by", "");
    let report = later().accepted(&db, lines(&[empty])).await;
    assert_eq!((report.changed, report.decision), (1, None));
    let after = decided(&db, 1).await;
    assert_eq!((after.id, after.number, &after.content.core), (before.id, 1, &before.content.core), "no new version");
    let maintained = &after.content.maintained;
    assert_eq!(
        (maintained.guidance.as_str(), maintained.cpv.len(), &maintained.family, maintained.relation),
        ("", 0, &None, None)
    );
    assert_eq!((maintained.objectives.len(), maintained.review_by), (0, None));
    assert_eq!((&after.content.english.title, after.content.english.text.len()), (&None, 0));

    // What is decided clears by a new version.
    let empty = Line::empty()
        .id("KB-0001")
        .set("rationale", "")
        .set("evidence", json!([]))
        .set("follow_up", json!({}))
        .set("references", json!([]));
    later().accepted(&db, lines(&[empty])).await;
    let after = decided(&db, 1).await;
    assert_eq!(after.number, 2);
    let core = &after.content.core;
    assert_eq!((core.rationale.as_str(), core.evidence.len(), &core.follow_up, core.references.len()), ("", 0, &None, 0));
    assert_eq!(core.legal_floor, "Lagen kräver mindre.");
}

#[tokio::test]
async fn what_must_be_there_cannot_be_cleared() {
    let db = TestDb::create();
    Import::current().accepted(&db, lines(&[line("Ett").id("KB-0001")])).await;
    let before = rows(&db).await;
    for key in ["title", "text", "type", "level", "product_group"] {
        let report = later().run(&db, lines(&[Line::empty().id("KB-0001").set(key, "")])).await;
        let places: Vec<&str> = report.rejected.iter().flat_map(|(_, faults)| faults).map(|f| f.place.as_str()).collect();
        assert_eq!(places, [key], "{key} was cleared");
        let report = later().run(&db, lines(&[line("Ny").without(key)])).await;
        assert!(report.rejected.iter().flat_map(|(_, faults)| faults).any(|f| f.place == key), "{key} may be missing");
    }
    assert_eq!(rows(&db).await, before);
}

#[tokio::test]
async fn a_new_version_keeps_the_ids_of_its_clauses() {
    let db = TestDb::create();
    let old = [
        "Handskar ska vara fria från ftalater och bisfenol A i alla delar.",
        "Märkningen ska vara på svenska.",
        "Tredje stycket utgår.",
    ];
    Import::current().accepted(&db, lines(&[line("Ett").id("KB-0001").text(&old)])).await;
    let before = decided(&db, 1).await;
    let new = [
        "Märkningen ska vara på svenska.",
        "Handskar ska vara fria från ftalater och bisfenol S i alla delar.",
        "Något helt nytt om förpackningar av papper.",
    ];
    later().accepted(&db, lines(&[Line::empty().id("KB-0001").text(&new)])).await;
    let after = decided(&db, 1).await;
    let ids: Vec<_> = after.clauses.iter().map(|clause| before.clauses.iter().position(|old| old.id == clause.id)).collect();
    assert_eq!(ids, [Some(1), Some(0), None]);
    assert_eq!(after.number, 2);
    let states: Vec<(i32, bool, bool)> = {
        let mut connection = db.connect().await;
        sqlx::query_as("select number, upper(valid) is null, sha256 is not null from requirement_version order by number")
            .fetch_all(&mut connection)
            .await
            .expect("versions")
    };
    assert_eq!(states, [(1, false, true), (2, true, true)], "the first one ended when the second began");
}

#[tokio::test]
async fn what_is_maintained_changes_without_a_new_version() {
    let db = TestDb::create();
    Import::current().accepted(&db, lines(&[complete("Ett").id("KB-0001")])).await;
    let before = decided(&db, 1).await;
    let patch = Line::empty()
        .id("KB-0001")
        .set("guidance", "Råd")
        .set("product_group", "sarvard")
        .set("agenda_goals", json!([12, 3]))
        .set("eforms", json!(["circ-econ"]))
        .set("builds_on", "UHM 11467:1")
        .set("limitations", "MDR")
        .set("title_en", "One")
        .set("text_en", json!(["English."]));
    let report = later().accepted(&db, lines(&[patch])).await;
    assert_eq!((report.changed, report.decision), (1, None));
    let after = decided(&db, 1).await;
    assert_eq!((after.id, after.number, after.clauses), (before.id, before.number, before.clauses));
    assert_eq!(after.content.maintained.agenda_goals, [3, 12]);
    assert_eq!(after.content.english.text, ["English."]);
    assert_eq!(db.value::<i64>("select count(*) from audit where action = 'requirement.maintain'").await, 1);
    assert!(
        db.value::<bool>("select 'group:medicinteknik/sarvard' = any (facets) from search_document").await,
        "found under the new group"
    );
}

#[tokio::test]
async fn english_belongs_to_its_swedish_text() {
    let db = TestDb::create();
    let english = line("Ett").id("KB-0001").text(&["Ett.", "Två."]).set("text_en", json!(["One.", "Two."]));
    let short = line("Två").text(&["Ett.", "Två."]).set("text_en", json!(["One."]));
    let report = Import::current().run(&db, lines(&[short])).await;
    assert_eq!(report.rejected[0].1[0].place, "text_en");
    Import::current().accepted(&db, lines(&[english])).await;
    later().accepted(&db, lines(&[Line::empty().id("KB-0001").text(&["Ett.", "Tre."])])).await;
    let after = decided(&db, 1).await;
    assert_eq!(after.content.english.text, Vec::<String>::new(), "an English text stood beside another Swedish one");
}

#[tokio::test]
async fn english_of_evidence_is_kept_beside_the_core() {
    let db = TestDb::create();
    let evidence = json!([{"kind": "label", "text": "Märke", "text_en": "Label"}, {"kind": "epd", "text": "EPD"}]);
    Import::current().accepted(&db, lines(&[line("Ett").id("KB-0001").set("evidence", evidence)])).await;
    let stored = decided(&db, 1).await;
    assert_eq!(stored.content.english.evidence, [Some("Label".to_owned()), None]);
    assert!(!db.value::<String>("select canonical from requirement_version").await.contains("Label"));
}

#[tokio::test]
async fn in_force_from_the_day_given() {
    let db = TestDb::create();
    let file = lines(&[
        line("Förr").id("KB-0001").set("effective_from", "2025-03-30"),
        line("Nu").id("KB-0002"),
        line("Sedan").id("KB-0003").set("effective_from", "2027-01-01"),
    ]);
    Import::current().accepted(&db, file).await;
    let from = |n| {
        let db = &db;
        async move { decided(db, n).await.takes_effect.expect("a day") }
    };
    assert_eq!(from(1).await, datetime!(2025-03-29 23:00 UTC), "the Swedish day began an hour before the UTC day");
    assert_eq!(from(2).await, NOW);
    assert_eq!(from(3).await, datetime!(2026-12-31 23:00 UTC));
    // A later version begins later than the one before.
    let again = |day: &str| lines(&[Line::empty().id("KB-0003").text(&["En annan text."]).set("effective_from", day)]);
    for day in ["2026-01-01", "2027-01-01"] {
        let report = later().run(&db, again(day)).await;
        assert_eq!(report.rejected[0].1[0].expected, "after_last_version", "{day}");
    }
    later().accepted(&db, again("2027-06-01")).await;
    assert_eq!(from(3).await, datetime!(2027-05-31 22:00 UTC));
    let ends: i64 = db.value("select count(*) from requirement_version where upper(valid) = '2027-05-31T22:00Z'").await;
    assert_eq!(ends, 1, "the version before ends when the new one begins");
}

#[tokio::test]
async fn as_preparation_lays_an_open_version_beside_what_is_in_force() {
    let db = TestDb::create();
    Import::current().accepted(&db, lines(&[line("Ett").id("KB-0001")])).await;
    let new = Line::empty().id("KB-0001").set("level", "advanced").set("changes", json!(["level"])).set("change_note", "Högre.");
    let report = Import::preparation().accepted(&db, lines(std::slice::from_ref(&new))).await;
    assert_eq!((report.changed, report.decision), (1, None));
    let both = stored(&db, 1).await;
    let open = both.open.expect("an open version");
    assert_eq!((open.number, open.state, open.content.core.level), (2, State::Preparation, Level::Advanced));
    assert_eq!(both.decided.expect("what is in force").content.core.level, Level::Basic);
    // The same again is the open version as it is; another text has no place while one is open.
    assert_eq!(Import::preparation().accepted(&db, lines(&[new])).await.unchanged, 1);
    let other = lines(&[Line::empty().id("KB-0001").text(&["En annan text."])]);
    for import in [Import::preparation(), later()] {
        let report = import.run(&db, &other).await;
        assert_eq!(report.rejected[0].1[0].expected, "no_open_version");
    }
}

#[tokio::test]
async fn decided_texts_carry_a_hash_that_anybody_can_recompute() {
    let db = TestDb::create();
    let composed = "Ångström";
    let decomposed = "A\u{30a}ngstro\u{308}m";
    let file = lines(&[
        line(composed).id("KB-0001").text(&["Rad ett  \r\nrad två\r\rslut  "]),
        line(decomposed).id("KB-0002").text(&["Rad ett\nrad två\n\nslut"]),
    ]);
    Import::current().accepted(&db, file).await;
    let mut connection = db.connect().await;
    let rows: Vec<(String, Vec<u8>)> = sqlx::query_as(
        "select v.canonical, v.sha256 from requirement_version v join requirement r on r.id = v.requirement_id order by r.number",
    )
    .fetch_all(&mut connection)
    .await
    .expect("versions");
    for (canonical, sha256) in &rows {
        assert_eq!(&hash(canonical), sha256);
    }
    assert_eq!(rows[0].0.replace("KB-0001", "KB-0002"), rows[1].0, "the same text spelt in two ways");
    assert!(rows[0].0.contains(r#""text":["Rad ett\nrad två\n\nslut"]"#), "{}", rows[0].0);
}
