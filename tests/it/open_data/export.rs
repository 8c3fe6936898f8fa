//! All public content as files: what is in them, that nothing else is, and that another bank can be filled from them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use kravbank::kernel::actor::{Actor, System};
use kravbank::{
    open_data::export::{self, Bank, Manifest},
    taxonomy,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::Connection;
use tempfile::TempDir;

use crate::{
    imports::bank,
    support::{Import, Line, NOW, TestApp, TestDb, db::scratch, line, lines},
};

const BASE: &str = "https://kravbanken.example.se";
const LINES: &str = include_str!("../../data/requirements.jsonl");

/// Writes the files of a bank, as the command does.
pub async fn write(db: &TestDb) -> (TempDir, Manifest) {
    let folder = scratch();
    let mut connection = kravbank::kernel::db::connect_for_work(&db.options()).await.expect("a connection");
    let bank = Bank { base: BASE, example: true, now: NOW };
    let manifest = export::write(&mut connection, &bank, folder.path(), &|done, of| assert!(done <= of)).await;
    (folder, manifest.expect("the files are written"))
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn objects(folder: &Path, name: &str) -> Vec<Value> {
    read(folder, name).lines().map(|line| serde_json::from_str(line).expect("an object")).collect()
}

/// Reads the files in, one after the other, as the text beside them says.
async fn read_in(folder: &Path, db: &TestDb) {
    let mut files: Vec<_> =
        fs::read_dir(folder.join("import")).expect("a folder").map(|file| file.expect("a file").path()).collect();
    files.sort();
    let mut taken = 0;
    for file in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "jsonl")) {
        Import::current().accepted(db, fs::read(file).expect("a file")).await;
        taken += 1;
    }
    assert!(taken > 1, "there are files to read in");
}

#[tokio::test]
async fn a_bank_read_in_from_the_files_is_the_same_field_by_field() {
    let db = TestDb::create();
    Import::current().accepted(&db, LINES).await;
    let english = json!([{"kind": "epd", "text": "En EPD.", "text_en": "An EPD.", "due": "yearly"}]);
    let second: Vec<Line> = (1..=40)
        .map(|n| {
            Line::empty()
                .id(&format!("KB-{n:04}"))
                .set("text", json!([format!("Ny text {n}."), "Och ett stycke till."]))
                .set("text_en", json!([format!("New text {n}."), "And one more clause."]))
                .set("evidence", english.clone())
                .set("changes", json!(["meaning"]))
                .set("change_note", "Skarpare än förut.")
                .set("running_contracts", "Gäller inte dem.")
                .set("effective_from", "2026-12-24")
                .set("transition_until", "2027-01-31")
        })
        .collect();
    Import::current().accepted(&db, lines(&second)).await;
    // One more on the same day, which another bank has to put after the one before; it says less.
    let third: Vec<Line> = (1..=5)
        .map(|n| {
            Line::empty()
                .id(&format!("KB-{n:04}"))
                .set("text", json!([format!("Ny text {n}.")]))
                .set("evidence", json!([]))
                .set("rationale", "")
                .set("effective_from", "2026-12-24T11:30:00.25Z")
        })
        .collect();
    Import::current().accepted(&db, lines(&third)).await;

    let (folder, manifest) = write(&db).await;
    assert_eq!(manifest.about["counts"]["versions"], json!(LINES.lines().count() + 45));
    assert_eq!(read(folder.path(), "import/left-out.csv").lines().count(), 1, "nothing is left out");
    let other = TestDb::create();
    read_in(folder.path(), &other).await;
    let (expected, found) = (bank(&db).await, bank(&other).await);
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.len(), expected.len());

    // And its files are the same, but for what is new in each bank.
    let (again, _) = write(&other).await;
    let timeless = |folder: &Path| -> Vec<Value> {
        let mut all = objects(folder, "requirements.jsonl");
        for object in &mut all {
            object["decision"] = Value::Null;
            for clause in object["clauses"].as_array_mut().expect("clauses") {
                clause["id"] = Value::Null;
            }
        }
        all
    };
    assert_eq!(timeless(again.path()), timeless(folder.path()));
    for name in ["product-areas.jsonl", "cpv.csv", "references.jsonl", "organisations.csv", "import/version-0002-0001.jsonl"] {
        assert_eq!(read(again.path(), name), read(folder.path(), name), "{name}");
    }
}

#[tokio::test]
async fn the_example_bank_says_in_files_what_it_says_to_programs() {
    let app = TestApp::build().example().base_url(BASE).spawn().await;
    let (folder, manifest) = write(&app.db).await;
    let folder = folder.path();

    // The list of files is that of the folder, and says what is in them.
    assert_eq!(
        serde_json::to_value(&manifest).expect("JSON"),
        serde_json::from_str::<Value>(&read(folder, "manifest.json")).expect("JSON")
    );
    let mut there = BTreeSet::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(at) = waiting.pop() {
        for entry in fs::read_dir(at).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                there.insert(path.strip_prefix(folder).expect("below").to_str().expect("a name").to_owned());
            }
        }
    }
    assert!(there.remove("manifest.json"));
    assert_eq!(there, manifest.files.keys().cloned().collect());
    for (name, sum) in &manifest.files {
        let bytes = fs::read(folder.join(name)).expect("a file");
        assert_eq!((sum.bytes, &sum.sha256), (bytes.len() as u64, &hex::encode(Sha256::digest(&bytes))), "{name}");
        let ending = name.rsplit('.').next();
        if ending == Some("jsonl") {
            assert_eq!(sum.rows, Some(objects(folder, name).len() as u64), "{name}");
        }
        if ending == Some("csv") {
            let table = office_files::read(&bytes, &office_files::Limits::default()).expect("a table");
            assert_eq!(sum.rows, Some(table.rows.len() as u64), "{name}");
        }
    }
    let readme = read(folder, "README.md");
    assert!(readme.contains(BASE) && readme.contains("får inte användas i upphandling"), "{readme}");
    assert!(!readme.contains('{'), "everything is filled in");

    // Each object is the answer of the API.
    let all = objects(folder, "requirements.jsonl");
    let mut statuses = BTreeMap::new();
    for object in &all {
        let (id, version) = (object["id"].as_str().expect("an id"), &object["version"]);
        *statuses.entry(object["status"].as_str().expect("a status")).or_insert(0) += 1;
        let answer = app.get(&format!("/api/v1/requirements/{id}/versions/{version}")).await;
        if object["not_shown"].is_object() {
            answer.expect(410);
            assert!(object.get("title").is_none() && object.get("canonical").is_none(), "{object}");
        } else {
            assert_eq!(&answer.expect(200).json(), object, "{id}:{version}");
        }
    }
    for status in ["current", "coming", "superseded", "repealed"] {
        assert!(statuses.contains_key(status), "{statuses:?}");
    }
    for name in ["product-areas", "objectives", "organisations"] {
        let mut asked = Vec::new();
        for page in super::walk(&app, &format!("/api/v1/{name}?limit=100")).await {
            asked.extend(page["items"].as_array().expect("items").clone());
        }
        assert_eq!(objects(folder, &format!("{name}.jsonl")), asked, "{name}");
    }
    // Decisions are those of the API, without names of persons.
    let mut asked = Vec::new();
    for page in super::walk(&app, "/api/v1/decisions?limit=2").await {
        for mut decision in page["items"].as_array().expect("items").clone() {
            decision["note"] = Value::Null;
            for who in ["/decided_by", "/emergency/review/by"] {
                if let Some(by) = decision.pointer_mut(who).filter(|by| by.is_object()) {
                    by["name"] = Value::Null;
                }
            }
            if let Some(review) = decision.pointer_mut("/emergency/review").filter(|review| review.is_object()) {
                review["note"] = json!("");
            }
            asked.push(decision);
        }
    }
    assert!(asked.len() > 3);
    assert_eq!(objects(folder, "decisions.jsonl"), asked);
    assert!(read(folder, "decisions.csv").contains("B-2026-0001"));
    for name in ["decisions.jsonl", "decisions.csv"] {
        assert!(!read(folder, name).contains("Gunilla Ström"), "who decided is on the page of the decision: {name}");
    }

    let codes = app.get("/api/v1/cpv").await.expect(200).json();
    assert_eq!(manifest.files["cpv.csv"].rows, codes["total"].as_u64());

    // Nobody's name, and no organisation that waits.
    let everything: String = there.iter().map(|name| read(folder, name)).collect();
    for secret in ["Karin Öberg", "@example.org", "Grönvård", "Fjordmed", "lars.boman"] {
        assert!(!everything.contains(secret), "{secret}");
    }

    // What another bank reads in has the same hashes, and nothing that ended comes back.
    let left_out = read(folder, "import/left-out.csv");
    for row in ["KB-0015,1,repealed", "KB-0005,1,stopped", "KB-0081,1,not_shown"] {
        assert!(left_out.lines().any(|line| line == row), "{row}: {left_out}");
    }
    let other = TestDb::create();
    let mut connection = other.connect().await;
    let mut tx = connection.begin().await.expect("a transaction");
    let permit = taxonomy::policy::Edit::ask(&Actor::System(System::CommandLine)).expect("a permit");
    taxonomy::import_cpv(&mut tx, &permit, &read(folder, "import/cpv.tsv"), NOW).await.expect("codes are read in");
    tx.commit().await.expect("kept");
    read_in(folder, &other).await;
    let (again, _) = write(&other).await;
    let hashes = |folder: &Path| -> BTreeMap<String, (Value, Value, Value)> {
        let named = |object: &Value| format!("{},{},", object["id"].as_str().expect("an id"), object["version"]);
        let kept = |object: &Value| !left_out.lines().any(|line| line.starts_with(&named(object)));
        let said = |object: &Value| (object["sha256"].clone(), object["valid_from"].clone(), object["status"].clone());
        objects(folder, "requirements.jsonl")
            .iter()
            .filter(|object| kept(object))
            .map(|object| (named(object), said(object)))
            .collect()
    };
    assert_eq!(hashes(again.path()), hashes(folder));
    let ended: i64 = other.value("select count(*) from requirement where number in (5, 15)").await;
    assert_eq!(ended, 0);
}

#[tokio::test]
async fn a_number_of_a_version_is_kept_and_never_given_again() {
    let db = TestDb::create();
    let first = line("Ett").id("KB-0001").set("version", 3);
    let report = Import::preparation().run(&db, lines(std::slice::from_ref(&first))).await;
    assert!(report.text(false).contains("inget versionsnummer"), "{}", report.text(false));
    Import::current().accepted(&db, lines(std::slice::from_ref(&first))).await;
    assert_eq!(Import::current().accepted(&db, lines(&[first])).await.unchanged, 1);
    let next = |version: i64| {
        Line::empty().id("KB-0001").set("title", "Annat").set("version", version).set("effective_from", "2026-12-01")
    };
    for taken in [0, 2, 3, 10_000] {
        let report = Import::current().run(&db, lines(&[next(taken)])).await;
        assert!(!report.accepted && report.rejected[0].1[0].place == "version", "{taken}: {}", report.text(false));
    }
    Import::current().accepted(&db, lines(&[next(7)])).await;
    let numbers: Vec<i32> = db.value("select array_agg(number order by number) from requirement_version").await;
    assert_eq!(numbers, [3, 7]);
}

#[test]
fn a_folder_that_holds_something_is_left_alone() {
    let folder = scratch();
    fs::write(folder.path().join("kvar.txt"), "kvar").expect("written");
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_kravbank"))
        .args(["export-all".as_ref(), folder.path().as_os_str()])
        .env("KRAVBANK_DATA_DIR", folder.path().join("data"))
        .env_remove("DATABASE_URL")
        .output()
        .expect("it runs");
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&run.stderr).contains("inte tom"));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
}
