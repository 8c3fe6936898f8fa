//! A sentence of more than 25 words: in the clauses, and in what stands beside them for everybody to read.

use crate::{
    Finding, Hint, Place,
    reading::Reading,
    sentences::{sentences, words},
};

/// How many words a sentence has at most.
pub const MOST_WORDS: usize = 25;

pub(super) fn find(reading: &Reading<'_>) -> Vec<Hint> {
    let draft = reading.draft;
    let mut hints = Vec::new();
    for (clause, sentence) in reading.sentences() {
        hints.extend(long(clause.place, clause.text, sentence.range.clone()));
    }
    let evidence = draft.evidence.iter().enumerate().map(|(at, one)| (Place::Evidence(at + 1), one.text));
    let award = draft.award.map(|award| (Place::Award, award.explanation));
    let beside = [(Place::Rationale, draft.rationale), (Place::Proportionality, draft.proportionality)];
    for (place, text) in beside.into_iter().chain(evidence).chain(award) {
        hints.extend(sentences(text).into_iter().filter_map(|range| long(place, text, range)));
    }
    hints
}

fn long(place: Place, text: &str, range: std::ops::Range<usize>) -> Option<Hint> {
    let words = words(&text[range.clone()]);
    (words > MOST_WORDS).then(|| Hint::on(place, text, range, Finding::LongSentence { words, most: MOST_WORDS }))
}
