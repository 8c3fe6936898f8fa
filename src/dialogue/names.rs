//! What codes are called on pages. Everything is taken by reference: that is what templates hand over.

use super::{
    comment::{Kind, Rule},
    experience::{Review, Verified},
    lifecycle::ThreadState,
};
use crate::{kernel::i18n::Texts, organisations};

/// What a kind of thread is called.
pub fn kind(t: &Texts, kind: &Kind) -> &'static str {
    match kind {
        Kind::Question => t.dialogue_kind_question(),
        Kind::Comment => t.dialogue_kind_comment(),
        Kind::Market => t.dialogue_kind_market(),
        Kind::Suggestion => t.dialogue_kind_suggestion(),
    }
}

/// What a kind means, for who chooses one.
pub fn kind_hint(t: &Texts, kind: &Kind) -> &'static str {
    match kind {
        Kind::Question => t.dialogue_kind_question_hint(),
        Kind::Comment => t.dialogue_kind_comment_hint(),
        Kind::Market => t.dialogue_kind_market_hint(),
        Kind::Suggestion => t.dialogue_kind_suggestion_hint(),
    }
}

/// What a state of a thread is called.
pub fn state(t: &Texts, state: &ThreadState) -> &'static str {
    match state {
        ThreadState::Open => t.dialogue_state_open(),
        ThreadState::Answered => t.dialogue_state_answered(),
        ThreadState::Solved => t.dialogue_state_solved(),
    }
}

/// The class of its tag in the stylesheet.
pub fn state_tag(state: &ThreadState) -> &'static str {
    match state {
        ThreadState::Open => "preparation",
        ThreadState::Answered => "decided",
        ThreadState::Solved => "current",
    }
}

/// What a rule says.
pub fn rule(t: &Texts, rule: &Rule) -> &'static str {
    match rule {
        Rule::PersonalData => t.dialogue_rule_personal_data(),
        Rule::Secrecy => t.dialogue_rule_secrecy(),
        Rule::Offensive => t.dialogue_rule_offensive(),
        Rule::Copyright => t.dialogue_rule_copyright(),
        Rule::Advertising => t.dialogue_rule_advertising(),
        Rule::OffTopic => t.dialogue_rule_off_topic(),
    }
}

/// As what somebody speaks, by what their organisation is.
pub fn side(t: &Texts, kind: organisations::Kind) -> &'static str {
    match kind {
        organisations::Kind::Region => t.dialogue_side_region(),
        organisations::Kind::NationalBody => t.dialogue_side_national_body(),
        organisations::Kind::ContractingAuthority => t.dialogue_side_authority(),
        organisations::Kind::Supplier => t.dialogue_side_supplier(),
        organisations::Kind::IndustryBody => t.dialogue_side_industry_body(),
    }
}

/// Whether a court has looked at a requirement.
pub fn review(t: &Texts, review: &Review) -> &'static str {
    match review {
        Review::None => t.dialogue_review_none(),
        Review::Stood => t.dialogue_review_stood(),
        Review::Partly => t.dialogue_review_partly(),
        Review::Fell => t.dialogue_review_fell(),
        Review::Pending => t.dialogue_review_pending(),
    }
}

/// Whether it could be verified that it was met.
pub fn verified(t: &Texts, verified: &Verified) -> &'static str {
    match verified {
        Verified::Yes => t.dialogue_verified_yes(),
        Verified::Partly => t.dialogue_verified_partly(),
        Verified::No => t.dialogue_verified_no(),
        Verified::NotYet => t.dialogue_verified_not_yet(),
    }
}
