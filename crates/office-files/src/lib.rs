//! Reads tables that strangers send, CSV and XLSX, into headings and rows of cells that know their address (`C17`); and
//! writes files for people to work with: [`docx`], [`workbook`] and [`csv`].
//!
//! [`inspect()`] says what an office file is that is kept as it came, without holding it.
//!
//! The readers are written for files that nobody vouches for. What a file is, is decided by its content. Nothing is read
//! that was not asked for, nothing is allocated because a file says so, and what is inflated is counted as it comes out. A
//! file as a whole that cannot be taken is an [`Error`]; a cell that cannot be taken is a [`CellFault`] in its place, so
//! that all of them can be told at once. Neither speaks to people: whoever calls has the words.
//!
//! ```
//! use office_files::{Limits, Value, read};
//!
//! let table = read("Namn;Antal\nÄpple;3\n".as_bytes(), &Limits::default())?;
//! let row = &table.rows[0];
//! assert_eq!(table.headings[0].text, "Namn");
//! assert_eq!(row.cells[0].value, Ok(Value::Text("Äpple".to_owned())));
//! assert_eq!(row.cells[1].at.to_string(), "B2");
//! # Ok::<(), office_files::Error>(())
//! ```
//!
//! The writers are written for texts that nobody vouches for, and for readers who do not see. They put the same text into
//! every format, to the letter but for what [`clean`] does; nothing is cut, nothing becomes a formula, and the same input
//! is the same bytes. What cannot be written is a [`WriteError`].

mod address;
mod bidi;
pub mod csv;
mod date;
mod decode;
mod delimited;
pub mod docx;
mod error;
mod inspect;
mod kind;
mod language;
mod link;
mod markup;
mod package;
mod properties;
mod table;
mod text;
pub mod workbook;
mod write_error;
mod xlsx;
mod xml;

pub use address::Address;
pub use date::DateTime;
pub use error::{CellFault, Error};
pub use inspect::{Office, inspect};
pub use kind::Kind;
pub use language::Language;
pub use link::Link;
pub use table::{Cell, Heading, Limits, Row, Table, Value};
pub use text::clean;
pub use write_error::WriteError;

/// What a file is, by its content.
pub fn sniff(file: &[u8]) -> Kind {
    kind::sniff(file)
}

/// Reads a file into a table: a workbook where it is one, delimited text otherwise.
///
/// # Errors
/// When the file as a whole cannot be taken.
pub fn read(file: &[u8], limits: &Limits) -> Result<Table, Error> {
    if file.len() as u64 > limits.bytes {
        return Err(Error::TooLarge { most: limits.bytes });
    }
    match sniff(file) {
        Kind::Text => delimited::read(file, limits),
        Kind::Xlsx => xlsx::read(file, limits),
        Kind::Empty => Err(Error::Empty),
        Kind::Encrypted => Err(Error::Encrypted),
        Kind::BrokenZip => Err(Error::Broken { part: String::new(), at: None }),
        Kind::Utf16 => Err(Error::Utf16),
        other => Err(Error::NotATable(other)),
    }
}
