//! Clauses that somebody writes in a form: one field each, with buttons that add, remove and move them. Until it is saved,
//! everything typed goes to and fro with the form; no script is needed and nothing is lost.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::kernel::web::lines;

/// A clause as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct WordedClause {
    /// The clause that it comes from; none for an added one.
    pub id: Option<Uuid>,
    /// Its text; parameters stand in it as in the requirement's.
    pub text: String,
}

impl WordedClause {
    /// One that is to be written.
    pub fn empty() -> Self {
        Self { id: None, text: String::new() }
    }
}

/// The clauses that a form sent, at most so many. An id is kept where it is one of the clauses that the text builds on, once
/// each.
pub fn sent(ids: &[String], texts: &[String], known: impl Iterator<Item = Uuid>, most: usize) -> Vec<WordedClause> {
    let mut known: Vec<Uuid> = known.collect();
    let mut ids = ids.iter();
    let mut clause = |text: &String| {
        let id = ids.next().and_then(|id| id.parse().ok()).filter(|id| known.contains(id));
        known.retain(|other| Some(*other) != id);
        WordedClause { id, text: lines(text) }
    };
    texts.iter().take(most).map(&mut clause).collect()
}

/// Does what a button says (`bort-2`, `efter-2`, `upp-2`, `ned-2`), where there are at most so many clauses. Gives the clause
/// that the browser goes to, or none where the button is another.
pub fn rearrange(clauses: &mut Vec<WordedClause>, button: &str, most: usize) -> Option<usize> {
    let (what, place) = button.split_once('-')?;
    let at = place.parse::<usize>().ok()?.checked_sub(1)?;
    let mut focus = at;
    match what {
        "bort" if at < clauses.len() => {
            clauses.remove(at);
            if clauses.is_empty() {
                clauses.push(WordedClause::empty());
            }
            focus = at.min(clauses.len() - 1);
        }
        "efter" if at < clauses.len() && clauses.len() < most => {
            clauses.insert(at + 1, WordedClause::empty());
            focus = at + 1;
        }
        "upp" if at > 0 && at < clauses.len() => {
            clauses.swap(at, at - 1);
            focus = at - 1;
        }
        "ned" if at + 1 < clauses.len() => {
            clauses.swap(at, at + 1);
            focus = at + 1;
        }
        "bort" | "efter" | "upp" | "ned" => {}
        _ => return None,
    }
    Some(focus)
}

/// The id of a clause's field.
pub fn field(place: usize) -> String {
    format!("stycke-{}", place + 1)
}
