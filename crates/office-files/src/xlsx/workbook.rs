//! What a workbook consists of.

use std::collections::HashMap;

use crate::{
    error::Error,
    package::{Package, Relation},
    xml::{Piece, attribute, is},
};

pub(super) struct Workbook {
    /// The worksheets, in order.
    pub(super) sheets: Vec<Sheet>,
    /// The part with the shared strings.
    pub(super) strings: Option<String>,
    /// The part with the formats.
    pub(super) styles: Option<String>,
    /// Whether days are counted from 1904.
    pub(super) from_1904: bool,
    /// Whether it is none of XML.
    pub(super) binary: bool,
}

pub(super) struct Sheet {
    pub(super) name: String,
    /// Whether it is hidden, or so well hidden that no menu shows it.
    pub(super) hidden: bool,
    pub(super) part: String,
}

/// More sheets than this, and it is no form.
const MOST_SHEETS: usize = 1000;

pub(super) fn read(package: &mut Package<'_>) -> Result<Workbook, Error> {
    let main = package.main()?;
    let mut workbook = Workbook { sheets: Vec::new(), strings: None, styles: None, from_1904: false, binary: false };
    if main.to_lowercase().ends_with(".bin") {
        workbook.binary = true;
        return Ok(workbook);
    }
    let mut sheets = HashMap::new();
    for Relation { id, kind, target } in package.relations_of(&main)? {
        match kind.as_str() {
            "worksheet" => drop(sheets.insert(id, target)),
            "sharedStrings" if package.has(&target) => workbook.strings = Some(target),
            "styles" if package.has(&target) => workbook.styles = Some(target),
            _ => {}
        }
    }
    let mut xml = package.xml(&main)?;
    let mut buffer = Vec::new();
    loop {
        match xml.next(&mut buffer)? {
            Piece::Start(start) if is(&start, "sheet") => {
                let hidden = attribute(&start, "state").is_some_and(|state| state != "visible");
                // Sheets of charts have no cells, and are not among these.
                if let Some(part) = attribute(&start, "id").and_then(|id| sheets.get(&id).cloned()) {
                    workbook.sheets.push(Sheet { name: attribute(&start, "name").unwrap_or_default(), hidden, part });
                }
                if workbook.sheets.len() > MOST_SHEETS {
                    return Err(xml.broken(None));
                }
            }
            Piece::Start(start) if is(&start, "workbookPr") => {
                if let Some(value) = attribute(&start, "date1904") {
                    workbook.from_1904 = value == "1" || value == "true";
                }
            }
            Piece::Over => return Ok(workbook),
            _ => {}
        }
    }
}
