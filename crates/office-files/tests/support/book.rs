//! Workbooks to test, and what is in them.
#![allow(dead_code, unused_imports, missing_docs, reason = "shared by test programs that each use a part")]

#[path = "parts.rs"]
mod parts;

use office_files::{
    DateTime, Language, WriteError,
    workbook::{Cell, Column, Sheet, Workbook},
};
pub use parts::{Parts, all, assert_package, attribute, properties};
use roxmltree::Node;

pub const SHEET: &str = "xl/worksheets/sheet1.xml";

pub fn book(sheets: impl IntoIterator<Item = Sheet>) -> Workbook {
    let created = DateTime::new(2027, 3, 12, 8 * 3600 + 30 * 60).expect("a day");
    let mut workbook = Workbook::new("Krav på handskar", Language::SWEDISH, created);
    workbook.sheets.extend(sheets);
    workbook
}

pub fn sheet(name: &str, columns: usize) -> Sheet {
    Sheet::new(name, (0..columns).map(|n| Column::new(format!("column_{n}"), format!("Rubrik {n}"), 20.0)).collect::<Vec<_>>())
}

/// A workbook with one row of these cells.
pub fn of(cells: impl Into<Vec<Cell>>) -> Vec<u8> {
    let cells = cells.into();
    let mut sheet = sheet("Krav", cells.len());
    sheet.row(cells);
    book([sheet]).to_bytes().expect("a workbook")
}

pub fn refused(sheet: Sheet) -> WriteError {
    book([sheet]).to_bytes().expect_err("it is refused")
}

/// The format of a cell: what its style says.
pub fn format<'p>(styles: &'p roxmltree::Document<'_>, cell: Node<'_, '_>) -> Node<'p, 'p> {
    let place: usize = attribute(cell, "s").and_then(|place| place.parse().ok()).unwrap_or(0);
    let formats = all(styles.root(), "cellXfs").next().expect("formats");
    formats.children().filter(Node::is_element).nth(place).expect("a format")
}

pub fn cell<'a, 'i>(xml: &'a roxmltree::Document<'i>, at: &str) -> Node<'a, 'i> {
    all(xml.root(), "c").find(|cell| attribute(*cell, "r") == Some(at)).unwrap_or_else(|| panic!("no {at}"))
}

pub fn unlocked(styles: &roxmltree::Document<'_>, node: Node<'_, '_>) -> bool {
    let format = format(styles, node);
    all(format, "protection").any(|node| attribute(node, "locked") == Some("0"))
}
