//! Limits: the unit after the number, and how what has to be measured is measured.

use std::{ops::Range, sync::LazyLock};

use crate::{
    AnswerKind, Finding, Hint, Kind, ParameterKind, Rule,
    lists::List,
    reading::{Clause, Reading, names},
};

static LIMITS: LazyLock<List> = LazyLock::new(|| Rule::Limit.list("limits"));
static UNITLESS: LazyLock<List> = LazyLock::new(|| Rule::Limit.list("unitless"));
static NO_UNIT: LazyLock<List> = LazyLock::new(|| Rule::Limit.list("no_unit"));
static MEASURED: LazyLock<List> = LazyLock::new(|| Rule::Limit.list("measured"));
static METHODS: LazyLock<List> = LazyLock::new(|| Rule::Limit.list("methods"));

pub(super) fn find(reading: &Reading<'_>) -> Vec<Hint> {
    let draft = reading.draft;
    let mut hints = Vec::new();
    for (clause, sentence) in reading.sentences() {
        let part = &clause.text[sentence.range.clone()];
        if UNITLESS.is_in(part) {
            continue;
        }
        for hit in LIMITS.find_in(clause.text, &sentence.range) {
            if lacks_unit(reading, &clause.text[hit.range.clone()], &clause.text[hit.range.end..sentence.range.end]) {
                let limit = clause.text[hit.range.clone()].to_owned();
                hints.push(Hint::on(clause.place, clause.text, hit.range, Finding::LimitWithoutUnit { limit }));
            }
        }
    }
    if draft
        .answer
        .is_some_and(|answer| answer.kind == AnswerKind::Number && answer.unit.is_none_or(|unit| unit.trim().is_empty()))
    {
        hints.push(Hint::at(crate::Place::Answer, Finding::AnswerWithoutUnit {}));
    }
    if draft.kind != Kind::Qualification && !says_method(reading) {
        hints.extend(first_measured(reading).map(|(clause, range)| {
            let limit = clause.text[range.clone()].to_owned();
            Hint::on(clause.place, clause.text, range, Finding::LimitWithoutMethod { limit })
        }));
    }
    hints
}

/// The first limit that a laboratory measures.
pub(super) fn first_measured<'r, 'd>(reading: &'r Reading<'d>) -> Option<(&'r Clause<'d>, Range<usize>)> {
    reading.sentences().find_map(|(clause, sentence)| {
        MEASURED.find_in(clause.text, &sentence.range).first().map(|hit| (clause, hit.range.clone()))
    })
}

/// Whether text or evidence says how something is measured.
fn says_method(reading: &Reading<'_>) -> bool {
    reading
        .sentences()
        .any(|(clause, sentence)| !sentence.names.is_empty() || METHODS.is_in(&clause.text[sentence.range.clone()]))
        || reading.draft.evidence.iter().any(|one| METHODS.is_in(one.text) || !names(one.text, &(0..one.text.len())).is_empty())
}

/// Whether a number stands alone: nothing follows that could be a unit or what is counted.
fn lacks_unit(reading: &Reading<'_>, limit: &str, after: &str) -> bool {
    if let Some(key) = limit.split_once("{{").map(|(_, rest)| rest.trim_end_matches('}').trim()) {
        let parameter = reading.draft.parameters.iter().find(|one| one.key == key);
        if parameter.is_none_or(|one| one.kind != ParameterKind::Number || one.unit.is_some_and(|unit| !unit.trim().is_empty())) {
            return false;
        }
    }
    let number = limit.rsplit(char::is_whitespace).next().unwrap_or(limit);
    let is_year = number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
    let is_decimal = number.contains([',', '.']);
    let next = after.trim_start();
    let Some(first) = next.chars().next() else { return !is_year };
    if matches!(first, '.' | ',' | ';') {
        return !is_year && next[1..].chars().next().is_none_or(|c| !c.is_numeric());
    }
    if next.len() == after.len() {
        return false; // "16:3", "5G", "10–20"
    }
    let word: &str = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let then_number = next[word.len()..].trim_start().starts_with(|c: char| c.is_numeric());
    !is_year && is_decimal && !then_number && NO_UNIT.find(word).first().is_some_and(|hit| hit.range == (0..word.len()))
}
