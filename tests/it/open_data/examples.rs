//! The examples of the OpenAPI document and of the page for people: each is sent, each answer holds.

use std::{collections::BTreeSet, fs, path::PathBuf, process::Command};

use kravbank::open_data::examples::{BASE, EXAMPLES, Example};
use serde_json::{Value, json};

use crate::support::{NOW, TestApp};

/// The same value without what is made anew each time a bank is filled: ids of clauses and of files, and cursors that hold ids.
fn settled(mut value: Value) -> Value {
    fn walk(value: &mut Value) {
        match value {
            Value::Object(map) => {
                for (key, value) in map.iter_mut() {
                    if key == "clauses" {
                        for (place, clause) in value.as_array_mut().into_iter().flatten().enumerate() {
                            clause["id"] = json!(format!("01936b3c-0000-7000-8000-{place:012}"));
                        }
                    }
                    let file = value.as_str().and_then(|text| text.split_once("/bilagor/")).map(|(before, _)| before.to_owned());
                    if let Some(before) = file {
                        *value = json!(format!("{before}/bilagor/01936b3c-0000-7000-8000-000000000000"));
                    }
                    let cursor = value.as_str().and_then(|text| text.split_once("cursor=")).map(|(before, _)| before.to_owned());
                    if let Some(before) = cursor.filter(|_| key == "next") {
                        *value = json!(format!("{before}cursor=7b2270616765223a327d"));
                    }
                    walk(value);
                }
            }
            Value::Array(all) => all.iter_mut().for_each(walk),
            _ => {}
        }
    }
    walk(&mut value);
    value
}

/// What stands in the document for an example.
fn content<'a>(document: &'a Value, example: &Example) -> &'a Value {
    let content = &document["paths"][example.pattern]["get"]["responses"][example.status.to_string()]["content"];
    content.as_object().and_then(|media| media.values().next()).unwrap_or(&Value::Null)
}

async fn bank() -> TestApp {
    TestApp::build().example().base_url(BASE).spawn().await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_example_is_answered_as_it_says() {
    let app = bank().await;
    let mut wrong = Vec::new();
    for example in EXAMPLES {
        let answer = app.get_with(example.request, &[("x-request-id", "example")]).await.expect(example.status);
        let answer = settled(answer.json());
        let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/open_data/examples").join(example.file);
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::write(&file, serde_json::to_string_pretty(&answer).expect("JSON") + "\n").expect("it is written");
        } else if answer != example.answer(BASE) {
            wrong.push(format!("{}: the answer is not that of {}", example.request, example.file));
        }
    }
    assert!(wrong.is_empty(), "run with UPDATE_DOCS=1\n{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_example_fits_its_schema() {
    let app = bank().await;
    let document = app.get("/api/v1/openapi.json").await.expect(200).json();
    for example in EXAMPLES {
        let content = content(&document, example);
        assert_eq!(content["example"], example.answer(BASE), "{} stands in the document", example.file);
        let mut schema = content["schema"].clone();
        schema["components"] = document["components"].clone();
        let schema = jsonschema::draft202012::new(&schema).unwrap_or_else(|error| panic!("{}: {error}", example.pattern));
        let wrong: Vec<String> = schema.iter_errors(&content["example"]).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{}: {wrong:#?}", example.file);
        assert!(!schema.is_valid(&json!({"unheard": "of"})), "{}: the schema takes anything", example.file);
    }
    // And all that the bank holds, not only what was picked.
    let mut schema = document["components"]["schemas"]["Requirement"].clone();
    schema["components"] = document["components"].clone();
    let schema = jsonschema::draft202012::new(&schema).expect("a schema");
    let pages = super::walk(&app, &format!("/api/v1/requirements?limit=100&{}", super::EVERY_STATUS)).await;
    for item in super::items(&pages) {
        let wrong: Vec<String> = schema.iter_errors(item).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(wrong.is_empty(), "{}:{}: {wrong:#?}", item["id"], item["version"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_address_has_an_example_and_words_in_both_languages() {
    let app = bank().await;
    let document = app.get("/api/v1/openapi.json").await.expect(200).json();
    let mut ids = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        let operation = &item["get"];
        assert!(ids.insert(operation["operationId"].as_str().expect("an id")), "{path}: its id is taken");
        assert!(operation["summary"].is_string(), "{path}");
        assert!(path.ends_with("/openapi.json") || EXAMPLES.iter().any(|e| e.pattern == path && e.status == 200), "{path}");
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            assert!(parameter["description"].is_string(), "{path}: {}", parameter["name"]);
        }
        for (status, response) in operation["responses"].as_object().expect("responses") {
            assert!(response["description"].is_string(), "{path}: {status}");
        }
    }
    let asked = &document["paths"]["/api/v1/requirements"]["get"]["parameters"];
    let level = asked.as_array().expect("parameters").iter().find(|p| p["name"] == "level").expect("level");
    assert_eq!(level["example"], json!(["basic"]));
    assert_eq!(document["servers"], json!([{"url": BASE}]));
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_in_the_description_are_those_that_are_taken() {
    let app = TestApp::spawn().await;
    let document = app.get("/api/v1/openapi.json").await.expect(200).json();
    let parameters = &document["paths"]["/api/v1/requirements"]["get"]["parameters"];
    let mut tried = 0;
    for parameter in parameters.as_array().expect("parameters") {
        let schema = if parameter["schema"]["items"].is_object() { &parameter["schema"]["items"] } else { &parameter["schema"] };
        let name = schema["$ref"].as_str().and_then(|name| name.rsplit('/').next());
        let schema = name.map_or(schema, |name| &document["components"]["schemas"][name]);
        let Some(codes) = schema["enum"].as_array() else { continue };
        let name = parameter["name"].as_str().expect("a name");
        for code in codes {
            app.get(&format!("/api/v1/requirements?{name}={}", code.as_str().expect("a code"))).await.expect(200);
            tried += 1;
        }
        // The refusal of another code names the same ones.
        let (_, detail) = super::problem(app.get(&format!("/api/v1/requirements?{name}=x")).await, 400);
        let known: BTreeSet<&str> = detail.split_once("one of ").expect("codes").1.split(", ").collect();
        assert_eq!(codes.iter().filter_map(Value::as_str).collect::<BTreeSet<_>>(), known, "{name}");
    }
    assert_eq!(tried, 4 + 3 + 4 + 4, "types, levels, standings and orders");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_shows_what_the_document_says() {
    let app = bank().await;
    let document = app.get("/api/v1/openapi.json").await.expect(200).json();
    for path in ["/oppna-data", "/en/oppna-data"] {
        let page = app.get(path).await.expect(200);
        let addresses = page.texts("h3 code");
        for (path, item) in document["paths"].as_object().expect("paths") {
            assert!(addresses.contains(&format!("GET {path}")), "{path}");
            let id = item["get"]["operationId"].as_str().expect("an id");
            let shown = page.texts(&format!("section[aria-labelledby=adress-{id}] tbody th"));
            let named: Vec<&str> =
                item["get"]["parameters"].as_array().into_iter().flatten().filter_map(|p| p["name"].as_str()).collect();
            assert_eq!(shown, named, "{path}");
        }
        for cell in page.texts("tbody td, dl.facts dd, section > p") {
            assert!(!cell.is_empty());
        }
        let text = page.texts("main").concat();
        for example in EXAMPLES {
            assert!(text.contains(&format!("curl '{BASE}{}'", example.request)), "{path}: {}", example.request);
        }
        let mut inside = page.attributes("main a[href^='#']", "href");
        inside.dedup();
        for link in inside {
            assert_eq!(page.texts(&format!("[id='{}']", &link[1..])).len(), 1, "{path}: {link}");
        }
        assert_eq!(page.attributes("head link[rel=service-desc]", "href"), ["/api/v1/openapi.json"]);
    }
    assert_eq!(
        app.get("/en/oppna-data").await.expect(200).texts("section[aria-labelledby=adress-requirements] > p:first-of-type"),
        [document["paths"]["/api/v1/requirements"]["get"]["summary"].as_str().expect("a summary")]
    );
    for path in ["/om", "/", "/en/om"] {
        assert!(
            app.get(path).await.expect(200).attributes("a", "href").iter().any(|href| href.ends_with("/oppna-data")),
            "{path}"
        );
    }
    let script = app.get("/oppna-data/check_hash.py").await.expect(200);
    assert_eq!(script.header("content-disposition"), "attachment; filename=\"check_hash.py\"");
    let own = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/check_hash.py")).expect("the script");
    assert_eq!(script.body, own);
}

/// The small programs on the page run as they stand there, but for where the bank is.
#[tokio::test(flavor = "multi_thread")]
async fn the_programs_on_the_page_read_the_whole_list() {
    let app = TestApp::build().example().at(NOW).spawn().await;
    let pages = super::walk(&app, "/api/v1/requirements?product_area=textil&limit=100").await;
    let wanted: Vec<String> = super::items(&pages)
        .iter()
        .map(|item| {
            format!(
                "{} {} {}",
                item["id"].as_str().unwrap_or_default(),
                item["version"],
                item["title"].as_str().unwrap_or_default()
            )
        })
        .collect();
    assert!(wanted.len() > 5);
    for (program, arguments, file) in
        [("python3", &["-"][..], "list.py"), ("node", &["--input-type=module", "-"][..], "list.mjs")]
    {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/examples").join(file);
        // A limit of three makes pages of what is short.
        let text = fs::read_to_string(path).expect("the program").replace(BASE, &app.url).replace("limit=100", "limit=3");
        // The bank does not know on which port the test found it.
        let (known, url) = (app.app.settings.base_url(), &app.url);
        let text = text.replace("page[\"next\"]", &format!("(page[\"next\"] or \"\").replace(\"{known}\", \"{url}\")"));
        let text = text.replace("page.next", &format!("page.next?.replace(\"{known}\", \"{url}\")"));
        let run = move || {
            use std::{io::Write, process::Stdio};
            let mut child = Command::new(program)
                .args(arguments)
                .env_remove("http_proxy")
                .env("no_proxy", "*")
                .env("PYTHONIOENCODING", "utf-8")
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()?;
            child.stdin.take().expect("a pipe").write_all(text.as_bytes())?;
            child.wait_with_output()
        };
        let Ok(output) = tokio::task::spawn_blocking(run).await.expect("the task ends") else {
            eprintln!("{program} is not here; {file} was not tried");
            continue;
        };
        assert!(output.status.success(), "{file}");
        let told = String::from_utf8_lossy(&output.stdout);
        assert_eq!(told.lines().collect::<Vec<_>>(), wanted, "{file}");
    }
}
