//! What codes are called on pages. Everything is taken by reference: that is what templates hand over.

use crate::{kernel::i18n::Texts, organisations::Kind as OrganisationKind, requirements::lifecycle::Standing};

pub use crate::requirements::names::{
    answer, award, bought, change, due, effort, evidence, field, kind, level, missing, parameter, per, reference, relation,
};

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
