//! Writes delimited text that spreadsheets open without asking, and that does nothing when they do.
//!
//! ```
//! use office_files::csv::{Dialect, Writer};
//!
//! let mut writer = Writer::new(Vec::new(), Dialect::Excel)?;
//! writer.row(["Krav", "Text"])?;
//! writer.row(["KB-0042:3", "=1+1 ska; \"skrivas\" ut"])?;
//! let (file, written) = writer.finish()?;
//! assert_eq!(file, "\u{feff}\"Krav\";Text\r\nKB-0042:3;\"'=1+1 ska; \"\"skrivas\"\" ut\"\r\n".as_bytes());
//! assert_eq!(written.guarded, 1);
//! # Ok::<(), office_files::WriteError>(())
//! ```
//!
//! A cell that a spreadsheet would take for a formula gets a `'` before it, in both dialects: [`guard`] says which. So does
//! one that begins with `'` itself, so that [`restore`] gives every text back as it was: it takes one `'` from the
//! beginning, where there is one, and that is the whole rule for whoever reads the file. Numbers and days are no texts and
//! are never guarded.
//!
//! What this does not do: a program that is told another separator than the file has may cut a text in two, and the second
//! half may begin with anything. Every text with any usual separator in it is in quotes, which is what a format can do.

use std::{borrow::Cow, io::Write};

use crate::{DateTime, WriteError, clean};

/// How the text is delimited. Both have UTF-8, CRLF and the quotes of RFC 4180.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// For a spreadsheet in Swedish: the mark of UTF-8 before everything, without which Å is not Å; semicolons between
    /// cells and a comma in numbers, since the comma is not free there.
    Excel,
    /// For programs, which expect what RFC 4180 says: no mark, commas between cells, a point in numbers.
    Plain,
}

impl Dialect {
    fn separator(self) -> char {
        match self {
            Self::Excel => ';',
            Self::Plain => ',',
        }
    }
}

/// What is in a cell.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Field<'a> {
    /// Text, guarded where it must be.
    Text(Cow<'a, str>),
    /// A number.
    Number(f64),
    /// A day, and the time of day where that is not midnight: `2027-03-12 08:30:00`.
    Date(DateTime),
}

impl<'a> From<&'a str> for Field<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Field<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Field<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<f64> for Field<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<DateTime> for Field<'_> {
    fn from(day: DateTime) -> Self {
        Self::Date(day)
    }
}

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// Rows, the headings included.
    pub rows: u64,
    /// Cells that got a `'` before them. Whoever offers the file may say so.
    pub guarded: u64,
}

/// Writes row by row and keeps none.
#[derive(Debug)]
pub struct Writer<W> {
    to: W,
    dialect: Dialect,
    columns: Option<usize>,
    line: String,
    written: Written,
}

impl<W: Write> Writer<W> {
    /// Begins a file. Every row is one call of `write_all`.
    pub fn new(to: W, dialect: Dialect) -> Result<Self, WriteError> {
        let line = if dialect == Dialect::Excel { "\u{feff}".to_owned() } else { String::new() };
        Ok(Self { to, dialect, columns: None, line, written: Written::default() })
    }

    /// One more row, of as many cells as the first. One that is refused leaves nothing behind.
    pub fn row<'a, F: Into<Field<'a>>>(&mut self, fields: impl IntoIterator<Item = F>) -> Result<(), WriteError> {
        let (begin, written) = (self.line.len(), self.written);
        if let Err(error) = self.cells(fields) {
            self.line.truncate(begin);
            self.written = written;
            return Err(error);
        }
        self.to.write_all(self.line.as_bytes())?;
        self.line.clear();
        self.written.rows += 1;
        Ok(())
    }

    fn cells<'a, F: Into<Field<'a>>>(&mut self, fields: impl IntoIterator<Item = F>) -> Result<(), WriteError> {
        let begin = self.line.len();
        let mut cells = 0;
        for field in fields {
            if cells > 0 {
                self.line.push(self.dialect.separator());
            }
            self.field(&field.into(), cells == 0)?;
            cells += 1;
        }
        let columns = self.columns.unwrap_or(cells);
        if cells != columns {
            return Err(WriteError::RowWidth { cells, columns });
        }
        self.columns = Some(columns);
        if self.line.len() == begin {
            // An empty line would be no row.
            self.line.push_str("\"\"");
        }
        self.line.push_str("\r\n");
        Ok(())
    }

    /// Ends the file.
    pub fn finish(mut self) -> Result<(W, Written), WriteError> {
        self.to.write_all(self.line.as_bytes())?;
        self.to.flush()?;
        Ok((self.to, self.written))
    }

    fn field(&mut self, field: &Field<'_>, first: bool) -> Result<(), WriteError> {
        match field {
            Field::Text(text) => {
                let text = clean(text);
                let guarded = guard(&text);
                self.written.guarded += u64::from(guarded.len() > text.len());
                // A file that begins with `ID` or `sep=` means something to Excel.
                self.quoted(&guarded, first && self.written.rows == 0);
            }
            Field::Number(number) if !number.is_finite() => return Err(WriteError::Number),
            Field::Number(number) => {
                let text = number.to_string();
                self.line.push_str(&if self.dialect == Dialect::Excel { text.replace('.', ",") } else { text });
            }
            Field::Date(day) => self.line.push_str(&day.written().ok_or(WriteError::Date)?),
        }
        Ok(())
    }

    fn quoted(&mut self, text: &str, always: bool) {
        let special = |c: char| matches!(c, '"' | ';' | ',' | '\t' | '\n' | '\r');
        if always || text.contains(special) || text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace) {
            self.line.push('"');
            self.line.push_str(&text.replace('"', "\"\""));
            self.line.push('"');
        } else {
            self.line.push_str(text);
        }
    }
}

/// The text with a `'` before it, where a spreadsheet might take it for a formula or where it begins with `'`.
///
/// A formula begins with `=`, `+`, `-` or `@`, in their full width too (`＝＋－＠`), perhaps behind blanks or characters
/// that nobody sees; a tab or a line end at the beginning is guarded as well, whatever follows.
pub fn guard(text: &str) -> Cow<'_, str> {
    if is_formula(text) || text.starts_with('\'') { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text as it was before [`guard`]: without the `'` at its beginning, where there is one.
pub fn restore(text: &str) -> &str {
    text.strip_prefix('\'').unwrap_or(text)
}

fn is_formula(text: &str) -> bool {
    if text.starts_with(['\t', '\r', '\n', '\0']) {
        return true;
    }
    let seen = text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || is_invisible(c));
    seen.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// Characters without width, some of which programs drop: soft hyphen, joiners, marks of direction, the mark of UTF-8.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
