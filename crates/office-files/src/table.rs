//! A table as it is handed over, and how it is built row by row within its limits.

use crate::{
    address::Address,
    date::DateTime,
    error::{CellFault, Error},
};

/// What a file may hold at most. The default suits a form that people fill in and send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: u64,
    /// Rows with something in them, the headings apart.
    pub rows: usize,
    /// Columns, counted from A to the last heading.
    pub columns: u32,
    /// Characters of a cell. Excel's own limit by default.
    pub cell_chars: usize,
    /// Bytes of all texts of the table together.
    pub text: u64,
    /// Bytes that one part of a package may inflate to.
    pub part: u64,
    /// Bytes that all parts that are read may inflate to together.
    pub inflated: u64,
    /// How many times its packed size a part may inflate to, beyond its first mebibyte.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1024 * 1024;
        Self {
            bytes: 100 * MIB,
            rows: 100_000,
            columns: 256,
            cell_chars: 32_767,
            text: 256 * MIB,
            part: 384 * MIB,
            inflated: 640 * MIB,
            ratio: 200,
        }
    }
}

/// A table: one row of headings, and the rows below it that have something in them.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The name of the worksheet; none for delimited text.
    pub sheet: Option<String>,
    /// The headings from left to right; columns without heading have nothing in them.
    pub headings: Vec<Heading>,
    /// The rows from top to bottom.
    pub rows: Vec<Row>,
}

/// A heading: at least one visible character, once in a table, whatever its case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Where.
    pub at: Address,
    /// Its text, blanks around it gone and every run of blanks in it one blank.
    pub text: String,
}

/// A row with at least one cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// From 1, as spreadsheets show it.
    pub number: u32,
    /// The cells that are not empty, from left to right, each under a heading.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The cell of a column (from 0), if there is something in it.
    pub fn cell(&self, column: u32) -> Option<&Cell> {
        self.cells.binary_search_by_key(&column, |cell| cell.at.column).ok().map(|place| &self.cells[place])
    }
}

/// A cell that is not empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Where.
    pub at: Address,
    /// What is in it, or why that cannot be taken.
    pub value: Result<Value, CellFault>,
}

/// What is in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text with at least one character that is no blank. Lines end in LF.
    Text(String),
    /// A finite number that has no format of a date.
    Number(f64),
    /// True or false.
    Bool(bool),
    /// A number with the format of a date.
    Date(DateTime),
}

/// Takes cells row by row, from left to right and from top to bottom.
pub(crate) struct Builder<'a> {
    limits: &'a Limits,
    headings: Vec<Heading>,
    rows: Vec<Row>,
    row: Vec<Cell>,
    number: u32,
    text: u64,
    /// The row of the headings, once it is over.
    heading_row: Option<u32>,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(limits: &'a Limits) -> Self {
        Self { limits, headings: Vec::new(), rows: Vec::new(), row: Vec::new(), number: 0, text: 0, heading_row: None }
    }

    /// Whether the headings are over.
    pub(crate) fn has_headings(&self) -> bool {
        self.heading_row.is_some()
    }

    /// Text as a value; none where there is nothing to see.
    pub(crate) fn text(&self, text: &str) -> Option<Result<Value, CellFault>> {
        if text.chars().all(char::is_whitespace) {
            return None;
        }
        if text.chars().count() > self.limits.cell_chars {
            return Some(Err(CellFault::TooLong { most: self.limits.cell_chars }));
        }
        if let Some(odd) = text.chars().find(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')) {
            return Some(Err(CellFault::Control { code: u32::from(odd) }));
        }
        Some(Ok(Value::Text(text.replace("\r\n", "\n").replace('\r', "\n"))))
    }

    /// Takes a cell of the current row.
    pub(crate) fn cell(&mut self, at: Address, value: Result<Value, CellFault>) -> Result<(), Error> {
        if at.row != self.number {
            self.end_row()?;
            self.number = at.row;
        }
        if let Ok(Value::Text(text)) = &value {
            self.text += text.len() as u64;
            if self.text > self.limits.text {
                return Err(Error::TooMuchText { most: self.limits.text });
            }
        }
        if self.heading_row.is_some() {
            if self.headings.binary_search_by_key(&at.column, |heading| heading.at.column).is_err() {
                return Err(Error::NoHeading { at });
            }
        } else if at.column >= self.limits.columns {
            return Err(Error::TooManyColumns { most: self.limits.columns });
        }
        self.row.push(Cell { at, value });
        Ok(())
    }

    /// Ends the current row, if there is one.
    pub(crate) fn end_row(&mut self) -> Result<(), Error> {
        if self.row.is_empty() {
            return Ok(());
        }
        let cells = std::mem::take(&mut self.row);
        if self.heading_row.is_none() {
            self.heading_row = Some(self.number);
            return self.head(cells);
        }
        if self.rows.len() >= self.limits.rows {
            return Err(Error::TooManyRows { most: self.limits.rows });
        }
        self.rows.push(Row { number: self.number, cells });
        Ok(())
    }

    fn head(&mut self, cells: Vec<Cell>) -> Result<(), Error> {
        for Cell { at, value } in cells {
            let text = match value {
                Ok(Value::Text(text)) => text.split_whitespace().collect::<Vec<_>>().join(" "),
                Ok(_) => return Err(Error::Heading { at, fault: CellFault::Unreadable }),
                Err(fault) => return Err(Error::Heading { at, fault }),
            };
            let lower = text.to_lowercase();
            if let Some(first) = self.headings.iter().find(|heading| heading.text.to_lowercase() == lower) {
                return Err(Error::HeadingTwice { text, first: first.at, second: at });
            }
            self.headings.push(Heading { at, text });
        }
        Ok(())
    }

    /// Marks what lies in merged cells, given as first and last: known in a workbook only when all rows are read.
    pub(crate) fn merge(&mut self, first: Address, last: Address) -> Result<(), Error> {
        let range = || CellFault::Merged(format!("{first}:{last}"));
        if first == last {
            return Ok(());
        }
        if let Some(row) = self.heading_row
            && (first.row..=last.row).contains(&row)
            && let Some(heading) = self.headings.iter().find(|heading| (first.column..=last.column).contains(&heading.at.column))
        {
            return Err(Error::Heading { at: heading.at, fault: range() });
        }
        // What is to be seen of merged cells stands in the first of them.
        if let Ok(place) = self.rows.binary_search_by_key(&first.row, |row| row.number)
            && let Some(cell) = self.rows[place].cells.iter_mut().find(|cell| cell.at.column == first.column)
        {
            cell.value = Err(range());
        }
        Ok(())
    }

    /// The table, when everything is in.
    pub(crate) fn finish(mut self, sheet: Option<String>) -> Result<Table, Error> {
        self.end_row()?;
        if self.headings.is_empty() {
            return Err(Error::Empty);
        }
        Ok(Table { sheet, headings: self.headings, rows: self.rows })
    }
}
