//! One requirement and its versions.

use std::process::Command;

use kravbank::imports::Target;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{EVERY_STATUS, items, path_of, problem, walk};
use crate::support::{TestApp, complete, line, lines};

/// Every key of the exchange format, and those that the API adds.
const KEYS: [&str; 58] = [
    "id",
    "title",
    "title_en",
    "text",
    "text_en",
    "type",
    "level",
    "family",
    "relation_to_lower",
    "rationale",
    "rationale_en",
    "proportionality",
    "legal_floor",
    "guidance",
    "limitations",
    "evidence",
    "answer",
    "award",
    "follow_up",
    "applies_to",
    "product_area",
    "product_group",
    "cpv",
    "objectives",
    "agenda_goals",
    "eforms",
    "references",
    "parameters",
    "exemptions",
    "definitions",
    "appendices",
    "builds_on",
    "changes",
    "change_note",
    "running_contracts",
    "review_by",
    "effective_from",
    "transition_until",
    "version",
    "status",
    "clauses",
    "canonical",
    "sha256",
    "hash_scheme",
    "decision",
    "stopped",
    "repealed",
    "valid_from",
    "valid_to",
    "updated_at",
    "origin",
    "links",
    "product_area_name",
    "product_group_name",
    // what stands inside links
    "self",
    "version",
    "versions",
    "html",
];

#[tokio::test(flavor = "multi_thread")]
async fn it_says_what_was_read_in() {
    let app = TestApp::spawn().await;
    let given = complete("Handskar utan acceleratorer")
        .id("KB-0042")
        .set("title_en", "Gloves without accelerators")
        .text(&["Första stycket.", "Andra stycket."])
        .set("text_en", json!(["First clause.", "Second clause."]))
        .set(
            "evidence",
            json!([{"kind": "test_report", "text": "Rapport.", "text_en": "Report.", "due": "before_award",
                                 "equivalent_accepted": true}]),
        )
        .set("answer", json!({"kind": "number", "unit": "kWh", "min": 0.3, "max": 5}))
        .set("family", "handskar-acceleratorer")
        .set("cpv", json!(["33141420"]))
        .set("agenda_goals", json!([3, 12]))
        .set("guidance", "Till köparen.")
        .set("effective_from", "2026-07-01");
    app.import(&lines(std::slice::from_ref(&given)), Target::Current).await;
    let answer = app.get("/api/v1/requirements/KB-0042").await.expect(200);
    let body = answer.json();
    let given: Map<String, Value> = serde_json::from_str(&given.json()).expect("an object");
    for (key, value) in &given {
        assert_eq!(&body[key], value, "{key}");
    }
    let keys: Vec<&String> = body.as_object().expect("an object").keys().collect();
    for key in keys {
        assert!(KEYS.contains(&key.as_str()), "{key} is new");
    }
    for key in &KEYS[..54] {
        assert!(body.get(key).is_some(), "{key} is missing");
    }
    assert_eq!(body["version"], 1);
    assert_eq!(body["status"], "current");
    assert_eq!((&body["valid_from"], &body["valid_to"]), (&json!("2026-06-30T22:00:00Z"), &Value::Null));
    assert_eq!((&body["origin"], &body["decision"]["number"]), (&json!("import"), &json!("B-0001")));
    assert_eq!(body["decision"]["kind"], "import");
    assert_eq!(body["decision"]["reference"], "RS 2026-0001");
    assert_eq!(body["decision"]["decided_at"], "2026-11-22T12:00:00Z");
    assert_eq!(body["clauses"][1]["text"], "Andra stycket.");
    assert_eq!(body["clauses"][1]["text_en"], "Second clause.");
    assert_eq!((&body["stopped"], &body["repealed"], &body["award"]), (&Value::Null, &Value::Null, &Value::Null));
    assert_eq!(body["product_group_name"], "Handskar");
    assert_eq!(answer.header("last-modified"), "Sun, 22 Nov 2026 12:00:00 GMT");
    for name in ["self", "version"] {
        let linked = app.get(&path_of(&body["links"][name]).expect("a link")).await.expect(200).json();
        assert_eq!(linked, body, "{name}");
    }
    assert_eq!(path_of(&body["links"]["html"]).as_deref(), Some("/krav/KB-0042/v/1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hash_can_be_made_again() {
    let app = TestApp::build().example().spawn().await;
    let pages = walk(&app, &format!("/api/v1/requirements?limit=100&{EVERY_STATUS}")).await;
    for item in items(&pages) {
        let canonical = item["canonical"].as_str().expect("a text");
        assert_eq!(item["sha256"], hex::encode(Sha256::digest(canonical)), "{}", item["id"]);
        let mut core: Map<String, Value> = serde_json::from_str(canonical).expect("JSON");
        assert_eq!(serde_json_canonicalizer::to_string(&core).expect("JSON"), canonical);
        assert_eq!((core.remove("id"), core.remove("version")), (Some(item["id"].clone()), Some(item["version"].clone())));
        for (key, value) in core {
            let mut given = item[&key].clone();
            if key == "evidence" {
                for piece in given.as_array_mut().expect("a list") {
                    piece.as_object_mut().expect("an object").remove("text_en");
                }
            }
            if key == "references" {
                for cited in given.as_array_mut().expect("a list") {
                    let cited = cited.as_object_mut().expect("an object");
                    assert!(cited.remove("status").is_some(), "what holds of it now");
                    cited.remove("replaced_by");
                }
            }
            assert_eq!(given, value, "{} {key}", item["id"]);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_script_for_everybody_agrees() {
    let app = TestApp::build().example().spawn().await;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/check_hash.py");
    let url = app.url.clone();
    let run = move || Command::new("python3").arg(script).arg(url).env_remove("http_proxy").env("no_proxy", "*").output();
    let Ok(output) = tokio::task::spawn_blocking(run).await.expect("the task ends") else {
        eprintln!("python3 is not here; the script was not tried");
        return;
    };
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}{}", String::from_utf8_lossy(&output.stderr));
    assert!(told.contains(", 0 faults"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_for_ever_and_the_current_one() {
    let app = TestApp::build().example().spawn().await;
    let list = app.get("/api/v1/requirements/KB-0004/versions").await.expect(200).json();
    let versions = list["items"].as_array().expect("a list");
    assert_eq!(list["total"], versions.len());
    assert_eq!(versions.iter().map(|v| v["version"].as_i64()).collect::<Vec<_>>(), [Some(4), Some(3), Some(2), Some(1)]);
    for item in versions {
        let version = app.get(&format!("/api/v1/requirements/KB-0004/versions/{}", item["version"])).await.expect(200).json();
        for key in ["id", "version", "status", "title", "sha256", "valid_from", "valid_to", "links", "type", "level", "changes"] {
            assert_eq!(version[key], item[key], "{key}");
        }
    }
    let statuses: Vec<_> = versions.iter().map(|v| v["status"].as_str().unwrap_or_default()).collect();
    assert_eq!(statuses, ["coming", "current", "superseded", "superseded"]);
    assert_eq!(app.get("/api/v1/requirements/KB-0004").await.expect(200).json()["version"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_and_a_stop_are_told() {
    let app = TestApp::build().example().spawn().await;
    let ended = app.get("/api/v1/requirements/KB-0015").await.expect(200).json();
    assert_eq!(ended["status"], "repealed");
    assert_eq!(ended["repealed"]["effective"], "2026-09-30T22:00:00Z");
    assert_eq!(ended["repealed"]["successors"], json!([{"id": "KB-0016", "kind": "merged"}]));
    let stopped = app.get("/api/v1/requirements/KB-0005").await.expect(200).json();
    assert_eq!((&stopped["status"], &stopped["stopped"]["since"]), (&json!("current"), &json!("2026-10-13T22:00:00Z")));
    assert!(stopped["stopped"]["reason"].as_str().is_some_and(|reason| reason.starts_with("Två ackrediterade")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_may_not_be_shown_is_gone() {
    let app = TestApp::build().example().spawn().await;
    let hidden: String = app.db.value("select title from requirement_version where not_shown_since is not null").await;
    let text: String = app
        .db
        .value("select c.text from version_clause c join requirement_version v on v.id = c.version_id where v.not_shown_since is not null limit 1")
        .await;
    let answer = app.get("/api/v1/requirements/KB-0081/versions/1").await;
    assert!(!answer.text().contains(&text) && !answer.text().contains(&hidden));
    let (document, _) = problem(answer, 410);
    assert_eq!((&document["id"], &document["version"]), (&json!("KB-0081"), &json!(1)));
    assert!(document["reason"].as_str().is_some_and(|reason| reason.starts_with("Stycke 2")));
    assert_eq!(document["sha256"].as_str().map(str::len), Some(64));
    for key in ["valid_from", "valid_to", "decided_at", "not_shown_since"] {
        assert!(document[key].as_str().is_some_and(|at| at.ends_with('Z')), "{key}");
    }
    let list = app.get("/api/v1/requirements/KB-0081/versions").await.expect(200).json();
    let item = list["items"].as_array().expect("a list").last().expect("the first version");
    assert_eq!((&item["title"], &item["sha256"]), (&Value::Null, &document["sha256"]));
    assert_eq!(item["not_shown"]["reason"], document["reason"]);
    app.get("/api/v1/requirements/KB-0081").await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn other_spellings_are_sent_on_and_what_is_not_there_is_not_found() {
    let app = TestApp::build().example().spawn().await;
    let cases = [
        ("kb4", ""),
        ("KB4", ""),
        ("KB-4", ""),
        ("kb-0004", ""),
        ("KB%200004", ""),
        ("KB-00004", "/versions"),
        ("kb4", "/versions/2"),
    ];
    for (spelling, rest) in cases {
        let answer = app.get(&format!("/api/v1/requirements/{spelling}{rest}")).await.expect(308);
        assert_eq!(answer.header("location"), format!("/api/v1/requirements/KB-0004{rest}"), "{spelling}");
    }
    for path in ["KB-9999", "KB-9999/versions", "KB-0004/versions/99", "KB-0004/versions/x", "krav", "KB-0004/versions/0", "KB-0"]
    {
        problem(app.get(&format!("/api/v1/requirements/{path}")).await, 404);
    }
    problem(app.get("/api/v1/requirements/KB-0004?lang=sv").await, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_being_prepared_is_nowhere() {
    const CANARY: &str = "kanariefagel";
    let app = TestApp::spawn().await;
    app.import(&lines(&[complete("Krav ett").id("KB-0001")]), Target::Current).await;
    let secret = |title: &str, id: &str| {
        line(&format!("{title} {CANARY}")).id(id).text(&[CANARY]).set("rationale", CANARY).set("rationale_en", CANARY)
    };
    let file = lines(&[secret("Krav ett", "KB-0001").set("changes", json!(["meaning"])), secret("Krav två", "KB-0002")]);
    app.import(&file, Target::Preparation).await;
    let there: i64 = app.db.value("select count(*) from requirement_version where state = 'preparation'").await;
    assert_eq!(there, 2, "the canaries are in the bank");
    let every = format!("/api/v1/requirements?{EVERY_STATUS}");
    for path in [
        "/api/v1/requirements",
        &every,
        &format!("{every}&q={CANARY}"),
        "/api/v1/requirements/KB-0001",
        "/api/v1/requirements/KB-0001/versions",
        "/api/v1/product-areas",
        "/api/v1/cpv",
        "/api/v1/objectives",
    ] {
        let answer = app.get(path).await.expect(200);
        assert!(!answer.text().contains(CANARY), "{path}");
    }
    assert_eq!(app.get(&every).await.json()["total"], 1);
    assert_eq!(app.get(&format!("{every}&q={CANARY}")).await.json()["total"], 0);
    assert_eq!(app.get("/api/v1/requirements/KB-0001/versions").await.json()["total"], 1);
    for path in ["KB-0001/versions/2", "KB-0002", "KB-0002/versions", "KB-0002/versions/1"] {
        problem(app.get(&format!("/api/v1/requirements/{path}")).await, 404);
    }
}
