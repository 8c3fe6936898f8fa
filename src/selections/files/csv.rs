//! A table as text: for a Swedish Excel, or plain for programs.

use office_files::{WriteError, csv};

use super::grid;
use crate::selections::document::Document;

/// The same columns and rows as the workbook; headings for people, or their keys where it is plain.
pub fn write(document: &Document, plain: bool) -> Result<Vec<u8>, WriteError> {
    let grid = grid::of(document);
    let dialect = if plain { csv::Dialect::Plain } else { csv::Dialect::Excel };
    let mut writer = csv::Writer::new(Vec::new(), dialect)?;
    if plain {
        writer.row(grid.columns.iter().map(|column| column.key))?;
    } else {
        writer.row(grid.columns.iter().map(|column| &column.heading))?;
    }
    for row in &grid.rows {
        writer.row(&row.cells)?;
    }
    Ok(writer.finish()?.0)
}
