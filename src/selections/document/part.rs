//! The parts of a requirement as it is written out.

use crate::kernel::i18n::Texts;

/// The parts of a requirement, in the one order that every format has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// That it is stopped, repealed, or may not be shown.
    Status,
    /// What the buyer's own wording builds on, and why there is one.
    OwnWording,
    /// The text.
    Clauses,
    /// The values that are filled in.
    Parameters,
    /// The exemptions that are used.
    Exemptions,
    /// Words as meant here.
    Definitions,
    /// Longer texts.
    Appendices,
    /// What is cited.
    References,
    /// What it is met by.
    AppliesTo,
    /// How conformity is shown.
    Evidence,
    /// What the tenderer fills in.
    Answer,
    /// How it is valued.
    Award,
    /// How it is checked.
    FollowUp,
    /// The buyer's own words.
    Note,
    /// Where it can be read for ever.
    Permalink,
    /// The hash of the decided text.
    Hash,
}

impl Part {
    /// Every part, in order.
    pub const ALL: [Self; 16] = [
        Self::Status,
        Self::OwnWording,
        Self::Clauses,
        Self::Parameters,
        Self::Exemptions,
        Self::Definitions,
        Self::Appendices,
        Self::References,
        Self::AppliesTo,
        Self::Evidence,
        Self::Answer,
        Self::Award,
        Self::FollowUp,
        Self::Note,
        Self::Permalink,
        Self::Hash,
    ];

    /// What it is called.
    pub fn name(self, t: &Texts) -> &'static str {
        match self {
            Self::Status => t.selection_export_status(),
            Self::OwnWording => t.selection_export_wording(),
            Self::Clauses => t.selection_export_text(),
            Self::Parameters => t.selection_export_parameters(),
            Self::Exemptions => t.selection_export_exemptions(),
            Self::Definitions => t.selection_export_definitions(),
            Self::Appendices => t.selection_export_appendices(),
            Self::References => t.selection_export_references(),
            Self::AppliesTo => t.selection_export_applies_to(),
            Self::Evidence => t.selection_export_evidence(),
            Self::Answer => t.selection_export_answer(),
            Self::Award => t.selection_export_award(),
            Self::FollowUp => t.selection_export_follow_up(),
            Self::Note => t.selection_export_note(),
            Self::Permalink => t.selection_export_permalink(),
            Self::Hash => t.selection_export_hash(),
        }
    }

    /// Whether it has a text in English besides the Swedish one, where the requirement has.
    pub fn has_english(self) -> bool {
        matches!(self, Self::Clauses | Self::Evidence)
    }
}
