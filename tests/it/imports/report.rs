//! The report: the same for a dry run and a real one, and true.

use kravbank::imports::{Fault, Report, Warning};
use serde_json::json;

use super::{rows, stored};
use crate::support::{Import, TestDb, complete, line, lines};

fn faults(report: &Report) -> Vec<(usize, &str, &str)> {
    report
        .rejected
        .iter()
        .flat_map(|(line, faults)| faults.iter().map(move |f| (*line, f.place.as_str(), f.expected.as_str())))
        .collect()
}

#[tokio::test]
async fn a_dry_run_reports_what_a_real_run_does_and_saves_nothing() {
    let db = TestDb::create();
    Import::current().accepted(&db, lines(&[line("Ett").id("KB-0003"), line("Två").id("KB-0004")])).await;
    let file = lines(&[
        line("Ett").id("KB-0003"),
        line("Två").id("KB-0004").text(&["En helt annan text."]),
        line("Tre"),
        line("Fyra").set("cpv", json!(["99999999"])),
        line("Fem").id("KB-0040"),
        line("Sex").set("product_group", "Drönare"),
    ]);
    let import = Import::current().create_groups().at(crate::support::NOW + time::Duration::days(1));
    let before = rows(&db).await;
    let dry = import.clone().dry_run().run(&db, &file).await;
    assert_eq!(rows(&db).await, before, "a dry run saved something");
    let again = import.clone().dry_run().run(&db, &file).await;
    assert_eq!(dry, again);
    let real = import.run(&db, &file).await;
    assert_eq!(dry, real);
    assert_eq!((real.new, real.changed, real.unchanged, real.rejected.len()), (4, 1, 1, 0));
    assert_eq!(real.numbers, Some((41, 43)), "after the highest number that the file brought");
    assert_eq!(real.decision, Some(2));
    assert_eq!(real.groups_made, ["Medicinteknik / Drönare"]);
    assert_eq!(real.warnings, [Warning::new(4, "cpv", "CPV-koden 99999999 finns inte i den inlästa listan.".to_owned())]);
    let text = real.text(false);
    for part in ["4 nya, 1 ändrad, 1 oförändrad, 0 avvisade, 1 varning.", "KB-0041 till KB-0043", "B-0002", "Allt är sparat."]
    {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert!(dry.text(true).contains("Provkörning: ingenting sparades"));
}

#[tokio::test]
async fn the_same_file_twice_changes_nothing() {
    let db = TestDb::create();
    let file = lines(&[complete("Ett").id("KB-0001"), complete("Två").id("KB-0002").set("title_en", "Two")]);
    Import::current().accepted(&db, &file).await;
    let before = rows(&db).await;
    for target in [Import::current(), Import::preparation()] {
        let report = target.accepted(&db, &file).await;
        assert_eq!((report.new, report.changed, report.unchanged), (0, 0, 2));
        assert_eq!(report.decision, None, "a decision about nothing");
        assert_eq!(rows(&db).await, before);
    }
}

/// What comes back from the database is what went in: numbers of every spelling, keys that say nothing, odd orders.
#[tokio::test]
async fn one_reference_cited_with_two_addresses_is_unchanged_the_second_time_too() {
    let db = TestDb::create();
    let citing = |id: &str, more: serde_json::Value| {
        let mut reference = json!({"name": "Reach", "kind": "law", "edition": "2006"});
        for (key, value) in more.as_object().expect("an object") {
            reference[key] = value.clone();
        }
        line(id).id(id).set("references", json!([reference]))
    };
    let file = lines(&[
        citing("KB-0001", json!({"url": "https://a.example.se/"})),
        citing("KB-0002", json!({"url": "https://b.example.se/"})),
        citing("KB-0003", json!({"in_force_from": "2007-06-01"})),
        citing("KB-0004", json!({})),
    ]);
    Import::current().accepted(&db, &file).await;
    let again = Import::current().run(&db, &file).await;
    assert_eq!((again.unchanged, again.changed), (4, 0), "{}", again.text(false));
    let mut connection = db.connect().await;
    let different: Vec<String> = sqlx::query_scalar(
        "select v.canonical from requirement_version v where version_core(v.id) -> 'references' <> v.canonical::jsonb -> 'references'",
    )
    .fetch_all(&mut connection)
    .await
    .expect("versions");
    assert!(different.is_empty(), "the rows say something else than what was decided: {different:?}");
}

#[tokio::test]
async fn odd_values_are_unchanged_the_second_time_too() {
    let db = TestDb::create();
    for (n, number) in
        ["1", "1.0", "1e2", "-0", "0.1", "1e-7", "1e30", "123456789012345678901234567890", "9007199254740993", "5e-324"]
            .into_iter()
            .enumerate()
    {
        let file = format!(
            r#"{{"id":"KB-{:04}","title":"x","text":["{{{{a}}}} b"],"type":"award_criterion","level":"basic","product_group":"handskar",
                "answer":{{"kind":"number","min":{number},"max":null}},
                "award":{{"model":"points","explanation":" e ","max":{number},"steps":["a"," b "]}},
                "parameters":[{{"key":"a","label":"L","kind":"number","default":{number},"options":[]}}],
                "references":[{{"name":"B","kind":"law","edition":""}},{{"name":"A","kind":"label","url":"https://a.se/"}}],
                "follow_up":{{"method":"m","effort":"small","by":""}},"applies_to":{{"kinds":[]}},
                "cpv":["33141420-0","33140000","33140000-3"],"agenda_goals":[5,3,5],"evidence":[{{"kind":"label","text":""}}]}}"#,
            n + 1
        )
        .replace('\n', "");
        Import::current().accepted(&db, &file).await;
        let again = Import::current().run(&db, &file).await;
        assert_eq!((again.unchanged, again.changed), (1, 0), "{number}: {}", again.text(false));
    }
}

#[tokio::test]
async fn numbers_have_no_gaps() {
    let db = TestDb::create();
    let import = Import::preparation();
    assert_eq!(import.accepted(&db, lines(&[line("a"), line("b")])).await.numbers, Some((1, 2)));
    assert_eq!(import.clone().dry_run().accepted(&db, lines(&[line("c")])).await.numbers, Some((3, 3)));
    assert!(!import.run(&db, lines(&[line("d"), line("").set("level", "x")])).await.accepted);
    assert_eq!(import.accepted(&db, lines(&[line("e"), line("f").id("KB-0003")])).await.numbers, Some((4, 4)));
    assert_eq!(import.accepted(&db, lines(&[line("g")])).await.numbers, Some((5, 5)));
    // A number below the counter that nobody has is no gap to fill, but may be taken by name.
    assert_eq!(stored(&db, 4).await.open.expect("open").content.core.title, "e");
}

#[tokio::test]
async fn a_rejection_says_line_place_value_and_what_is_expected_and_nothing_is_saved() {
    let db = TestDb::create();
    let before = rows(&db).await;
    let file = format!(
        "{}\n\n{}\n{}\n",
        line("Bra").json(),
        line("Dålig").set("level", "superb").json(),
        line("Sämre").set("evidence", json!([{"kind": "label", "text": "a"}, {"kind": "gut feeling", "text": "b"}])).json()
    );
    let report = Import::current().run(&db, &file).await;
    assert!(!report.accepted);
    assert_eq!(rows(&db).await, before);
    let fault = |place: &str, value: &str, expected: &str| Fault::new(place, value.to_owned(), expected);
    assert_eq!(
        report.rejected,
        [(3, vec![fault("level", "superb", "level")]), (4, vec![fault("evidence[1].kind", "gut feeling", "evidence")])]
    );
    let text = report.text(false);
    assert!(text.contains("Rad 3: level är ”superb” – väntat: basic, advanced eller spearhead"), "{text}");
    assert!(text.contains("Rad 4: evidence[1].kind är ”gut feeling” – väntat: en lista av {kind, text"), "{text}");
    assert!(text.contains("Ingenting sparades."), "{text}");
    assert_eq!(report.decision, None);
}

#[tokio::test]
async fn every_fault_of_a_line_is_told_at_once() {
    let db = TestDb::create();
    let bad = line("x").set("type", "krav").set("level", 3).set("titel", "x").set("review_by", "2027-02-30").without("title");
    let report = Import::current().run(&db, lines(&[bad])).await;
    let places: Vec<&str> = faults(&report).iter().map(|f| f.1).collect();
    assert_eq!(places, ["type", "level", "review_by", "titel"]);
    let whole = line(&"x".repeat(201))
        .set("cpv", json!(["123"]))
        .set("objectives", json!(["renare-luft"]))
        .set("agenda_goals", json!([0, 18]))
        .set("eforms", json!(["nice"]))
        .set("family", "Stora Ord")
        .set("references", json!([{"name": "Reach", "kind": "law", "url": "javascript:alert(1)"}]));
    let report = Import::current().run(&db, lines(&[whole])).await;
    let places: Vec<&str> = faults(&report).iter().map(|f| f.1).collect();
    assert_eq!(places, ["title", "family", "cpv", "objectives", "agenda_goals", "agenda_goals", "eforms", "references"]);
}

#[tokio::test]
async fn skip_invalid_saves_the_rest() {
    let db = TestDb::create();
    let file = lines(&[line("Bra"), line("Dålig").set("level", "superb"), line("Också bra")]);
    let report = Import::current().skip_invalid().run(&db, &file).await;
    assert!(report.accepted);
    assert_eq!((report.new, faults(&report)), (2, vec![(2, "level", "level")]));
    assert_eq!(db.value::<i64>("select count(*) from requirement").await, 2);
    assert!(report.text(false).contains("Raderna utan fel är sparade"), "{}", report.text(false));
    assert!(report.text(true).contains("ingenting sparades. Raderna utan fel"), "{}", report.text(true));
    // Where nothing could be taken, nothing was.
    let report = Import::current().skip_invalid().run(&db, lines(&[line("Dålig").set("level", "superb")])).await;
    assert!(!report.accepted && report.text(false).contains("Ingenting sparades."), "{}", report.text(false));
    let again = Import::current().accepted(&db, lines(&[line("Bra").id("KB-0001")])).await;
    assert!(again.text(false).contains("Det fanns ingenting nytt att spara."), "{}", again.text(false));
}

#[tokio::test]
async fn a_bad_number_or_group_hides_no_other_fault() {
    let db = TestDb::create();
    let bad = line("x").id("KB-1").set("product_group", "rymdfart").set("family", "Stora Ord").set("cpv", json!(["123"]));
    let report = Import::current().run(&db, lines(&[bad])).await;
    let places: Vec<&str> = faults(&report).iter().map(|f| f.1).collect();
    assert_eq!(places, ["id", "product_group", "family", "cpv"]);
    // What a number that leads nowhere leaves out may be stored: it is not called missing.
    let report = Import::current().run(&db, r#"{"id": "KB-1", "family": "Stora Ord"}"#).await;
    let places: Vec<&str> = faults(&report).iter().map(|f| f.1).collect();
    assert_eq!(places, ["id"]);
}

#[tokio::test]
async fn a_key_stands_once_in_a_line() {
    let db = TestDb::create();
    let twice = line("x").json().replacen('{', r#"{"level": "advanced", "#, 1);
    let nested = line("x").set("evidence", json!([])).json().replace("[]", r#"[{"kind": "label", "kind": "epd", "text": "x"}]"#);
    let report = Import::current().run(&db, format!("{twice}\n{nested}\n")).await;
    assert_eq!(faults(&report), [(1, "level", "once_key"), (2, "kind", "once_key")]);
    assert!(report.text(false).contains("Rad 1: level – väntat: varje nyckel en gång"), "{}", report.text(false));
}

#[tokio::test]
async fn long_lists_of_faults_are_cut() {
    let db = TestDb::create();
    let file: String = (0..300).map(|n| line(&format!("Krav {n}")).set("level", "x").json() + "\n").collect();
    let text = Import::current().run(&db, &file).await.text(false);
    assert_eq!(text.matches("level är").count(), 200);
    assert!(text.contains("… och 100 fel till."), "{text}");
    assert!(text.contains("300 avvisade"), "{text}");
}

/// The database refuses it for the whole file; here it is told of its line.
#[tokio::test]
async fn a_level_that_the_family_has_rejects_its_line() {
    let db = TestDb::create();
    let member = |id: &str, level: &str| line(id).id(id).set("family", "handskar-amnen").set("level", level);
    let later = Import::current().at(crate::support::NOW + time::Duration::days(1));
    Import::current().accepted(&db, lines(&[member("KB-0001", "basic"), member("KB-0002", "advanced")])).await;
    let report = later.run(&db, lines(&[member("KB-0001", "advanced"), line("Annat").id("KB-0009")])).await;
    assert_eq!(faults(&report), [(1, "level", "level_in_family")], "{}", report.text(false));
    assert_eq!((report.new, report.changed), (1, 0));
    // A new member may not take the place either that another moves to at the same time.
    let report = later.run(&db, lines(&[member("KB-0001", "spearhead"), member("KB-0003", "spearhead")])).await;
    assert_eq!(faults(&report), [(2, "level", "level_in_family")]);
    // With the rest taken, numbers still have no gap.
    let file = lines(&[member("KB-0001", "advanced"), line("Annat")]);
    assert_eq!(later.clone().skip_invalid().run(&db, file).await.numbers, Some((3, 3)));
    // They may change places, and another type is another ladder.
    later.clone().dry_run().accepted(&db, lines(&[member("KB-0001", "advanced"), member("KB-0002", "basic")])).await;
    later.accepted(&db, lines(&[member("KB-0001", "advanced").set("type", "award_criterion")])).await;
}

#[tokio::test]
async fn a_number_stands_once_in_a_file() {
    let db = TestDb::create();
    let file = lines(&[line("Ett").id("KB-0001"), line("Två").id("KB-0001")]);
    let report = Import::current().run(&db, &file).await;
    assert_eq!(faults(&report), [(2, "id", "id_once")]);
    // However it is written: only one spelling is taken.
    for odd in ["KB-1", "kb-0001", "KB-00001", "KB0001", "KB-0000", "42", "KB-", "KB--0001", "KB-99999999999999999999"] {
        let report = Import::current().run(&db, lines(&[line("Ett").id(odd)])).await;
        assert_eq!(faults(&report), [(1, "id", "id")], "{odd}");
    }
}

#[tokio::test]
async fn progress_comes_to_its_end() {
    let db = TestDb::create();
    let mut connection = db.connect().await;
    let seen = std::sync::Mutex::new(Vec::new());
    let options = kravbank::imports::Options {
        target: kravbank::imports::Target::Preparation,
        create_groups: false,
        skip_invalid: false,
        replace: false,
        reference: String::new(),
        operator: "test".to_owned(),
        file_name: "krav.jsonl".to_owned(),
    };
    let actor = kravbank::kernel::actor::Actor::System(kravbank::kernel::actor::System::CommandLine);
    let file = lines(&(0..3).map(|n| line(&format!("Krav {n}"))).collect::<Vec<_>>());
    let show = |progress: kravbank::imports::Progress| seen.lock().expect("no panic").push((progress.done, progress.of));
    kravbank::imports::run(&mut connection, &actor, &options, file.as_bytes(), crate::support::NOW, &show)
        .await
        .expect("a report");
    assert_eq!(seen.into_inner().expect("no panic").last(), Some(&(3, 3)));
}
