//! Workbooks made by hand, so that they can say what no program would write.
#![allow(dead_code, missing_docs, reason = "shared by test programs that each use a part")]

use std::{
    fmt::Write as _,
    io::{Cursor, Write},
};

use office_files::{Error, Limits, Row, Table, Value, read};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// A workbook with one sheet whose rows are this XML.
pub fn sheet(rows: &str) -> Vec<u8> {
    Book::new().sheet("Blad1", "", rows, "").zip()
}

/// A sheet with a heading A in A1 and this cell in A2.
pub fn one_cell(cell: &str) -> Vec<u8> {
    sheet(&format!("<row r=\"1\">{}</row><row r=\"2\">{cell}</row>", text("A1", "A")))
}

/// A cell with text of its own.
pub fn text(at: &str, text: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

pub struct Book {
    parts: Vec<(String, Vec<u8>)>,
    sheets: String,
    relations: String,
    count: usize,
    properties: String,
}

impl Book {
    pub fn new() -> Self {
        Self { parts: Vec::new(), sheets: String::new(), relations: String::new(), count: 0, properties: String::new() }
    }

    /// One more sheet; `state` is empty, hidden or veryHidden, `after` stands behind the rows.
    pub fn sheet(mut self, name: &str, state: &str, rows: &str, after: &str) -> Self {
        self.count += 1;
        let n = self.count;
        let state = if state.is_empty() { String::new() } else { format!(" state=\"{state}\"") };
        let _ = write!(self.sheets, "<sheet name=\"{name}\" sheetId=\"{n}\"{state} r:id=\"rId{n}\"/>");
        let _ = write!(self.relations, "<Relationship Id=\"rId{n}\" Type=\"x/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>");
        let xml = format!("<?xml version=\"1.0\"?><worksheet><sheetData>{rows}</sheetData>{after}</worksheet>");
        self.part(&format!("xl/worksheets/sheet{n}.xml"), xml)
    }

    pub fn part(mut self, name: &str, content: impl Into<Vec<u8>>) -> Self {
        self.parts.push((name.to_owned(), content.into()));
        self
    }

    pub fn strings(mut self, xml: &str) -> Self {
        self.relations += "<Relationship Id=\"s\" Type=\"x/sharedStrings\" Target=\"sharedStrings.xml\"/>";
        self.part("xl/sharedStrings.xml", xml)
    }

    pub fn styles(mut self, xml: &str) -> Self {
        self.relations += "<Relationship Id=\"f\" Type=\"x/styles\" Target=\"/xl/styles.xml\"/>";
        self.part("xl/styles.xml", xml)
    }

    pub fn counting_from_1904(mut self) -> Self {
        "<workbookPr date1904=\"1\"/>".clone_into(&mut self.properties);
        self
    }

    pub fn zip(mut self) -> Vec<u8> {
        let workbook = format!("<workbook xmlns:r=\"r\">{}<sheets>{}</sheets></workbook>", self.properties, self.sheets);
        let own = "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
        let relations = format!("<Relationships>{}</Relationships>", self.relations);
        self = self.part("_rels/.rels", own).part("xl/workbook.xml", workbook).part("xl/_rels/workbook.xml.rels", relations);
        zip(&self.parts)
    }
}

/// Parts as an archive.
pub fn zip(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let method = if name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method);
        writer.start_file(name.as_str(), options).expect("an entry");
        writer.write_all(content).expect("its content");
    }
    writer.finish().expect("an archive").into_inner()
}

pub fn table(file: &[u8]) -> Table {
    read(file, &Limits::default()).unwrap_or_else(|error| panic!("{error}"))
}

pub fn error(file: &[u8]) -> Error {
    read(file, &Limits::default()).expect_err("it is refused")
}

/// The values of rows as text, cell by cell.
pub fn texts(rows: &[Row]) -> Vec<Vec<String>> {
    let show = |value: &Value| match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Date(day) => format!("{}-{:02}-{:02}", day.year, day.month, day.day),
    };
    rows.iter().map(|row| row.cells.iter().map(|cell| show(cell.value.as_ref().expect("a value"))).collect()).collect()
}
