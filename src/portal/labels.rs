//! What codes are called on pages. Everything is taken by reference: that is what templates hand over.

use crate::{
    kernel::i18n::Texts,
    requirements::{
        fields::{AnswerKind, AwardModel, Bought, Change, Due, ParameterKind, Per, ReferenceKind, Relation},
        lifecycle::Standing,
    },
};

pub use crate::requirements::names::{effort, evidence, kind, level};

/// What a standing is called.
pub fn standing(t: &Texts, standing: &Standing) -> &'static str {
    match standing {
        Standing::InPreparation => t.labels_standing_preparation(),
        Standing::Coming => t.labels_standing_coming(),
        Standing::Current => t.labels_standing_current(),
        Standing::Superseded => t.labels_standing_superseded(),
        Standing::Repealed => t.labels_standing_repealed(),
        Standing::Dropped => t.labels_standing_dropped(),
    }
}

/// The class of a standing's tag in the stylesheet.
pub fn standing_tag(standing: &Standing) -> &'static str {
    match standing {
        Standing::InPreparation => "preparation",
        Standing::Coming => "decided",
        Standing::Current => "current",
        Standing::Superseded => "superseded",
        Standing::Repealed => "repealed",
        Standing::Dropped => "discarded",
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

/// What a kind of reference is called.
pub fn reference(t: &Texts, kind: &ReferenceKind) -> &'static str {
    match kind {
        ReferenceKind::Law => t.labels_reference_law(),
        ReferenceKind::Standard => t.labels_reference_standard(),
        ReferenceKind::Label => t.labels_reference_label(),
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
