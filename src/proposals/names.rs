//! What codes are called on pages. Everything is taken by reference: that is what templates hand over.

use super::{
    lifecycle::State,
    proposal::{Kind, Lack},
};
use crate::{
    kernel::{i18n::Texts, web::links},
    search::Alike,
};

/// What a kind is called.
pub fn kind(t: &Texts, kind: &Kind) -> &'static str {
    match kind {
        Kind::New => t.proposals_kind_new(),
        Kind::Change => t.proposals_kind_change(),
        Kind::Repeal => t.proposals_kind_repeal(),
        Kind::Merge => t.proposals_kind_merge(),
    }
}

/// What a state is called.
pub fn state(t: &Texts, state: &State) -> &'static str {
    match state {
        State::Draft => t.proposals_state_draft(),
        State::Submitted => t.proposals_state_submitted(),
        State::Returned => t.proposals_state_returned(),
        State::InPreparation => t.proposals_state_in_preparation(),
        State::TakenIn => t.proposals_state_taken_in(),
        State::Dormant => t.proposals_state_dormant(),
        State::Merged => t.proposals_state_merged(),
        State::Withdrawn => t.proposals_state_withdrawn(),
        State::Accepted => t.proposals_state_accepted(),
        State::PartlyAccepted => t.proposals_state_partly_accepted(),
        State::Rejected => t.proposals_state_rejected(),
    }
}

/// The class of a state's tag in the stylesheet.
pub fn state_tag(state: &State) -> &'static str {
    match state {
        State::Draft | State::Submitted => "preparation",
        State::Returned => "overdue",
        State::InPreparation | State::TakenIn => "decided",
        State::Dormant | State::Merged | State::Withdrawn => "superseded",
        State::Accepted | State::PartlyAccepted => "current",
        State::Rejected => "discarded",
    }
}

/// What happens next, in a sentence.
pub fn next(t: &Texts, state: &State) -> &'static str {
    match state {
        State::Draft => t.proposals_next_draft(),
        State::Submitted => t.proposals_next_submitted(),
        State::Returned => t.proposals_next_returned(),
        State::InPreparation => t.proposals_next_in_preparation(),
        State::TakenIn => t.proposals_next_taken_in(),
        State::Dormant => t.proposals_next_dormant(),
        State::Merged => t.proposals_next_merged(),
        State::Withdrawn => t.proposals_next_withdrawn(),
        State::Accepted => t.proposals_next_accepted(),
        State::PartlyAccepted => t.proposals_next_partly_accepted(),
        State::Rejected => t.proposals_next_rejected(),
    }
}

/// What happened, by the event's kind.
pub fn happened(t: &Texts, kind: &str) -> &'static str {
    match kind {
        "proposal.submitted" => t.proposals_happened_submitted(),
        "proposal.returned" => t.proposals_happened_returned(),
        "proposal.begun" | "proposal.woken" => t.proposals_happened_begun(),
        "proposal.taken_in" => t.proposals_happened_taken_in(),
        "proposal.put_back" => t.proposals_happened_put_back(),
        "proposal.rested" => t.proposals_happened_rested(),
        "proposal.rejected" => t.proposals_happened_rejected(),
        "proposal.overtaken" => t.proposals_happened_overtaken(),
        "proposal.merged" => t.proposals_happened_merged(),
        "proposal.absorbed" => t.proposals_happened_absorbed(),
        "proposal.withdrawn" => t.proposals_happened_withdrawn(),
        "proposal.signed" => t.proposals_happened_signed(),
        "proposal.unsigned" => t.proposals_happened_unsigned(),
        _ => t.proposals_happened_answered(),
    }
}

/// What a draft lacks: the words, the step in which it is put right, and the field there.
pub fn lack(t: &Texts, lack: Lack) -> (&'static str, &'static str, &'static str) {
    let [similar, text, reasons] = [links::STEP_SIMILAR, links::STEP_TEXT, links::STEP_REASONS];
    match lack {
        Lack::Similar => (t.proposals_lack_similar(), similar, "liknande"),
        Lack::Text => (t.proposals_lack_text(), text, "stycke-1"),
        Lack::TypeOrLevel => (t.proposals_lack_type(), text, "typ"),
        Lack::Unchanged => (t.proposals_lack_unchanged(), text, "stycke-1"),
        Lack::Problem => (t.proposals_lack_problem(), reasons, "problem"),
        Lack::Gain => (t.proposals_lack_gain(), reasons, "nytta"),
        Lack::Verification => (t.proposals_lack_verification(), reasons, "kontroll"),
        Lack::Interest => (t.proposals_lack_interest(), reasons, "intresse"),
    }
}

/// Why something is shown as alike.
pub fn alike(t: &Texts, alike: &Alike) -> String {
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    match alike {
        Alike { title_words, text_percent, .. } if *title_words > 0 && *text_percent >= 40 => {
            t.proposals_alike_both(number(*title_words), number(*text_percent))
        }
        Alike { title_words, .. } if *title_words > 0 => t.proposals_alike_title(number(*title_words)),
        Alike { text_percent, .. } if *text_percent >= 40 => t.proposals_alike_text(number(*text_percent)),
        _ => t.proposals_alike_letters().to_owned(),
    }
}
