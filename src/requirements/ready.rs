//! What a version lacks before it can be decided: one list, which every page and guard asks. Whoever has another reason, such as
//! a consultation that is open, adds it here.

use super::{
    content::{Content, Novelty},
    fields::Change,
    lifecycle::{Missing, There},
};

/// Why a version cannot be decided yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// It has no clause.
    Text,
    /// A field is empty that a decision needs.
    Missing(Missing),
    /// It does not say what it changes.
    Changes,
    /// It does not say so in words.
    Note,
    /// It does not say what it means for a running contract, and changes more than clarity.
    RunningContracts,
}

/// What is known of a version, as far as a decision asks for it.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// What of the fields is there.
    pub there: There,
    /// A clause.
    pub text: bool,
    /// Whether it is the first version of its requirement: that says of itself what changes.
    pub first: bool,
    /// What it changes.
    pub changes: bool,
    /// Whether that is nothing but clarity.
    pub only_clarified: bool,
    /// The same in words.
    pub note: bool,
    /// What it means for a running contract.
    pub running_contracts: bool,
}

impl Facts {
    /// What is known of this version.
    pub fn of(content: &Content, novelty: &Novelty, first: bool) -> Self {
        let core = &content.core;
        Self {
            there: core.there(!content.maintained.objectives.is_empty(), content.maintained.review_by.is_some()),
            text: !core.text.is_empty(),
            first,
            changes: !novelty.changes.is_empty(),
            only_clarified: novelty.changes == [Change::Clarified],
            note: !novelty.note.is_empty(),
            running_contracts: !novelty.running_contracts.is_empty(),
        }
    }

    /// Why it cannot be decided yet, in the order in which pages name it; empty for what is complete.
    pub fn why_not_yet(self) -> Vec<Reason> {
        let mut reasons = Vec::new();
        reasons.extend((!self.text).then_some(Reason::Text));
        reasons.extend(self.there.missing().into_iter().map(Reason::Missing));
        if !self.first {
            reasons.extend((!self.changes).then_some(Reason::Changes));
            reasons.extend((!self.note).then_some(Reason::Note));
            reasons.extend((!self.running_contracts && !self.only_clarified).then_some(Reason::RunningContracts));
        }
        reasons
    }
}
