//! A wording that is being written: what a form sends, what its buttons do, what keeps it from being saved.

use serde::Deserialize;

pub use crate::requirements::clause_form::field;

use super::one::One;
use crate::{
    kernel::{
        i18n::Texts,
        web::{Faults, Visit, lines},
    },
    requirements::{
        clause_form::{self, WordedClause},
        content::{MOST_CLAUSES, MOST_TEXT, letters},
    },
    selections::workflow,
};

/// Characters of a clause.
pub const MOST_CLAUSE: usize = 8000;
/// Characters of the reason.
pub const MOST_REASON: usize = 2000;

/// What is sent: the clauses in order, each with the id of the requirement's clause that it came from.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Form {
    pub id: Vec<String>,
    pub stycke: Vec<String>,
    pub skal: String,
    pub las: i32,
    /// Which button: `spara`, or `bort-2`, `efter-2`, `upp-2`, `ned-2`.
    pub gor: String,
}

/// What the page shows in its fields.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    pub clauses: Vec<WordedClause>,
    pub reason: String,
    pub lock: i32,
    /// The clause that the browser goes to.
    pub focus: Option<usize>,
}

impl Draft {
    /// What is kept, or the requirement's text to begin with.
    pub fn of(one: &One) -> Self {
        let own = || one.row.clauses.iter().map(|clause| WordedClause { id: Some(clause.id), text: clause.text.clone() });
        Self {
            clauses: one.row.wording.clone().unwrap_or_else(|| own().collect()),
            reason: one.row.wording_reason.clone(),
            lock: one.row.lock_version,
            focus: None,
        }
    }

    /// What was sent. An id is kept where it is one of the clauses that the wording builds on, once each.
    pub fn sent(one: &One, form: &Form) -> Self {
        let base = one.row.wording_base.iter().flatten().chain(&one.row.clauses);
        let clauses = clause_form::sent(&form.id, &form.stycke, base.map(|clause| clause.id), MOST_CLAUSES);
        Self { clauses, reason: lines(&form.skal), lock: form.las, focus: None }
    }

    /// How much it is.
    pub fn bytes(&self) -> usize {
        self.clauses.iter().map(|clause| clause.text.len()).sum::<usize>() + self.reason.len()
    }

    /// Does what a button says; whether it was one of those that only change the form.
    pub fn rearrange(&mut self, button: &str) -> bool {
        let focus = clause_form::rearrange(&mut self.clauses, button, MOST_CLAUSES);
        self.focus = focus.or(self.focus);
        focus.is_some()
    }

    /// That there is no room for it: told at the longest clause.
    pub fn full(&self, t: Texts) -> Faults {
        let longest = (0..self.clauses.len()).max_by_key(|place| self.clauses[*place].text.len()).unwrap_or(0);
        let mut faults = Faults::default();
        faults.add(field(longest), t.selection_row_full(workflow::MOST_TEXT / 1_000_000));
        faults
    }

    /// What keeps it from being saved.
    pub fn check(&self, visit: &Visit, one: &One) -> Faults {
        let t = visit.texts();
        let mut faults = Faults::default();
        for (place, clause) in self.clauses.iter().enumerate() {
            if clause.text.is_empty() {
                faults.add(field(place), t.selection_row_clause_empty(number(place + 1)));
            }
            faults.check_length(t, field(place), &clause.text, MOST_CLAUSE);
        }
        faults.check_size(t, "", letters(self.clauses.iter().map(|clause| &clause.text)), MOST_TEXT);
        let own = one.row.clauses.iter().map(|clause| clause.text.as_str());
        if own.eq(self.clauses.iter().map(|clause| clause.text.as_str())) {
            faults.add("", t.selection_row_wording_same());
        }
        if self.reason.is_empty() {
            faults.add("skal", t.selection_row_wording_no_reason());
        }
        faults.check_length(t, "skal", &self.reason, MOST_REASON);
        faults
    }
}

pub fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
