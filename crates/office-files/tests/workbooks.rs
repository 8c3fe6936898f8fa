//! Workbooks, as programs write them and as nobody should.
#![allow(missing_docs, reason = "tests")]

mod support;

use std::fmt::Write as _;

use office_files::{CellFault, Error, Kind, Limits, Value, read, sniff};
use support::{Book, error, one_cell, sheet, table, text, texts, zip};

/// What is in A2 below a heading.
fn value(cell: &str) -> Option<Result<Value, CellFault>> {
    table(&one_cell(cell)).rows.first().map(|row| row.cells[0].value.clone())
}

#[expect(clippy::unnecessary_wraps, reason = "compared with what is perhaps not there")]
fn said(text: &str) -> Option<Result<Value, CellFault>> {
    Some(Ok(Value::Text(text.to_owned())))
}

#[test]
fn values_of_every_kind() {
    assert_eq!(value("<c r=\"A2\"><v>1.5</v></c>"), Some(Ok(Value::Number(1.5))));
    assert_eq!(value("<c r=\"A2\" t=\"b\"><v>1</v></c>"), Some(Ok(Value::Bool(true))));
    assert_eq!(value("<c r=\"A2\" t=\"str\"><v>a &amp; b&#246;</v></c>"), said("a & bö"));
    assert_eq!(
        value("<c t=\"inlineStr\"><is><r><t>a</t></r><rPh><t>not this</t></rPh><r><t xml:space=\"preserve\"> b</t></r></is></c>"),
        said("a b")
    );
    assert_eq!(value("<c r=\"A2\" t=\"inlineStr\"><is><t><![CDATA[<x>]]>_x000D_\ny</t></is></c>"), said("<x>\ny"));
    for empty in
        ["<c r=\"A2\"/>", "<c r=\"A2\" s=\"3\"></c>", "<c r=\"A2\"><v/></c>", "<c t=\"inlineStr\"><is><t> </t></is></c>", ""]
    {
        assert_eq!(value(empty), None, "{empty}");
    }
    assert_eq!(value("<c r=\"A2\"><f>1+1</f><v>2</v></c>"), Some(Err(CellFault::Formula)));
    assert_eq!(value("<c r=\"A2\" t=\"e\"><v>#REF!</v></c>"), Some(Err(CellFault::ErrorValue("#REF!".to_owned()))));
    assert_eq!(value("<c r=\"A2\" t=\"e\"><v>#SPILL!</v></c>"), Some(Err(CellFault::ErrorValue("#SPILL!".to_owned()))));
    for odd in [
        "t=\"s\"><v>7</v>",
        "t=\"s\"><v>-1</v>",
        "><v>x</v>",
        "><v>1e999</v>",
        "><v>NaN</v>",
        "t=\"b\"><v>2</v>",
        "t=\"zz\"><v>1</v>",
    ] {
        assert_eq!(value(&format!("<c r=\"A2\" {odd}</c>")), Some(Err(CellFault::Unreadable)), "{odd}");
    }
    assert_eq!(value(&text("A2", "a_x0000_b")), Some(Err(CellFault::Control { code: 0 })));
    assert_eq!(value(&text("A2", &"å".repeat(50_000))), Some(Err(CellFault::TooLong { most: 32_767 })));
    assert_eq!(value(&text("A2", &"_x0041_".repeat(32_767))), said(&"A".repeat(32_767)));
}

#[test]
fn shared_strings_and_days() {
    let strings = "<sst count=\"99999999999\" uniqueCount=\"18446744073709551615\"><si><t>A</t></si><si><r><t>en</t></r><r><t>hel</t></r></si></sst>";
    let styles = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd;@\"/><numFmt numFmtId=\"165\" formatCode=\"0&quot; dygn&quot;\"/></numFmts>
        <cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>";
    let rows = |from_2: &str| format!("<row><c t=\"s\"><v>0</v></c></row>{from_2}");
    let book = |from_2: &str| Book::new().sheet("Ett", "", &rows(from_2), "").strings(strings).styles(styles);
    let days = "<row><c t=\"s\"><v>1</v></c></row><row><c s=\"1\"><v>46458</v></c></row><row><c s=\"2\"><v>46458</v></c></row><row><c s=\"3\"><v>46458</v></c></row><row><c t=\"d\"><v>2027-03-12</v></c></row>";
    let read_in = table(&book(days).zip());
    assert_eq!(read_in.sheet.as_deref(), Some("Ett"));
    assert_eq!(texts(&read_in.rows), [["enhel"], ["2027-03-12"], ["2027-03-12"], ["46458"], ["2027-03-12"]]);
    assert_eq!(texts(&table(&book(days).counting_from_1904().zip()).rows)[1], ["2031-03-13"]);
    let odd = table(
        &book("<row><c s=\"1\"><v>-5</v></c></row><row><c s=\"1\"><v>60</v></c></row><row><c t=\"d\"><v>i morgon</v></c></row>")
            .zip(),
    );
    assert!(odd.rows.iter().all(|row| row.cells[0].value == Err(CellFault::NoDate)));
}

#[test]
fn far_away_cells_cost_nothing() {
    let head = format!("<row r=\"1\">{}</row>", text("A1", "A"));
    let far = format!("{head}<row r=\"1048576\">{}</row>", text("XFD1048576", "x"));
    assert_eq!(error(&sheet(&far)).to_string(), "XFD1048576 has a value, and its column has no heading");
    let down = table(&sheet(&format!("{head}<row r=\"1048576\">{}</row>", text("A1048576", "x"))));
    assert_eq!((down.rows.len(), down.rows[0].number), (1, 1_048_576));
    assert_eq!(error(&sheet(&format!("<row r=\"1\">{}</row>", text("XFD1", "x")))), Error::TooManyColumns { most: 256 });
}

#[test]
fn rows_and_cells_that_go_backwards_are_broken() {
    for rows in [
        "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"1\"/>",
        "<row r=\"1\"/><row r=\"1\"/>",
        "<row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>",
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>",
        "<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>",
        "<row r=\"0\"/>",
        "<row r=\"1048577\"/>",
        "<row r=\"99999999999\"/>",
        "<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>",
        "<row r=\"1\"><c r=\"A1\"><v>1</row>",
    ] {
        assert!(matches!(error(&sheet(rows)), Error::Broken { part, .. } if part == "xl/worksheets/sheet1.xml"), "{rows}");
    }
}

#[test]
fn merged_cells_are_told_in_their_place() {
    let rows = format!(
        "<row r=\"1\">{}{}</row><row r=\"2\">{}</row><row r=\"3\">{}</row>",
        text("A1", "A"),
        text("B1", "B"),
        text("A2", "x"),
        text("A3", "y")
    );
    let book = |merges: &str| Book::new().sheet("Ett", "", &rows, &format!("<mergeCells>{merges}</mergeCells>")).zip();
    let read_in = table(&book("<mergeCell ref=\"A2:B2\"/><mergeCell ref=\"D4:XFD1048576\"/><mergeCell ref=\"A3:A3\"/>"));
    assert_eq!(read_in.rows[0].cells[0].value, Err(CellFault::Merged("A2:B2".to_owned())));
    assert_eq!(read_in.rows[1].cells[0].value, Ok(Value::Text("y".to_owned())));
    assert!(matches!(error(&book("<mergeCell ref=\"A1:B1\"/>")), Error::Heading { fault: CellFault::Merged(_), .. }));
    for odd in ["", "B2:A1:C3", "1:2", "A0:B1"] {
        assert!(matches!(error(&book(&format!("<mergeCell ref=\"{odd}\"/>"))), Error::Broken { .. }), "{odd}");
    }
    table(&book("<mergeCell ref=\"B9:A1\"/>"));
}

#[test]
fn one_sheet_that_can_be_seen_has_something_in_it() {
    let rows = format!("<row>{}</row>", text("A1", "A"));
    let book = |sheets: &[(&str, &str, &str)]| {
        sheets.iter().fold(Book::new(), |book, (name, state, rows)| book.sheet(name, state, rows, "")).zip()
    };
    assert_eq!(table(&book(&[("Tom", "", ""), ("Krav", "", &rows), ("Gömd", "hidden", "")])).sheet.as_deref(), Some("Krav"));
    assert_eq!(error(&book(&[("Ett", "", &rows), ("Två", "", &rows)])), Error::SeveralSheets(vec!["Ett".into(), "Två".into()]));
    for state in ["hidden", "veryHidden"] {
        assert_eq!(error(&book(&[("Ett", "", &rows), ("Två", state, &rows)])), Error::HiddenSheet("Två".into()));
    }
    assert_eq!(error(&book(&[])), Error::NoSheet);
    assert_eq!(error(&book(&[("Ett", "", "<row><c><v> </v></c></row>")])), Error::Empty);
    assert_eq!(
        error(&sheet("<row><c><v>1</v></c></row>")).to_string(),
        "the heading in A1 cannot be read: a value of no known kind"
    );
    assert!(matches!(error(&sheet("<row><c><f>A2</f><v>1</v></c></row>")), Error::Heading { fault: CellFault::Formula, .. }));
}

#[test]
fn entities_are_not_expanded() {
    let lol = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]>";
    let strings = format!("<?xml version=\"1.0\"?>{lol}<sst><si><t>&b;</t></si></sst>");
    let rows = "<row><c t=\"s\"><v>0</v></c></row>";
    assert!(matches!(error(&Book::new().sheet("x", "", rows, "").strings(&strings).zip()), Error::Broken { .. }));
    for odd in ["&b;", "&#0;", "&#xD800;", "&#x110000;", "&", "&#;"] {
        let strings = format!("<sst><si><t>x{odd}</t></si></sst>");
        let refused = read(&Book::new().sheet("x", "", rows, "").strings(&strings).zip(), &Limits::default());
        assert!(refused.is_err(), "{odd}: {refused:?}");
    }
}

#[test]
fn what_comes_out_is_counted() {
    let blanks = " ".repeat(8 * 1024 * 1024);
    let bomb = sheet(&format!("<row>{}</row>{blanks}", text("A1", "A")));
    assert!(bomb.len() < 20_000);
    assert_eq!(error(&bomb), Error::Bomb, "a thousand times its size");
    // The directory and the header may say that it is small.
    let mut lying = bomb.clone();
    let size = u32::try_from(blanks.len()).expect("small");
    for place in 0..lying.len() - 4 {
        let said = u32::from_le_bytes(lying[place..place + 4].try_into().expect("four bytes"));
        if (size..size + 1000).contains(&said) {
            lying[place..place + 4].copy_from_slice(&100_u32.to_le_bytes());
        }
    }
    assert_ne!(lying, bomb, "the sizes were found");
    assert!(matches!(error(&lying), Error::Bomb | Error::Broken { .. }));

    // Each part is small enough, and all together are not.
    let noise: String = (0..60_000_u64).fold(String::new(), |mut all, n| {
        let _ = write!(all, "<x{}/>", n.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        all
    });
    let book = (0..4).fold(Book::new(), |book, n| book.sheet(&format!("s{n}"), "", &noise, "")).zip();
    let enough = noise.len() as u64;
    let limits = Limits { inflated: enough * 3, ..Limits::default() };
    assert_eq!(read(&book, &limits), Err(Error::Bomb));
    assert_eq!(read(&book, &Limits { part: enough / 2, ..Limits::default() }), Err(Error::Bomb));
    assert_eq!(read(&book, &Limits::default()), Err(Error::Empty));
}

#[test]
fn packages_of_other_things() {
    let pack = |parts: &[(&str, &str)]| {
        zip(&parts.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect::<Vec<_>>())
    };
    for (parts, kind) in [
        (vec![("_rels/.rels", ""), ("word/document.xml", "")], Kind::Word),
        (vec![("_rels/.rels", ""), ("ppt/presentation.xml", "")], Kind::Presentation),
        (vec![("_rels/.rels", ""), ("xl/workbook.bin", "")], Kind::Xlsb),
        (vec![("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "")], Kind::Ods),
        (vec![("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "")], Kind::Archive),
        (vec![("readme.txt", "hello")], Kind::Archive),
        (vec![], Kind::Archive),
    ] {
        assert_eq!(error(&pack(&parts)), Error::NotATable(kind));
    }
    assert_eq!(sniff(b"PK\x03\x04"), Kind::BrokenZip);
    let whole = sheet(&format!("<row>{}</row>", text("A1", "A")));
    for length in [4, 30, whole.len() / 2, whole.len() - 1] {
        assert!(matches!(error(&whole[..length]), Error::Broken { .. }), "cut at {length}");
    }
    // Damage within: the checksum does not hold.
    let mut damaged = whole.clone();
    damaged[60] ^= 0xff;
    assert!(read(&damaged, &Limits::default()).is_err());
    assert!(
        matches!(error(&pack(&[("_rels/.rels", "<Relationships/>"), ("xl/x", "")])), Error::Broken { part, .. } if part == "_rels/.rels")
    );
}
