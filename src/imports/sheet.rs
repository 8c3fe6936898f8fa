//! Rows of a spreadsheet, turned into the keys and values that a line of JSON would have.

use office_files::{Address, Cell, Heading, Table, Value as Given};
use serde_json::{Map, Value, json};

use super::{
    columns::{self, COLUMNS, Column, Holds},
    contents::numbers_once,
    refusal,
    report::{Fault, Report},
    row::{self, FollowUpParts, Patch, Row},
    run::{ImportError, T},
};
use crate::requirements::{
    content::tidy,
    fields::{Effort, EvidenceKind},
};

/// Where each column of the format stands in a file.
#[derive(Debug, Default)]
pub struct Columns(Vec<(&'static Column, u32)>);

impl Columns {
    /// The cell of a column on a row, if the file has the column.
    pub fn address(&self, column: &Column, row: usize) -> Option<String> {
        let (_, place) = self.0.iter().find(|(known, _)| known.key == column.key)?;
        Some(Address { column: *place, row: u32::try_from(row).ok()? }.to_string())
    }
}

/// Every row, with its number.
///
/// # Errors
/// When a heading is not one of the format.
pub fn read(table: Table, report: &mut Report) -> Result<(Vec<(usize, Row)>, Columns), ImportError> {
    let columns = headings(&table.headings)?;
    let mut rows = Vec::new();
    for given in table.rows {
        let number = given.number as usize;
        match read_row(&columns, &given) {
            Ok(row) => rows.push((number, row)),
            Err(faults) => report.rejected.push((number, faults)),
        }
    }
    Ok((numbers_once(rows, report), columns))
}

/// The column of each heading; one that is not known stops the file, since what stands below it would be lost.
fn headings(given: &[Heading]) -> Result<Columns, ImportError> {
    let mut found = Vec::new();
    let mut unknown = Vec::new();
    for heading in given {
        let lower = heading.text.to_lowercase();
        match COLUMNS.iter().find(|column| column.heading().to_lowercase() == lower) {
            Some(column) => found.push((column, heading.at.column)),
            None => unknown.push(T.imports_heading_unknown(heading.at, shown(&heading.text), meant(&lower))),
        }
    }
    if unknown.is_empty() {
        return Ok(Columns(found));
    }
    let known = COLUMNS.iter().map(Column::heading).collect::<Vec<_>>().join(", ");
    Err(ImportError::File(format!("{}\n{}", unknown.join("\n"), T.imports_headings_known(known))))
}

/// The heading that was probably meant, in words; empty where none is near.
fn meant(lower: &str) -> String {
    let near = COLUMNS
        .iter()
        .map(|column| (strsim::jaro_winkler(&column.heading().to_lowercase(), lower), column))
        .filter(|(likeness, _)| *likeness > 0.84)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    near.map_or_else(String::new, |(_, column)| format!(" {}", T.imports_heading_meant(column.heading())))
}

fn shown(text: &str) -> String {
    row::brief(&Value::String(tidy(text)))
}

/// A row as the keys of the format: what only spreadsheets do is undone here, and the rest is judged where lines are.
fn read_row(columns: &Columns, given: &office_files::Row) -> Result<Row, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut map = Map::new();
    let mut parts = FollowUpParts::default();
    for (column, place) in &columns.0 {
        let text = match given.cell(*place).map_or(Ok(String::new()), |cell| plain(column, cell)) {
            Ok(text) => text,
            Err(fault) => {
                faults.push(fault);
                continue;
            }
        };
        match column.key {
            "follow_up" => parts.method = patch(text),
            "effort" => match effort(column, &text) {
                Ok(effort) => parts.effort = effort,
                Err(fault) => faults.push(fault),
            },
            key => drop(map.insert(key.to_owned(), value(column, &text))),
        }
    }
    match row::from_map(map) {
        Ok(row) if faults.is_empty() => Ok(Row { follow_up_parts: parts, evidence_is_brief: true, ..row }),
        Ok(_) => Err(faults),
        Err(more) => {
            faults.extend(more);
            // As the columns stand, from left to right.
            let order = |fault: &Fault| columns.0.iter().position(|(column, _)| columns::of(&fault.place) == Some(column));
            faults.sort_by_key(order);
            Err(faults)
        }
    }
}

fn patch(text: String) -> Patch<String> {
    if text.is_empty() { Patch::Clear } else { Patch::Set(text) }
}

fn effort(column: &Column, text: &str) -> Result<Patch<Effort>, Fault> {
    if text.is_empty() {
        return Ok(Patch::Clear);
    }
    match Effort::from_code(columns::code(&column.words(), text)) {
        Some(effort) => Ok(Patch::Set(effort)),
        None => Err(Fault::new("effort", shown(text), "effort")),
    }
}

/// The largest whole number that a spreadsheet keeps exactly.
const LARGEST: f64 = 999_999_999_999_999.0;

/// What a cell says, as text.
fn plain(column: &Column, cell: &Cell) -> Result<String, Fault> {
    let fault = |value: String, expected: &str| Err(Fault::new(column.key, value, expected));
    match &cell.value {
        Ok(Given::Text(text)) => Ok(tidy(text)),
        Ok(Given::Date(day)) => {
            let written = format!("{:04}-{:02}-{:02}", day.year, day.month, day.day);
            match column.holds {
                Holds::Date if day.seconds == 0 => Ok(written),
                Holds::Date => fault(format!("{written} {:02}:{:02}", day.seconds / 3600, day.seconds / 60 % 60), "date"),
                _ => fault(written, "cell_date"),
            }
        }
        Ok(Given::Number(number)) if column.holds == Holds::Date => fault(number.to_string(), "cell_number_for_date"),
        // A code that begins with a nought has lost it in a cell of numbers.
        Ok(Given::Number(number)) if column.holds == Holds::Cpv && number.fract() == 0.0 && (0.0..1e8).contains(number) => {
            Ok(format!("{number:08}"))
        }
        Ok(Given::Number(number)) if number.fract() == 0.0 && number.abs() <= LARGEST => Ok(number.to_string()),
        Ok(Given::Number(number)) => fault(number.to_string(), "cell_number"),
        Ok(Given::Bool(truth)) => fault(if *truth { "TRUE" } else { "FALSE" }.to_owned(), "cell_text"),
        Err(reason) => {
            let (value, expected) = refusal::cell(reason);
            fault(value, expected)
        }
    }
}

/// The value that a line of JSON would have.
fn value(column: &Column, text: &str) -> Value {
    match column.holds {
        Holds::Text | Holds::Date => json!(text),
        Holds::Clauses => json!(clauses(text)),
        Holds::Cpv | Holds::Objectives => json!(list(text)),
        Holds::Evidence => evidence(text),
        Holds::Type | Holds::Level | Holds::Effort => json!(columns::code(&column.words(), text)),
    }
}

/// Parts with blank lines between them.
fn clauses(text: &str) -> Vec<String> {
    let mut clauses = vec![String::new()];
    for line in text.lines() {
        if line.trim().is_empty() {
            clauses.push(String::new());
        } else if let Some(clause) = clauses.last_mut() {
            if !clause.is_empty() {
                clause.push('\n');
            }
            clause.push_str(line);
        }
    }
    clauses.retain(|clause| !clause.trim().is_empty());
    clauses
}

fn list(text: &str) -> Vec<&str> {
    text.split([';', '\n']).map(str::trim).filter(|item| !item.is_empty()).collect()
}

/// Pieces of evidence. A new one begins after a semicolon or on a line of its own, and with its kind: a semicolon within a
/// text is part of it.
fn evidence(text: &str) -> Value {
    let mut pieces: Vec<(EvidenceKind, String)> = Vec::new();
    let mut between = "";
    for part in text.split_inclusive([';', '\n']) {
        let (said, end) = match part.char_indices().next_back() {
            Some((place, ';' | '\n')) => part.split_at(place),
            _ => (part, ""),
        };
        match (kind_before_colon(said), pieces.last_mut()) {
            (Some((kind, rest)), _) => pieces.push((kind, rest.to_owned())),
            (None, Some((_, before))) => {
                before.push_str(between);
                before.push_str(said);
            }
            (None, None) => pieces.push((EvidenceKind::Other, said.to_owned())),
        }
        between = end;
    }
    if let Some((_, last)) = pieces.last_mut() {
        last.push_str(between);
    }
    let items = pieces.into_iter().map(|(kind, text)| json!({"kind": kind.code(), "text": tidy(&text)}));
    items.filter(|item| item["text"] != "" || item["kind"] != "other").collect()
}

fn kind_before_colon(text: &str) -> Option<(EvidenceKind, &str)> {
    let (word, rest) = text.split_once(':')?;
    let word = word.trim().to_lowercase();
    let kind =
        EvidenceKind::ALL.iter().find(|kind| columns::evidence_words(**kind).iter().any(|known| known.to_lowercase() == word))?;
    Some((*kind, rest))
}
