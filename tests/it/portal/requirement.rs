//! One requirement: its banners, its plain text, and texts that are out of sight.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{EVERY_STATUS, between, hits, walk};
use crate::support::{Answer, Import, TestApp, complete, line, lines};

/// The banners of a page, by the ids of their headings.
fn banners(page: &Answer) -> BTreeSet<String> {
    let text = page.text();
    let titles = text.split("class=\"banner__title\" id=\"").skip(1);
    titles.map(|rest| rest.split('"').next().unwrap_or_default().to_owned()).collect()
}

/// Every hit of the list: number and version, the address that it leads to, and its marks.
async fn everything(app: &TestApp) -> Vec<(String, String, Vec<String>)> {
    let mut all = Vec::new();
    for page in walk(app, &format!("/krav?{EVERY_STATUS}&sort=nummer"), "next").await {
        let text = page.text();
        for (name, hit) in hits(&page).into_iter().zip(text.split("<li class=\"hit\"").skip(1)) {
            let href = between(hit, "<a href=\"", "\"").expect("a link").to_owned();
            let marks = hit.split("<span class=\"tag tag--").skip(1);
            let marks = marks.map(|rest| rest.split('"').next().unwrap_or_default().to_owned()).collect();
            all.push((name, href, marks));
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn a_banner_stands_where_it_belongs_and_nowhere_else() {
    let app = TestApp::build().example().spawn().await;
    let ending: BTreeSet<String> = app
        .db
        .value::<Vec<String>>(
            "select coalesce(array_agg('KB-' || lpad(r.number::text, 4, '0')), '{}') from requirement_repeal p
             join requirement_version v on v.id = p.version_id join requirement r on r.id = v.requirement_id
             where upper(v.valid) > '2026-11-22 12:00Z'",
        )
        .await
        .into_iter()
        .collect();
    assert!(!ending.is_empty(), "the example bank has a repeal to come");
    let stale: BTreeSet<String> = app
        .db
        .value::<Vec<String>>(
            "select array_agg('KB-' || lpad(s.number::text, 4, '0')) from requirement_with_stale_reference(0::smallint, '{}', '2026-11-22 12:00Z') s",
        )
        .await
        .into_iter()
        .collect();
    let all = everything(&app).await;
    let id = |hit: &str| hit.split(':').next().unwrap_or_default().to_owned();
    let coming: BTreeSet<String> =
        all.iter().filter(|(_, _, marks)| marks.iter().any(|m| m == "decided")).map(|(hit, ..)| id(hit)).collect();
    let mut met = BTreeSet::new();
    for (hit, href, marks) in &all {
        let mut expected: BTreeSet<String> = marks
            .iter()
            .filter_map(|mark| match mark.as_str() {
                "stop" => Some("b-stopp"),
                "overdue" => Some("b-oversyn"),
                "superseded" => Some("b-ersatt"),
                "repealed" => Some("b-upphavt"),
                "decided" => Some("b-kommande"),
                _ => None,
            })
            .map(str::to_owned)
            .collect();
        if coming.contains(&id(hit)) && !marks.iter().any(|mark| mark == "decided") {
            expected.insert("b-nasta".to_owned());
        }
        let is_over = marks.iter().any(|mark| ["decided", "superseded", "repealed"].contains(&mark.as_str()));
        if stale.contains(&id(hit)) && !is_over {
            expected.insert("b-hanvisning".to_owned());
        }
        if ending.contains(&id(hit)) {
            expected.insert("b-upphavs".to_owned());
        }
        let page = app.get(href).await.expect(200);
        assert_eq!(banners(&page), expected, "{href}");
        assert_eq!(banners(&app.get(&format!("/en{href}")).await.expect(200)), expected, "/en{href}");
        met.extend(expected);
    }
    assert_eq!(met.len(), 8, "the example bank shows every banner but that of what was read in: {met:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn banners_say_what_follows() {
    let app = TestApp::build().example().spawn().await;
    let banner = async |path: &str| app.get(path).await.expect(200).texts(".banners").concat();
    let with = banner("/krav/KB-0015").await;
    assert!(with.contains("1 oktober 2026") && with.contains("Gick upp i KB-0016"), "{with}");
    assert!(!with.contains("Inget annat krav kom i stället."));
    let without = banner("/krav/KB-0066").await;
    assert!(without.contains("1 januari 2026") && without.contains("Inget annat krav kom i stället."), "{without}");
    let stopped = banner("/krav/KB-0005").await;
    assert!(stopped.contains("Kravet är stoppat sedan 14 oktober 2026.") && stopped.contains("ditiokarbamater"), "{stopped}");
    let old = banner("/krav/KB-0016/v/1").await;
    assert!(old.contains("Version 1 ersattes 1 februari 2024.") && old.contains("Läs KB-0016 version 3"), "{old}");
    let coming = banner("/krav/KB-0004/v/4").await;
    assert!(coming.contains("Den börjar gälla 1 januari 2028.") && coming.contains("Läs KB-0004 version 3"), "{coming}");
    let next = banner("/krav/KB-0004").await;
    assert!(next.contains("Version 4 är beslutad") && next.contains("Läs version 4"), "{next}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_read_in_says_what_is_missing() {
    let app = TestApp::spawn().await;
    let award = complete("Poäng").set("type", "award_criterion");
    Import::current().accepted(&app.db, lines(&[line("Ofullständigt"), complete("Fullständigt"), award])).await;
    let saying = async |id: &str, path: &str| {
        let page = app.get(&format!("{path}/krav/{id}")).await.expect(200);
        assert_eq!(banners(&page), BTreeSet::from(["b-inlast".to_owned()]), "{id}");
        page.texts(".banner--info").concat()
    };
    let least = saying("KB-0001", "").await;
    assert!(
        least.contains("För ett beslut saknas: motiv, proportionalitet, bevis, uppföljning, miljömål, nästa översyn."),
        "{least}"
    );
    assert!(least.contains("Inläsning B-0001,") && least.contains("RS 2026-0001"), "{least}");
    assert!(!saying("KB-0002", "").await.contains("saknas"));
    assert!(saying("KB-0003", "").await.contains("För ett beslut saknas: utvärdering."));
    assert!(!saying("KB-0002", "/en").await.contains("saknas"));
    let text = app.get("/krav/KB-0001?format=txt").await.expect(200).text();
    assert!(text.contains("Inläst, inte beslutat här. ") && text.contains("B-0001") && !text.contains("Exempeldata"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_out_of_sight_leaves_id_dates_hash_and_reason() {
    let app = TestApp::build().example().spawn().await;
    let text: Vec<String> = app
        .db
        .value(
            "select array_agg(c.text) from version_clause c join requirement_version v on v.id = c.version_id
             join requirement r on r.id = v.requirement_id where r.number = 81 and v.number = 1",
        )
        .await;
    let hash: String = app
        .db
        .value(
            "select encode(sha256, 'hex') from requirement_version v join requirement r on r.id = v.requirement_id
             where r.number = 81 and v.number = 1",
        )
        .await;
    assert!(!text.is_empty() && hash.len() == 64);
    for path in ["/krav/KB-0081/v/1", "/en/krav/KB-0081/v/1", "/krav/KB-0081/v/1?format=txt"] {
        let page = app.get(path).await.expect(410);
        let shown = page.texts("main").concat();
        for part in ["KB-0081:1", "2024", "2026", hash.as_str(), "Stycke 2 återgav text ur en standard"] {
            assert!(shown.contains(part), "{path}: {part}: {shown}");
        }
        assert_eq!(page.attributes(".facts time", "datetime").len(), 3, "{path}: since, from, to");
        let whole = page.text().to_lowercase();
        for clause in &text {
            let words: Vec<&str> = clause.split_whitespace().collect();
            for run in words.windows(4) {
                assert!(!whole.contains(&run.join(" ").to_lowercase()), "{path}: {run:?}");
            }
        }
        assert!(!whole.contains("armaturer"), "{path}: nor its title");
    }
    app.get("/krav/KB-0081").await.expect(200);
}

/// Every text in a value.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(pairs) => pairs.values().for_each(|value| texts(value, found)),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plain_text_holds_every_word_of_the_requirement() {
    let app = TestApp::build().example().spawn().await;
    let rows: Vec<String> = app
        .db
        .value(
            "select array_agg(jsonb_build_object('id', 'KB-' || lpad(r.number::text, 4, '0'), 'version', v.number,
                 'core', v.canonical::jsonb, 'beside', array[r.guidance, r.limitations], 'sha256', encode(v.sha256, 'hex'))::text)
             from requirement_version v join requirement r on r.id = v.requirement_id
             where v.state = 'decided' and v.not_shown_since is null and not isempty(v.valid)",
        )
        .await;
    assert!(rows.len() > 90, "{}", rows.len());
    for row in rows {
        let row: Value = serde_json::from_str(&row).expect("JSON");
        let (id, version) = (row["id"].as_str().expect("an id"), &row["version"]);
        let path = format!("/krav/{id}/v/{version}");
        let page = app.get(&format!("{path}?format=txt")).await.expect(200);
        assert!(page.header("content-type").starts_with("text/plain"), "{path}");
        let text = page.text();
        let mut expected = Vec::new();
        for (name, value) in row["core"].as_object().expect("a core") {
            match name.as_str() {
                "text" | "id" | "version" | "type" | "level" | "applies_to" => {}
                // Codes, keys and addresses are no words of the requirement.
                "evidence" => value.as_array().into_iter().flatten().for_each(|one| texts(&one["text"], &mut expected)),
                "references" => value.as_array().into_iter().flatten().for_each(|one| {
                    texts(&one["name"], &mut expected);
                    texts(&one["edition"], &mut expected);
                }),
                "parameters" => value.as_array().into_iter().flatten().for_each(|one| {
                    texts(&one["label"], &mut expected);
                    texts(&one["unit"], &mut expected);
                    texts(&one["options"], &mut expected);
                }),
                "exemptions" => value.as_array().into_iter().flatten().for_each(|one| {
                    texts(&one["what"], &mut expected);
                    texts(&one["reason"], &mut expected);
                }),
                "follow_up" => {
                    for part in ["method", "frequency", "by", "consequence"] {
                        texts(&value[part], &mut expected);
                    }
                }
                "award" => {
                    texts(&value["explanation"], &mut expected);
                    texts(&value["steps"], &mut expected);
                }
                "answer" => {
                    texts(&value["unit"], &mut expected);
                    texts(&value["options"], &mut expected);
                }
                _ => texts(value, &mut expected),
            }
        }
        texts(&row["beside"], &mut expected);
        texts(&row["sha256"], &mut expected);
        expected.extend([format!("{id}:{version}"), path.clone(), "Status: ".to_owned(), "Exempeldata".to_owned()]);
        for part in expected {
            assert!(text.contains(&part), "{path}: {part}\n{text}");
        }
        // The clauses as on the page, values filled in.
        for (place, clause) in app.get(&path).await.expect(200).texts(".clauses li > p[data-copy-part]").iter().enumerate() {
            let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(plain.contains(&format!("{}. {clause}", place + 1)), "{path}: {clause}\n{text}");
        }
        assert!(!text.contains("{{") && !text.contains("\n\n\n"), "{path}");
        if row["core"]["evidence"].to_string().contains("\"equivalent_accepted\":true") {
            assert!(text.contains("Likvärdigt bevis godtas."), "{path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plain_text_has_a_line_for_each_banner() {
    let app = TestApp::build().example().spawn().await;
    let text = async |path: &str| app.get(&format!("{path}?format=txt")).await.expect(200).text();
    let line = |text: &str, start: &str| text.lines().find(|line| line.starts_with(start)).unwrap_or_default().to_owned();
    let stopped = text("/krav/KB-0005").await;
    assert!(stopped.contains("\nStatus: Gällande. Gäller från 1 september 2024\n"), "{stopped}");
    let stop = line(&stopped, "Använd inte kravet just nu. ");
    assert!(stop.contains("sedan 14 oktober 2026.") && stop.contains("ditiokarbamater"), "{stopped}");
    let repealed = line(&text("/krav/KB-0015").await, "Kravet är upphävt. ");
    assert!(repealed.contains("1 oktober 2026.") && repealed.contains("Gick upp i KB-0016 "), "{repealed}");
    let none = line(&text("/krav/KB-0066").await, "Kravet är upphävt. ");
    assert!(none.ends_with("Inget annat krav kom i stället."), "{none}");
    let old = line(&text("/krav/KB-0016/v/1").await, "Du läser en äldre version. ");
    assert!(old.contains("ersattes 1 februari 2024. Läs KB-0016 version 2."), "{old}");
    let ending = line(&text("/krav/KB-0062").await, "Kravet är på väg att upphävas. ");
    assert!(ending.contains("Det slutar gälla 1 januari 2029."), "{ending}");
    let coming = text("/krav/KB-0004/v/4").await;
    assert!(coming.contains("\nStatus: Beslutat, inte i kraft. Börjar gälla 1 januari 2028\n"), "{coming}");
    let overdue = app.get("/krav?oversyn=forsenad").await.expect(200).attributes(".hit__title a", "href");
    for path in &overdue {
        assert!(!line(&text(path).await, "Översynen är försenad. ").is_empty(), "{path}");
    }
    let quiet = text("/krav/KB-0012").await;
    assert!(overdue.iter().any(|path| path == "/krav/KB-0012") || !quiet.contains("Översynen"), "{quiet}");
    // In English where there is English, with the Swedish that applies named.
    let english = text("/en/krav/KB-0004").await;
    assert!(
        english.starts_with("Example") && english.contains("Status: ") && english.contains("/en/krav/KB-0004/v/3"),
        "{english}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn loose_spellings_lead_to_the_one_address() {
    let app = TestApp::build().example().spawn().await;
    for (loose, canonical) in [
        ("/krav/kb4", "/krav/KB-0004"),
        ("/krav/KB-4?format=txt", "/krav/KB-0004?format=txt"),
        ("/krav/kb%204/v/2", "/krav/KB-0004/v/2"),
        ("/en/krav/kb4/v/2?format=txt", "/en/krav/KB-0004/v/2?format=txt"),
        ("/krav/KB4/historik", "/krav/KB-0004/historik"),
        ("/en/krav/kb-04/jamfor?fran=1&till=2&vy=sida", "/en/krav/KB-0004/jamfor?fran=1&till=2&vy=sida"),
    ] {
        let moved = app.get(loose).await.expect(308);
        assert_eq!(moved.header("location"), canonical, "{loose}");
        app.get(canonical).await.expect(200);
    }
    for path in [
        "/krav/KB-0000",
        "/krav/42",
        "/krav/KB-",
        "/krav/KB-0004/v/99",
        "/krav/KB-0004/v/0",
        "/krav/KB-0004/v/x",
        "/krav/KB-9999",
    ] {
        app.get(path).await.expect(404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_is_not_there_leads_to_the_requirement() {
    let app = TestApp::build().example().spawn().await;
    for (prefix, heading) in [("", "KB-0004 har ingen version 99"), ("/en", "KB-0004 has no version 99")] {
        let page = app.get(&format!("{prefix}/krav/KB-0004/v/99")).await.expect(404);
        assert_eq!(page.texts("h1"), [heading]);
        let links = page.attributes("main a", "href");
        assert!(links.contains(&format!("{prefix}/krav/KB-0004")) && links.contains(&format!("{prefix}/krav/KB-0004/historik")));
    }
    assert_eq!(app.get("/krav/KB-9999/v/1").await.expect(404).texts("h1"), ["Sidan finns inte"]);
}
