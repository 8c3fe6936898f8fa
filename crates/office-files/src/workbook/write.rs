//! How a workbook is written: `rust_xlsxwriter` knows what Excel takes, and is told here what a sheet should look like.

use std::collections::HashSet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, ProtectionOptions, TableColumn, TableStyle, Url, Worksheet, XlsxError};

use super::{
    Cell, Sheet, Workbook, finish,
    formats::{Formats, Look},
    height,
    pieces::{overflow, shortened},
    validation::{Lists, Validations},
};
use crate::{
    Address, DateTime, Link, WriteError, clean,
    properties::{Properties, one_line},
};

/// What Excel takes of a sheet.
const MOST_ROWS: usize = 1_048_575;
const MOST_COLUMNS: usize = 16_384;
const MOST_LINKS: usize = 65_530;
/// Of a heading, and of a line above or below a page, its codes included.
const LONGEST_HEADING: usize = 255;
const LONGEST_LINE: usize = 200;
/// Points above and below the headings.
const HEADING_ROOM: f64 = 8.0;

pub(super) fn workbook(workbook: &Workbook) -> Result<Vec<u8>, WriteError> {
    let mut book = rust_xlsxwriter::Workbook::new();
    // Level 2 takes half the time of level 6, and what comes out is a fifth larger.
    book.set_zip_compression_level(2);
    // Otherwise it would look at the clock.
    book.set_properties(&DocProperties::new().set_creation_datetime(&excel_day(workbook.created)?));
    let formats = Formats::new();
    let mut lists = Lists::new(&workbook.sheets);
    let mut names = HashSet::new();
    for sheet in &workbook.sheets {
        let name_error = || WriteError::SheetName { sheet: sheet.name.clone() };
        let lower = sheet.name.to_lowercase();
        // Excel keeps the second name to itself.
        if clean(&sheet.name) != sheet.name || lower == "history" || !names.insert(lower) {
            return Err(name_error());
        }
        let page = book.add_worksheet();
        page.set_name(&sheet.name).map_err(|_| name_error())?;
        Page { out: page, sheet, formats: &formats, links: 0 }.write(&mut lists)?;
        for (column, place) in sheet.columns.iter().zip(0..) {
            let cells = range(sheet, place);
            book.define_name(format!("{}!column_{}", quoted(&sheet.name), column.key), &cells).map_err(refused)?;
        }
    }
    lists.write(&mut book)?;
    let properties = Properties {
        title: &workbook.title,
        subject: &workbook.subject,
        creator: &workbook.creator,
        keywords: &workbook.keywords,
        language: &workbook.language,
        created: workbook.created,
    };
    finish::package(&book.save_to_buffer().map_err(refused)?, &properties.core()?)
}

/// A sheet while it is written.
struct Page<'a> {
    out: &'a mut Worksheet,
    sheet: &'a Sheet,
    formats: &'a Formats,
    links: usize,
}

impl Page<'_> {
    fn write(mut self, lists: &mut Lists) -> Result<(), WriteError> {
        let sheet = self.sheet;
        let columns = sheet.columns.len();
        if columns == 0 || columns > MOST_COLUMNS || sheet.rows.len() > MOST_ROWS {
            return Err(WriteError::SheetSize { sheet: sheet.name.clone() });
        }
        self.headings()?;
        let mut validations = Validations::default();
        for (cells, row) in sheet.rows.iter().zip(1..) {
            if cells.len() != columns {
                return Err(WriteError::RowWidth { cells: cells.len(), columns });
            }
            let mut lines = 1;
            for ((cell, column), place) in cells.iter().zip(&sheet.columns).zip(0..) {
                self.cell(row, place, cell)?;
                match cell {
                    Cell::Answer(answer) => validations.add(answer, row, place),
                    Cell::Text(text) | Cell::Link { text, .. } => lines = lines.max(height::lines(text, column.width)),
                    _ => {}
                }
            }
            if let Some(height) = height::height(lines) {
                self.out.set_row_height(row, height).map_err(refused)?;
            }
        }
        validations.write(self.out, lists)?;
        self.view()?;
        self.print()
    }

    /// The row of headings, and the table below it.
    fn headings(&mut self) -> Result<(), WriteError> {
        let sheet = self.sheet;
        let mut seen = HashSet::new();
        let mut keys = HashSet::new();
        let mut columns = Vec::new();
        let mut lines = 1;
        for (column, place) in sheet.columns.iter().zip(0_u16..) {
            let heading = one_line(&column.heading);
            let fits = !heading.is_empty()
                && heading.encode_utf16().count() <= LONGEST_HEADING
                && seen.insert(heading.to_lowercase())
                && is_key(&column.key)
                && keys.insert(&column.key);
            if !fits {
                let at = Address { column: place.into(), row: 1 };
                return Err(WriteError::Heading { sheet: sheet.name.clone(), at });
            }
            self.out.set_column_width(place, column.width.clamp(1.0, 255.0)).map_err(refused)?;
            if sheet.rows.is_empty() {
                self.out.write_string_with_format(0, place, &heading, &self.formats.heading).map_err(refused)?;
            }
            // Its arrow takes room, too.
            lines = lines.max(height::lines(&heading, column.width - 3.0));
            columns.push(TableColumn::new().set_header(heading).set_header_format(&self.formats.heading));
        }
        self.out.set_row_height(0, height::height(lines).unwrap_or(15.0).min(400.0) + HEADING_ROOM).map_err(refused)?;
        let last = u16::try_from(columns.len() - 1).unwrap_or(u16::MAX);
        // Excel knows no table without rows.
        if let Ok(rows) = u32::try_from(sheet.rows.len())
            && rows > 0
        {
            let table = rust_xlsxwriter::Table::new()
                .set_columns(&columns)
                .set_style(TableStyle::None)
                .set_alt_text_title(shortened(&clean(&sheet.name), LONGEST_HEADING))
                .set_alt_text(shortened(&one_line(&sheet.description), LONGEST_HEADING));
            self.out.add_table(0, 0, rows, last, &table).map_err(refused)?;
        }
        Ok(())
    }

    fn cell(&mut self, row: u32, column: u16, cell: &Cell) -> Result<(), WriteError> {
        let formats = self.formats;
        match cell {
            Cell::Empty => self.out.write_blank(row, column, &formats.empty),
            Cell::Answer(_) => self.out.write_blank(row, column, &formats.answer),
            Cell::Text(text) => {
                let text = self.fitting(row, column, text)?;
                self.out.write_string_with_format(row, column, &*text, formats.text(&text, Look::Plain))
            }
            Cell::Number(number) if !number.is_finite() => return Err(WriteError::Number),
            Cell::Number(number) => self.out.write_number_with_format(row, column, *number, &formats.number),
            Cell::Date(day) => {
                let format = if day.seconds == 0 { &formats.day } else { &formats.time };
                self.out.write_datetime_with_format(row, column, excel_day(*day)?, format)
            }
            Cell::Link { text, to } => {
                let text = if text.is_empty() { to.address() } else { text.as_str() };
                let text = self.fitting(row, column, text)?;
                let format = formats.text(&text, Look::Link);
                self.links += 1;
                if self.links > MOST_LINKS {
                    self.out.write_string_with_format(row, column, &*text, format)
                } else {
                    self.out.write_url_with_options(row, column, url(to), &*text, "", Some(format))
                }
            }
        }
        .map_err(refused)?;
        Ok(())
    }

    /// The text as it is written; an error where it is too long for a cell.
    fn fitting<'t>(&self, row: u32, column: u16, text: &'t str) -> Result<std::borrow::Cow<'t, str>, WriteError> {
        let text = clean(text);
        if overflow(&text).is_some() {
            let at = Address { column: column.into(), row: row + 1 };
            return Err(WriteError::CellTooLong { sheet: self.sheet.name.clone(), at });
        }
        Ok(text)
    }

    /// What stays in view, and what can be changed.
    fn view(&mut self) -> Result<(), WriteError> {
        let columns = u16::try_from(self.sheet.columns.len()).unwrap_or(u16::MAX);
        self.out.set_freeze_panes(1, self.sheet.frozen_columns.min(columns - 1)).map_err(refused)?;
        self.out.set_screen_gridlines(false);
        if self.sheet.locked {
            // Sorting moves cells, and works where all of them are unlocked.
            self.out.protect_with_options(&ProtectionOptions {
                format_columns: true,
                format_rows: true,
                sort: true,
                use_autofilter: true,
                ..ProtectionOptions::default()
            });
        }
        Ok(())
    }

    /// A4 on its side, as wide as the page, the headings on every page.
    fn print(&mut self) -> Result<(), WriteError> {
        const A4: u8 = 9;
        self.out.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
        self.out.set_repeat_rows(0, 0).map_err(refused)?;
        let line = |text: &str| shortened(&one_line(text), LONGEST_LINE).replace('&', "&&");
        if !self.sheet.header.is_empty() {
            self.out.set_header(format!("&L{}", line(&self.sheet.header)));
        }
        self.out.set_footer(format!("&L{}&R&P / &N", line(&self.sheet.footer)));
        Ok(())
    }
}

fn is_key(key: &str) -> bool {
    key.len() <= 100
        && key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// The library encodes percent signs once more, unless it knows what follows; they come back when the package is finished.
fn url(link: &Link) -> Url {
    let (before, fragment) = link.address().split_once('#').map_or((link.address(), None), |(before, f)| (before, Some(f)));
    let before = before.replace('%', finish::PERCENT);
    Url::new(fragment.map_or_else(|| before.clone(), |fragment| format!("{before}#{fragment}")))
}

pub(super) fn excel_day(day: DateTime) -> Result<ExcelDateTime, WriteError> {
    if !day.is_possible() {
        return Err(WriteError::Date);
    }
    let (hours, minutes) = (day.seconds / 3600, day.seconds / 60 % 60);
    let hours = u16::try_from(hours).map_err(|_| WriteError::Date)?;
    let minutes = u8::try_from(minutes).map_err(|_| WriteError::Date)?;
    ExcelDateTime::from_ymd(day.year, day.month, day.day)
        .and_then(|date| date.and_hms(hours, minutes, f64::from(day.seconds % 60)))
        .map_err(|_| WriteError::Date)
}

/// The cells of a column below its heading, as formulas name them.
fn range(sheet: &Sheet, column: u16) -> String {
    let column = rust_xlsxwriter::utility::column_number_to_name(column);
    format!("={}!${column}$2:${column}${}", quoted(&sheet.name), sheet.rows.len().max(1) + 1)
}

/// The name of a sheet as formulas have it.
pub(super) fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
pub(super) fn refused(error: XlsxError) -> WriteError {
    WriteError::Workbook(error.to_string())
}
