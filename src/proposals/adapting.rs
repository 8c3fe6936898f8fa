//! What becomes of a proposal when the text that it builds on has moved on, and which proposals meet on one clause. Pure.

use std::collections::HashSet;

use uuid::Uuid;

use crate::requirements::{clause_form::WordedClause, clauses::Clause};

/// A clause that was changed on both sides since the proposal was begun. A side that has none no longer has the clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// As it was.
    pub base: String,
    /// As it is in force.
    pub current: Option<String>,
    /// As it is proposed.
    pub proposed: Option<String>,
}

/// The clauses of the base that the proposal changes or takes away.
pub fn touched(base: &[Clause], proposed: &[WordedClause]) -> HashSet<Uuid> {
    let same = |clause: &Clause| proposed.iter().any(|own| own.id == Some(clause.id) && own.text == clause.text);
    base.iter().filter(|clause| !same(clause)).map(|clause| clause.id).collect()
}

/// The clauses where somebody has to choose: what nobody touched, or only one side, follows silently.
pub fn clashes(base: &[Clause], current: &[Clause], proposed: &[WordedClause]) -> Vec<Clash> {
    let ours = touched(base, proposed);
    let now = |id: Uuid| current.iter().find(|clause| clause.id == id).map(|clause| clause.text.clone());
    let own = |id: Uuid| proposed.iter().find(|clause| clause.id == Some(id)).map(|clause| clause.text.clone());
    let clash = |clause: &Clause| {
        let (current, proposed) = (now(clause.id), own(clause.id));
        // Where both sides say the same there is nothing to choose.
        let both = current.as_ref() != Some(&clause.text) && current != proposed;
        both.then(|| Clash { base: clause.text.clone(), current, proposed })
    };
    base.iter().filter(|clause| ours.contains(&clause.id)).filter_map(clash).collect()
}

/// The text with what is in force under it: clauses that the proposal left alone are as they are now, and those that came
/// since are there.
pub fn followed(base: &[Clause], current: &[Clause], proposed: &[WordedClause]) -> Vec<WordedClause> {
    let ours = touched(base, proposed);
    let known = |id: Uuid| base.iter().any(|clause| clause.id == id);
    let mut text: Vec<WordedClause> = Vec::with_capacity(proposed.len());
    for clause in proposed {
        match clause.id {
            Some(id) if known(id) && !ours.contains(&id) => {
                // Nobody wanted it changed here: it is what it has become, or gone.
                let now = current.iter().find(|now| now.id == id);
                text.extend(now.map(|now| WordedClause { id: Some(id), text: now.text.clone() }));
            }
            _ => text.push(clause.clone()),
        }
    }
    for (place, clause) in current.iter().enumerate().filter(|(_, clause)| !known(clause.id)) {
        // After the clause that it stands after in what is in force.
        let before = current[..place].iter().rev().find_map(|other| text.iter().position(|own| own.id == Some(other.id)));
        let at = before.map_or(0, |at| at + 1);
        text.insert(at, WordedClause { id: Some(clause.id), text: clause.text.clone() });
    }
    text
}
