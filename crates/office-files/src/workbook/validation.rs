//! What may be filled in, as Excel checks it.

use std::{collections::HashMap, fmt};

use rust_xlsxwriter::{DataValidation, DataValidationRule, ExcelDateTime, Formula, Worksheet, XlsxError};

use super::{
    Answer, AnswerKind, Message, Sheet,
    pieces::{MOST_UNITS, overflow, shortened},
    write::{excel_day, quoted, refused},
};
use crate::{Address, DateTime, WriteError, clean, properties::one_line};

/// What a list that stands in the rule itself has room for, commas included.
const MOST_INLINE: usize = 255;
/// Of what is shown beside a cell: title and text.
const MOST_TITLE: usize = 32;
const MOST_TEXT: usize = 255;
/// Ranges of one rule.
const MOST_RANGES: usize = 200;
/// Columns of the sheet for lists.
const MOST_LISTS: u16 = 16_384;
/// What Excel takes for a number at most.
const GREATEST: f64 = 9.99e307;

/// The answers of a sheet, equal ones together.
#[derive(Default)]
pub(super) struct Validations<'a> {
    found: Vec<(&'a Answer, Vec<Cells>)>,
    /// Where an answer stands among those found. Its debug form is the same for the same answer only.
    places: HashMap<String, usize>,
}

/// Cells below one another.
struct Cells {
    column: u16,
    first: u32,
    last: u32,
}

impl<'a> Validations<'a> {
    pub(super) fn add(&mut self, answer: &'a Answer, row: u32, column: u16) {
        let place = *self.places.entry(format!("{answer:?}")).or_insert(self.found.len());
        if place == self.found.len() {
            self.found.push((answer, Vec::new()));
        }
        let cells = &mut self.found[place].1;
        match cells.iter_mut().rev().find(|cells| cells.column == column).filter(|cells| cells.last + 1 == row) {
            Some(cells) => cells.last = row,
            None => cells.push(Cells { column, first: row, last: row }),
        }
    }

    pub(super) fn write(self, page: &mut Worksheet, lists: &mut Lists) -> Result<(), WriteError> {
        for (answer, cells) in self.found {
            let Some(rule) = rule(answer, lists)? else { continue };
            for cells in cells.chunks(MOST_RANGES) {
                let Cells { column, first, last } = cells[0];
                let ranges: Vec<String> = cells.iter().map(ToString::to_string).collect();
                let rule = rule.clone().set_multi_range(ranges.join(" "));
                page.add_data_validation(first, column, last, column, &rule).map_err(refused)?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Cells {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = |row: u32| Address { column: self.column.into(), row: row + 1 };
        write!(f, "{}:{}", at(self.first), at(self.last))
    }
}

/// The rule; none where anything goes and nothing is said.
fn rule(answer: &Answer, lists: &mut Lists) -> Result<Option<DataValidation>, WriteError> {
    let rule = DataValidation::new();
    let rule = match &answer.kind {
        AnswerKind::Confirm { yes, no } => list(rule, &[yes.clone(), no.clone()], lists)?,
        AnswerKind::Choice(options) => list(rule, options, lists)?,
        AnswerKind::Number { min, max } => {
            if !min.is_none_or(f64::is_finite) || !max.is_none_or(f64::is_finite) {
                return Err(WriteError::Number);
            }
            rule.allow_decimal_number(between(*min, *max, -GREATEST))
        }
        AnswerKind::Date { first, last } => {
            let day = |day: &Option<DateTime>| day.map(excel_day).transpose();
            let earliest = ExcelDateTime::from_ymd(1900, 1, 1).map_err(refused)?;
            rule.allow_date(between(day(first)?, day(last)?, earliest))
        }
        AnswerKind::Text { most } => {
            let most = (*most).min(u32::try_from(MOST_UNITS).unwrap_or(u32::MAX));
            rule.allow_text_length(DataValidationRule::LessThanOrEqualTo(most))
        }
        AnswerKind::File if answer.hint.is_none() => return Ok(None),
        AnswerKind::File => rule.allow_any_value(),
    };
    with_messages(rule, answer).map(Some).map_err(refused)
}

fn between<T: rust_xlsxwriter::IntoDataValidationValue>(min: Option<T>, max: Option<T>, least: T) -> DataValidationRule<T> {
    match (min, max) {
        (Some(min), Some(max)) => DataValidationRule::Between(min, max),
        (None, Some(max)) => DataValidationRule::LessThanOrEqualTo(max),
        (min, None) => DataValidationRule::GreaterThanOrEqualTo(min.unwrap_or(least)),
    }
}

/// A list in the rule itself, where it can stand there; else in cells of a sheet for lists.
fn list(rule: DataValidation, options: &[String], lists: &mut Lists) -> Result<DataValidation, WriteError> {
    let options: Vec<String> = options.iter().map(|option| one_line(option)).filter(|option| !option.is_empty()).collect();
    if options.is_empty() {
        return Ok(rule.allow_any_value());
    }
    let units: usize = options.iter().map(|option| option.encode_utf16().count() + 1).sum();
    // There commas divide, and programs differ over quotes.
    if units <= MOST_INLINE && !options.iter().any(|option| option.contains([',', '"'])) {
        return rule.allow_list_strings(&options).map_err(refused);
    }
    Ok(rule.allow_list_formula(Formula::new(lists.range(options)?)))
}

fn with_messages(mut rule: DataValidation, answer: &Answer) -> Result<DataValidation, XlsxError> {
    let parts =
        |message: &Message| (shortened(&one_line(&message.title), MOST_TITLE), shortened(clean(&message.text).trim(), MOST_TEXT));
    if let Some((title, text)) = answer.hint.as_ref().map(parts) {
        rule = rule.set_input_title(title)?.set_input_message(text)?;
    }
    if let Some((title, text)) = answer.refusal.as_ref().map(parts) {
        rule = rule.set_error_title(title)?.set_error_message(text)?;
    }
    Ok(rule)
}

/// Lists that are too long to stand in a rule: each a column of a sheet of their own, which is hidden.
pub(super) struct Lists {
    sheet: String,
    columns: Vec<Vec<String>>,
    places: HashMap<Vec<String>, u16>,
}

impl Lists {
    pub(super) fn new(sheets: &[Sheet]) -> Self {
        let mut name = "lists".to_owned();
        while sheets.iter().any(|sheet| sheet.name.eq_ignore_ascii_case(&name)) {
            name.push('_');
        }
        Self { sheet: name, columns: Vec::new(), places: HashMap::new() }
    }

    /// The cells that hold these options, as a formula.
    fn range(&mut self, options: Vec<String>) -> Result<String, WriteError> {
        let last = options.len();
        let place = if let Some(place) = self.places.get(&options) {
            *place
        } else {
            let next = u16::try_from(self.columns.len()).ok().filter(|next| *next < MOST_LISTS);
            let place = next.ok_or_else(|| WriteError::SheetSize { sheet: self.sheet.clone() })?;
            self.columns.push(options.clone());
            self.places.insert(options, place);
            place
        };
        let column = rust_xlsxwriter::utility::column_number_to_name(place);
        Ok(format!("={}!${column}$1:${column}${last}", quoted(&self.sheet)))
    }

    pub(super) fn write(self, book: &mut rust_xlsxwriter::Workbook) -> Result<(), WriteError> {
        if self.columns.is_empty() {
            return Ok(());
        }
        let page = book.add_worksheet();
        page.set_name(&self.sheet).map_err(refused)?;
        for (options, column) in self.columns.iter().zip(0..) {
            for (option, row) in options.iter().zip(0..) {
                if overflow(option).is_some() {
                    let at = Address { column: u32::from(column), row: row + 1 };
                    return Err(WriteError::CellTooLong { sheet: self.sheet.clone(), at });
                }
                page.write_string(row, column, option).map_err(refused)?;
            }
        }
        page.set_hidden(true);
        page.protect();
        Ok(())
    }
}
