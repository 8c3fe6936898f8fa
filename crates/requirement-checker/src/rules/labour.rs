//! Labour conditions in a technical specification. One hint a clause.

use std::sync::LazyLock;

use crate::{Finding, Hint, Kind, Rule, lists::List, reading::Reading};

static WORDS: LazyLock<List> = LazyLock::new(|| Rule::Labour.list("words"));

pub(super) fn find(reading: &Reading<'_>) -> Vec<Hint> {
    if reading.draft.kind != Kind::TechnicalSpecification {
        return Vec::new();
    }
    let in_clause = |clause: &crate::reading::Clause<'_>| {
        let hit = clause.sentences.iter().find_map(|sentence| WORDS.find_in(clause.text, &sentence.range).into_iter().next())?;
        let words = clause.text[hit.range.clone()].to_owned();
        Some(Hint::on(clause.place, clause.text, hit.range, Finding::LabourInSpecification { words }))
    };
    reading.clauses.iter().filter_map(in_clause).collect()
}
