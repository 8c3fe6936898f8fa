//! A brand, a sign of one, or an origin, without "eller likvärdigt".

use std::{ops::Range, sync::LazyLock};

use crate::{Finding, Hint, Rule, lists::List, reading::Reading};

static BRANDS: LazyLock<List> = LazyLock::new(|| Rule::Brand.list("brands"));
static ORIGINS: LazyLock<List> = LazyLock::new(|| Rule::Brand.list("origins"));
static COMPATIBLE: LazyLock<List> = LazyLock::new(|| Rule::Brand.list("compatible"));

const SIGNS: [char; 2] = ['®', '™'];

pub(super) fn find(reading: &Reading<'_>) -> Vec<Hint> {
    let mut hints = Vec::new();
    for clause in &reading.clauses {
        for (at, sentence) in clause.sentences.iter().enumerate() {
            let next = clause.sentences.get(at + 1).is_some_and(|next| next.equivalent);
            let part = &clause.text[sentence.range.clone()];
            if sentence.equivalent || next {
                continue;
            }
            for hit in ORIGINS.find_in(clause.text, &sentence.range) {
                let words = clause.text[hit.range.clone()].to_owned();
                hints.push(Hint::on(clause.place, clause.text, hit.range, Finding::OriginWithoutEquivalent { words }));
            }
            if COMPATIBLE.is_in(part) {
                continue;
            }
            let listed = BRANDS.find_in(clause.text, &sentence.range);
            let known = |at: usize| {
                let brand =
                    listed.partition_point(|hit| hit.range.start <= at).checked_sub(1).map(|before| listed[before].range.end);
                let name = sentence.names.partition_point(|name| name.range.start <= at).checked_sub(1);
                brand.is_some_and(|end| at <= end) || name.is_some_and(|before| at <= sentence.names[before].range.end)
            };
            for word in signed(clause.text, &sentence.range).into_iter().filter(|word| !known(word.start)) {
                let name = clause.text[word.clone()].trim_end_matches(SIGNS).to_owned();
                hints.push(Hint::on(clause.place, clause.text, word, Finding::BrandWithoutEquivalent { name }));
            }
            for hit in &listed {
                let finding = Finding::BrandWithoutEquivalent { name: hit.name.to_owned() };
                hints.push(Hint::on(clause.place, clause.text, hit.range.clone(), finding));
            }
        }
    }
    hints
}

/// The words with a sign of a trade mark, sign and all.
fn signed(text: &str, part: &Range<usize>) -> Vec<Range<usize>> {
    let sentence = &text[part.clone()];
    let signs = sentence.match_indices(SIGNS).filter_map(|(sign, matched)| {
        let before = sentence[..sign].char_indices().rev().take(40);
        let word = before.take_while(|(_, c)| c.is_alphanumeric() || matches!(c, '-' | '&' | '.' | '\''));
        let (start, _) = word.last()?;
        Some(part.start + start..part.start + sign + matched.len())
    });
    signs.collect()
}
