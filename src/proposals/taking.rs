//! Taking a proposal in, wholly or change by change: which changes there are, and the text that comes of those chosen. Pure.

use uuid::Uuid;

use super::adapting::touched;
use crate::requirements::{
    clause_form::WordedClause,
    clauses::Clause,
    fields::{Kind as Type, Level},
};

/// The head of a text: what stands above its clauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its title.
    pub title: String,
    /// Its type.
    pub kind: Type,
    /// Its level.
    pub level: Level,
}

/// A text of a requirement, as far as proposals change it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text<C> {
    /// Title, type and level.
    pub head: Head,
    /// Its clauses, in order.
    pub clauses: Vec<C>,
}

/// One change that is taken in or left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is called in the form: `rubrik`, `typ`, `niva`, `stycke-<id>`, `nytt-3`, `ordning`.
    pub key: String,
    /// Which clause: its place in what the proposal builds on, or of an added one in the proposal, from 1.
    pub place: usize,
    /// What it is.
    pub change: Change,
    /// Whether the text that it is taken into says so already.
    pub is_there: bool,
    /// Whether the same was changed there since in another way, so that taking it in undoes that.
    pub clashes: bool,
}

/// What a change is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Another title: as it is there, as it is proposed.
    Title(String, String),
    /// Another type.
    Kind(Type, Type),
    /// Another level.
    Level(Level, Level),
    /// Another text of a clause: as it is there (none where it is gone), as it is proposed.
    Worded(Option<String>, String),
    /// A clause goes: as it is there.
    Gone(String),
    /// A clause is added.
    Added(String),
    /// The clauses stand in another order.
    Order,
}

/// The words in the form.
const TITLE: &str = "rubrik";
const KIND: &str = "typ";
const LEVEL: &str = "niva";
const ORDER: &str = "ordning";

fn clause_key(id: Uuid) -> String {
    format!("stycke-{id}")
}

fn added_key(place: usize) -> String {
    format!("nytt-{}", place + 1)
}

/// The changes of a proposal that builds on `base`, seen from the text that they are taken `into`.
pub fn parts(base: &Text<Clause>, into: &Text<Clause>, proposed: &Text<WordedClause>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut part = |(key, place): (String, usize), change: Change, is_there: bool, clashes: bool| {
        parts.push(Part { key, place, change, is_there, clashes: clashes && !is_there });
    };
    let (was, there, own) = (&base.head, &into.head, &proposed.head);
    if own.title != was.title {
        let change = Change::Title(there.title.clone(), own.title.clone());
        part((TITLE.to_owned(), 0), change, there.title == own.title, there.title != was.title);
    }
    if own.kind != was.kind {
        part((KIND.to_owned(), 0), Change::Kind(there.kind, own.kind), there.kind == own.kind, there.kind != was.kind);
    }
    if own.level != was.level {
        part((LEVEL.to_owned(), 0), Change::Level(there.level, own.level), there.level == own.level, there.level != was.level);
    }
    let ours = touched(&base.clauses, &proposed.clauses);
    let now = |id: Uuid| into.clauses.iter().find(|clause| clause.id == id).map(|clause| clause.text.clone());
    for (place, clause) in base.clauses.iter().enumerate().filter(|(_, clause)| ours.contains(&clause.id)) {
        let key = (clause_key(clause.id), place + 1);
        let there = now(clause.id);
        let moved = there.as_ref() != Some(&clause.text);
        if let Some(own) = proposed.clauses.iter().find(|own| own.id == Some(clause.id)) {
            let same = there.as_ref() == Some(&own.text);
            part(key, Change::Worded(there, own.text.clone()), same, moved);
        } else {
            let gone = there.is_none();
            part(key, Change::Gone(there.unwrap_or_else(|| clause.text.clone())), gone, moved);
        }
    }
    for (place, clause) in added(base, proposed) {
        let same = into.clauses.iter().any(|there| there.text == clause.text);
        part((added_key(place), place + 1), Change::Added(clause.text.clone()), same, false);
    }
    if is_reordered(base, proposed) {
        let wished: Vec<Uuid> = proposed.clauses.iter().filter_map(|clause| clause.id).filter(|id| now(*id).is_some()).collect();
        let stands: Vec<Uuid> = into.clauses.iter().map(|clause| clause.id).filter(|id| wished.contains(id)).collect();
        part((ORDER.to_owned(), 0), Change::Order, wished == stands, false);
    }
    parts
}

/// The clauses that a proposal adds, with their places in it.
fn added<'a>(base: &'a Text<Clause>, proposed: &'a Text<WordedClause>) -> impl Iterator<Item = (usize, &'a WordedClause)> {
    let is_known = |id: Option<Uuid>| id.is_some_and(|id| base.clauses.iter().any(|clause| clause.id == id));
    proposed.clauses.iter().enumerate().filter(move |(_, clause)| !is_known(clause.id))
}

fn is_reordered(base: &Text<Clause>, proposed: &Text<WordedClause>) -> bool {
    let own: Vec<Uuid> = proposed.clauses.iter().filter_map(|clause| clause.id).collect();
    let kept = base.clauses.iter().map(|clause| clause.id).filter(|id| own.contains(id));
    let own = own.iter().copied().filter(|id| base.clauses.iter().any(|clause| clause.id == *id));
    !kept.eq(own)
}

/// The text that comes of it where the changes with these keys are taken in, and the others are left.
pub fn taken(
    base: &Text<Clause>,
    into: &Text<Clause>,
    proposed: &Text<WordedClause>,
    chosen: impl Fn(&str) -> bool,
) -> Text<WordedClause> {
    let mut head = into.head.clone();
    if chosen(TITLE) {
        head.title.clone_from(&proposed.head.title);
    }
    if chosen(KIND) {
        head.kind = proposed.head.kind;
    }
    if chosen(LEVEL) {
        head.level = proposed.head.level;
    }
    let mut clauses: Vec<WordedClause> =
        into.clauses.iter().map(|clause| WordedClause { id: Some(clause.id), text: clause.text.clone() }).collect();
    let ours = touched(&base.clauses, &proposed.clauses);
    // Where each clause of the proposal stands in the text, as far as it does; added ones have no id to be found by.
    let mut places: Vec<Option<usize>> = Vec::with_capacity(proposed.clauses.len());
    for (place, own) in proposed.clauses.iter().enumerate() {
        let known = own.id.filter(|id| base.clauses.iter().any(|clause| clause.id == *id));
        let at = own.id.and_then(|id| clauses.iter().position(|clause| clause.id == Some(id)));
        let is_wished = match known {
            Some(id) => ours.contains(&id) && chosen(&clause_key(id)),
            // What stands there already is not added once more.
            None => chosen(&added_key(place)) && !into.clauses.iter().any(|there| there.text == own.text),
        };
        let at = match at {
            Some(at) => {
                if is_wished {
                    clauses[at].text.clone_from(&own.text);
                }
                Some(at)
            }
            None if is_wished => {
                // After the nearest before it in the proposal that stands in the text.
                let after = places.iter().rev().find_map(|place| *place).map_or(0, |before| before + 1);
                clauses.insert(after, WordedClause { id: known, text: own.text.clone() });
                for place in places.iter_mut().flatten().filter(|place| **place >= after) {
                    *place += 1;
                }
                Some(after)
            }
            None => None,
        };
        places.push(at);
    }
    if chosen(ORDER) {
        let mut slots: Vec<usize> = places.iter().copied().flatten().collect();
        slots.sort_unstable();
        let wished: Vec<WordedClause> = places.iter().copied().flatten().map(|at| clauses[at].clone()).collect();
        for (slot, clause) in slots.into_iter().zip(wished) {
            clauses[slot] = clause;
        }
    }
    let is_gone =
        |id: Uuid| ours.contains(&id) && !proposed.clauses.iter().any(|own| own.id == Some(id)) && chosen(&clause_key(id));
    clauses.retain(|clause| !clause.id.is_some_and(is_gone));
    Text { head, clauses }
}
