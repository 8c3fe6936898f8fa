//! How a spreadsheet is written that the bank reads in: every column, with an example of each.

use std::sync::LazyLock;

use askama::Template;
use axum::response::Response;
use office_files::{Limits, Table, Value};

use crate::{
    imports::columns::{COLUMNS, Column},
    kernel::{
        error::Result,
        rights::Right,
        web::{Crumb, IMPORTEXEMPEL_CSV, IMPORTEXEMPEL_XLSX, Layout, Routes, Visit, html, links},
    },
};

/// Where the page is.
pub fn routes() -> Routes {
    Routes::new().page(links::IMPORT_FORMAT, Right::ReadPublished, page)
}

/// The example that can be downloaded: its first row gives the examples of the table.
static EXAMPLE: LazyLock<Option<Table>> = LazyLock::new(|| {
    let file = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/static/importexempel.csv"));
    office_files::read(file, &Limits::default()).ok()
});

#[derive(Template)]
#[template(path = "portal/import_format.html")]
struct ImportFormatPage {
    layout: Layout,
    columns: &'static [Column],
    csv: &'static str,
    workbook: &'static str,
    /// Whether whoever looks may read files in.
    may_import: bool,
}

impl ImportFormatPage {
    /// What people write in a column.
    fn what(&self, column: &Column) -> &'static str {
        self.layout.t.by_key(&format!("import_format_what_{}", column.key)).unwrap_or_default()
    }

    /// The words that a cell may say, where only some are right.
    fn words(&self, column: &Column) -> Vec<&'static str> {
        column.words().into_iter().map(|(name, _)| name).collect()
    }

    /// What the example says in a column.
    fn example(&self, column: &Column) -> &'static str {
        // New requirements bring no number.
        if column.key == "id" {
            return "KB-0042";
        }
        let cell = EXAMPLE.as_ref().and_then(|table| {
            let heading = table.headings.iter().find(|heading| heading.text == column.heading())?;
            table.rows.first()?.cell(heading.at.column)
        });
        match cell.map(|cell| &cell.value) {
            Some(Ok(Value::Text(text))) => text,
            _ => "",
        }
    }

    /// Whether an example is English whatever the page's language.
    fn is_english(&self, column: &Column) -> bool {
        column.key.ends_with("_en")
    }

    /// The language of a cell, where it is not the page's.
    fn lang_of(&self, column: &Column) -> &'static str {
        if self.is_english(column) { "en" } else { "sv" }
    }
}

async fn page(visit: Visit) -> Result<Response> {
    let t = visit.texts();
    let crumbs = vec![
        Crumb::link(t.layout_nav_start(), links::localized(visit.lang, links::START)),
        Crumb::link(t.about_heading(), links::localized(visit.lang, links::ABOUT)),
        Crumb::here(t.import_format_heading()),
    ];
    let layout = visit.layout(t.import_format_heading(), "about", crumbs).described(t.import_format_lead());
    let may_import = Right::ImportToPreparation.held_by(&visit.actor());
    html(&ImportFormatPage { layout, columns: COLUMNS, csv: IMPORTEXEMPEL_CSV, workbook: IMPORTEXEMPEL_XLSX, may_import })
}
