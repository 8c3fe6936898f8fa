//! A selection as a table: a row a requirement, the columns always the same, in the order of the parts.

use std::collections::HashMap;

use office_files::workbook::pieces;

use crate::{
    kernel::i18n::{Lang, Texts},
    requirements::fields::Answer,
    selections::document::{Document, Group, Item, Part, Side, Words},
};

/// A table.
pub struct Grid<'a> {
    /// Its columns, from left to right.
    pub columns: Vec<Column>,
    /// Its rows, each as wide as there are columns.
    pub rows: Vec<Row<'a>>,
}

/// A column.
pub struct Column {
    /// The name for programs, the same in every language.
    pub key: &'static str,
    /// The name for people.
    pub heading: String,
    /// How wide it is, in digits.
    pub width: f64,
    what: What,
}

/// A row. A requirement whose text fits no cell goes on in the rows below.
pub struct Row<'a> {
    /// The texts.
    pub cells: Vec<String>,
    /// What the tenderer fills in, in the first row of a requirement.
    pub answer: Option<&'a Answer>,
}

/// What a column says.
#[derive(Clone, Copy, PartialEq)]
enum What {
    Cited,
    Piece,
    Type,
    Level,
    Title(Side),
    Part(Part, Side),
    Answer,
    Selection,
    Date,
    Source,
    Notice,
}

impl Column {
    /// Whether it is the one in which the tenderer answers.
    pub fn is_answer(&self) -> bool {
        self.what == What::Answer
    }

    /// Whether it leads to the requirement.
    pub fn is_link(&self) -> bool {
        self.what == What::Part(Part::Permalink, Side::Main)
    }
}

/// The table of a document.
pub fn of(document: &Document) -> Grid<'_> {
    let columns = columns(document);
    let mut rows = Vec::new();
    let about = About::of(document);
    for (group, item) in document.items() {
        push(&mut rows, &columns, &about, group, item);
    }
    Grid { columns, rows }
}

/// What every row says alike.
struct About {
    selection: String,
    date: String,
    source: String,
    notice: String,
}

impl About {
    fn of(document: &Document) -> Self {
        Self {
            selection: document.name.clone(),
            date: document.date.to_string(),
            source: document.source.iter().map(|text| text.text.as_str()).collect::<Vec<_>>().join(" "),
            notice: document.notice.as_ref().map(super::super::document::Text::line).unwrap_or_default(),
        }
    }
}

fn columns(document: &Document) -> Vec<Column> {
    let words = Words::of(document.languages);
    let main = Texts(document.main());
    let column = |key, heading: String, width, what| Column { key, heading, width, what };
    let said = |say: fn(&Texts) -> &'static str| words.say(|t, _| say(t)).line();
    let mut columns = vec![
        column("id", said(|t| t.selection_export_column_id()), 13.0, What::Cited),
        column("piece", said(|t| t.selection_export_column_piece()), 7.0, What::Piece),
        column("type", said(|t| t.selection_export_column_type()), 18.0, What::Type),
        column("level", said(|t| t.selection_export_column_level()), 12.0, What::Level),
    ];
    let sides = |key: &'static str, beside: &'static str, say: fn(&Texts) -> &'static str, width, what: fn(Side) -> What| {
        let mut both = vec![Column { key, heading: say(&main).to_owned(), width, what: what(Side::Main) }];
        if document.languages.is_both() {
            let heading = main.selection_export_in_english(say(&main));
            both.push(Column { key: beside, heading, width, what: what(Side::Beside) });
        }
        both
    };
    columns.extend(sides("title", "title_en", |t| t.selection_export_column_title(), 32.0, What::Title));
    for part in Part::ALL {
        let (key, width) = shape(part);
        match part {
            Part::Note if !document.items().any(|(_, item)| item.block(Part::Note).is_some()) => {}
            Part::Clauses => {
                columns.extend(sides(
                    "text",
                    "text_en",
                    |t| t.selection_export_text(),
                    width,
                    |side| What::Part(Part::Clauses, side),
                ));
            }
            Part::Evidence => {
                let what = |side| What::Part(Part::Evidence, side);
                columns.extend(sides("evidence", "evidence_en", |t| t.selection_export_evidence(), width, what));
            }
            part => columns.push(column(key, words.say(|t, _| part.name(t)).line(), width, What::Part(part, Side::Main))),
        }
        if part == Part::Answer {
            columns.push(column("answer", said(|t| t.selection_export_column_answer()), 26.0, What::Answer));
        }
    }
    columns.push(column("selection", said(|t| t.selection_export_column_selection()), 24.0, What::Selection));
    columns.push(column("exported_on", said(|t| t.selection_export_column_date()), 12.0, What::Date));
    columns.push(column("source", said(|t| t.selection_export_column_source()), 40.0, What::Source));
    columns.push(column("notice", said(|t| t.selection_export_column_notice()), 30.0, What::Notice));
    columns
}

/// The key and the width of the column of a part.
fn shape(part: Part) -> (&'static str, f64) {
    match part {
        Part::Status => ("status", 24.0),
        Part::OwnWording => ("own_wording", 30.0),
        Part::Clauses => ("text", 70.0),
        Part::Parameters => ("values", 26.0),
        Part::Exemptions => ("exemptions", 34.0),
        Part::Definitions => ("definitions", 34.0),
        Part::Appendices => ("appendices", 40.0),
        Part::References => ("references", 34.0),
        Part::AppliesTo => ("applies_to", 20.0),
        Part::Evidence => ("evidence", 44.0),
        Part::Answer => ("answer_asked", 30.0),
        Part::Award => ("award", 34.0),
        Part::FollowUp => ("follow_up", 44.0),
        Part::Note => ("note", 30.0),
        Part::Permalink => ("url", 40.0),
        Part::Hash => ("sha256", 34.0),
    }
}

/// The rows of a requirement: one, or as many as its longest text takes.
fn push<'a>(rows: &mut Vec<Row<'a>>, columns: &[Column], about: &About, group: &Group, item: &'a Item) {
    let blocks: HashMap<u8, _> = item.blocks.iter().map(|block| (block.part as u8, block)).collect();
    let whole = |column: &Column| match column.what {
        What::Type => group.label.line(),
        What::Level => item.level_label.line(),
        What::Title(Side::Main) => item.title.text.clone(),
        What::Title(Side::Beside) => item.title.beside.clone().unwrap_or_default(),
        What::Part(part, side) => {
            let block = blocks.get(&(part as u8)).filter(|block| side == Side::Main || block.has_beside());
            block.map(|block| block.plain(side)).unwrap_or_default()
        }
        What::Selection => about.selection.clone(),
        What::Date => about.date.clone(),
        What::Source => about.source.clone(),
        What::Notice => about.notice.clone(),
        What::Cited | What::Piece | What::Answer => String::new(),
    };
    let texts: Vec<String> = columns.iter().map(whole).map(|text| office_files::clean(&text).into_owned()).collect();
    let cut: Vec<Vec<&str>> = texts.iter().map(|text| pieces(text)).collect();
    let most = cut.iter().map(Vec::len).max().unwrap_or(1);
    for place in 0..most {
        let cell = |(column, pieces): (&Column, &Vec<&str>)| match column.what {
            What::Cited => item.cited.clone(),
            What::Piece if most > 1 => format!("{} ({most})", place + 1),
            _ => pieces.get(place).copied().unwrap_or_default().to_owned(),
        };
        let cells = columns.iter().zip(&cut).map(cell).collect();
        rows.push(Row { cells, answer: item.answer.as_ref().filter(|_| place == 0) });
    }
}

/// The language that a document begins with, as a sheet is named.
pub fn sheet(lang: Lang) -> &'static str {
    Texts(lang).selection_export_sheet()
}
