//! "Leverantören ska kunna visa": whether and when it has to be shown is not said. "Batteriet ska kunna bytas" is let be.

use std::sync::LazyLock;

use crate::{Finding, Hint, Rule, lists::List, reading::Reading};

static WORDS: LazyLock<List> = LazyLock::new(|| Rule::AbleTo.list("words"));

pub(super) fn find(reading: &Reading<'_>) -> Vec<Hint> {
    let mut hints = Vec::new();
    for (clause, sentence) in reading.sentences() {
        for hit in WORDS.find_in(clause.text, &sentence.range) {
            let words = clause.text[hit.range.clone()].to_owned();
            hints.push(Hint::on(clause.place, clause.text, hit.range, Finding::AbleTo { words }));
        }
    }
    hints
}
