//! What codes are called on pages. Everything is taken by reference: that is what templates hand over.

use super::lifecycle::{Field, ItemWhyNot, Kind, Outcome, State, WhyNot};
use crate::{
    kernel::{
        i18n::Texts,
        web::links::{self, words},
    },
    requirements::lifecycle::{Missing, State as VersionState},
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

/// What a requirement lacks.
fn missing(t: &Texts, missing: Missing) -> &'static str {
    match missing {
        Missing::Rationale => t.requirement_missing_rationale(),
        Missing::Proportionality => t.requirement_missing_proportionality(),
        Missing::Evidence => t.requirement_missing_evidence(),
        Missing::FollowUp => t.requirement_missing_follow_up(),
        Missing::Objective => t.requirement_missing_objective(),
        Missing::Review => t.requirement_missing_review(),
        Missing::Award => t.requirement_missing_award(),
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

/// What stands in the way: the words, the page below the draft where it is put right, and the field there.
pub fn why_not(t: &Texts, why: &WhyNot) -> (String, &'static str, String) {
    let field = |text: &str, id: &str| (text.to_owned(), links::DECISION_STEP_FIELDS, id.to_owned());
    match why {
        WhyNot::NothingChosen => (t.decisions_why_nothing().to_owned(), links::DECISION_STEP_ITEMS, "punkter".to_owned()),
        WhyNot::Lacks(Field::Title) => field(t.decisions_why_title(), "rubrik"),
        WhyNot::Lacks(Field::Body) => field(t.decisions_why_body(), "organ"),
        WhyNot::Lacks(Field::Met) => field(t.decisions_why_met(), "dag"),
        WhyNot::Lacks(Field::Reasons) => field(t.decisions_why_reasons(), "skal"),
        WhyNot::SamePerson => (t.decisions_why_same_person().to_owned(), "", "sagt".to_owned()),
        WhyNot::Item(requirement, item) => {
            let (text, step) = of_item(t, requirement, item);
            // On the draft's own page the item stands under its number.
            let place =
                if step == links::DECISION_STEP_OUTCOMES { format!("utfall-{requirement}") } else { requirement.to_string() };
            (text, step, place)
        }
    }
}

fn of_item(t: &Texts, requirement: impl std::fmt::Display, why: &ItemWhyNot) -> (String, &'static str) {
    let outcomes = links::DECISION_STEP_OUTCOMES;
    match why {
        ItemWhyNot::NoOutcome => (t.decisions_why_no_outcome(requirement), outcomes),
        ItemWhyNot::NoReason => (t.decisions_why_no_reason(requirement), outcomes),
        ItemWhyNot::NotReady(state) => (t.decisions_why_not_ready(requirement, version_state(t, *state)), ""),
        ItemWhyNot::Incomplete(what) => {
            let what: Vec<&str> = what.iter().map(|what| missing(t, *what)).collect();
            (t.decisions_why_incomplete(requirement, what.join(", ")), "")
        }
        ItemWhyNot::LevelTaken => (t.decisions_why_level_taken(requirement), ""),
        ItemWhyNot::Repealed => (t.decisions_why_repealed(requirement), ""),
        ItemWhyNot::VersionToCome => (t.decisions_why_to_come(requirement), ""),
        ItemWhyNot::DayPassed => (t.decisions_why_day_passed(requirement), outcomes),
        ItemWhyNot::NotInForce => (t.decisions_why_not_in_force(requirement), ""),
        ItemWhyNot::InForceAlready => (t.decisions_why_in_force(requirement), ""),
    }
}

/// The word of an outcome in forms.
pub fn outcome_word(outcome: Option<Outcome>) -> &'static str {
    outcome.and_then(|outcome| words::word(words::OUTCOMES, outcome.code())).unwrap_or_default()
}
