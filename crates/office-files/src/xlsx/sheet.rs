//! A worksheet, cell by cell.

use std::io::BufRead;

use quick_xml::events::BytesStart;

use super::{
    strings::{Bounded, read_text},
    workbook::Sheet,
};
use crate::{
    address::Address,
    date::DateTime,
    error::{CellFault, Error},
    package::{Package, Source},
    table::{Builder, Limits, Value},
    xml::{Piece, Xml, attribute, is},
};

/// What cells refer to.
pub(super) struct Context<'a> {
    pub(super) strings: &'a [String],
    pub(super) dates: &'a [bool],
    pub(super) from_1904: bool,
    pub(super) limits: &'a Limits,
}

/// Reads the cells of a sheet into a table.
pub(super) fn read(
    package: &mut Package<'_>,
    sheet: &Sheet,
    context: &Context<'_>,
    builder: &mut Builder<'_>,
) -> Result<(), Error> {
    let mut cells = Cells::open(package, sheet, context)?;
    while let Some((at, raw)) = cells.next()? {
        let value = match raw {
            Raw::Text(text) => builder.text(&text),
            Raw::Shared(text) => builder.text(text),
            Raw::Value(value) => Some(value),
        };
        if let Some(value) = value {
            builder.cell(at, value)?;
        }
    }
    builder.end_row()?;
    while let Some((first, last)) = cells.next_merge()? {
        builder.merge(first, last)?;
    }
    Ok(())
}

/// Whether anything is to be seen in a sheet.
pub(super) fn has_content(package: &mut Package<'_>, sheet: &Sheet, context: &Context<'_>) -> Result<bool, Error> {
    let mut cells = Cells::open(package, sheet, context)?;
    while let Some((_, raw)) = cells.next()? {
        let blank = match &raw {
            Raw::Text(text) => text.chars().all(char::is_whitespace),
            Raw::Shared(text) => text.chars().all(char::is_whitespace),
            Raw::Value(_) => false,
        };
        if !blank {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The content of a cell, texts not yet looked at.
enum Raw<'s> {
    Text(String),
    Shared(&'s str),
    Value(Result<Value, CellFault>),
}

struct Cells<'p, 's> {
    xml: Xml<Source<'p>>,
    context: &'s Context<'s>,
    /// Where the last cell was, or the beginning of the row.
    row: u32,
    column: Option<u32>,
}

impl<'p, 's> Cells<'p, 's> {
    fn open(package: &'p mut Package<'_>, sheet: &Sheet, context: &'s Context<'s>) -> Result<Self, Error> {
        let mut xml = package.xml(&sheet.part)?;
        let mut buffer = Vec::new();
        loop {
            match xml.next(&mut buffer)? {
                Piece::Start(start) if is(&start, "sheetData") => return Ok(Self { xml, context, row: 0, column: None }),
                Piece::Over => return Err(xml.broken(None)),
                _ => {}
            }
        }
    }

    /// The next cell that is not empty; none when the rows are over.
    fn next(&mut self) -> Result<Option<(Address, Raw<'s>)>, Error> {
        let mut buffer = Vec::new();
        loop {
            match self.xml.next(&mut buffer)? {
                Piece::Start(start) if is(&start, "row") => {
                    let row = match attribute(&start, "r") {
                        Some(row) => row.parse().ok(),
                        None => self.row.checked_add(1),
                    };
                    // Rows come in order; two of one number would be two truths.
                    self.row = row
                        .filter(|row| *row > self.row && *row <= crate::address::LAST_ROW)
                        .ok_or_else(|| self.xml.broken(None))?;
                    self.column = None;
                }
                Piece::Start(start) if is(&start, "c") => {
                    let at = self.place(&start)?;
                    self.column = Some(at.column);
                    let (kind, style) = (attribute(&start, "t"), attribute(&start, "s"));
                    if let Some(raw) = self.content(at, kind.as_deref(), style.as_deref())? {
                        return Ok(Some((at, raw)));
                    }
                }
                Piece::End(name) if name == "sheetData" => return Ok(None),
                Piece::Over => return Err(self.xml.broken(None)),
                _ => {}
            }
        }
    }

    /// Where a cell says it is, or after the one before it.
    fn place(&self, start: &BytesStart<'_>) -> Result<Address, Error> {
        let next = self.column.map_or(0, |column| column + 1);
        let at = match attribute(start, "r") {
            Some(text) => Address::parse(&text),
            None => Some(Address { column: next, row: self.row }),
        };
        at.filter(|at| at.row == self.row && at.column >= next && at.column <= crate::address::LAST_COLUMN)
            .ok_or_else(|| self.xml.broken(at))
    }

    /// What is in a cell, up to its end.
    fn content(&mut self, at: Address, kind: Option<&str>, style: Option<&str>) -> Result<Option<Raw<'s>>, Error> {
        let mut buffer = Vec::new();
        let mut value = None;
        let mut inline = None;
        let mut formula = false;
        loop {
            match self.xml.next(&mut buffer)? {
                Piece::Start(start) if is(&start, "v") => value = Some(value_text(&mut self.xml, self.context.limits)?),
                Piece::Start(start) if is(&start, "is") => inline = Some(read_text(&mut self.xml, "is", self.context.limits)?),
                Piece::Start(start) if is(&start, "f") => formula = true,
                Piece::End(name) if name == "c" => break,
                Piece::Over => return Err(self.xml.broken(Some(at))),
                _ => {}
            }
        }
        if formula {
            return Ok(Some(Raw::Value(Err(CellFault::Formula))));
        }
        if kind == Some("inlineStr") {
            return Ok(inline.map(Raw::Text));
        }
        let Some(value) = value.filter(|value| !value.trim().is_empty() || kind == Some("str")) else {
            return Ok(None);
        };
        Ok(Some(match kind {
            Some("s") => match value.trim().parse::<usize>().ok().and_then(|place| self.context.strings.get(place)) {
                Some(text) => Raw::Shared(text),
                None => Raw::Value(Err(CellFault::Unreadable)),
            },
            Some("str") => Raw::Text(value),
            _ => Raw::Value(self.plain(kind, style, value.trim())),
        }))
    }

    fn plain(&self, kind: Option<&str>, style: Option<&str>, value: &str) -> Result<Value, CellFault> {
        match kind {
            Some("b") => match value {
                "1" | "true" => Ok(Value::Bool(true)),
                "0" | "false" => Ok(Value::Bool(false)),
                _ => Err(CellFault::Unreadable),
            },
            Some("e") => Err(CellFault::ErrorValue(value.chars().filter(|c| !c.is_control()).take(20).collect())),
            Some("d") => DateTime::from_iso(value).map(Value::Date).ok_or(CellFault::NoDate),
            Some("n") | None => {
                let number = value.parse::<f64>().ok().filter(|number| number.is_finite()).ok_or(CellFault::Unreadable)?;
                let style: usize = style.and_then(|style| style.parse().ok()).unwrap_or(0);
                if self.context.dates.get(style).copied().unwrap_or(false) {
                    return DateTime::from_serial(number, self.context.from_1904).map(Value::Date).ok_or(CellFault::NoDate);
                }
                Ok(Value::Number(number))
            }
            Some(_) => Err(CellFault::Unreadable),
        }
    }

    /// The next range of merged cells, once the rows are over.
    fn next_merge(&mut self) -> Result<Option<(Address, Address)>, Error> {
        let mut buffer = Vec::new();
        loop {
            match self.xml.next(&mut buffer)? {
                Piece::Start(start) if is(&start, "mergeCell") => {
                    let range = attribute(&start, "ref").unwrap_or_default();
                    let (first, last) = range.split_once(':').unwrap_or((&range, &range));
                    return match (Address::parse(first), Address::parse(last)) {
                        (Some(first), Some(last)) => Ok(Some((first, last))),
                        _ => Err(self.xml.broken(None)),
                    };
                }
                Piece::Over => return Ok(None),
                _ => {}
            }
        }
    }
}

/// The text of a value, up to its end.
fn value_text<R: BufRead>(xml: &mut Xml<R>, limits: &Limits) -> Result<String, Error> {
    let mut buffer = Vec::new();
    let mut text = Bounded::new(limits);
    loop {
        match xml.next(&mut buffer)? {
            Piece::Text(more) => text.push(&more),
            Piece::End(name) if name == "v" => return Ok(text.into_text()),
            Piece::Over => return Err(xml.broken(None)),
            _ => {}
        }
    }
}
