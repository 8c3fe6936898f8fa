//! Workbooks: a zip of XML, read part by part, nothing kept but the strings and the one sheet that is asked for.

mod sheet;
mod strings;
mod styles;
mod workbook;

use crate::{
    error::Error,
    kind::Kind,
    package::Package,
    table::{Builder, Limits, Table},
};

pub(crate) fn read(file: &[u8], limits: &Limits) -> Result<Table, Error> {
    let mut package = Package::open(file, limits)?;
    let workbook = workbook::read(&mut package)?;
    if workbook.binary {
        return Err(Error::NotATable(Kind::Xlsb));
    }
    let strings = match &workbook.strings {
        Some(part) => strings::read(&mut package, part, limits)?,
        None => Vec::new(),
    };
    let dates = match &workbook.styles {
        Some(part) => styles::read(&mut package, part)?,
        None => Vec::new(),
    };
    let context = sheet::Context { strings: &strings, dates: &dates, from_1904: workbook.from_1904, limits };
    let mut filled = Vec::new();
    for sheet in &workbook.sheets {
        if sheet::has_content(&mut package, sheet, &context)? {
            if sheet.hidden {
                return Err(Error::HiddenSheet(sheet.name.clone()));
            }
            filled.push(sheet);
        }
    }
    match filled[..] {
        [] if workbook.sheets.is_empty() => Err(Error::NoSheet),
        [] => Err(Error::Empty),
        [sheet] => {
            let mut builder = Builder::new(limits);
            sheet::read(&mut package, sheet, &context, &mut builder)?;
            builder.finish(Some(sheet.name.clone()))
        }
        _ => Err(Error::SeveralSheets(filled.iter().map(|sheet| sheet.name.clone()).collect())),
    }
}
