//! What codes are called on pages. Everything is taken by reference: that is what templates hand over.

use crate::{
    kernel::i18n::Texts,
    organisations::Kind as OrganisationKind,
    requirements::{
        fields::{Change, ParameterKind, Relation},
        lifecycle::{Missing, Standing},
    },
};

pub use crate::requirements::names::{answer, award, bought, due, effort, evidence, kind, level, per, reference};

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

/// What an organisation of a kind is called.
pub fn organisation(t: &Texts, kind: &OrganisationKind) -> &'static str {
    match kind {
        OrganisationKind::Region => t.organisations_singly_region(),
        OrganisationKind::NationalBody => t.organisations_singly_national_body(),
        OrganisationKind::IndustryBody => t.organisations_singly_industry_body(),
        OrganisationKind::ContractingAuthority => t.organisations_singly_contracting_authority(),
        OrganisationKind::Supplier => t.organisations_singly_supplier(),
    }
}

/// What the organisations of a kind are called together.
pub fn organisations(t: &Texts, kind: &OrganisationKind) -> &'static str {
    match kind {
        OrganisationKind::Region => t.organisations_together_region(),
        OrganisationKind::NationalBody => t.organisations_together_national_body(),
        OrganisationKind::IndustryBody => t.organisations_together_industry_body(),
        OrganisationKind::ContractingAuthority => t.organisations_together_contracting_authority(),
        OrganisationKind::Supplier => t.organisations_together_supplier(),
    }
}

/// What a field of the core is called, by its code in the exchange format.
pub fn field<'a>(t: &Texts, code: &'a str) -> &'a str {
    t.by_key(&format!("labels_field_{code}")).unwrap_or(code)
}
