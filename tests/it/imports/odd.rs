//! Files that nobody meant to write.

use kravbank::imports::ImportError;
use proptest::{prelude::*, test_runner::Config};
use serde_json::{Value, json};

use super::{decided, rows};
use crate::support::{Import, Line, TestDb, line, lines};

/// Place and expectation of each fault of the first line.
async fn faults_of(db: &TestDb, line: &Line) -> Vec<(String, String)> {
    let report = Import::current().dry_run().run(db, lines(std::slice::from_ref(line))).await;
    report.rejected.into_iter().flat_map(|(_, faults)| faults).map(|fault| (fault.place, fault.expected)).collect()
}

#[tokio::test]
async fn marks_and_line_ends_of_other_systems() {
    let db = TestDb::create();
    let file = format!("\u{feff}{}\r\n\r\n  \r\n{}", line("Ett").id("KB-0001").json(), line("Två").id("KB-0002").json());
    assert_eq!(Import::current().accepted(&db, file).await.new, 2);
}

#[tokio::test]
async fn a_file_that_is_no_text_says_where() {
    let db = TestDb::create();
    let mut file = lines(&[line("Ett"), line("Två")]).into_bytes();
    file.extend(b"{\"title\": \"\xe5\xe4\xf6\"}");
    match Import::current().try_run(&db, &file).await {
        Err(ImportError::File(text)) => assert!(text.contains("Rad 3"), "{text}"),
        other => panic!("{other:?}"),
    }
    for empty in ["", "\n\n", "\u{feff}", " \r\n"] {
        assert!(matches!(Import::current().try_run(&db, empty).await, Err(ImportError::File(_))), "{empty:?}");
    }
}

#[tokio::test]
async fn what_is_no_object_is_shown() {
    let db = TestDb::create();
    let file = "[1, 2]\n\"text\"\nnull\n{\"title\": \n{}}\nhej hopp\n42\n\0\n";
    let report = Import::current().run(&db, file).await;
    assert_eq!(report.rejected.len(), 8, "{}", report.text(false));
    assert!(report.rejected.iter().all(|(_, faults)| faults[0].expected == "json"));
    let text = report.text(false);
    assert!(text.contains("Rad 6: ”hej hopp” – väntat: ett JSON-objekt på raden"), "{text}");
}

#[tokio::test]
async fn signs_that_a_database_cannot_hold_are_left_out() {
    let db = TestDb::create();
    let odd = line("A\u{0}B\u{1}C\u{7f}D\u{85}E")
        .id("KB-0001")
        .text(&["Ett\u{0}.\u{200b}", "Två\tmed\u{b}tabb."])
        .set("guidance", "x\u{0}y")
        .set("builds_on", "UHM\u{0}");
    Import::current().accepted(&db, lines(&[odd])).await;
    let stored = decided(&db, 1).await.content;
    assert_eq!(stored.core.title, "ABCDE");
    assert_eq!(stored.core.text[1], "Två\tmedtabb.");
}

/// Postgres cannot hold NUL in any text, in JSON neither: every place where a line can bring one.
#[tokio::test]
async fn a_nul_anywhere_gives_a_report() {
    let db = TestDb::create();
    let nul = "a\u{0}b";
    let places: Vec<(&str, Value)> = vec![
        ("id", json!(nul)),
        ("title_en", json!(nul)),
        ("text_en", json!([nul])),
        ("family", json!(nul)),
        ("rationale_en", json!(nul)),
        ("evidence", json!([{"kind": "label", "text": nul}])),
        ("evidence", json!([{"kind": "label", "text": "x", "text_en": nul}])),
        ("answer", json!({"kind": "number", "unit": nul})),
        ("answer", json!({"kind": "choice", "options": [nul]})),
        ("award", json!({"model": "points", "explanation": nul})),
        ("award", json!({"model": "points", "explanation": "x", "steps": [nul]})),
        ("follow_up", json!({"method": nul, "effort": "small", "by": nul})),
        ("product_area", json!(nul)),
        ("product_group", json!(nul)),
        ("cpv", json!([nul])),
        ("objectives", json!([nul])),
        ("eforms", json!([nul])),
        ("references", json!([{"name": nul, "kind": "law", "edition": nul}])),
        ("references", json!([{"name": "x", "kind": "law", "url": "https://example.se/\u{0}"}])),
        ("parameters", json!([{"key": "a", "label": nul, "kind": "text", "default": nul}])),
        ("exemptions", json!([{"what": nul, "reason": nul}])),
        ("definitions", json!([{"term": nul, "text": nul}])),
        ("appendices", json!([{"title": nul, "text": nul}])),
        ("builds_on", json!(nul)),
        ("change_note", json!(nul)),
        ("running_contracts", json!(nul)),
        (nul, json!("x")),
    ];
    let mut wrong = Vec::new();
    for (key, value) in places {
        let file = lines(&[line("Ett").set(key, value.clone())]);
        if let Err(error) = Import::current().dry_run().try_run(&db, file).await {
            wrong.push(format!("{key} {value}: {error}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn bounds_are_those_of_the_format() {
    let db = TestDb::create();
    let clauses = |n: usize| json!((0..n).map(|n| format!("Stycke {n}.")).collect::<Vec<_>>());
    let ok = |line: Line| {
        let db = &db;
        async move { assert_eq!(faults_of(db, &line).await, []) }
    };
    let bad = |line: Line, place: &'static str| {
        let db = &db;
        async move {
            let faults = faults_of(db, &line).await;
            assert!(faults.iter().any(|fault| fault.0.starts_with(place)), "{place}: {faults:?}");
        }
    };
    ok(line(&"å".repeat(200))).await;
    bad(line(&"å".repeat(201)), "title").await;
    bad(line(&"å".repeat(1_000_000)), "title").await;
    bad(line(" \u{0} "), "title").await;
    ok(line("x").set("text", clauses(200))).await;
    bad(line("x").set("text", clauses(201)), "text").await;
    ok(line("x").text(&[&"å".repeat(4000)])).await;
    bad(line("x").text(&[&"å".repeat(4001)]), "text").await;
    bad(line("x").text(&["a", " "]), "text").await;
    ok(line("x").set("rationale", "å".repeat(8000))).await;
    bad(line("x").set("rationale", "å".repeat(8001)), "rationale").await;
    bad(line("x").set("change_note", "å".repeat(4001)), "change_note").await;
    bad(line("x").set("running_contracts", "å".repeat(4001)), "running_contracts").await;
    bad(line("x").set("limitations", "å".repeat(4001)), "limitations").await;
    bad(line("x").set("builds_on", "å".repeat(401)), "builds_on").await;
    bad(line("x").set("family", "a".repeat(81)), "family").await;
    bad(line("x").set("appendices", json!([{"title": "x", "text": "å".repeat(8001)}])), "appendices").await;
    bad(line("x").set("evidence", json!(vec![json!({"kind": "label", "text": "x"}); 21])), "evidence").await;
    bad(line("x").set("references", json!([{"name": "å".repeat(301), "kind": "law"}])), "references").await;
    bad(line("x").set("title_en", "å".repeat(201)), "title_en").await;
    bad(line("x").set("cpv", json!(["331400001"])), "cpv").await;
    bad(line("x").set("cpv", json!(["3314000a"])), "cpv").await;
    bad(line("x").set("agenda_goals", json!([1, 2, 99_999])), "agenda_goals").await;
    let evidence = |n: usize| json!([{"kind": "label", "text": "x", "text_en": "å".repeat(n)}]);
    ok(line("x").set("evidence", evidence(4000))).await;
    bad(line("x").set("evidence", evidence(4001)), "evidence[0].text_en").await;
    let long = "å".repeat(201);
    let answer = |key: &str, value: Value| line("x").set("answer", json!({"kind": "choice", key: value}));
    ok(answer("options", json!(vec!["å".repeat(200); 50]))).await;
    bad(answer("options", json!(vec!["x"; 51])), "answer.options").await;
    bad(answer("options", json!(["x", long])), "answer.options[1]").await;
    bad(answer("unit", json!(long)), "answer.unit").await;
    let parameter = |key: &str, value: Value| {
        let mut parameter = json!({"key": "a", "label": "x", "kind": "text"});
        parameter[key] = value;
        line("x").set("parameters", json!([parameter]))
    };
    ok(parameter("default", json!(5))).await;
    bad(parameter("label", json!(long)), "parameters[0].label").await;
    bad(parameter("unit", json!(long)), "parameters[0].unit").await;
    bad(parameter("options", json!([long])), "parameters[0].options[0]").await;
    bad(parameter("options", json!(vec!["x"; 51])), "parameters[0].options").await;
    bad(parameter("default", json!([[1]])), "parameters[0].default").await;
    bad(line("x").set("definitions", json!([{"term": long, "text": "x"}])), "definitions[0].term").await;
    let steps = |steps: Value| line("x").set("award", json!({"model": "points", "explanation": "x", "steps": steps}));
    ok(steps(json!(vec!["å".repeat(400); 50]))).await;
    bad(steps(json!(vec!["x"; 51])), "award.steps").await;
    bad(steps(json!(["x", "å".repeat(401)])), "award.steps[1]").await;
    bad(steps(json!(["x", {"a": 1}])), "award.steps[1]").await;
    for shape in [json!({"a": "b"}), json!("x"), json!(1)] {
        bad(steps(shape), "award.steps").await;
    }
    // Each text is short enough, and all of them together are not.
    let appendix = json!({"title": "x", "text": "å".repeat(8000)});
    ok(line("x").set("appendices", json!(vec![appendix.clone(); 18]))).await;
    bad(line("x").set("appendices", json!(vec![appendix; 20])), "appendices").await;
}

#[tokio::test]
async fn numbers_of_any_size_give_a_report() {
    let db = TestDb::create();
    for number in ["1e400", "-0", "1e-400", "123456789012345678901234567890", "0.1", "9007199254740993"] {
        let file = line("x").json().replacen('{', &format!(r#"{{"answer": {{"kind": "number", "min": {number}}}, "#), 1);
        if let Err(error) = Import::current().dry_run().try_run(&db, file).await {
            panic!("{number}: {error}");
        }
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let file = line("x").json().replacen('{', &format!(r#"{{"award": {deep}, "#), 1);
    assert_eq!(Import::current().run(&db, file).await.rejected.len(), 1);
}

#[tokio::test]
async fn dates_are_days_of_the_calendar() {
    let db = TestDb::create();
    for odd in
        ["0000-01-01", "-0044-03-15", "12027-01-01", "2027-02-29", "2027-1-1", "20270101", "2027-01-01T00:00:00Z", "i morgon"]
    {
        for key in ["review_by", "transition_until"] {
            assert_eq!(faults_of(&db, &line("x").set(key, odd)).await, [(key.to_owned(), "date".to_owned())], "{odd}");
        }
        // What takes effect may do so in the middle of a day.
        let expected =
            if odd.contains('T') { Vec::new() } else { vec![("effective_from".to_owned(), "effective_from".to_owned())] };
        assert_eq!(faults_of(&db, &line("x").set("effective_from", odd)).await, expected, "{odd}");
        let reference = json!([{"name": "x", "kind": "law", "in_force_from": odd}]);
        let faults = faults_of(&db, &line("x").set("references", reference)).await;
        assert_eq!(faults, [("references[0].in_force_from".to_owned(), "references".to_owned())], "{odd}");
    }
    for odd in ["0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2027-01-01T25:00:00Z", "2027-01-01T00:00:00"] {
        let faults = faults_of(&db, &line("x").set("effective_from", odd)).await;
        assert_eq!(faults, [("effective_from".to_owned(), "effective_from".to_owned())], "{odd}");
    }
    for good in ["1000-01-01", "9999-12-31", "2028-02-29", " 2027-01-01 "] {
        for key in ["review_by", "effective_from", "transition_until"] {
            assert_eq!(faults_of(&db, &line("x").set(key, good)).await, [], "{key} {good}");
        }
    }
}

/// The hash is over texts in one form, however deep they lie.
#[tokio::test]
async fn texts_inside_lists_are_tidied_too() {
    let db = TestDb::create();
    let odd = "A\u{30a}r\u{0} ett \r\nrad  ";
    let file = lines(&[line("x")
        .id("KB-0001")
        .set("appendices", json!([{"title": odd, "text": odd}]))
        .set("follow_up", json!({"method": odd, "effort": "small"}))
        .set("award", json!({"model": "points", "explanation": "x", "steps": [odd]}))]);
    Import::current().accepted(&db, file).await;
    let canonical: String = db.value("select canonical from requirement_version").await;
    assert_eq!(canonical.matches(r"År ett\nrad").count(), 4, "{canonical}");
}

#[tokio::test]
async fn parameters_and_text_agree() {
    let db = TestDb::create();
    let parameter = |key: &str| json!([{"key": key, "label": "Andel", "kind": "percent", "min": 10, "max": 90}]);
    assert_eq!(faults_of(&db, &line("x").text(&["Minst {{andel}} %."]).set("parameters", parameter("andel"))).await, []);
    let faults = faults_of(&db, &line("x").text(&["Minst {{andel}} %."])).await;
    assert_eq!(faults, [("text".to_owned(), "parameter_declared".to_owned())]);
    let faults = faults_of(&db, &line("x").set("parameters", parameter("Andel %"))).await;
    assert_eq!(faults, [("parameters".to_owned(), "parameter_key".to_owned())]);
}

/// JSON of any shape.
fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        prop_oneof!["KB-[0-9]{1,6}", "basic|label|small|points", "[a-z]{0,5}\u{0}", "20[0-9]{2}-[0-9]{2}-[0-9]{2}"]
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(key(), inner, 0..4).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

const KEYS: [&str; 43] = [
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
    "version",
    "transition_until",
    "kind",
    "name",
    "key",
    "method",
];

fn key() -> impl Strategy<Value = String> {
    prop_oneof![9 => prop::sample::select(&KEYS[..]).prop_map(str::to_owned), 1 => any::<String>()]
}

/// A line that is right but for some keys, or text of any kind.
fn any_line() -> impl Strategy<Value = String> {
    let broken = prop::collection::btree_map(key(), json_value(), 0..4)
        .prop_map(|map| map.into_iter().fold(line("x"), |line, (key, value)| line.set(&key, value)).json());
    prop_oneof![4 => broken, 1 => any::<String>()]
}

#[test]
fn no_line_whatever_makes_it_fail() {
    let db = TestDb::create();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let before = runtime.block_on(rows(&db));
    let mut runner =
        proptest::test_runner::TestRunner::new(Config { cases: 150, failure_persistence: None, ..Config::default() });
    let import = Import::current().dry_run().skip_invalid().create_groups();
    let run = runner.run(&prop::collection::vec(any_line(), 1..8), |file| {
        match runtime.block_on(import.try_run(&db, file.join("\n"))) {
            Ok(_) | Err(ImportError::File(_)) => Ok(()),
            Err(error) => Err(TestCaseError::fail(format!("{error:?}"))),
        }
    });
    run.unwrap_or_else(|failure| panic!("{failure}"));
    assert_eq!(runtime.block_on(rows(&db)), before);
}
