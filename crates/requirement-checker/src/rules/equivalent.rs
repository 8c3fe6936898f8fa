//! A standard or label without "eller likvärdigt" in its sentence or the next. One hint a sentence, at the last name, after
//! which the words belong. "Svanen godtas" names one proof among others, and is let be.

use crate::{Finding, Hint, draft::ReferenceKind, reading::Reading};

pub(super) fn find(reading: &Reading<'_>) -> Vec<Hint> {
    if reading.equivalents_accepted {
        return Vec::new();
    }
    let mut hints = Vec::new();
    for clause in &reading.clauses {
        for (at, sentence) in clause.sentences.iter().enumerate() {
            let next = clause.sentences.get(at + 1).is_some_and(|next| next.equivalent);
            let (false, false, Some(last)) = (sentence.equivalent || sentence.accepted, next, sentence.names.last()) else {
                continue;
            };
            let name = last.name.clone();
            let finding = match last.kind {
                ReferenceKind::Label => Finding::LabelWithoutEquivalent { name },
                _ => Finding::StandardWithoutEquivalent { name },
            };
            hints.push(Hint::on(clause.place, clause.text, last.range.clone(), finding));
        }
    }
    hints
}
