//! A workbook for the tender: what is asked stands locked, what is answered has a cell with what may be answered.

use office_files::{
    DateTime, Link, WriteError,
    workbook::{Answer as Cells, Cell, Column, Sheet, Workbook},
};
use serde_json::{Number, Value};

use super::{
    grid::{self, Grid},
    language,
};
use crate::{
    kernel::i18n::Texts,
    requirements::{
        fields::{Answer, AnswerKind},
        names,
        parameters::print,
    },
    selections::document::{Document, Words},
};

/// The most characters of an answer in words.
const MOST_ANSWER: u32 = 4000;

/// The workbook: the requirements, and a sheet that says what it is.
pub fn write(document: &Document, made: DateTime) -> Result<Vec<u8>, WriteError> {
    let words = Words::of(document.languages);
    let t = Texts(document.main());
    let grid = grid::of(document);
    let mut workbook = Workbook::new(&document.name, language(document.main()), made);
    t.layout_name().clone_into(&mut workbook.creator);
    workbook.subject = words.say(|t, _| t.selection_export_subject()).line();
    workbook.push(requirements(document, &grid, words));
    workbook.push(read_me(document, &grid, words));
    workbook.to_bytes()
}

fn requirements(document: &Document, grid: &Grid<'_>, words: Words) -> Sheet {
    let columns: Vec<Column> =
        grid.columns.iter().map(|column| Column::new(column.key, column.heading.clone(), column.width)).collect();
    let mut sheet = Sheet::new(grid::sheet(document.main()), columns);
    sheet.description = words.say(|t, _| t.selection_export_sheet_about(&document.name)).line();
    sheet.frozen_columns = 1;
    sheet.header.clone_from(&document.name);
    sheet.footer = document.notice.as_ref().unwrap_or(&document.source[0]).line();
    for row in &grid.rows {
        let cells = grid.columns.iter().zip(&row.cells).map(|(column, text)| match row.answer {
            Some(answer) if column.is_answer() => Cell::Answer(cells(answer, words)),
            _ if text.is_empty() => Cell::Empty,
            _ => match Link::new(text).filter(|_| column.is_link()) {
                Some(to) => Cell::Link { text: text.clone(), to },
                None => Cell::Text(text.clone()),
            },
        });
        sheet.row(cells.collect::<Vec<_>>());
    }
    sheet
}

/// What may be answered, with unit and range beside the cell.
fn cells(answer: &Answer, words: Words) -> Cells {
    let say = |say: fn(&Texts) -> &'static str| words.say(|t, _| say(t)).line();
    let float = |number: &Option<Number>| number.as_ref().and_then(Number::as_f64);
    let made = match answer.kind {
        AnswerKind::Confirm => Cells::confirm(say(|t| t.selection_export_yes()), say(|t| t.selection_export_no())),
        AnswerKind::Number => Cells::number(float(&answer.min), float(&answer.max)),
        AnswerKind::Choice if !answer.options.is_empty() => Cells::choice(answer.options.iter().cloned()),
        AnswerKind::Choice | AnswerKind::Text => Cells::text(MOST_ANSWER),
        AnswerKind::File => Cells::file(),
    };
    let text = words.say(|t, lang| {
        let number = |number: &Number| print(&Value::Number(number.clone()), lang);
        let mut parts = vec![format!("{} {}", t.requirement_answers(), names::answer(t, &answer.kind))];
        parts.extend(answer.unit.clone());
        parts.extend(answer.min.as_ref().map(|min| t.requirement_min(number(min))));
        parts.extend(answer.max.as_ref().map(|max| t.requirement_max(number(max))));
        parts.join(", ")
    });
    let title = say(|t| t.selection_export_column_answer());
    made.hint(title.clone(), text.line()).refusal(say(|t| t.selection_export_refused()), text.line())
}

/// What the workbook is, how it is filled in, and what each column holds.
fn read_me(document: &Document, grid: &Grid<'_>, words: Words) -> Sheet {
    let heading = |say: fn(&Texts) -> &'static str| words.say(|t, _| say(t)).line();
    let columns = [
        Column::new("what", heading(|t| t.selection_export_about()), 28.0),
        Column::new("text", heading(|t| t.selection_export_explanation()), 90.0),
    ];
    let mut sheet = Sheet::new(Texts(document.main()).selection_export_read_me(), columns);
    sheet.description = heading(|t| t.selection_export_read_me_about());
    let mut row = |what: String, text: String| sheet.row([Cell::from(what.as_str()), Cell::from(text.as_str())]);
    if let Some(notice) = &document.notice {
        row(heading(|t| t.layout_example_label()), notice.line());
    }
    row(heading(|t| t.selection_export_column_selection()), document.name.clone());
    for source in &document.source {
        row(heading(|t| t.selection_export_column_source()), source.line());
    }
    row(heading(|t| t.selection_export_column_answer()), heading(|t| t.selection_export_how_to_answer()));
    row(heading(|t| t.selection_export_column_piece()), heading(|t| t.selection_export_how_pieces()));
    for column in &grid.columns {
        row(column.heading.clone(), words.say(|t, _| t.selection_export_how_column(column.key)).line());
    }
    sheet
}
