//! How a workbook is written.

use rust_xlsxwriter::XlsxError;

use super::{Cell, Workbook};
use crate::{WriteError, clean};

pub(super) fn workbook(workbook: &Workbook) -> Result<Vec<u8>, WriteError> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for sheet in &workbook.sheets {
        let page = book.add_worksheet();
        for (column, place) in sheet.columns.iter().zip(0..) {
            page.write_string(0, place, clean(&column.heading)).map_err(refused)?;
        }
        for (row, number) in sheet.rows.iter().zip(1..) {
            for (cell, place) in row.iter().zip(0..) {
                if let Cell::Text(text) = cell {
                    page.write_string(number, place, clean(text)).map_err(refused)?;
                }
            }
        }
    }
    book.save_to_buffer().map_err(refused)
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn refused(error: XlsxError) -> WriteError {
    WriteError::Workbook(error.to_string())
}
