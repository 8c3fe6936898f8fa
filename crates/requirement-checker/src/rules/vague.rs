//! Words that can be read in many ways, unless the draft says what it means by them; and "bör" in what must be met.

use std::sync::LazyLock;

use crate::{Draft, Finding, Hint, Kind, Rule, lists::List, reading::Reading};

static WORDS: LazyLock<List> = LazyLock::new(|| Rule::Vague.list("words"));
static SHOULD: LazyLock<List> = LazyLock::new(|| Rule::Vague.list("should"));
static DEFINING: LazyLock<List> = LazyLock::new(|| Rule::Vague.list("defining"));

pub(super) fn find(reading: &Reading<'_>) -> Vec<Hint> {
    let defined = defined(reading);
    let mandatory = reading.draft.kind != Kind::AwardCriterion;
    let mut hints = Vec::new();
    for (clause, sentence) in reading.sentences() {
        let part = &clause.text[sentence.range.clone()];
        if !DEFINING.is_in(part) {
            for hit in WORDS.find_in(clause.text, &sentence.range) {
                if !defined.contains(&hit.entry) {
                    let word = clause.text[hit.range.clone()].to_owned();
                    hints.push(Hint::on(clause.place, clause.text, hit.range, Finding::VagueWord { word }));
                }
            }
        }
        for hit in if mandatory { SHOULD.find_in(clause.text, &sentence.range) } else { Vec::new() } {
            let word = clause.text[hit.range.clone()].to_owned();
            hints.push(Hint::on(clause.place, clause.text, hit.range, Finding::ShouldInMandatory { word }));
        }
    }
    hints
}

/// The entries that the draft defines: by a definition, or by a sentence such as "Med hållbar menas".
fn defined(reading: &Reading<'_>) -> Vec<usize> {
    let draft: &Draft<'_> = reading.draft;
    let mut entries: Vec<usize> = draft.definitions.iter().flat_map(|one| WORDS.find(one.term)).map(|hit| hit.entry).collect();
    for (clause, sentence) in reading.sentences() {
        let part = &clause.text[sentence.range.clone()];
        if DEFINING.is_in(part) {
            entries.extend(WORDS.find(part).iter().map(|hit| hit.entry));
        }
    }
    entries.sort_unstable();
    entries.dedup();
    entries
}
