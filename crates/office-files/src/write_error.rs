//! Why a file cannot be written.

use std::io;

use crate::address::Address;

/// Why a file cannot be written. Nothing is ever left out or cut to make it fit.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// What is written to does not take it.
    #[error("cannot write")]
    Io(#[from] io::Error),
    /// A day that is none, or before 1900.
    #[error("no such day")]
    Date,
    /// A number that is none, or endless.
    #[error("no such number")]
    Number,
    /// A row of a table has more or fewer cells than there are columns.
    #[error("a row has {cells} cells, and there are {columns} columns")]
    RowWidth {
        /// Its cells.
        cells: usize,
        /// The columns.
        columns: usize,
    },
    /// A table has more columns than the format has.
    #[error("a table has {columns} columns, and there is room for {most}")]
    TooManyColumns {
        /// Its columns.
        columns: usize,
        /// What there is room for.
        most: usize,
    },
    /// A cell of a workbook holds at most 32,767 UTF-16 units and 253 line ends: see [`crate::workbook::pieces`].
    #[error("{at} of sheet {sheet} is too long for a cell")]
    CellTooLong {
        /// The sheet.
        sheet: String,
        /// The cell.
        at: Address,
    },
    /// A sheet has no column, or more rows or columns than Excel has.
    #[error("sheet {sheet} has no column, or too many rows or columns")]
    SheetSize {
        /// The sheet.
        sheet: String,
    },
    /// The name of a sheet is empty, longer than 31 characters, used twice or has one of `[]:*?/\` in it.
    #[error("{sheet:?} cannot be the name of a sheet")]
    SheetName {
        /// The name.
        sheet: String,
    },
    /// A heading is empty, longer than 255 characters or stands twice in its sheet; or a key is no name or stands twice.
    #[error("the heading or key of {at} in sheet {sheet} is empty, too long or used twice")]
    Heading {
        /// The sheet.
        sheet: String,
        /// Where the heading stands.
        at: Address,
    },
    /// The library that writes workbooks refuses something.
    #[error("the workbook cannot be written: {0}")]
    Workbook(
        /// What it says.
        String,
    ),
}
