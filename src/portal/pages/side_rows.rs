//! The rows of a comparison of requirements: one for each thing that can be said of them.

use time::OffsetDateTime;

use super::field_text;
use crate::{
    kernel::i18n::{Lang, Texts},
    portal::{
        labels,
        reads::{list::Name, side_by_side::Column, words::Words},
    },
    requirements::{
        diff::Field,
        parameters::{Segment, segments},
    },
};

/// Fields of the core below the text, in the order in which a buyer weighs them; the order ends with why the requirement is
/// there, after what it asks for.
const FIELDS: [Field; 12] = [
    Field::Evidence,
    Field::Answer,
    Field::Award,
    Field::FollowUp,
    Field::AppliesTo,
    Field::Exemptions,
    Field::Parameters,
    Field::Definitions,
    Field::References,
    Field::LegalFloor,
    Field::Rationale,
    Field::Proportionality,
];

/// A line of a cell, and whether it is Swedish on an English page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub text: String,
    pub foreign: bool,
}

impl Line {
    fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), foreign: false }
    }
}

impl From<Words<'_>> for Line {
    fn from(words: Words<'_>) -> Self {
        Self { text: words.text.to_owned(), foreign: words.foreign }
    }
}

/// What stands under one requirement in a row; no line where there is nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Lines(Vec<Line>),
    Clauses { clauses: Vec<Vec<Segment>>, foreign: bool },
}

impl Cell {
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Lines(lines) => lines.is_empty(),
            Self::Clauses { clauses, .. } => clauses.is_empty(),
        }
    }
}

/// One thing, said of each requirement.
#[derive(Debug)]
pub struct Row {
    pub label: String,
    pub cells: Vec<Cell>,
    /// Whether it is the same in all.
    pub same: bool,
}

/// Every row in which something stands.
pub fn rows(t: &Texts, lang: Lang, now: OffsetDateTime, columns: &[Column]) -> Vec<Row> {
    let foreign = !lang.is_swedish();
    let row = |label: &str, say: &dyn Fn(&Column) -> Vec<Line>| {
        finished(label, columns.iter().map(|column| Cell::Lines(say(column))).collect())
    };
    let swedish = |text: &str| Vec::from_iter((!text.is_empty()).then(|| Line { text: text.to_owned(), foreign }));
    let names = |names: &[Name]| names.iter().map(|name| Line::plain(name.in_lang(lang))).collect::<Vec<_>>();
    let day = |day: Option<time::Date>| day.map(|day| Line::plain(lang.date(day))).into_iter().collect::<Vec<_>>();
    let mut rows = vec![
        row(t.list_group_status(), &|c| vec![Line::plain(labels::standing(t, &c.standing(now)))]),
        row(t.list_stopped(), &|c| swedish(c.stopped.as_deref().unwrap_or_default())),
        row(t.list_from(), &|c| day(c.from_day)),
        row(t.list_group_level(), &|c| field(t, lang, Field::Level, c)),
        row(t.list_group_type(), &|c| field(t, lang, Field::Kind, c)),
        finished(t.requirement_text(), columns.iter().map(|column| clauses(lang, column)).collect()),
    ];
    rows.extend(FIELDS.iter().map(|code| row(labels::field(t, code.code()), &|c| field(t, lang, *code, c))));
    rows.extend([
        row(t.requirement_guidance(), &|c| swedish(&c.guidance)),
        row(t.requirement_limitations(), &|c| swedish(&c.limitations)),
        row(t.requirement_family(), &|c| c.relation.iter().map(|relation| Line::plain(labels::relation(t, relation))).collect()),
        row(t.list_group_objective(), &|c| names(&c.objectives)),
        row(t.requirement_agenda(), &|c| {
            c.agenda.iter().map(|goal| Line::plain(format!("{}. {}", goal.slug, goal.in_lang(lang)))).collect()
        }),
        row(t.list_group_cpv(), &|c| {
            c.cpv.iter().map(|code| Line::plain(format!("{} {}", code.slug, code.in_lang(lang)).trim().to_owned())).collect()
        }),
        row(t.requirement_group(), &|c| {
            vec![Line::plain(format!("{}, {}", c.area.in_lang(lang), c.group.in_lang(lang).to_lowercase()))]
        }),
        row(t.requirement_builds_on(), &|c| swedish(&c.builds_on)),
        row(t.requirement_review(), &|c| day(c.review_by)),
    ]);
    rows.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
    rows
}

fn finished(label: &str, cells: Vec<Cell>) -> Row {
    let same = cells.windows(2).all(|pair| pair[0] == pair[1]);
    Row { label: label.to_owned(), cells, same }
}

fn field(t: &Texts, lang: Lang, field: Field, column: &Column) -> Vec<Line> {
    let Some(core) = &column.core else { return Vec::new() };
    match field {
        Field::Rationale => Vec::from_iter(Some(column.rationale(lang)).filter(|words| !words.text.is_empty()).map(Line::from)),
        Field::Evidence => {
            let line = |(place, evidence)| {
                let words = column.evidence_text(lang, place);
                Line { text: field_text::evidence(t, evidence, words.text), foreign: words.foreign }
            };
            core.evidence.iter().enumerate().map(line).collect()
        }
        field => {
            // These are said in words of the page; the others are texts of the requirement.
            let of_page = matches!(field, Field::Level | Field::Kind | Field::AppliesTo | Field::Answer);
            let line = |text| Line { text, foreign: !lang.is_swedish() && !of_page };
            field_text::lines(t, lang, field, &field.value(core)).into_iter().map(line).collect()
        }
    }
}

/// The clauses: in English where all of them are, as on the requirement's own page.
fn clauses(lang: Lang, column: &Column) -> Cell {
    let Some(core) = &column.core else { return Cell::Lines(Vec::new()) };
    let english = !lang.is_swedish() && column.clauses().iter().all(|clause| clause.text_en.is_some());
    let of_text = if english { Lang::En } else { Lang::Sv };
    let text = |clause: &crate::portal::reads::requirement::ClauseText| {
        let text = clause.text_en.as_deref().filter(|_| english).unwrap_or(&clause.text);
        segments(text, &core.parameters, of_text)
    };
    Cell::Clauses { clauses: column.clauses().iter().map(text).collect(), foreign: !lang.is_swedish() && !english }
}
