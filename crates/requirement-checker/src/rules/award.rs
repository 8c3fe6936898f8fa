//! An award criterion without a model, at the basic level, or for what the law demands of all.

use std::sync::LazyLock;

use crate::{Finding, Hint, Kind, Level, Place, Rule, lists::List, reading::Reading};

static LAWFUL: LazyLock<List> = LazyLock::new(|| Rule::Award.list("lawful"));

pub(super) fn find(reading: &Reading<'_>) -> Vec<Hint> {
    let draft = reading.draft;
    if draft.kind != Kind::AwardCriterion {
        return Vec::new();
    }
    let mut hints = Vec::new();
    if draft.level == Level::Basic {
        hints.push(Hint::at(Place::Level, Finding::AwardAtBasicLevel {}));
    }
    for (clause, sentence) in reading.sentences() {
        hints.extend(LAWFUL.find_in(clause.text, &sentence.range).into_iter().map(|hit| {
            let words = clause.text[hit.range.clone()].to_owned();
            Hint::on(clause.place, clause.text, hit.range, Finding::AwardWithoutValue { words })
        }));
    }
    if draft.award.is_none() {
        hints.push(Hint::at(Place::Award, Finding::AwardModelMissing {}));
    }
    hints
}
