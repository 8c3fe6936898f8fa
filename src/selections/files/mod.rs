//! A selection as a file: every format is written from one [`Document`], so that all say the same in the same order.
//! `docs/exchange-format.md` says what stands where.

mod csv;
mod docx;
mod grid;
mod json;
pub mod names;
mod text;
mod xlsx;

use office_files::{DateTime, Language};
use time::OffsetDateTime;

use super::{
    document::{Document, Languages, Options, Origin},
    reads::rows::WholeSelection,
};
use crate::kernel::i18n::Lang;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A document to go on writing in.
    Docx,
    /// A workbook with cells for answers.
    Xlsx,
    /// A table for any program.
    Csv,
    /// Text to paste.
    Txt,
    /// For programs.
    Json,
    /// A page to print.
    Html,
}

impl Format {
    /// Every one, in the order in which they are offered.
    pub const ALL: [Self; 6] = [Self::Docx, Self::Xlsx, Self::Csv, Self::Txt, Self::Json, Self::Html];

    /// The word in addresses, and at the end of file names.
    pub fn word(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Txt => "txt",
            Self::Json => "json",
            Self::Html => "html",
        }
    }

    /// The format with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }

    /// What a browser is told that it is.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Txt => "text/plain; charset=utf-8",
            Self::Json => "application/json",
            Self::Html => "text/html; charset=utf-8",
        }
    }
}

/// How a document is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// Headings and running text.
    #[default]
    Running,
    /// A table for each requirement.
    Tables,
}

/// All that is asked of a file.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// Its format.
    pub format: Format,
    /// What stands in it.
    pub options: Options,
    /// How a document is laid out.
    pub form: Form,
    /// Whether a table is written for programs rather than for a Swedish Excel.
    pub plain: bool,
}

/// Writes a selection as a file; a page is not one, and is written by its template.
///
/// # Errors
/// When a text fits no cell, or a document cannot be written, which is a fault of ours.
pub fn write(selection: &WholeSelection, wanted: Wanted, origin: Origin<'_>) -> anyhow::Result<Vec<u8>> {
    let mut options = wanted.options;
    if wanted.format == Format::Json {
        // A program picks its language itself.
        options.languages = Languages::Both;
    }
    let document = Document::of(&selection.name, &selection.rows, options, origin);
    Ok(match wanted.format {
        Format::Docx => docx::write(&document, wanted.form, made(origin.now)?)?,
        Format::Xlsx => xlsx::write(&document, made(origin.now)?)?,
        Format::Csv => csv::write(&document, wanted.plain)?,
        Format::Txt => text::write(&document).into_bytes(),
        Format::Json => json::write(selection, &document, wanted.options, origin)?,
        Format::Html => anyhow::bail!("a page is written by its template"),
    })
}

/// An instant as files keep it, in UTC.
fn made(now: OffsetDateTime) -> anyhow::Result<DateTime> {
    let utc = now.to_offset(time::UtcOffset::UTC);
    let seconds = u32::from(utc.hour()) * 3600 + u32::from(utc.minute()) * 60 + u32::from(utc.second());
    let year = u16::try_from(utc.year())?;
    DateTime::new(year, utc.month().into(), utc.day(), seconds).ok_or_else(|| anyhow::anyhow!("no such day: {now}"))
}

/// A language as files name it.
fn language(lang: Lang) -> Language {
    if lang.is_swedish() { Language::SWEDISH } else { Language::ENGLISH }
}
