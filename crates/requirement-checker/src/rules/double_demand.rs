//! Two demands in one sentence: "ska … och ska …". One hint a sentence.

use std::sync::LazyLock;

use crate::{Finding, Hint, Kind, Rule, lists::List, reading::Reading};

static DEMANDS: LazyLock<List> = LazyLock::new(|| Rule::DoubleDemand.list("demands"));
static SECOND: LazyLock<List> = LazyLock::new(|| Rule::DoubleDemand.list("second"));

pub(super) fn find(reading: &Reading<'_>) -> Vec<Hint> {
    if reading.draft.kind == Kind::AwardCriterion {
        return Vec::new();
    }
    let mut hints = Vec::new();
    for (clause, sentence) in reading.sentences() {
        let Some(second) = SECOND.find_in(clause.text, &sentence.range).into_iter().next() else { continue };
        if DEMANDS.is_in(&clause.text[sentence.range.start..second.range.start]) {
            let words = clause.text[second.range.clone()].to_owned();
            hints.push(Hint::on(clause.place, clause.text, second.range, Finding::DoubleDemand { words }));
        }
    }
    hints
}
