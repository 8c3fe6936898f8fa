//! What the bank holds about somebody, for them alone.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};
use uuid::Uuid;

use crate::support::{Browser, Import, NOW, TestApp, complete, lines};

const ASK: &str = "/mitt/uppgifter/utdrag";
const FILE: &str = "/mitt/uppgifter/utdrag/fil";

async fn person(app: &TestApp, word: &str) -> Uuid {
    app.db.value(&format!("select id from person where example = '{word}'")).await
}

/// Every key of a value, and every string under a key that tells a time.
fn walk(value: &Value, keys: &mut BTreeSet<String>, times: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                keys.insert(key.clone());
                match value {
                    Value::String(text) if key.ends_with("_at") || matches!(key.as_str(), "at" | "from" | "to") => {
                        times.push(text.clone());
                    }
                    // Values of the log are the log's.
                    _ if matches!(key.as_str(), "old" | "new") => {}
                    _ => walk(value, keys, times),
                }
            }
        }
        Value::Array(all) => all.iter().for_each(|one| walk(one, keys, times)),
        _ => {}
    }
}

/// A person of whom something is known in every part.
async fn known(app: &TestApp) -> Browser<'_> {
    let shared = complete("Handskar utan ftalater").id("KB-0001");
    Import::current().at(NOW - Duration::days(30)).accepted(&app.db, lines(&[shared])).await;
    let browser = Browser::signed_in(app, "lmc").await;
    browser.post("/korgar", &[("namn", "Handskar 2027")]).await.expect(303);
    let id = person(app, "lmc").await;
    app.db
        .execute(&format!(
            "update person set email_verified_at = '2026-11-01T08:00:00Z' where id = '{id}';
             insert into person_password values ('{id}', '$argon2id$kanariehash', '2026-11-01T08:00:00Z');
             insert into second_factor values ('{id}', '\\x{secret}', '2026-11-01T08:00:00Z', 1);
             insert into recovery_code values ('{id}', '\\x{code}', '2026-11-01T08:00:00Z', null);
             insert into password_link values ('\\x{link}', '{id}', '2026-11-01T08:00:00Z', '2026-11-02T08:00:00Z');
             insert into identity values ('{id}', '{id}', 'https://id.example', 'kb-123', '2026-11-01T08:00:00Z', '2026-11-02T08:00:00Z');
             insert into mail (id, person_id, address, language, kind, subject, parts, created_at, sent_at)
             values ('{id}', '{id}', 'lmc@example.org', 'sv', 'test_letter', 'Ett brev', '[]', '2026-11-01T08:00:00Z', '2026-11-01T08:00:00Z');
             insert into audit (at, actor_kind, person_id, action, object_kind, object_id)
             values ('2026-11-01T08:00:00Z', 'person', '{id}', 'requirement.publish', 'requirement_version', '{id}'),
                    ('2026-11-01T08:00:00Z', 'visitor', null, 'session.refuse', 'person', '{id}'),
                    ('2026-11-01T08:00:00Z', 'person', '{other}', 'person.give_role', 'person', '{id}');
             insert into proposal (id, kind, state, audience, owner_org, author_id, group_id, title, created_at, changed_at, changed_by, state_since)
             select gen_random_uuid(), 'new', 'draft', 100, o.id, '{id}', g.id, 'Mitt förslag', t.at, t.at, '{id}', t.at
             from organisation o, (select id from product_group limit 1) g, (select '2026-11-01T08:00:00Z'::timestamptz as at) t
             where o.slug = 'lmc';
             update proposal set state = 'submitted', audience = 0, number = 1, year = 2026, submitted_at = created_at, cc0_at = created_at,
                 answer_by = '2027-01-20', sent = proposal_as_written(id);
             insert into proposal_note (id, proposal_id, audience, person_id, text, at)
             select gen_random_uuid(), id, 20, '{id}', 'Min anteckning', created_at from proposal;
             insert into proposal_cosigner select id, owner_org, '{id}', created_at from proposal;
             insert into decision_draft (id, state, audience, title, created_at, created_by, created_org, changed_at, changed_by)
             select gen_random_uuid(), 'draft', 20, 'Mitt utkast', p.created_at, '{id}', p.owner_org, p.created_at, '{id}' from proposal p",
            secret = "5e".repeat(20),
            code = "c0".repeat(32),
            link = "11".repeat(32),
            other = person(app, "admin").await,
        ))
        .await;
    app.post("/tillganglighet/rapporter", &[("text", "Knappen syns inte"), ("epost", "LMC@example.org")]).await.expect(303);
    browser.upload("/lmc/import", &[], &[("fil", "handskar.csv", b"Rubrik;Kravtext\n")]).await.expect(303);
    browser.post("/lmc/rapporter/FR-0001/anteckningar", &[("anteckning", "Provat i Firefox.")]).await.expect(303);
    browser.post("/krav/KB-0001/dialog", &[("slag", "fraga"), ("text", "Gäller det innerhandskar?")]).await.expect(303);
    let told = [("provning", "none"), ("kontroll", "yes"), ("rad", "Be om intyg.")];
    browser.post("/krav/KB-0001/erfarenhet", &told).await.expect(303);
    let supplier = Browser::signed_in(app, "leverantor").await;
    let thread = supplier.post("/krav/KB-0001/dialog", &[("slag", "fraga"), ("text", "Köp våra.")]).await.expect(303);
    let comment = thread.header("location").rsplit('/').next().expect("an id").to_owned();
    let rule = [("regel", "advertising"), ("skal", "Reklam.")];
    browser.post(&format!("/dialog/{comment}/anmal"), &rule).await.expect(303);
    let hides = [("steg", "dolj"), ("regel", "advertising"), ("skal", "Den säljer något.")];
    browser.post(&format!("/lmc/moderering/{comment}"), &hides).await.expect(303);
    let notes = Browser::signed_in(app, "lmc2").await;
    notes.post("/lmc/rapporter/FR-0001/anteckningar", &[("anteckning", "Det skriver en annan.")]).await.expect(303);
    browser
}

#[tokio::test]
async fn everything_is_there_and_nothing_that_lets_in() {
    let app = TestApp::build().people().spawn().await;
    let browser = known(&app).await;
    let page = browser.get("/mitt/uppgifter").await.expect(200);
    assert!(page.text().contains("Lösenord, koder och nycklar ingår aldrig."));
    let page = browser.post_on(ASK, &[("form", "sida")]).await;
    assert_eq!(page.path, ASK);
    assert_eq!(page.texts("h1"), ["Karin Öberg"]);
    assert!(!page.text().contains("Ingenting är sparat."), "{}", page.text());
    for part in
        ["Samordnare för nätverket", "Ett brev", "Knappen syns inte", "https://id.example", "Ett försök som inte gav inloggning"]
    {
        assert!(page.text().contains(part), "{part}");
    }
    let english = browser.get("/en/mitt/uppgifter/utdrag").await.expect(200);
    assert!(
        english.text().contains("Log of sign-ins and attempts") && english.text().contains("An attempt that did not give access")
    );
    let file = browser.get(FILE).await.expect(200);
    assert_eq!(file.header("content-type"), "application/json");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"kravbanken-mina-uppgifter-2026-11-22.json\"");
    assert!([&file, &page].iter().all(|answer| answer.header("cache-control").contains("no-store")));
    let data = file.json();
    let text = file.text();
    // No secret, and nothing of anybody else.
    let token: String = app.db.value("select encode(token_sha256, 'hex') from session limit 1").await;
    let cookie = browser.cookies.borrow()["session"].clone();
    let other = person(&app, "admin").await.to_string();
    for secret in [
        "kanariehash",
        "argon2",
        &"5e".repeat(20),
        &"c0".repeat(32),
        &"11".repeat(32),
        &token,
        &cookie,
        "Birgit",
        "admin@",
        &other,
    ] {
        assert!(!text.contains(secret) && !page.text().contains(secret), "{secret}");
    }
    let imports = data["imports"].as_array().expect("imports");
    assert_eq!((imports.len(), &imports[0]["file_name"], &imports[0]["sent"]), (1, &"handskar.csv".into(), &true.into()));
    let entries = data["report_entries"].as_array().expect("entries");
    assert_eq!((entries.len(), &entries[0]["report"], &entries[0]["text"]), (1, &"FR-0001".into(), &"Provat i Firefox.".into()));
    assert_eq!(data["profile"][0]["email"], "lmc@example.org");
    assert_eq!(data["memberships"].as_array().map(Vec::len), Some(2));
    let acts = data["acts"].as_array().expect("acts");
    assert!(acts.iter().any(|act| act["action"] == "requirement.publish"), "{acts:?}");
    assert_eq!(
        (&data["about_me"][0]["by"], &data["about_me"][0]["action"]),
        (&"other_person".into(), &"person.give_role".into())
    );
    let order: Vec<usize> = ["format", "profile", "memberships", "sessions", "sign_ins", "letters", "fault_reports"]
        .iter()
        .map(|key| text.find(&format!("\n  \"{key}\"")).expect("a part"))
        .collect();
    assert!(order.is_sorted(), "{order:?}");
    // Keys are as documented, times are RFC 3339.
    let (mut keys, mut times) = (BTreeSet::new(), Vec::new());
    walk(&data, &mut keys, &mut times);
    let document = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/own-data.md")).expect("the document");
    for key in &keys {
        assert!(key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'), "{key}");
        assert!(document.contains(&format!("`{key}`")), "docs/own-data.md does not tell of {key}");
    }
    for part in document.lines().filter_map(|line| line.strip_prefix("## `").and_then(|rest| rest.strip_suffix('`'))) {
        assert!(data[part].as_array().is_some_and(|lines| !lines.is_empty()), "{part} is empty");
    }
    assert!(times.len() > 15);
    for time in times {
        OffsetDateTime::parse(&time, &Rfc3339).unwrap_or_else(|error| panic!("{time}: {error}"));
    }
    // Each time it is written down, and told of.
    let (logged, told): (i64, i64) = (
        app.db.value("select count(*) from audit where action = 'person.export'").await,
        app.db.value("select count(*) from mail where kind = 'own_data_export' and address = 'lmc@example.org'").await,
    );
    assert_eq!((logged, told), (1, 1));
}

#[tokio::test]
async fn it_is_for_the_session_that_asked_and_for_a_while() {
    let app = TestApp::build().people().spawn().await;
    let browser = Browser::signed_in(&app, "strateg").await;
    for path in [ASK, FILE] {
        assert_eq!(browser.get(path).await.expect(303).header("location"), "/mitt/uppgifter");
    }
    assert_eq!(browser.post(ASK, &[("form", "fil")]).await.expect(303).header("location"), FILE);
    let other = Browser::signed_in(&app, "strateg").await;
    other.get(FILE).await.expect(303);
    Browser::signed_in(&app, "lmc").await.get(FILE).await.expect(303);
    let at = async |minutes: i64| {
        let later = TestApp::build().beside(&app).people().at(NOW + Duration::minutes(minutes)).spawn().await;
        let old = Browser::new(&later);
        old.cookies.replace(browser.cookies.borrow().clone());
        (old.get(FILE).await.status.as_u16(), old.post("/en/mitt/uppgifter/utdrag", &[]).await.header("location").to_owned())
    };
    assert_eq!(at(9).await.0, 200);
    assert_eq!(at(20).await, (303, "/en/mitt/bekrafta?till=%2Fen%2Fmitt%2Fuppgifter".to_owned()));
    // More than somebody needs are refused, and say when.
    browser.post(ASK, &[]).await.expect(303);
    let page = browser.post(ASK, &[]).await.expect(429);
    assert!(page.texts(".error-summary li")[0].contains("igen klockan"), "{:?}", page.texts(".error-summary li"));
    assert!(page.header("retry-after").parse::<u32>().is_ok());
}

/// One statement beside the one that recognises; of a long log the latest, and the page says what only the file has.
#[tokio::test]
async fn a_long_log_is_cut_and_costs_one_round_trip() {
    let app = TestApp::build().people().spawn().await;
    let browser = Browser::signed_in(&app, "upphandlare2").await;
    let id = person(&app, "upphandlare2").await;
    app.db
        .execute(&format!(
            "insert into audit (at, actor_kind, person_id, action, object_kind, object_id)
             select '2026-11-01T08:00:00Z', 'person', '{id}', 'selection.change', 'selection', '{id}' from generate_series(1, 10100)"
        ))
        .await;
    browser.post(ASK, &[]).await.expect(303);
    for path in [ASK, FILE] {
        let queries = app.queries_with(path, &browser.header()).await;
        assert_eq!(queries.len(), 2, "{queries:?}");
    }
    let data = browser.get(FILE).await.expect(200).json();
    let lines = |part: &str| data[part].as_array().map_or(0, Vec::len);
    assert_eq!(lines("acts") + lines("sign_ins") + lines("about_me"), 10_000);
    assert_eq!(data["acts"][0]["action"], "person.export", "the latest first");
    let page = browser.get(ASK).await.expect(200);
    assert!(page.text().contains("äldre rader finns bara i filen."));
    assert!(page.body.len() < 100_000, "{} bytes", page.body.len());
}
