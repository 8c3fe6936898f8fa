//! A word of degree in a text that nowhere says how much. Without such a word a text is let be: much that is tested by yes or
//! no has no number in it.

use std::sync::LazyLock;

use crate::{AnswerKind, Finding, Hint, Kind, Rule, lists::List, reading::Reading};

static DEGREES: LazyLock<List> = LazyLock::new(|| Rule::Measure.list("degrees"));
static MEASURES: LazyLock<List> = LazyLock::new(|| Rule::Measure.list("measures"));

pub(super) fn find(reading: &Reading<'_>) -> Vec<Hint> {
    let draft = reading.draft;
    let measured = !matches!(draft.kind, Kind::TechnicalSpecification | Kind::AwardCriterion)
        || draft.answer.is_some_and(|answer| answer.kind == AnswerKind::Number)
        || draft.award.is_some_and(|award| says_how_much(award.explanation))
        || reading.clauses.iter().any(|clause| says_how_much(clause.text))
        || reading.sentences().any(|(_, sentence)| !sentence.names.is_empty());
    if measured {
        return Vec::new();
    }
    let vague = super::vague::find(reading);
    for (clause, sentence) in reading.sentences() {
        for hit in DEGREES.find_in(clause.text, &sentence.range) {
            let said = vague.iter().filter(|hint| hint.place == clause.place).filter_map(|hint| hint.span.as_ref());
            if !said.into_iter().any(|span| span.start < hit.range.end && hit.range.start < span.end) {
                let word = clause.text[hit.range.clone()].to_owned();
                return vec![Hint::on(clause.place, clause.text, hit.range, Finding::NoMeasure { word })];
            }
        }
    }
    Vec::new()
}

fn says_how_much(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) || text.contains("{{") || MEASURES.is_in(text)
}
