//! Delimited text, as programs write it and as nobody should.
#![allow(missing_docs, reason = "tests")]

mod support;

use office_files::{CellFault, Error, Kind, Limits, read};
use support::{error, table, texts};

fn both(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let table = table(text.as_bytes());
    (table.headings.into_iter().map(|heading| heading.text).collect(), texts(&table.rows))
}

#[test]
fn separators_are_found_in_the_row_of_headings() {
    for separator in [",", ";", "\t"] {
        let text = format!("\"A, b; c\"{separator}B\n1{separator}2\n");
        assert_eq!(both(&text), (vec!["A, b; c".into(), "B".into()], vec![vec!["1".into(), "2".into()]]), "{separator:?}");
    }
    assert_eq!(both("A\n1,5\n").1, [["1,5"]], "one column needs none");
    assert_eq!(both("A\n;\nx;y,z\n").1, [[";"], ["x;y,z"]], "and nothing separates further down");
    assert_eq!(both("sep=|\r\nA|B\r\n1;2|3\r\n").1, [["1;2", "3"]]);
    assert_eq!(both("SEP=;\nA;B,C,D\n1;2\n").1, [["1", "2"]]);
    assert_eq!(both("sep=;A\n1;2\n").0, ["sep=", "A"], "no line of its own: a heading");
}

#[test]
fn quotes_and_line_ends() {
    for end in ["\n", "\r\n", "\r"] {
        let text = format!("A,B{end}\"say \"\"hi\"\", you\",\"two{end}lines\"{end}5\" pipe,{end}");
        assert_eq!(both(&text).1, [vec!["say \"hi\", you", "two\nlines"], vec!["5\" pipe"]], "{end:?}");
    }
    assert_eq!(both("A\n\"\"\n\"x\"").1, [["x"]], "no line end at the end, and an empty quoted cell is empty");
}

#[test]
fn addresses_are_those_that_a_spreadsheet_shows() {
    let table = table(b"sep=;\n\nA;B\n\n1;\"x\ny\"\n;;\n ;2\n");
    assert_eq!(table.headings[0].at.to_string(), "A2");
    let at: Vec<String> = table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.at.to_string()).collect();
    assert_eq!(at, ["A4", "B4", "B6"]);
    assert_eq!(table.rows[1].cell(1).map(|cell| cell.at.row), Some(6));
    assert_eq!(table.rows[1].cell(0), None);
}

#[test]
fn encodings() {
    assert_eq!(both("\u{feff}Å;Ö\n1;ä\n").0, ["Å", "Ö"]);
    let windows: Vec<u8> = b"\xc5;K\xd6\nn\xe4r\x96fj\xe4rran;100 \x80\n".to_vec();
    let read_in = table(&windows);
    assert_eq!(read_in.headings[1].text, "KÖ");
    assert_eq!(texts(&read_in.rows), [["när–fjärran", "100 €"]]);
    // A capital Ö before a closing quote looks like UTF-8, once.
    assert_eq!(texts(&table(b"A\n\x94MILJ\xd6\x94 \xe4r bra f\xf6r alla\n").rows), [["”MILJÖ” är bra för alla"]]);

    assert_eq!(error("\u{feff}A\nå\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>().as_slice()), Error::Utf16);
    assert_eq!(
        error("Rubrik;Text\nx;y\n".encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>().as_slice()),
        Error::Utf16
    );
    let mut broken = "Å;Ö\nåäö;åäö\nåäö;x".as_bytes().to_vec();
    broken.extend(b"\xc3");
    assert_eq!(error(&broken), Error::Encoding { line: 3 });
    assert_eq!(error(b"\xef\xbb\xbfA\n\xe5\n"), Error::Encoding { line: 2 });
    assert_eq!(error(b"A\n\xe5\n\x81\n"), Error::Encoding { line: 3 });
}

#[test]
fn what_does_not_add_up_is_refused_with_its_cell() {
    let text = |text: &str| error(text.as_bytes()).to_string();
    assert_eq!(text("A;B\n1;\"2\n3;4\n"), "B2 begins with a quote that never ends");
    assert_eq!(text("A;B\n1;\"2\"x\n"), "B2 goes on after its closing quote");
    assert_eq!(text("A;B;C\n1;2;3\n1;2\n"), "row 3 has 2 cells, and there are 3 headings");
    assert_eq!(text("A;B\n1;2;;3\n"), "D2 has a value, and its column has no heading");
    assert_eq!(text("A;;B\n1;2;3\n"), "B2 has a value, and its column has no heading");
    assert_eq!(text("Rubrik;B;rubrik \n"), "the heading \"rubrik\" stands in A1 and in C1");
    assert_eq!(both("A;B;;\n1;2;;;;\n").1, [["1", "2"]], "empty cells beyond the headings are nothing");
    for empty in ["", " \n\n", "\u{feff}", ";;;\n;;\n", "sep=;\n"] {
        assert_eq!(error(empty.as_bytes()), Error::Empty, "{empty:?}");
    }
}

#[test]
fn odd_cells_are_told_in_their_place() {
    let long = "å".repeat(50_000);
    let table = table(format!("A;B;C;D\n\0x;a\u{1b}b;{long};a\u{85}b\n").as_bytes());
    let faults: Vec<_> =
        table.rows[0].cells.iter().map(|cell| (cell.at.to_string(), cell.value.clone().expect_err("a fault"))).collect();
    assert_eq!(
        faults,
        [
            ("A2".to_owned(), CellFault::Control { code: 0 }),
            ("B2".to_owned(), CellFault::Control { code: 27 }),
            ("C2".to_owned(), CellFault::TooLong { most: 32_767 }),
            ("D2".to_owned(), CellFault::Control { code: 0x85 }),
        ]
    );
    assert!(matches!(error(b"A\x01;B\n"), Error::Heading { fault: CellFault::Control { code: 1 }, .. }));
}

#[test]
fn limits_hold() {
    let small = Limits { bytes: 1000, rows: 2, columns: 3, text: 20, ..Limits::default() };
    let refused = |text: &str| read(text.as_bytes(), &small).expect_err("it is refused");
    assert_eq!(refused(&"x".repeat(1001)), Error::TooLarge { most: 1000 });
    assert_eq!(refused("A\n1\n2\n3\n"), Error::TooManyRows { most: 2 });
    assert_eq!(refused("A;B;C;D\n"), Error::TooManyColumns { most: 3 });
    assert_eq!(refused("A\n1234567890\n1234567890\n"), Error::TooMuchText { most: 20 });
    assert!(read(b"A;B;C\n1\n\n\n;;\n2;;", &Limits { rows: 2, ..small }).is_err(), "a short row");
    assert!(read(b"A;B;C\n1;;\n\n\n;;\n2;;", &Limits { rows: 2, ..Limits::default() }).is_ok(), "blank rows do not count");
}

#[test]
fn other_files_are_known_by_their_content() {
    let wide = |name: &str| {
        let mut file = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        file.extend([0; 1024]);
        file.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        file
    };
    for (file, kind) in [
        (b"%PDF-1.7\n".to_vec(), Kind::Pdf),
        (b"\x89PNG\r\n\x1a\n".to_vec(), Kind::Image),
        (b"\xff\xd8\xff\xe0".to_vec(), Kind::Image),
        (b"\x1f\x8b\x08".to_vec(), Kind::Archive),
        (b"{\\rtf1".to_vec(), Kind::Rtf),
        (b"\r\n<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table>".to_vec(), Kind::Html),
        (b"\xef\xbb\xbf<!DOCTYPE html>".to_vec(), Kind::Html),
        (b"<?xml version=\"1.0\"?><Workbook>".to_vec(), Kind::Xml),
        (b" {\"id\": 1}".to_vec(), Kind::Json),
        (wide("Workbook"), Kind::Xls),
        (wide("WordDocument"), Kind::Word),
        (wide("Something"), Kind::Binary),
    ] {
        assert_eq!(error(&file), Error::NotATable(kind), "{:?}", String::from_utf8_lossy(&file[..6]));
    }
    assert_eq!(error(&wide("EncryptedPackage")), Error::Encrypted);
}
