//! What the codes are called that people write themselves, in spreadsheets for example. Everything is taken by reference:
//! that is what templates hand over.

use super::fields::{Effort, EvidenceKind, Kind, Level};
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
