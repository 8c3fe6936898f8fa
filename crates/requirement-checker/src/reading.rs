//! A draft as the rules see it: sentences and names found once.

use std::{cmp::Reverse, ops::Range, sync::LazyLock};

use crate::{Draft, Place, Rule, draft::ReferenceKind, lists::List, sentences::sentences};

/// A draft and what is in its clauses.
pub(crate) struct Reading<'d> {
    pub(crate) draft: &'d Draft<'d>,
    pub(crate) clauses: Vec<Clause<'d>>,
    /// Some sentence says of all that equivalents are accepted.
    pub(crate) equivalents_accepted: bool,
}

/// A clause.
pub(crate) struct Clause<'d> {
    pub(crate) place: Place,
    pub(crate) text: &'d str,
    pub(crate) sentences: Vec<Sentence>,
}

/// A sentence.
pub(crate) struct Sentence {
    pub(crate) range: Range<usize>,
    pub(crate) names: Vec<Named>,
    /// It says "eller likvärdigt" or the like.
    pub(crate) equivalent: bool,
    /// It says that something is accepted, and not that nothing else is.
    pub(crate) accepted: bool,
}

/// A standard or a label in a text.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) kind: ReferenceKind,
    pub(crate) name: String,
    pub(crate) range: Range<usize>,
}

static STANDARDS: LazyLock<List> = LazyLock::new(|| Rule::Equivalent.list("standards"));
static LABELS: LazyLock<List> = LazyLock::new(|| Rule::Equivalent.list("labels"));
static EQUIVALENT: LazyLock<List> = LazyLock::new(|| Rule::Equivalent.list("equivalent"));
static ACCEPTED: LazyLock<List> = LazyLock::new(|| Rule::Equivalent.list("accepted"));
static EXCLUSIVE: LazyLock<List> = LazyLock::new(|| Rule::Equivalent.list("exclusive"));

impl<'d> Reading<'d> {
    pub(crate) fn new(draft: &'d Draft<'d>) -> Self {
        let clauses: Vec<Clause<'d>> =
            draft.clauses.iter().enumerate().map(|(at, text)| Clause::new(Place::Clause(at + 1), text)).collect();
        let mut sentences = clauses.iter().flat_map(|clause| &clause.sentences);
        let equivalents_accepted = sentences.any(|one| one.equivalent && one.accepted && one.names.is_empty());
        Self { draft, clauses, equivalents_accepted }
    }

    /// Every sentence of every clause.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = (&Clause<'d>, &Sentence)> {
        self.clauses.iter().flat_map(|clause| clause.sentences.iter().map(move |sentence| (clause, sentence)))
    }
}

impl<'d> Clause<'d> {
    fn new(place: Place, text: &'d str) -> Self {
        let sentence = |range: Range<usize>| {
            let part = &text[range.clone()];
            let accepted = ACCEPTED.is_in(part) && !EXCLUSIVE.is_in(part);
            Sentence { names: names(text, &range), equivalent: EQUIVALENT.is_in(part), accepted, range }
        };
        Self { place, text, sentences: sentences(text).into_iter().map(sentence).collect() }
    }
}

/// The standards and labels in a part of a text, in order.
pub(crate) fn names(text: &str, part: &Range<usize>) -> Vec<Named> {
    let named = |list: &'static List, kind: ReferenceKind| {
        list.find_in(text, part).into_iter().map(move |hit| {
            let name = match kind {
                ReferenceKind::Label => hit.name.to_owned(),
                _ => text[hit.range.clone()].split_whitespace().collect::<Vec<_>>().join(" "),
            };
            Named { kind, name, range: hit.range }
        })
    };
    let mut found: Vec<Named> = named(&LABELS, ReferenceKind::Label).chain(named(&STANDARDS, ReferenceKind::Standard)).collect();
    found.sort_by_key(|one| (one.range.start, Reverse(one.range.end)));
    found.dedup_by(|later, earlier| later.range.start < earlier.range.end);
    found
}

/// Whether a text says that an equivalent will do.
pub(crate) fn says_equivalent(text: &str) -> bool {
    EQUIVALENT.is_in(text)
}
