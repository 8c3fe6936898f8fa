//! What the codes are called that people write themselves, in spreadsheets for example, and those that are written out in a
//! tender. Everything is taken by reference: that is what templates hand over.

use super::{
    fields::{
        AnswerKind, AwardModel, Bought, Change, Due, Effort, EvidenceKind, Kind, Level, ParameterKind, Per, ReferenceKind,
        Relation,
    },
    lifecycle::Missing,
};
use crate::kernel::i18n::Texts;

/// What a level is called.
pub fn level(t: &Texts, level: &Level) -> &'static str {
    match level {
        Level::Basic => t.labels_level_basic(),
        Level::Advanced => t.labels_level_advanced(),
        Level::Spearhead => t.labels_level_spearhead(),
    }
}

/// What a type is called.
pub fn kind(t: &Texts, kind: &Kind) -> &'static str {
    match kind {
        Kind::Qualification => t.labels_type_qualification(),
        Kind::TechnicalSpecification => t.labels_type_specification(),
        Kind::AwardCriterion => t.labels_type_award(),
        Kind::ContractCondition => t.labels_type_contract(),
    }
}

/// What a kind of evidence is called.
pub fn evidence(t: &Texts, kind: &EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Certificate => t.labels_evidence_certificate(),
        EvidenceKind::Label => t.labels_evidence_label(),
        EvidenceKind::Epd => t.labels_evidence_epd(),
        EvidenceKind::TestReport => t.labels_evidence_test_report(),
        EvidenceKind::Declaration => t.labels_evidence_declaration(),
        EvidenceKind::TechnicalDocumentation => t.labels_evidence_technical_documentation(),
        EvidenceKind::Other => t.labels_evidence_misc(),
    }
}

/// What an effort is called.
pub fn effort(t: &Texts, effort: &Effort) -> &'static str {
    match effort {
        Effort::Small => t.labels_effort_small(),
        Effort::Medium => t.labels_effort_medium(),
        Effort::Large => t.labels_effort_large(),
    }
}

/// When evidence is due.
pub fn due(t: &Texts, due: &Due) -> &'static str {
    match due {
        Due::WithTender => t.labels_due_with_tender(),
        Due::BeforeAward => t.labels_due_before_award(),
        Due::ContractStart => t.labels_due_contract_start(),
        Due::Yearly => t.labels_due_yearly(),
        Due::OnRequest => t.labels_due_on_request(),
    }
}

/// What the tenderer fills in.
pub fn answer(t: &Texts, kind: &AnswerKind) -> &'static str {
    match kind {
        AnswerKind::Confirm => t.labels_answer_confirm(),
        AnswerKind::Number => t.labels_answer_number(),
        AnswerKind::Text => t.labels_answer_text(),
        AnswerKind::Choice => t.labels_answer_choice(),
        AnswerKind::File => t.labels_answer_file(),
    }
}

/// What an award model is called.
pub fn award(t: &Texts, model: &AwardModel) -> &'static str {
    match model {
        AwardModel::Points => t.labels_award_points(),
        AwardModel::PriceDeduction => t.labels_award_price_deduction(),
        AwardModel::Lcc => t.labels_award_lcc(),
    }
}

/// What is bought.
pub fn bought(t: &Texts, bought: &Bought) -> &'static str {
    match bought {
        Bought::Goods => t.labels_bought_goods(),
        Bought::Services => t.labels_bought_services(),
        Bought::Works => t.labels_bought_works(),
    }
}

/// What the requirement is met by.
pub fn per(t: &Texts, per: &Per) -> &'static str {
    match per {
        Per::Article => t.labels_per_article(),
        Per::Supplier => t.labels_per_supplier(),
        Per::Contract => t.labels_per_contract(),
    }
}

/// What a kind of reference is called.
pub fn reference(t: &Texts, kind: &ReferenceKind) -> &'static str {
    match kind {
        ReferenceKind::Law => t.labels_reference_law(),
        ReferenceKind::Standard => t.labels_reference_standard(),
        ReferenceKind::Label => t.labels_reference_label(),
    }
}

/// What a version may lack that a decision needs.
pub fn missing(t: &Texts, missing: &Missing) -> &'static str {
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

/// What kind of value a parameter takes.
pub fn parameter(t: &Texts, kind: &ParameterKind) -> &'static str {
    match kind {
        ParameterKind::Number => t.labels_parameter_number(),
        ParameterKind::Percent => t.labels_parameter_percent(),
        ParameterKind::Date => t.labels_parameter_date(),
        ParameterKind::Choice => t.labels_parameter_choice(),
        ParameterKind::Text => t.labels_parameter_text(),
    }
}

/// How a member of a family stands to the lower one.
pub fn relation(t: &Texts, relation: &Relation) -> &'static str {
    match relation {
        Relation::Replaces => t.labels_relation_replaces(),
        Relation::AddsTo => t.labels_relation_adds_to(),
    }
}

/// What a version changes.
pub fn change(t: &Texts, change: &Change) -> &'static str {
    match change {
        Change::New => t.labels_change_new(),
        Change::Meaning => t.labels_change_meaning(),
        Change::Level => t.labels_change_level(),
        Change::Type => t.labels_change_type(),
        Change::Evidence => t.labels_change_evidence(),
        Change::FollowUp => t.labels_change_follow_up(),
        Change::Clarified => t.labels_change_clarified(),
        Change::Repealed => t.labels_change_repealed(),
    }
}

/// What a field of the core is called, by its code in the exchange format.
pub fn field<'a>(t: &Texts, code: &'a str) -> &'a str {
    t.by_key(&format!("labels_field_{code}")).unwrap_or(code)
}
