//! Spreadsheets: the same bank as from lines of JSON, and faults with their cell.

use kravbank::{
    imports::{
        ImportError, Report,
        columns::{COLUMNS, evidence_words},
    },
    requirements::fields::{Due, EvidenceKind, Kind, Level},
};
use serde_json::json;
use sqlx::Row;

use super::{decided, rows};
use crate::support::{Import, TestDb, complete, line, lines};

const LINES: &str = include_str!("../../data/requirements.jsonl");
const EXAMPLE_CSV: &[u8] = include_bytes!("../../../static/importexempel.csv");
const EXAMPLE_XLSX: &[u8] = include_bytes!("../../../static/importexempel.xlsx");

/// Everything that an import writes, row by row, without what is made anew each time: ids, and what is made of the file.
pub async fn bank(db: &TestDb) -> Vec<String> {
    let mut connection = db.connect().await;
    let found = sqlx::query(
        r"select 'requirement' as what, r.number, to_jsonb(r) - array['id', 'family_id'] || jsonb_build_object(
                'family', (select f.slug from requirement_family f where f.id = r.family_id),
                'cpv', (select jsonb_agg(c.code order by c.code) from requirement_cpv c where c.requirement_id = r.id),
                'objectives', (select jsonb_agg(o.objective order by o.objective) from requirement_objective o where o.requirement_id = r.id)) as said
          from requirement r
          union all
          select 'version', r.number, to_jsonb(v) - array['id', 'requirement_id', 'decision_id']
          from requirement_version v join requirement r on r.id = v.requirement_id
          union all
          select 'clause', r.number, jsonb_build_object('position', c.position, 'text', c.text, 'english', e.text)
          from version_clause c
          join requirement_version v on v.id = c.version_id join requirement r on r.id = v.requirement_id
          left join clause_english e on e.version_id = c.version_id and e.clause_id = c.clause_id
          union all
          select 'english', r.number, to_jsonb(e) - 'version_id'
          from version_english e join requirement_version v on v.id = e.version_id join requirement r on r.id = v.requirement_id
          union all
          select 'core', r.number, version_core(v.id) from requirement_version v join requirement r on r.id = v.requirement_id
          union all
          select 'found', d.number, to_jsonb(d) - array['id', 'subject_id'] from search_document d
          union all
          select 'counter', 0, to_jsonb(c) from counter c
          union all
          select 'group', 0, jsonb_build_object('slug', g.slug, 'name', g.name_sv, 'area', a.slug)
          from product_group g join product_area a on a.id = g.area_id
          order by 1, 2, 3",
    )
    .fetch_all(&mut connection)
    .await
    .expect("the bank");
    found
        .iter()
        .map(|row| format!("{} {} {}", row.get::<String, _>(0), row.get::<i64, _>(1), row.get::<serde_json::Value, _>(2)))
        .collect()
}

#[tokio::test]
async fn four_hundred_requirements_are_the_same_from_every_format() {
    let from_lines = TestDb::create();
    Import::current().accepted(&from_lines, LINES).await;
    let expected = bank(&from_lines).await;
    assert!(expected.len() > 2000, "{}", expected.len());
    for (name, file) in [
        ("krav.xlsx", &include_bytes!("../../data/spreadsheets/krav.xlsx")[..]),
        ("krav-utf8.csv", include_bytes!("../../data/spreadsheets/krav-utf8.csv")),
        ("krav-windows-1252.csv", include_bytes!("../../data/spreadsheets/krav-windows-1252.csv")),
    ] {
        let db = TestDb::create();
        let report = Import::current().named(name).accepted(&db, file).await;
        assert_eq!((report.new, report.warnings.len()), (LINES.lines().count(), 0), "{name}");
        let found = bank(&db).await;
        for (found, expected) in found.iter().zip(&expected) {
            assert_eq!(found, expected, "{name}");
        }
        assert_eq!(found.len(), expected.len(), "{name}");
        // And they say the same as what is there.
        let again = Import::current().named(name).accepted(&from_lines, file).await;
        assert_eq!(again.unchanged, report.new, "{name}");
    }
    assert_eq!(bank(&from_lines).await, expected);
}

#[tokio::test]
async fn the_examples_can_be_read_in_as_they_are() {
    let mut banks = Vec::new();
    for (name, file) in [("importexempel.csv", EXAMPLE_CSV), ("importexempel.xlsx", EXAMPLE_XLSX)] {
        let db = TestDb::create();
        let report = Import::current().named(name).accepted(&db, file).await;
        assert_eq!((report.new, report.warnings.len()), (4, 0), "{}", report.text(false));
        banks.push(bank(&db).await);
        let first = decided(&db, 1).await.content;
        assert_eq!(first.core.text.len(), 2, "a blank line separates clauses");
        assert_eq!(first.english.text.len(), 2);
        assert_eq!(
            first.core.evidence.iter().map(|e| e.kind).collect::<Vec<_>>(),
            [EvidenceKind::Declaration, EvidenceKind::TestReport]
        );
        assert_eq!(first.core.evidence[0].text, "Försäkran från tillverkaren");
        assert_eq!(first.maintained.objectives, ["giftfri-miljo"]);
        assert_eq!(first.maintained.review_by.map(|day| day.to_string()).as_deref(), Some("2029-03-31"));
        assert_eq!(decided(&db, 3).await.content.maintained.objectives, ["begransad-klimatpaverkan", "frisk-luft"]);
    }
    assert_eq!(banks[0], banks[1]);
    // The example shows every column.
    let headings = String::from_utf8_lossy(EXAMPLE_CSV);
    let headings: Vec<&str> = headings.trim_start_matches('\u{feff}').lines().next().unwrap_or_default().split(';').collect();
    assert_eq!(headings, COLUMNS.iter().map(kravbank::imports::columns::Column::heading).collect::<Vec<_>>());
}

async fn csv(db: &TestDb, text: &str) -> Report {
    Import::current().named("krav.csv").run(db, text).await
}

fn told(report: &Report) -> Vec<String> {
    report.text(false).lines().filter(|line| line.contains("väntat")).map(str::to_owned).collect()
}

const HEAD: &str = "Rubrik;Kravtext;Kravtyp;Nivå;Produktgrupp";

#[tokio::test]
async fn a_rejection_names_the_cell_the_value_and_what_is_expected() {
    let db = TestDb::create();
    let before = rows(&db).await;
    let report = csv(
        &db,
        &format!("{HEAD};CPV;Miljömål;Kravfamilj;Översyn senast;Insats\nA;B;krav;superb;Rymdfart;123;Allt; Stora Ord;46458;jätte\n;B;Teknisk specifikation;Bas;Handskar;;;;;\n\nC;D;teknisk specifikation;BAS;handskar;33140000-3;;;2027-02-30;\n"),
    )
    .await;
    assert_eq!(
        told(&report),
        [
            "C2: Kravtyp är ”krav” – väntat: Kvalificeringskrav, Teknisk specifikation, Tilldelningskriterium eller Särskilt kontraktsvillkor",
            "D2: Nivå är ”superb” – väntat: Bas, Avancerad eller Spjutspets",
            "I2: Översyn senast är ”46458” – väntat: ett datum som 2027-03-12",
            "J2: Insats är ”jätte” – väntat: liten, medel eller stor",
            "A3: Rubrik – väntat: 1–200 tecken",
            "I5: Översyn senast är ”2027-02-30” – väntat: ett datum som 2027-03-12",
        ]
    );
    // What is found later, against the bank, has its cell too.
    let report = csv(
        &db,
        &format!("{HEAD};CPV;Miljömål;Kravfamilj;ID\nA;B;technical_specification;basic;Rymdfart;123;Allt;Stora Ord;KB-1\n"),
    )
    .await;
    let cells: Vec<String> = told(&report).iter().map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(cells, ["I2: ID", "E2: Produktgrupp", "H2: Kravfamilj", "F2: CPV", "G2: Miljömål"]);
    let report = csv(&db, &format!("{HEAD};CPV\nA;B;Teknisk specifikation;Bas;Handskar;99999999\n")).await;
    assert!(report.text(false).contains("F2: varning: CPV-koden 99999999"), "{}", report.text(false));
    assert!(report.accepted);
    // A column that is not there has a row and no cell.
    let report = csv(&db, "Rubrik\nEtt\n").await;
    assert_eq!(
        told(&report)[0],
        "Rad 2: Kravtext – väntat: 1–200 stycken med 1–4 000 tecken vardera, 200 000 tecken i allt, med en tom rad mellan"
    );
    assert_eq!(rows(&db).await - before, 12, "one requirement was taken");
}

#[tokio::test]
async fn unknown_headings_stop_the_file() {
    let db = TestDb::create();
    let refused = |text: &'static str| {
        let db = &db;
        async move {
            match Import::current().named("krav.csv").try_run(db, text).await {
                Err(ImportError::File(text)) => text,
                other => panic!("{other:?}"),
            }
        }
    };
    let text = refused("Rubrik;Kravtxt;Färg\nA;B;C\n").await;
    assert!(text.contains("B1: rubriken ”Kravtxt” är okänd. Menade du ”Kravtext”?"), "{text}");
    assert!(text.contains("C1: rubriken ”Färg” är okänd.\n"), "{text}");
    assert!(text.contains("Kända rubriker: ID, Rubrik, Kravtext,"), "{text}");
    for (file, part) in [
        ("Rubrik;rubrik\n", "både i A1 och i B1"),
        ("Rubrik;\nA;B\n", "B2 har ett värde"),
        ("Rubrik\n\"A\n", "A2: ett citattecken öppnas"),
        ("Rubrik;Motiv\nA\n", "Rad 2 har 1 celler, men det finns 2 rubriker"),
        ("%PDF-1.4", "Filen är en PDF."),
        ("<html><table>", "Filen är en webbsida."),
        ("", "Filen innehåller inga rader."),
        ("Rubrik;Motiv\n", "Filen innehåller inga rader."),
        ("R\0u\0b\0r\0i\0k\0;\0", "UTF-16"),
    ] {
        let text = refused(file).await;
        assert!(text.contains(part), "{file:?}: {text}");
    }
    assert_eq!(db.value::<i64>("select count(*) from requirement").await, 0);
}

#[tokio::test]
async fn what_the_file_is_decides_its_content() {
    let db = TestDb::create();
    let json = lines(&[line("Ett")]);
    for name in ["krav.csv", "krav", "krav.jsonl"] {
        Import::preparation().named(name).dry_run().accepted(&db, &json).await;
    }
    for name in ["krav.xlsx", "krav.jsonl", "krav.csv"] {
        Import::preparation().named(name).dry_run().accepted(&db, EXAMPLE_XLSX).await;
    }
    Import::preparation().named("krav.xlsx").dry_run().accepted(&db, EXAMPLE_CSV).await;
}

#[tokio::test]
async fn an_absent_column_leaves_and_an_empty_cell_clears() {
    let db = TestDb::create();
    let evidence = json!([
        {"kind": "label", "text": "Svanen; eller likvärdig", "text_en": "Nordic Swan", "due": "yearly"},
        {"kind": "other", "text": "Foto"},
    ]);
    let follow_up = json!({"method": "Stickprov", "effort": "small", "frequency": "varje år", "reply_days": 10});
    let full = complete("Ett").id("KB-0001").set("evidence", evidence).set("follow_up", follow_up).set("guidance", "Råd");
    Import::current().accepted(&db, lines(&[full])).await;
    let before = decided(&db, 1).await;
    let import = Import::current().named("krav.csv").at(crate::support::NOW + time::Duration::days(1));

    // The same again in fewer words: what has no column stays.
    let same = "ID;Bevis;Uppföljning;Insats\nKB-0001;\"märkning: Svanen; eller likvärdig; annat: Foto\";Stickprov;Liten\n";
    assert_eq!(import.accepted(&db, same).await.unchanged, 1);
    import.accepted(&db, "ID;Vägledning;Miljömål\nKB-0001;;\n").await;
    let after = decided(&db, 1).await;
    assert_eq!((&after.content.core, after.content.maintained.guidance.as_str()), (&before.content.core, ""));
    assert_eq!(after.content.maintained.objectives.len(), 0);

    import.accepted(&db, "ID;Insats;Bevis\nKB-0001;stor;\"Miljömärkning: Svanen; eller likvärdig\nEPD: Ny\"\n").await;
    let core = decided(&db, 1).await.content.core;
    let follow_up = core.follow_up.expect("a follow-up");
    assert_eq!((follow_up.effort.code(), follow_up.method.as_str(), follow_up.reply_days), ("large", "Stickprov", Some(10)));
    assert_eq!(
        core.evidence.iter().map(|e| (e.kind, e.due)).collect::<Vec<_>>(),
        [(EvidenceKind::Label, Some(Due::Yearly)), (EvidenceKind::Epd, None)]
    );

    let later = import.at(crate::support::NOW + time::Duration::days(2));
    let report = later.run(&db, "ID;Insats\nKB-0001;\n").await;
    assert_eq!(told(&report), ["B2: Insats – väntat: liten, medel eller stor"]);
    let report = later.run(&db, "ID;Uppföljning\nKB-0001;\n").await;
    assert_eq!(told(&report), ["B2: Uppföljning – väntat: text, när en insats är angiven"]);
    later.accepted(&db, "ID;Uppföljning;Insats;Bevis\nKB-0001;;;\n").await;
    let core = decided(&db, 1).await.content.core;
    assert_eq!((core.follow_up, core.evidence.len()), (None, 0));
}

#[tokio::test]
async fn names_codes_and_headings_in_any_case_and_order() {
    let db = TestDb::create();
    let file = "nivå\tPRODUKTGRUPP\t kravtyp \tRubrik (EN)\tkravtext\trubrik\tMiljömål\n\
                advanced\tHandskar\tkvalificeringskrav\tOne\t\"Ett.\n\n \nTvå,\nmed rad.\"\tEtt\tHav i balans samt levande kust och skärgård; frisk-luft\n";
    Import::current().named("krav.csv").accepted(&db, file).await;
    let content = decided(&db, 1).await.content;
    assert_eq!((content.core.level, content.core.kind), (Level::Advanced, Kind::Qualification));
    assert_eq!(content.core.text, ["Ett.", "Två,\nmed rad."]);
    assert_eq!(content.maintained.objectives, ["frisk-luft", "hav-i-balans"]);
    assert_eq!(content.english.title.as_deref(), Some("One"));
}

/// Every kind by each of its words, and no word for two kinds.
#[tokio::test]
async fn evidence_begins_with_its_kind() {
    let db = TestDb::create();
    let mut all = Vec::new();
    for kind in EvidenceKind::ALL {
        all.extend(evidence_words(*kind).into_iter().map(|word| (word.to_lowercase(), *kind)));
    }
    for (word, kind) in &all {
        assert!(all.iter().all(|(other, theirs)| other != word || theirs == kind), "{word} stands for two kinds");
    }
    let cells: Vec<String> = all
        .iter()
        .map(|(word, _)| format!("{word};B;Teknisk specifikation;Bas;Handskar;{}: text: mer\n", word.to_uppercase()))
        .collect();
    Import::current()
        .named("krav.csv")
        .accepted(&db, format!("{HEAD};Bevis\n{}Sist;B;Teknisk specifikation;Bas;Handskar;Obs: text\n", cells.concat()))
        .await;
    for (number, (word, kind)) in (1..).zip(&all) {
        let evidence = decided(&db, number).await.content.core.evidence;
        assert_eq!((evidence.len(), evidence[0].kind, evidence[0].text.as_str()), (1, *kind, "text: mer"), "{word}");
    }
    let last = decided(&db, i64::try_from(all.len()).expect("few") + 1).await.content.core.evidence;
    assert_eq!((last[0].kind, last[0].text.as_str()), (EvidenceKind::Other, "Obs: text"));
}

#[tokio::test]
async fn a_number_stands_once_in_a_sheet() {
    let db = TestDb::create();
    let report = csv(&db, &format!("{HEAD};ID\nA;B;basic;Bas;Handskar;KB-0001\nA;B;Teknisk specifikation;Bas;Handskar;KB-0002\nA;B;Teknisk specifikation;Bas;Handskar;KB-0002\n")).await;
    assert_eq!(told(&report)[1], "F4: ID är ”KB-0002” – väntat: varje nummer en gång i filen");
}
