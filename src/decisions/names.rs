//! What codes are called on pages. Everything is taken by reference: that is what templates hand over.

use super::lifecycle::{Field, ItemWhyNot, Kind, Outcome, State, WhyNot};
use crate::{
    kernel::{i18n::Texts, web::links::words},
    requirements::{lifecycle::State as VersionState, names as requirement_names, ready::Reason},
};

/// What a state is called.
pub fn state(t: &Texts, state: &State) -> &'static str {
    match state {
        State::Draft => t.decisions_state_draft(),
        State::Waiting => t.decisions_state_waiting(),
        State::Decided => t.decisions_state_decided(),
    }
}

/// The class of its tag in the stylesheet.
pub fn state_tag(state: &State) -> &'static str {
    match state {
        State::Draft => "preparation",
        State::Waiting => "decided",
        State::Decided => "current",
    }
}

/// What an item is about.
pub fn kind(t: &Texts, kind: &Kind) -> &'static str {
    match kind {
        Kind::Adopt => t.decisions_kind_adopt(),
        Kind::Repeal => t.decisions_kind_repeal(),
        Kind::Revoke => t.decisions_kind_revoke(),
    }
}

/// What became of an item.
pub fn outcome(t: &Texts, kind: &Kind, outcome: &Outcome) -> &'static str {
    match (outcome, kind) {
        (Outcome::Adopted, Kind::Adopt) => t.decisions_outcome_adopted(),
        (Outcome::Adopted, Kind::Repeal) => t.decisions_outcome_repealed(),
        (Outcome::Adopted, Kind::Revoke) => t.decisions_outcome_revoked(),
        (Outcome::Returned, _) => t.decisions_outcome_returned(),
        (Outcome::Rejected, _) => t.decisions_outcome_rejected(),
    }
}

/// The class of its tag in the stylesheet.
pub fn outcome_tag(kind: &Kind, outcome: &Outcome) -> &'static str {
    match (outcome, kind) {
        (Outcome::Adopted, Kind::Adopt) => "current",
        (Outcome::Adopted, _) => "repealed",
        (Outcome::Returned, _) => "preparation",
        (Outcome::Rejected, _) => "discarded",
    }
}

/// How what comes instead is connected.
pub fn successor(t: &Texts, kind: &str) -> &'static str {
    match kind {
        "merged" => t.requirement_successor_merged(),
        "split" => t.requirement_successor_split(),
        _ => t.requirement_successor_replaced(),
    }
}

/// What a version lacks.
fn lacking(t: &Texts, reason: Reason) -> &'static str {
    match reason {
        Reason::Text => t.decisions_lacks_text(),
        Reason::Missing(missing) => requirement_names::missing(t, &missing),
        Reason::Changes => t.decisions_lacks_changes(),
        Reason::Note => t.decisions_lacks_note(),
        Reason::RunningContracts => t.decisions_lacks_running_contracts(),
    }
}

fn version_state(t: &Texts, state: VersionState) -> &'static str {
    match state {
        VersionState::Preparation => t.decisions_version_preparation(),
        VersionState::Ready => t.decisions_version_ready(),
        VersionState::Decided => t.decisions_version_decided(),
        VersionState::Discarded => t.decisions_version_discarded(),
        VersionState::NotApproved => t.decisions_version_not_approved(),
        VersionState::Revoked => t.decisions_version_revoked(),
    }
}

/// Where something that stands in the way is put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In what the minutes say.
    Fields,
    /// Among the items.
    Items,
    /// Where outcomes are said.
    Outcomes,
    /// On the draft's own page, at the item.
    Item,
    /// Nowhere: it takes somebody else.
    Nowhere,
}

/// What stands in the way: the words, where it is put right, and the field there.
pub fn why_not(t: &Texts, why: &WhyNot) -> (String, Place, String) {
    let field = |text: &str, id: &str| (text.to_owned(), Place::Fields, id.to_owned());
    match why {
        WhyNot::NothingChosen => (t.decisions_why_nothing().to_owned(), Place::Items, "punkter".to_owned()),
        WhyNot::Lacks(Field::Title) => field(t.decisions_why_title(), "rubrik"),
        WhyNot::Lacks(Field::Body) => field(t.decisions_why_body(), "organ"),
        WhyNot::Lacks(Field::Met) => field(t.decisions_why_met(), "dag"),
        WhyNot::Lacks(Field::Reasons) => field(t.decisions_why_reasons(), "skal"),
        WhyNot::SamePerson => (t.decisions_why_same_person().to_owned(), Place::Nowhere, String::new()),
        WhyNot::Item(requirement, item) => {
            let (text, place) = of_item(t, requirement, item);
            // On the draft's own page the item stands under its number.
            let id = if place == Place::Outcomes { format!("utfall-{requirement}") } else { requirement.to_string() };
            (text, place, id)
        }
    }
}

fn of_item(t: &Texts, requirement: impl std::fmt::Display, why: &ItemWhyNot) -> (String, Place) {
    let (outcomes, item) = (Place::Outcomes, Place::Item);
    match why {
        ItemWhyNot::NoOutcome => (t.decisions_why_no_outcome(requirement), outcomes),
        ItemWhyNot::NoReason => (t.decisions_why_no_reason(requirement), outcomes),
        ItemWhyNot::NotReady(state) => (t.decisions_why_not_ready(requirement, version_state(t, *state)), item),
        ItemWhyNot::Incomplete(what) => {
            let what: Vec<&str> = what.iter().map(|what| lacking(t, *what)).collect();
            (t.decisions_why_incomplete(requirement, what.join(", ")), item)
        }
        ItemWhyNot::LevelTaken => (t.decisions_why_level_taken(requirement), item),
        ItemWhyNot::Repealed => (t.decisions_why_repealed(requirement), item),
        ItemWhyNot::VersionToCome => (t.decisions_why_to_come(requirement), item),
        ItemWhyNot::DayPassed => (t.decisions_why_day_passed(requirement), outcomes),
        ItemWhyNot::DayFar => (t.decisions_why_day_far(requirement), outcomes),
        ItemWhyNot::NotInForce => (t.decisions_why_not_in_force(requirement), item),
        ItemWhyNot::InForceAlready => (t.decisions_why_in_force(requirement), item),
    }
}

/// The word of an outcome in forms.
pub fn outcome_word(outcome: Option<Outcome>) -> &'static str {
    outcome.and_then(|outcome| words::word(words::OUTCOMES, outcome.code())).unwrap_or_default()
}
