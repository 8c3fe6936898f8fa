//! A brand, a sign of one, or an origin, without "eller likvärdigt".

use std::sync::LazyLock;

use crate::{Finding, Hint, Rule, lists::List, reading::Reading};

static BRANDS: LazyLock<List> = LazyLock::new(|| Rule::Brand.list("brands"));
static ORIGINS: LazyLock<List> = LazyLock::new(|| Rule::Brand.list("origins"));
static COMPATIBLE: LazyLock<List> = LazyLock::new(|| Rule::Brand.list("compatible"));

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
            let mut brands: Vec<_> = BRANDS.find_in(clause.text, &sentence.range).into_iter().map(|hit| (hit.range, hit.name.to_owned())).collect();
            for (sign, c) in part.char_indices().filter(|(_, c)| matches!(c, '®' | '™')) {
                let sign = sentence.range.start + sign;
                let start = clause.text[sentence.range.start..sign]
                    .char_indices()
                    .rev()
                    .take_while(|(_, c)| !c.is_whitespace() && !matches!(c, '(' | '"' | '”'))
                    .last()
                    .map_or(sign, |(at, _)| sentence.range.start + at);
                let known = |range: &std::ops::Range<usize>| range.start <= start && range.end >= start;
                if start == sign || brands.iter().any(|(range, _)| known(range)) || sentence.names.iter().any(|name| known(&name.range)) {
                    continue;
                }
                brands.push((start..sign + c.len_utf8(), clause.text[start..sign].to_owned()));
            }
            for (range, name) in brands {
                hints.push(Hint::on(clause.place, clause.text, range, Finding::BrandWithoutEquivalent { name }));
            }
        }
    }
    hints
}
