//! A clause of one sentence that asks for what a law asks for anyway. What goes further says so: by a number, a standard, a
//! second sentence, or words such as "utöver".

use std::sync::LazyLock;

use crate::{
    Finding, Hint, Rule,
    lists::List,
    reading::{Clause, Reading},
};

static OBEY: LazyLock<List> = LazyLock::new(|| Rule::OnlyLaw.list("obey"));
static LAWS: LazyLock<List> = LazyLock::new(|| Rule::OnlyLaw.list("laws"));
static ABOUT: LazyLock<List> = LazyLock::new(|| Rule::OnlyLaw.list("about"));
static FLOOR: LazyLock<List> = LazyLock::new(|| Rule::OnlyLaw.list("floor"));
static FURTHER: LazyLock<List> = LazyLock::new(|| Rule::OnlyLaw.list("further"));

pub(super) fn find(reading: &Reading<'_>) -> Vec<Hint> {
    // whoever has written how this goes further than the law has thought about it
    if FLOOR.is_in(reading.draft.legal_floor) {
        return Vec::new();
    }
    reading.clauses.iter().filter_map(only_law).collect()
}

fn only_law(clause: &Clause<'_>) -> Option<Hint> {
    let [sentence] = clause.sentences.as_slice() else { return None };
    let part = &clause.text[sentence.range.clone()];
    if !sentence.names.is_empty() || FURTHER.is_in(part) {
        return None;
    }
    let hit = OBEY.find_in(clause.text, &sentence.range).into_iter().next()?;
    // the law has to be the end of it, but for what it is about: whatever else follows goes further
    let rest = clause.text[hit.range.end..sentence.range.end].trim_matches(|c: char| !c.is_alphanumeric());
    if !rest.is_empty() && !ABOUT.find(rest).iter().any(|about| about.range == (0..rest.len())) {
        return None;
    }
    let words = &clause.text[hit.range.clone()];
    let law = LAWS.find(words).into_iter().map(|law| words[law.range].to_owned()).next_back().unwrap_or_default();
    Some(Hint::on(clause.place, clause.text, hit.range.clone(), Finding::OnlyLaw { law }))
}
