//! A file, taken apart into rows by what it holds, not by what it is called.

use office_files::Kind;

use super::{
    lines, refusal,
    report::{Fault, InSheet, Report},
    row::Row,
    run::{ImportError, T},
    sheet::{self, Columns},
};

/// The most bytes that a file may hold.
pub const MOST_BYTES: usize = 100 * 1024 * 1024;
pub(super) const MOST_ROWS: usize = 100_000;

/// Rows that were understood, with the line or row that each stands on, and where their fields stand.
#[derive(Debug, Default)]
pub struct Contents {
    /// The rows.
    pub rows: Vec<(usize, Row)>,
    /// Where the columns of a spreadsheet are; none for lines of JSON.
    columns: Option<Columns>,
}

/// Reads a file; what cannot be understood goes into the report.
///
/// # Errors
/// When the file as a whole cannot be taken.
pub fn read(file: &[u8], name: &str, report: &mut Report) -> Result<Contents, ImportError> {
    if file.len() > MOST_BYTES {
        return Err(ImportError::File(T.imports_too_large().to_owned()));
    }
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    let is_text = |kind| matches!(kind, Kind::Text | Kind::Html | Kind::Xml | Kind::Rtf);
    let contents = match office_files::sniff(file) {
        Kind::Json => lines(file, report)?,
        // Lines that are no JSON are told one by one where the name says that they should be.
        kind if is_text(kind) && ending == "jsonl" => lines(file, report)?,
        _ => {
            let limits = office_files::Limits { bytes: MOST_BYTES as u64, rows: MOST_ROWS, ..office_files::Limits::default() };
            let table = office_files::read(file, &limits).map_err(|error| ImportError::File(refusal::text(&error)))?;
            let (rows, columns) = sheet::read(table, report)?;
            Contents { rows, columns: Some(columns) }
        }
    };
    if contents.rows.is_empty() && report.rejected.is_empty() {
        return Err(ImportError::File(T.imports_empty().to_owned()));
    }
    Ok(contents)
}

fn lines(file: &[u8], report: &mut Report) -> Result<Contents, ImportError> {
    Ok(Contents { rows: lines::read(file, report)?, columns: None })
}

impl Contents {
    /// Says of faults and warnings in which cells they stand, where the file is a spreadsheet.
    pub fn locate(&self, report: &mut Report) {
        let Some(columns) = &self.columns else { return };
        for (row, faults) in &mut report.rejected {
            for fault in faults {
                fault.in_sheet = columns.locate(*row, &fault.place);
            }
        }
        for warning in &mut report.warnings {
            warning.in_sheet = columns.locate(warning.line, warning.place);
        }
    }
}

/// Notes rows whose number stands on an earlier one.
pub(super) fn numbers_once(rows: Vec<(usize, Row)>, report: &mut Report) -> Vec<(usize, Row)> {
    let mut seen = std::collections::HashSet::new();
    let (once, again) = rows.into_iter().partition(|(_, row)| row.id.clone().is_none_or(|id| seen.insert(id)));
    let again: Vec<(usize, Row)> = again;
    for (line, row) in again {
        report.rejected.push((line, vec![Fault::new("id", row.id.unwrap_or_default(), "id_once")]));
    }
    once
}

impl Columns {
    fn locate(&self, row: usize, place: &str) -> Option<InSheet> {
        let column = super::columns::of(place)?;
        Some(InSheet { heading: column.heading(), cell: self.address(column, row) })
    }
}
