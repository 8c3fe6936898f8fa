//! Why a spreadsheet as a whole, or a cell of it, cannot be taken, in words.

use office_files::{CellFault, Error, Kind};

use super::run::T;

/// A file that is refused, in words.
pub fn text(error: &Error) -> String {
    match error {
        Error::Empty => T.imports_empty().to_owned(),
        Error::NotATable(kind) => T.imports_file_foreign(what(*kind)),
        Error::Encrypted => T.imports_file_encrypted().to_owned(),
        Error::TooLarge { .. } => T.imports_too_large().to_owned(),
        Error::Bomb | Error::TooMuchText { .. } => T.imports_file_bomb().to_owned(),
        Error::Broken { at: Some(at), .. } => T.imports_file_broken_at(at),
        Error::Utf16 => T.imports_file_utf16().to_owned(),
        Error::Encoding { line } => T.imports_file_encoding(line),
        Error::UnclosedQuote { at } => T.imports_file_quote_open(at),
        Error::AfterQuote { at } => T.imports_file_quote_after(at),
        Error::ShortRow { row, cells, headings } => T.imports_file_short_row(row, i64::from(*cells), i64::from(*headings)),
        Error::NoSheet => T.imports_file_no_sheet().to_owned(),
        Error::SeveralSheets(names) => T.imports_file_sheets(quoted(names)),
        Error::HiddenSheet(name) => T.imports_file_hidden(name),
        Error::HeadingTwice { text, first, second } => T.imports_file_heading_twice(text, first, second),
        Error::NoHeading { at } => T.imports_file_no_heading(at),
        Error::Heading { at, .. } => T.imports_file_heading(at),
        Error::TooManyRows { .. } => T.imports_too_many_rows().to_owned(),
        Error::TooManyColumns { most } => T.imports_file_columns(i64::from(*most)),
        // Broken where it is not known, or something that the crate has learnt to tell apart since.
        _ => T.imports_file_broken().to_owned(),
    }
}

fn what(kind: Kind) -> &'static str {
    match kind {
        Kind::Xls => T.imports_kind_xls(),
        Kind::Xlsb => T.imports_kind_xlsb(),
        Kind::Ods => T.imports_kind_ods(),
        Kind::Word => T.imports_kind_word(),
        Kind::Presentation => T.imports_kind_presentation(),
        Kind::Pdf => T.imports_kind_pdf(),
        Kind::Image => T.imports_kind_image(),
        Kind::Html => T.imports_kind_html(),
        Kind::Xml => T.imports_kind_xml(),
        Kind::Archive => T.imports_kind_archive(),
        _ => T.imports_kind_unknown(),
    }
}

fn quoted(names: &[String]) -> String {
    names.iter().take(20).map(|name| T.imports_quoted(name)).collect::<Vec<_>>().join(", ")
}

/// What stands in a cell that cannot be taken, and the key of what is expected instead.
pub fn cell(fault: &CellFault) -> (String, &'static str) {
    match fault {
        CellFault::Formula => (String::new(), "cell_formula"),
        CellFault::ErrorValue(value) => (value.clone(), "cell_error"),
        CellFault::Merged(range) => (range.clone(), "cell_merged"),
        CellFault::TooLong { .. } => (String::new(), "cell_length"),
        CellFault::Control { code } => (format!("U+{code:04X}"), "cell_control"),
        CellFault::NoDate => (String::new(), "date"),
        _ => (String::new(), "cell_unreadable"),
    }
}
