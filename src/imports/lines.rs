//! Lines of JSON objects.

use super::{
    contents::{MOST_ROWS, numbers_once},
    report::Report,
    row::{self, Row},
    run::{ImportError, T},
};

/// Every line that is not blank, with its number.
///
/// # Errors
/// When the file is not UTF-8, or has too many lines.
pub fn read(file: &[u8], report: &mut Report) -> Result<Vec<(usize, Row)>, ImportError> {
    let text = std::str::from_utf8(file).map_err(|error| {
        let line = 1 + file[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count();
        ImportError::File(T.imports_not_utf8(line.to_string()))
    })?;
    let mut rows = Vec::new();
    for (place, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        match row::read(line) {
            Ok(row) => rows.push((place + 1, row)),
            Err(faults) => report.rejected.push((place + 1, faults)),
        }
        if rows.len() + report.rejected.len() > MOST_ROWS {
            return Err(ImportError::File(T.imports_too_many_rows().to_owned()));
        }
    }
    Ok(numbers_once(rows, report))
}
