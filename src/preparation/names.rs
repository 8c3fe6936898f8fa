//! What states, steps, reasons and events are called.

use crate::{
    kernel::i18n::Texts,
    requirements::{begun::Begun, lifecycle::State, names, ready::Reason},
};

/// What a state is called.
pub fn state(t: &Texts, state: State) -> &'static str {
    match state {
        State::Preparation => t.preparation_state_preparation(),
        State::Ready => t.preparation_state_ready(),
        State::Decided => t.preparation_state_decided(),
        State::Discarded => t.preparation_state_discarded(),
        State::NotApproved => t.preparation_state_not_approved(),
        State::Revoked => t.preparation_state_revoked(),
    }
}

/// The class of a state's tag.
pub fn state_tag(state: State) -> &'static str {
    match state {
        State::Preparation => "preparation",
        State::Ready => "ready",
        State::Decided => "decided",
        State::Discarded => "discarded",
        State::NotApproved => "not-approved",
        State::Revoked => "revoked",
    }
}

/// Why a version was begun.
pub fn begun(t: &Texts, because: Begun) -> &'static str {
    match because {
        Begun::ReviewDate => t.preparation_begun_review_date(),
        Begun::Proposal => t.preparation_begun_proposal(),
        Begun::Law => t.preparation_begun_law(),
        Begun::FollowUp => t.preparation_begun_follow_up(),
        Begun::ReportedError => t.preparation_begun_reported_error(),
        Begun::New => t.preparation_begun_new(),
    }
}

/// What a version lacks, and the field of the editor where that is written.
pub fn reason(t: &Texts, reason: Reason) -> (String, &'static str) {
    match reason {
        Reason::Text => (t.preparation_lacks_text().to_owned(), "texten"),
        Reason::Missing(missing) => {
            use crate::requirements::lifecycle::Missing;
            let section = match missing {
                Missing::Rationale => "motiv",
                Missing::Proportionality => "proportionalitet",
                Missing::Evidence => "bevisen",
                Missing::FollowUp => "uppf_metod",
                Missing::Objective => "mal",
                Missing::Review => "oversyn",
                Missing::Award => "utv_modell",
            };
            (t.preparation_lacks(names::missing(t, &missing)), section)
        }
        Reason::Changes => (t.preparation_lacks_changes().to_owned(), "andringar"),
        Reason::Note => (t.preparation_lacks_note().to_owned(), "andringsnotis"),
        Reason::RunningContracts => (t.preparation_lacks_running_contracts().to_owned(), "pagaende_avtal"),
    }
}

/// What happened.
pub fn happened(t: &Texts, kind: &str) -> &'static str {
    match kind {
        "requirement.prepared" => t.preparation_event_prepared(),
        "requirement.submitted" => t.preparation_event_submitted(),
        "requirement.returned" => t.preparation_event_returned(),
        "requirement.discarded" => t.preparation_event_discarded(),
        "requirement.not_approved" => t.preparation_event_not_approved(),
        "requirement.published" => t.preparation_event_published(),
        "requirement.revoked" => t.preparation_event_revoked(),
        "requirement.shared" => t.preparation_event_shared(),
        "requirement.unshared" => t.preparation_event_unshared(),
        "requirement.stopped" => t.preparation_event_stopped(),
        "requirement.stop_lifted" => t.preparation_event_stop_lifted(),
        "requirement.reviewed" => t.preparation_event_reviewed(),
        "requirement.repealed" => t.preparation_event_repealed(),
        "requirement.text_hidden" => t.preparation_event_text_hidden(),
        _ => t.preparation_event_misc(),
    }
}
