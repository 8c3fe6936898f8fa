//! What a workbook consists of.

use std::io::Write;

use super::{Answer, pieces::shortened, write};
use crate::{DateTime, Language, Link, WriteError, clean};

/// A workbook: what it says of itself, and its sheets.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Workbook {
    /// Its name, for its properties.
    pub title: String,
    /// Its language, for its properties.
    pub language: Language,
    /// When it was made, in UTC.
    pub created: DateTime,
    /// Who made it, for its properties: an organisation, or the name of a service.
    pub creator: String,
    /// What it is about, for its properties.
    pub subject: String,
    /// Words to find it by, for its properties.
    pub keywords: String,
    /// Its sheets, in order.
    pub sheets: Vec<Sheet>,
}

impl Workbook {
    /// A workbook without sheets.
    pub fn new(title: impl Into<String>, language: Language, created: DateTime) -> Self {
        Self {
            title: title.into(),
            language,
            created,
            creator: String::new(),
            subject: String::new(),
            keywords: String::new(),
            sheets: Vec::new(),
        }
    }

    /// One more sheet.
    pub fn push(&mut self, sheet: Sheet) {
        self.sheets.push(sheet);
    }

    /// Writes the workbook.
    pub fn write_to<W: Write>(&self, mut to: W) -> Result<W, WriteError> {
        to.write_all(&self.to_bytes()?)?;
        Ok(to)
    }

    /// The workbook as a file in memory.
    pub fn to_bytes(&self) -> Result<Vec<u8>, WriteError> {
        write::workbook(self)
    }
}

/// A sheet with one table: headings in its first row, and rows below.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Sheet {
    /// Its name on the tab: at most 31 characters, none of `[]:*?/\`. See [`Sheet::name_from`].
    pub name: String,
    /// Its columns, from left to right.
    pub columns: Vec<Column>,
    /// Its rows, each of one cell per column.
    pub rows: Vec<Vec<Cell>>,
    /// What the table shows, for those who do not see it.
    pub description: String,
    /// How many columns stay in view when one scrolls sideways.
    pub frozen_columns: u16,
    /// Whether all but the cells for answers is locked. It is.
    pub locked: bool,
    /// A line above each printed page; none where it is empty.
    pub header: String,
    /// A line below each printed page, before the number of the page.
    pub footer: String,
}

impl Sheet {
    /// A sheet without rows.
    pub fn new(name: impl Into<String>, columns: impl Into<Vec<Column>>) -> Self {
        Self {
            name: name.into(),
            columns: columns.into(),
            rows: Vec::new(),
            description: String::new(),
            frozen_columns: 0,
            locked: true,
            header: String::new(),
            footer: String::new(),
        }
    }

    /// A name for a sheet from any text: what no name may have becomes a blank, what is too long ends in `…`.
    pub fn name_from(text: &str) -> String {
        let text: String = clean(text).chars().map(|c| if "[]:*?/\\".contains(c) || c.is_control() { ' ' } else { c }).collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        // Excel keeps quotes around names with blanks to itself, and takes none at either end.
        let text = shortened(text.trim_matches('\''), 31);
        match text.to_lowercase().as_str() {
            "" => "1".to_owned(),
            // Excel has one of its own by this name.
            "history" => format!("{text} 1"),
            _ => text,
        }
    }

    /// One more row.
    pub fn row(&mut self, cells: impl Into<Vec<Cell>>) {
        self.rows.push(cells.into());
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Column {
    /// Its name for programs, the same in every language: small letters, digits and `_`. The cells below the heading are
    /// given this as a name of the sheet.
    pub key: String,
    /// Its name for people, once in a sheet.
    pub heading: String,
    /// Its width in digits of the usual font.
    pub width: f64,
}

impl Column {
    /// A column.
    pub fn new(key: impl Into<String>, heading: impl Into<String>, width: f64) -> Self {
        Self { key: key.into(), heading: heading.into(), width }
    }
}

/// What is in a cell.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text, whatever it begins with.
    Text(String),
    /// A number.
    Number(f64),
    /// A day, and the time of day where that is not midnight.
    Date(DateTime),
    /// Text that leads somewhere.
    Link {
        /// What it says; the address where it is empty.
        text: String,
        /// Where it leads to.
        to: Link,
    },
    /// A cell that somebody is to fill in.
    Answer(Answer),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<DateTime> for Cell {
    fn from(day: DateTime) -> Self {
        Self::Date(day)
    }
}

impl From<Answer> for Cell {
    fn from(answer: Answer) -> Self {
        Self::Answer(answer)
    }
}
