//! The canonical text and its hash: the same for everybody who recomputes it.

use kravbank::{
    imports::Target,
    requirements::{
        RequirementNumber,
        content::{Core, hash, tidy},
    },
};
use proptest::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::Row;
use unicode_normalization::is_nfc;

use crate::support::{Import, TestDb};

fn core(value: &Value) -> Core {
    serde_json::from_value(value.clone()).expect("a core")
}

fn canonical(core: &Core) -> String {
    core.canonical(RequirementNumber::from_db(42), 3).expect("canonical")
}

#[test]
fn it_is_this_text() {
    let core = core(&json!({
        "title": "Åtta", "text": ["Ett.", "Två \"citat\" \\ \n rad"], "type": "technical_specification", "level": "basic",
        "answer": {"kind": "number", "min": 1.0, "max": 1e21, "unit": "%"},
        "evidence": [{"kind": "label", "text": "Märke", "text_en": "Label"}],
    }));
    let expected = r#"{"answer":{"kind":"number","max":1e+21,"min":1,"unit":"%"},"evidence":[{"kind":"label","text":"Märke","text_en":"Label"}],"id":"KB-0042","level":"basic","text":["Ett.","Två \"citat\" \\ \n rad"],"title":"Åtta","type":"technical_specification","version":3}"#;
    assert_eq!(canonical(&core), expected);
    assert_eq!(hash(expected), Sha256::digest(expected.as_bytes()).to_vec());
}

#[test]
fn the_order_of_keys_changes_nothing() {
    let one: Value = serde_json::from_str(
        r#"{"title":"T","text":["a"],"type":"award_criterion","level":"basic","award":{"model":"points","explanation":"e","steps":{"å":1,"b":2,"a":{"z":1,"y":2}}}}"#,
    )
    .expect("JSON");
    let other: Value = serde_json::from_str(
        r#"{"award":{"steps":{"a":{"y":2,"z":1},"b":2,"å":1},"explanation":"e","model":"points"},"level":"basic","type":"award_criterion","text":["a"],"title":"T"}"#,
    )
    .expect("JSON");
    assert_eq!(canonical(&core(&one)), canonical(&core(&other)));
}

#[test]
fn every_part_of_the_core_counts() {
    let base = json!({"title": "T", "text": ["a", "b"], "type": "technical_specification", "level": "basic"});
    let changes = [
        json!({"title": "U"}),
        json!({"text": ["b", "a"]}),
        json!({"text": ["a b"]}),
        json!({"type": "award_criterion"}),
        json!({"level": "advanced"}),
        json!({"rationale": "r"}),
        json!({"proportionality": "r"}),
        json!({"legal_floor": "r"}),
        json!({"evidence": [{"kind": "label", "text": "r"}]}),
        json!({"answer": {"kind": "confirm"}}),
        json!({"award": {"model": "lcc", "explanation": "r"}}),
        json!({"follow_up": {"method": "r", "effort": "small"}}),
        json!({"applies_to": {"kinds": ["goods"]}}),
        json!({"parameters": [{"key": "r", "label": "r", "kind": "text"}]}),
        json!({"exemptions": [{"what": "r", "reason": "r"}]}),
        json!({"definitions": [{"term": "r", "text": "r"}]}),
        json!({"appendices": [{"title": "r", "text": "r"}]}),
        json!({"references": [{"name": "r", "kind": "law"}]}),
    ];
    let mut hashes = std::collections::HashSet::from([hash(&canonical(&core(&base)))]);
    for change in changes {
        let mut value = base.clone();
        for (key, new) in change.as_object().expect("an object") {
            value[key] = new.clone();
        }
        assert!(hashes.insert(hash(&canonical(&core(&value)))), "{change} changes nothing");
    }
    let base = core(&base);
    for (number, version) in [(43, 3), (42, 4)] {
        let other = base.canonical(RequirementNumber::from_db(number), version).expect("canonical");
        assert!(hashes.insert(hash(&other)));
    }
}

proptest! {
    #[test]
    fn tidy_texts_stay_tidy(text in "[\\PCåa\u{30a}\r\n\t \u{0}\u{85}\u{2028}\u{200b}]{0,40}") {
        let once = tidy(&text);
        prop_assert_eq!(&tidy(&once), &once);
        prop_assert!(is_nfc(&once), "{:?}", once);
        prop_assert!(!once.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
        prop_assert!(once.lines().all(|line| line == line.trim_end()));
    }
}

/// What stands in the rows gives the canonical text again, so that nothing that is hashed is lost on the way to a reader.
#[tokio::test]
async fn it_is_recomputed_from_the_rows() {
    let db = TestDb::create();
    for (target, file) in [
        (Target::Current, include_str!("../../../data/example/1-handskar.jsonl")),
        (Target::Current, include_str!("../../../data/example/1-it.jsonl")),
        (Target::Current, include_str!("../../../data/example/1-ovriga-a.jsonl")),
        (Target::Current, include_str!("../../../data/example/1-ovriga-b.jsonl")),
    ] {
        Import::new(target).accepted(&db, file).await;
    }
    let mut connection = db.connect().await;
    let rows = sqlx::query(
        "select v.canonical, v.sha256, version_core(v.id) as core, v.number, r.number as requirement
         from requirement_version v join requirement r on r.id = v.requirement_id where v.state = 'decided'",
    )
    .fetch_all(&mut connection)
    .await
    .expect("versions");
    assert!(rows.len() > 50);
    for row in rows {
        let (stored, sha256): (String, Vec<u8>) = (row.get("canonical"), row.get("sha256"));
        let core: Core = serde_json::from_value(row.get("core")).expect("a core");
        let again = core.canonical(RequirementNumber::from_db(row.get("requirement")), row.get("number")).expect("canonical");
        assert_eq!(again, stored);
        assert_eq!(hash(&again), sha256);
    }
}
