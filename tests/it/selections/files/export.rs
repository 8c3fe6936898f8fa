//! A selection written out in every format and read back: all say the same, in the same order, and nothing but that.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use kravbank::selections::desk::{Desk, MOST_FILES, MOST_WAITING};
use office_files::{Limits, clean, docx};
use serde_json::{Value, json};
use time::Duration;

use super::{
    super::{Deed, becomes},
    bank,
};
use crate::support::{Answer, Browser, Line, NOW, TestApp, complete};

/// What stands in a text that a spreadsheet must not run.
const FORMULA: &str = "=HYPERLINK(\"http://ond.example\";\"Klicka\")";
/// Right to left, in a Swedish sentence.
const HEBREW: &str = "Märkningen ”מים נקיים” ska synas.";
/// An own wording with what no XML may hold.
const CONTROLS: &str = "Egen\u{1} lydelse\u{b} för {{halt}} procent, utan {{okand}}.";

/// Fifty clauses of four thousand characters.
fn long() -> Vec<String> {
    (1..=50)
        .map(|n| format!("Långt stycke nummer {n}. ") + &"Orden är många. ".repeat(300))
        .map(|text| text.chars().take(3999).collect::<String>() + ".")
        .collect()
}

/// Requirements with all that a tender can hold.
fn requirements() -> Vec<Line> {
    let long = long();
    vec![
        complete("Miljöledning").id("KB-0001").set("type", "qualification_requirement").set("title_en", "Environmental management")
            .set("text", json!(["Leverantören ska ha ett miljöledningssystem enligt ISO 14001.", "Det ska vara infört."]))
            .set("text_en", json!(["The supplier has an environmental management system to ISO 14001.", "It is in place."]))
            .set("evidence", json!([
                {"kind": "certificate", "text": "Giltigt certifikat.", "text_en": "A valid certificate.", "due": "with_tender", "equivalent_accepted": true},
                {"kind": "other", "text": "Annat underlag.", "due": "on_request", "equivalent_accepted": false}]))
            .set("answer", json!({"kind": "confirm"})),
        complete("Halt av ämnen").id("KB-0002")
            .set("text", json!(["Halten är högst {{halt}} procent den {{dag}}.", "Se {{farg}}.", HEBREW]))
            .set("parameters", json!([
                {"key": "halt", "label": "Högsta halt", "kind": "number", "unit": "%", "min": 0, "max": 1, "default": 0.1},
                {"key": "dag", "label": "Mätdag", "kind": "date"},
                {"key": "farg", "label": "Färg", "kind": "choice", "options": ["blå", "grön"]}]))
            .set("exemptions", json!([
                {"what": "Kirurgiska handskar", "reason": "De måste tåla mer.", "until": "2031-01-31"},
                {"what": "Sterila handskar", "reason": "Ersättning saknas.", "until": "2030-01-31"},
                {"what": "Små storlekar", "reason": "Finns inte att köpa."}]))
            .set("definitions", json!([{"term": "halt", "text": "Vikt av vikt."}]))
            .set("appendices", json!([{"title": "Lista över ämnen", "text": "DEHP\nDBP"}]))
            .set("references", json!([
                {"name": "SS-EN 455-1", "kind": "standard", "edition": "2020", "url": "https://www.sis.se/455"},
                {"name": "REACH", "kind": "law"}]))
            .set("applies_to", json!({"kinds": ["goods"], "per": "article"}))
            .set("answer", json!({"kind": "number", "unit": "%", "min": 0, "max": 0.1})),
        complete("Utbytbart innanmäte").id("KB-0003")
            .set("text", json!(["Beslutad text som byts ut."]))
            .set("parameters", json!([{"key": "halt", "label": "Halt", "kind": "number", "default": 5}])),
        complete("Återvunnet material").id("KB-0004").set("type", "award_criterion")
            .set("answer", json!({"kind": "choice", "options": ["Under 20 %", "20–40 %", "+ 40 %"]}))
            .set("award", json!({"model": "points", "max": 10, "steps": ["0 poäng: under 20 %", "5 poäng: 20–40 %", "10 poäng: mer"], "explanation": "Mer är bättre."})),
        complete("Långt krav").id("KB-0005").set("type", "contract_performance_condition")
            .set("text", json!(long))
            .set("follow_up", json!({"method": "Rapport varje år.", "effort": "large", "frequency": "årligen", "by": "beställaren", "reply_days": 14, "consequence": "Vite."})),
        complete(FORMULA).id("KB-0006").set("type", "contract_performance_condition").set("text", json!(["@SUM(A1)", "-2+3", "'redan citerat"])),
    ]
}

/// The selection, with what a buyer fills in.
async fn filled(app: &TestApp) -> Browser<'_> {
    // Not in the order of the types.
    let browser = Browser::with(app, &["KB-0005", "KB-0006", "KB-0004", "KB-0002", "KB-0003", "KB-0001"]).await;
    let set = |number: i64, what: String| {
        format!("update selection_row w set {what} from requirement r where r.id = w.requirement_id and r.number = {number}")
    };
    let quoted = |value: &Value| value.to_string().replace('\'', "''");
    app.db.execute("update selection set name = 'Handskar 2027: å/ä ”ö”'").await;
    app.db.execute(&set(2, format!("parameter_values = '{}'", quoted(&json!({"halt": 0.05, "dag": "2027-03-12"}))))).await;
    app.db.execute(&set(2, "exemptions = '{0,2}', note = 'Fråga labbet.'".to_owned())).await;
    let wording = json!([{"id": null, "text": CONTROLS}, {"id": null, "text": FORMULA}]);
    app.db
        .execute(&set(
            3,
            format!("wording = '{}', wording_reason = 'Passar vår klinik.', wording_version_id = version_id", quoted(&wording)),
        ))
        .await;
    browser
}

/// What the file says in Swedish, in order: every format has all of it, once and in this order.
fn said() -> Vec<String> {
    let mut said: Vec<String> = [
        "Miljöledning",
        "Leverantören ska ha ett miljöledningssystem enligt ISO 14001.",
        "Det ska vara infört.",
        "Giltigt certifikat.",
        "Annat underlag.",
        "Stickprov en gång om året.",
        "/krav/KB-0001/v/1",
        "Halt av ämnen",
        "Halten är högst 0,05 procent den 12 mars 2027.",
        "Se [Färg].",
        HEBREW,
        "Kirurgiska handskar",
        "De måste tåla mer.",
        "Små storlekar",
        "Finns inte att köpa.",
        "halt",
        "Vikt av vikt.",
        "Lista över ämnen",
        "DEHP",
        "DBP",
        "SS-EN 455-1",
        "REACH",
        "Intyg från tillverkaren.",
        "/krav/KB-0002/v/1",
        "Utbytbart innanmäte",
        "Passar vår klinik.",
        "Egen lydelse för 5 procent, utan {{okand}}.",
        FORMULA,
        "Intyg från tillverkaren.",
        "/krav/KB-0003/v/1",
        "Återvunnet material",
        "Varan ska uppfylla kravet Återvunnet material.",
        "Under 20 %",
        "20–40 %",
        "+ 40 %",
        "0 poäng: under 20 %",
        "5 poäng: 20–40 %",
        "10 poäng: mer",
        "Mer är bättre.",
        "/krav/KB-0004/v/1",
        "Långt krav",
    ]
    .map(str::to_owned)
    .to_vec();
    said.extend(long());
    said.extend(
        [
            "Rapport varje år.",
            "årligen",
            "beställaren",
            "14",
            "Vite.",
            "/krav/KB-0005/v/1",
            FORMULA,
            "@SUM(A1)",
            "-2+3",
            "'redan citerat",
            "/krav/KB-0006/v/1",
        ]
        .map(str::to_owned),
    );
    said
}

/// Blanks made single: how a format breaks lines is its own business.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Everything is there, in order.
#[track_caller]
fn assert_says(format: &str, text: &str, said: &[String]) {
    let text = words(text);
    let mut rest = text.as_str();
    for one in said {
        let one = words(&clean(one));
        let Some(at) = rest.find(&one) else {
            let near: String = rest.chars().take(600).collect();
            panic!("{format}: {one:?} is not there, or not in its place, before: {near:?}");
        };
        rest = &rest[at + one.len()..];
    }
}

/// The rows of a workbook's first sheet, headings first.
fn rows(file: &[u8]) -> Vec<Vec<String>> {
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(file.to_vec())).expect("a workbook");
    let sheet = workbook.sheet_names()[0].clone();
    let formulas = workbook.worksheet_formula(&sheet).expect("formulas");
    assert!(formulas.used_cells().all(|(_, _, formula)| formula.is_empty()), "no cell is a formula");
    let range = workbook.worksheet_range(&sheet).expect("a sheet");
    let text = |cell: &Data| match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        other => panic!("a cell holds {other:?}"),
    };
    range.rows().map(|row| row.iter().map(text).collect()).collect()
}

/// The rows of a CSV file, guards taken off.
fn csv_rows(file: &[u8], separator: char) -> Vec<Vec<String>> {
    let restore = |cell: String| office_files::csv::restore(&cell).to_owned();
    raw_rows(file, separator).into_iter().map(|row| row.into_iter().map(restore).collect()).collect()
}

/// The rows of a CSV file as they stand there.
fn raw_rows(file: &[u8], separator: char) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(file).expect("UTF-8");
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '"' if quoted && letters.peek() == Some(&'"') => cell.push(letters.next().expect("a quote")),
            '"' => quoted = !quoted,
            c if c == separator && !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    rows
}

/// What a table says, requirement by requirement: pieces of a text put together again.
fn joined(rows: &[Vec<String>]) -> Vec<(String, Vec<String>)> {
    let mut all: Vec<(String, Vec<String>)> = Vec::new();
    for row in &rows[1..] {
        match all.last_mut().filter(|(id, _)| *id == row[0]) {
            Some((_, cells)) => cells.iter_mut().zip(row).skip(2).for_each(|(cell, more)| cell.push_str(more)),
            None => all.push((row[0].clone(), row.clone())),
        }
    }
    all
}

fn content(answer: &Answer) -> docx::Content {
    docx::read(&answer.body, &Limits::default()).expect("a document")
}

#[tokio::test]
async fn every_format_says_the_same_in_the_same_order() {
    let app = bank(&requirements()).await;
    let browser = filled(&app).await;
    let said = said();
    let get = async |query: &str| browser.get(&browser.below(&format!("/export?{query}")).await).await.expect(200);
    for form in ["text", "tabell"] {
        let document = content(&get(&format!("format=docx&form={form}")).await);
        assert_eq!(document.language.as_deref(), Some("sv-SE"));
        assert_eq!(document.title.as_deref(), Some("Handskar 2027: å/ä ”ö”"));
        let text: Vec<&str> = document.paragraphs().map(|paragraph| paragraph.text.as_str()).collect();
        assert_says(form, &text.join("\n"), &said);
        let headings: Vec<&str> = document
            .paragraphs()
            .filter(|paragraph| paragraph.style == "Heading1")
            .map(|paragraph| paragraph.text.as_str())
            .collect();
        assert_eq!(
            headings,
            ["Kvalificeringskrav", "Teknisk specifikation", "Tilldelningskriterium", "Särskilt kontraktsvillkor"]
        );
        assert_eq!(document.paragraphs().filter(|paragraph| paragraph.style == "Heading2").count(), 6);
    }
    let table = rows(&get("format=xlsx").await.body);
    let requirements = joined(&table);
    let ids: Vec<&str> = requirements.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["KB-0001:1", "KB-0002:1", "KB-0003:1", "KB-0004:1", "KB-0005:1", "KB-0006:1"]);
    assert_says("xlsx", &requirements.iter().map(|(_, cells)| cells.join("\n")).collect::<Vec<_>>().join("\n"), &said);
    let text = table[0].iter().position(|heading| heading == "Kravtext").expect("a column");
    assert_eq!(requirements[4].1[text], long().join("\n\n"), "not a letter is lost where a text goes on in the next row");
    assert_eq!(requirements[2].1[text], format!("Egen lydelse för 5 procent, utan {{{{okand}}}}.\n\n{FORMULA}"));
    assert_eq!(requirements[5].1[text], "@SUM(A1)\n\n-2+3\n\n'redan citerat");

    for (query, separator) in [("format=csv", ';'), ("format=csv&ren=1", ',')] {
        let file = get(query).await;
        let cells = csv_rows(&file.body, separator);
        assert_eq!(cells.len(), table.len(), "{query}: as many rows as the workbook");
        assert_eq!(
            joined(&cells).into_iter().map(|(_, cells)| cells).collect::<Vec<_>>(),
            requirements.iter().map(|(_, cells)| cells.clone()).collect::<Vec<_>>()
        );
        assert_eq!(file.body.starts_with("\u{feff}".as_bytes()), separator == ';', "{query}");
        // As a spreadsheet takes them, guards and all.
        for cell in raw_rows(&file.body, separator).iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t']), "{query}: {cell:?} begins like a formula");
        }
    }
    assert_says("txt", &get("format=txt").await.text(), &said);
    let html = get("format=html").await;
    assert_says("html", &html.texts("main .written").join("\n"), &said);

    let json = get("format=json").await;
    let escaped: Vec<String> = said
        .iter()
        // The program formats dates and numbers of values itself.
        .filter(|one| !matches!(one.as_str(), "REACH" | "14"))
        .map(|one| clean(one).lines().next().unwrap_or_default().to_owned())
        .map(|one| Value::from(one).to_string().trim_matches('"').to_owned())
        .collect();
    assert_says("json", &json.text(), &escaped);
}

#[tokio::test]
async fn json_has_what_was_decided_and_what_was_filled_in() {
    let app = bank(&requirements()).await;
    let browser = filled(&app).await;
    let file = browser.get(&browser.below("/export?format=json&anteckningar=1").await).await.expect(200).json();
    assert_eq!(file["format"], "kravbanken-selection");
    assert_eq!(file["hash_scheme"], 1);
    assert_eq!(file["licence"], "CC0-1.0");
    let of = |id: &str| {
        let all = file["requirements"].as_array().expect("a list");
        all.iter().find(|one| one["id"] == id).unwrap_or_else(|| panic!("no {id}")).clone()
    };
    let halt = of("KB-0002");
    assert_eq!(halt["values"], json!({"halt": 0.05, "dag": "2027-03-12"}));
    assert_eq!(halt["clauses"][0]["text"], "Halten är högst {{halt}} procent den {{dag}}.");
    assert_eq!(halt["note"], "Fråga labbet.");
    assert_eq!(halt["exemptions"].as_array().map(Vec::len), Some(2));
    let english = of("KB-0001");
    assert_eq!(english["written_out_en"][1], "It is in place.");
    assert_eq!(english["evidence"][0]["text_en"], "A valid certificate.");
    let own = of("KB-0003");
    assert_eq!(own["wording"]["builds_on"], "KB-0003:1");
    assert_eq!(own["wording"]["reason"], "Passar vår klinik.");
    assert!(own.get("sha256").is_none() && own.get("canonical").is_none(), "what was changed has no hash");
    // The hash can be checked with what the file holds, and it is that of the API.
    for id in ["KB-0001", "KB-0002", "KB-0004"] {
        let one = of(id);
        let canonical = one["canonical"].as_str().expect("a text");
        assert_eq!(hex::encode(kravbank::requirements::content::hash(canonical)), one["sha256"], "{id}");
        let api = app.get(&format!("/api/v1/requirements/{id}/versions/1")).await.expect(200).json();
        assert_eq!((&api["canonical"], &api["sha256"]), (&one["canonical"], &one["sha256"]), "{id}");
    }
}

#[tokio::test]
async fn english_where_there_is_english_and_swedish_marked_so_elsewhere() {
    let app = bank(&requirements()).await;
    let browser = filled(&app).await;
    let get =
        async |query: &str| browser.get(&format!("/en{}", browser.below(&format!("/export?{query}")).await)).await.expect(200);
    let text = get("format=txt").await.text();
    assert!(text.contains("The supplier has an environmental management system to ISO 14001."), "{text}");
    assert!(!text.contains("Leverantören ska ha"), "{text}");
    assert!(text.contains("Requirement text (in Swedish)\n\n1. Halten är högst"), "{text}");
    assert!(text.contains("builds on KB-0003:1, changed"));
    let html = get("format=html").await;
    assert_eq!(html.texts("#krav-qualification_requirement-1"), ["Environmental management"]);
    let swedish = html.texts(".written__part--text [lang=sv]");
    assert!(swedish.contains(&HEBREW.to_owned()), "{swedish:?}");
    assert!(html.texts(".written__part--text [lang=en]").is_empty(), "what is in the language of the page says nothing");

    // Beside each other: Swedish first.
    let both = rows(&get("format=xlsx&sprak=bada").await.body);
    let column =
        |key: &str| both[0].iter().position(|heading| heading == key).unwrap_or_else(|| panic!("no {key} in {:?}", both[0]));
    let (sv, en) = (column("Kravtext"), column("Kravtext (på engelska)"));
    assert!(both[1][sv].starts_with("Leverantören ska ha") && both[1][en].starts_with("The supplier has"), "{both:?}");
    assert_eq!(both[2][en], "", "what is not there is not made up");
    let document = content(&get("format=docx&sprak=bada").await);
    let texts: Vec<&str> = document.paragraphs().map(|paragraph| paragraph.text.as_str()).collect();
    let place = |text: &str| texts.iter().position(|one| one.contains(text)).unwrap_or_else(|| panic!("no {text}"));
    assert!(place("Det ska vara infört.") < place("It is in place."));
}

#[tokio::test]
async fn only_those_who_may_get_a_file() {
    let app = bank(&requirements()).await;
    let browser = filled(&app).await;
    let path = browser.below("/export?format=docx").await;
    let other = Browser::with(&app, &["KB-0001"]).await;
    for cookie in ["", other.header().as_str(), "korg=00000000000000000000000000000000.3", "korg=../../etc.3"] {
        app.get_with(&path, &[("cookie", cookie)]).await.expect(404);
        app.get_with(&browser.below("/hamta").await, &[("cookie", cookie)]).await.expect(404);
    }
    browser.get(&format!("/korgar/{}/export?format=docx", uuid::Uuid::nil())).await.expect(404);
    browser.get("/korgar/inget/export?format=docx").await.expect(404);
}

#[tokio::test]
async fn headers_and_names_of_files() {
    let app = bank(&requirements()).await;
    let browser = filled(&app).await;
    for (query, media, disposition) in [
        (
            "format=docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "attachment; filename=\"Handskar 2027 a a _o_.docx\"; filename*=UTF-8''Handskar%202027%20%C3%A5%20%C3%A4%20%E2%80%9D%C3%B6%E2%80%9D.docx",
        ),
        ("format=xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "attachment; "),
        ("format=csv", "text/csv; charset=utf-8", "attachment; "),
        ("format=txt", "text/plain; charset=utf-8", "inline; "),
        ("format=json", "application/json", "attachment; "),
        ("format=html", "text/html; charset=utf-8", ""),
    ] {
        let file = browser.get(&browser.below(&format!("/export?{query}")).await).await.expect(200);
        assert_eq!(file.header("content-type"), media, "{query}");
        assert!(file.header("content-disposition").starts_with(disposition), "{query}: {}", file.header("content-disposition"));
        assert!(file.header("cache-control").contains("no-store"), "{query}");
        assert_eq!(file.header("x-content-type-options"), "nosniff");
        assert_eq!(file.header("x-robots-tag"), "noindex");
        assert_eq!(file.header("set-cookie"), "", "a GET changes nothing");
    }
    for query in ["format=exe", "format=docx&sprak=de", "format=docx&form=x", "format=docx&typ=bas", "format=docx%00"] {
        browser.get(&browser.below(&format!("/export?{query}")).await).await.expect(400);
    }
    // One type alone.
    let text = browser.get(&browser.below("/export?format=txt&typ=tilldelning").await).await.expect(200).text();
    assert!(text.contains("Återvunnet material") && !text.contains("Miljöledning"), "{text}");
}

#[tokio::test]
async fn names_that_no_system_refuses() {
    use kravbank::{
        kernel::web::disposition,
        selections::files::{Format, names::file_name},
    };
    for (name, file) in [
        ("Handskar", "Handskar.docx"),
        ("../../etc/passwd", "etc passwd.docx"),
        ("a\"b\r\nX: y", "a b X y.docx"),
        ("  . ", "krav.docx"),
        ("", "krav.docx"),
        ("läkemedel\u{202e}xcod.exe", "läkemedel xcod.exe.docx"),
    ] {
        assert_eq!(file_name(name, Format::Docx), file, "{name:?}");
    }
    assert!(file_name(&"å".repeat(120), Format::Docx).len() <= 255);
    for name in ["a\u{7f}\r\nb", "日本", "ö\"; filename=evil.exe"] {
        let header = disposition("attachment", name);
        assert!(header.bytes().all(|byte| (0x20..0x7f).contains(&byte)), "{header:?}");
        assert_eq!(header.matches('"').count(), 2, "{header:?}");
    }
}

/// What has become of a requirement stops a file, or is said before it.
#[tokio::test]
async fn what_must_be_confirmed_stops_the_file() {
    let app = bank(&requirements()).await;
    let browser = filled(&app).await;
    becomes(&app.db, 4, Deed::Stop).await;
    let page = browser.get(&browser.below("/hamta").await).await.expect(200);
    let text = page.text();
    assert!(text.contains("Mätningen är osäker."), "{text}");
    assert!(text.contains("Efter ISO 14001 står inte ”eller likvärdig” (LOU 9 kap. 4 §)."), "{text}");
    assert!(text.contains("Värde saknas: Färg."), "{text}");
    let file = browser.get(&browser.below("/export?format=txt").await).await.expect(200).text();
    assert!(file.contains("Mätningen är osäker.") && !file.contains("LOU 9 kap"), "{file}");
}

/// A repealed requirement is in no file until it is said that it is wanted.
#[tokio::test]
async fn a_repealed_requirement_has_to_be_confirmed() {
    let app = bank(&requirements()).await;
    let browser = filled(&app).await;
    browser.post(&browser.below("/delning").await, &[("dagar", "30")]).await.expect(303);
    let key: String = app.db.value("select key from selection_share").await;
    becomes(&app.db, 4, Deed::Repeal(NOW - Duration::DAY, None)).await;
    for format in ["docx", "xlsx", "csv", "txt", "json", "html"] {
        let page = browser.get(&browser.below(&format!("/export?format={format}")).await).await.expect(409);
        assert_eq!(page.texts("h1"), ["Hämta ”Handskar 2027: å/ä ”ö””"], "{format}");
        assert!(page.text().contains("Bekräfta först att de upphävda kraven ska vara med"), "{}", page.text());
        assert!(page.texts(".formats").is_empty(), "nothing is offered that is refused");
        let read = app.get(&format!("/k/{key}/export?format={format}")).await.expect(409);
        assert!(read.text().contains("Ett krav i korgen är upphävt."), "{}", read.text());
    }
    app.db.execute("update selection_row set repeal_confirmed_at = now() where requirement_id = (select id from requirement where number = 4)").await;
    let text = browser.get(&browser.below("/export?format=txt").await).await.expect(200).text();
    assert!(text.contains("Kravet är upphävt"), "whoever holds the file sees it: {text}");
}

/// Of a text that may not be shown stands what it is cited by, in every format and on both pages; nothing of what it said, nor
/// of the buyer's wording that builds on it.
#[tokio::test]
async fn a_hidden_text_is_nowhere() {
    let app = bank(&requirements()).await;
    let browser = filled(&app).await;
    browser.post(&browser.below("/delning").await, &[("dagar", "30")]).await.expect(303);
    let key: String = app.db.value("select key from selection_share").await;
    let title: String = app
        .db
        .value("select v.title from requirement_version v join requirement r on r.id = v.requirement_id where r.number = 3")
        .await;
    let shown = browser.get(&browser.below("/export?format=json").await).await.expect(200).text();
    assert!(shown.contains(&title) && shown.contains("Passar vår klinik."), "before it is hidden");
    becomes(&app.db, 3, Deed::Hide).await;
    let own = browser.selection().await;
    let paths = ["txt", "csv", "json", "html"].map(|format| format!("{own}/export?format={format}&sprak=bada"));
    for path in paths.into_iter().chain([format!("{own}/hamta"), format!("/k/{key}")]) {
        let text = browser.get(&path).await.expect(200).text();
        assert!(text.contains("KB-0003:1"), "{path}: {text}");
        assert!(text.to_lowercase().contains("texten får inte visas längre"), "{path}: {text}");
        assert!(!text.contains(&title) && !text.contains("Passar vår klinik."), "{path}: {text}");
    }
}

/// A repeal to come is said and stops nothing; to a reader nothing is said as if the selection were theirs.
#[tokio::test]
async fn what_is_to_come_is_said() {
    let app = bank(&requirements()).await;
    let browser = filled(&app).await;
    browser.post(&browser.below("/delning").await, &[("dagar", "30")]).await.expect(303);
    let key: String = app.db.value("select key from selection_share").await;
    becomes(&app.db, 4, Deed::Repeal(NOW + Duration::days(40), None)).await;
    let page = browser.get(&browser.below("/hamta").await).await.expect(200).text();
    assert!(page.contains("Krav som ska upphävas") && !page.contains("Kravet är upphävt"), "{page}");
    let file = browser.get(&browser.below("/export?format=txt").await).await.expect(200).text();
    assert!(file.contains("Kravet upphävs") && !file.contains("Kravet är upphävt"), "{file}");
    becomes(&app.db, 1, Deed::Repeal(NOW - Duration::DAY, None)).await;
    let read = app.get(&format!("/k/{key}")).await.expect(200).text();
    assert!(read.contains("Den som gjort korgen har inte bekräftat att det ska vara med."), "{read}");
    assert!(!read.contains("Bekräfta"), "a reader confirms nothing: {read}");
}

/// An empty selection is no file.
#[tokio::test]
async fn nothing_is_written_of_nothing() {
    let app = bank(&requirements()).await;
    let browser = Browser::with(&app, &["KB-0001"]).await;
    app.db.execute("delete from selection_row").await;
    let page = browser.get(&browser.below("/export?format=docx").await).await.expect(409);
    assert!(page.text().contains("Korgen är tom."), "{}", page.text());
}

#[tokio::test]
async fn one_round_trip_and_never_a_write() {
    let app = bank(&requirements()).await;
    let browser = filled(&app).await;
    // Whoever asks without the cookie is answered after the same one question.
    let key: String = {
        browser.post(&browser.below("/delning").await, &[("dagar", "30")]).await.expect(303);
        app.db.value("select key from selection_share").await
    };
    let before: String = app.db.value("select jsonb_agg(to_jsonb(s))::text from selection_row s").await;
    for query in ["format=docx", "format=xlsx&sprak=bada", "format=html", "format=json"] {
        let path = format!("/k/{key}/export?{query}");
        let mut queries = app.queries_of(&path).await;
        if queries.is_empty() {
            // Tracing may learn only now that somebody listens.
            queries = app.queries_of(&path).await;
        }
        assert_eq!(queries.len(), 1, "{query}: {queries:?}");
        assert!(queries[0].starts_with("-- Rows of a selection whole") || queries[0].starts_with("with s as"), "{queries:?}");
    }
    assert_eq!(app.queries_of(&format!("/k/{key}")).await.len(), 1);
    assert_eq!(app.db.value::<String>("select jsonb_agg(to_jsonb(s))::text from selection_row s").await, before);
}

/// However many ask at once, few are worked on, and pages are answered meanwhile; too many are told when to come back.
#[tokio::test]
async fn a_queue_that_ends() {
    let app = bank(&requirements()).await;
    let browser = filled(&app).await;
    let desk = app.app.kept.of::<Desk>();
    let mut held = Vec::new();
    while desk.files.free() > 0 {
        held.push(desk.files.turn(&format!("at work {}", held.len())).await.expect("a turn"));
    }
    let path = browser.below("/export?format=txt").await;
    let mut asking = Vec::new();
    for place in 0..MOST_WAITING {
        let desk = std::sync::Arc::clone(&desk);
        asking.push(tokio::spawn(async move { desk.files.turn(&format!("waiting {place}")).await.is_some() }));
    }
    while desk.files.waiting() < MOST_WAITING {
        tokio::task::yield_now().await;
    }
    let refused = browser.get(&path).await.expect(503);
    assert_eq!(refused.header("retry-after"), "10");
    app.get("/ordlista").await.expect(200);
    browser.get(&browser.below("/hamta").await).await.expect(200);
    drop(held);
    for one in asking {
        assert!(one.await.expect("it ends"), "whoever waits gets a turn");
    }
    browser.get(&path).await.expect(200);
    assert_eq!(desk.files.waiting(), 0);
}

/// Nobody fills the queue alone, and who has left has room again.
#[tokio::test]
async fn a_client_has_few_turns() {
    let desk = Desk::default();
    let mut asking: Vec<_> = (0..MOST_FILES).map(|_| Box::pin(desk.files.turn("192.0.2.1"))).collect();
    let mut held = Vec::new();
    for one in &mut asking {
        // Asks, and works or waits.
        if let std::task::Poll::Ready(turn) = std::future::poll_fn(|cx| std::task::Poll::Ready(one.as_mut().poll(cx))).await {
            held.push(turn.expect("a turn"));
        }
    }
    assert!(!held.is_empty(), "one of them works");
    assert!(desk.files.turn("192.0.2.1").await.is_none(), "as many as it may");
    assert!(desk.pages.turn("192.0.2.1").await.is_some(), "pages are another queue");
    drop(held);
    drop(asking);
    assert!(desk.files.turn("192.0.2.1").await.is_some(), "and now it has room");
    assert_eq!(desk.files.waiting(), 0);
}

/// The example bank says in every format that nothing may be used.
#[tokio::test]
async fn the_example_bank_says_so_in_every_format() {
    let app = TestApp::build().example().spawn().await;
    let browser = Browser::with(&app, &["KB-0001", "KB-0004"]).await;
    for (lang, notice) in
        [("sv", "Exempeldata – får inte användas i upphandling"), ("en", "Example data – must not be used in procurement")]
    {
        for format in ["docx", "xlsx", "csv", "txt", "json", "html"] {
            let file = browser.get(&browser.below(&format!("/export?format={format}&sprak={lang}")).await).await.expect(200);
            let text = match format {
                "docx" => content(&file).paragraphs().map(|paragraph| paragraph.text.clone()).collect::<Vec<_>>().join("\n"),
                "xlsx" => rows(&file.body).concat().join("\n"),
                _ => file.text(),
            };
            let notice = if format == "json" { "Exempeldata – får inte användas i upphandling" } else { notice };
            assert!(text.contains(notice), "{format} {lang}");
        }
    }
}
