//! What can be wrong with a file, and with a cell.

use crate::{address::Address, kind::Kind};

/// Why a file as a whole cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is nothing in it: no byte, no row, or no cell.
    #[error("there is nothing in the file")]
    Empty,
    /// It is something else than a table.
    #[error("the file is {0:?}, not a table")]
    NotATable(Kind),
    /// It is something else than a document of Word.
    #[error("the file is {0:?}, not a document")]
    NotADocument(Kind),
    /// It is a workbook under a password.
    #[error("the workbook is encrypted")]
    Encrypted,
    /// It has more bytes than the limit.
    #[error("the file has more than {most} bytes")]
    TooLarge {
        /// Bytes.
        most: u64,
    },
    /// It inflates to more than any table needs.
    #[error("the file inflates beyond all measure")]
    Bomb,
    /// It is cut off or damaged, or says what no workbook says.
    #[error("the file is broken{}{}", in_part(part), at_cell(*at))]
    Broken {
        /// The part of the package, or empty for the package itself.
        part: String,
        /// The cell, where it is known.
        at: Option<Address>,
    },
    /// It is text in UTF-16, or full of NUL as such texts are.
    #[error("the text is UTF-16")]
    Utf16,
    /// It is text, but neither UTF-8 nor Windows-1252.
    #[error("line {line} is neither UTF-8 nor Windows-1252")]
    Encoding {
        /// From 1.
        line: u64,
    },
    /// A quoted field never ends.
    #[error("{at} begins with a quote that never ends")]
    UnclosedQuote {
        /// The cell that it opens.
        at: Address,
    },
    /// Text stands between the end of a quoted field and the next separator.
    #[error("{at} goes on after its closing quote")]
    AfterQuote {
        /// The cell.
        at: Address,
    },
    /// A row of delimited text has fewer cells than there are headings.
    #[error("row {row} has {cells} cells, and there are {headings} headings")]
    ShortRow {
        /// From 1.
        row: u32,
        /// Its cells.
        cells: u32,
        /// The headings.
        headings: u32,
    },
    /// There is no worksheet.
    #[error("the workbook has no worksheet")]
    NoSheet,
    /// More than one worksheet that can be seen has something in it.
    #[error("there is something in several sheets: {}", .0.join(", "))]
    SeveralSheets(
        /// Their names.
        Vec<String>,
    ),
    /// A worksheet that cannot be seen has something in it.
    #[error("there is something in the hidden sheet {0}")]
    HiddenSheet(
        /// Its name.
        String,
    ),
    /// Two columns have one heading.
    #[error("the heading {text:?} stands in {first} and in {second}")]
    HeadingTwice {
        /// As it is written the second time.
        text: String,
        /// The first of them.
        first: Address,
        /// The second.
        second: Address,
    },
    /// A cell has a value, and its column has no heading.
    #[error("{at} has a value, and its column has no heading")]
    NoHeading {
        /// The cell.
        at: Address,
    },
    /// A heading is no text.
    #[error("the heading in {at} cannot be read: {fault}")]
    Heading {
        /// The cell.
        at: Address,
        /// Why.
        fault: CellFault,
    },
    /// There are more rows than the limit.
    #[error("there are more than {most} rows")]
    TooManyRows {
        /// Rows.
        most: usize,
    },
    /// There are more columns than the limit.
    #[error("there are more than {most} columns")]
    TooManyColumns {
        /// Columns.
        most: u32,
    },
    /// All texts together are more than the limit.
    #[error("the texts are more than {most} bytes")]
    TooMuchText {
        /// Bytes.
        most: u64,
    },
}

fn in_part(part: &str) -> String {
    if part.is_empty() { String::new() } else { format!(" in {part}") }
}

fn at_cell(at: Option<Address>) -> String {
    at.map_or_else(String::new, |at| format!(" at {at}"))
}

/// Why a cell's value cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CellFault {
    /// It is computed: what would be taken is what some program computed some time ago.
    #[error("a formula")]
    Formula,
    /// It is an error value such as `#REF!`.
    #[error("the error value {0}")]
    ErrorValue(
        /// As it is written.
        String,
    ),
    /// It is merged with others.
    #[error("merged cells {0}")]
    Merged(
        /// The range: `A2:B3`.
        String,
    ),
    /// It is longer than the limit.
    #[error("more than {most} characters")]
    TooLong {
        /// Characters.
        most: usize,
    },
    /// It holds a character that is no text: NUL, escape and the like.
    #[error("the character U+{code:04X}")]
    Control {
        /// Its code point.
        code: u32,
    },
    /// It has the format of a date and a number that is none.
    #[error("a number that is no date")]
    NoDate,
    /// It says what no cell says.
    #[error("a value of no known kind")]
    Unreadable,
}
