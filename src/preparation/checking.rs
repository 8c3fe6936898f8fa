//! The checker beside the text: a version as `requirement_checker` reads it, and its hints in words, each with the field that it
//! is about. Nothing of it stops anybody.

use requirement_checker::{self as checker, Finding, Hint, Place, Severity};

use super::{editor::spec::in_row, reads::known::CitedNow};
use crate::{
    kernel::i18n::Texts,
    requirements::{RequirementNumber, content::Core},
    search::Similar,
};

/// A hint, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The rule.
    pub rule: &'static str,
    /// Where: what the place is called.
    pub place: String,
    /// What was found.
    pub text: String,
    /// Why that matters.
    pub why: &'static str,
    /// The words that it is about.
    pub quote: Option<String>,
    /// The id of the field.
    pub field: String,
    /// Whether it only reads better otherwise.
    pub is_note: bool,
}

/// What the checker says of a version, and which of what it cites is no longer in force. `near` are requirements in force that
/// are like it, `cited` is what holds of what it cites.
pub fn hints(t: &Texts, core: &Core, near: &[Similar], cited: &[CitedNow]) -> Vec<Shown> {
    let near: Vec<(String, f32)> = near.iter().map(likeness).collect();
    let mut hints = over(t, core, cited);
    hints.extend(checker::check(&draft(core, &near)).iter().map(|hint| shown(t, hint)));
    hints
}

/// What it cites that is replaced or retired.
fn over(t: &Texts, core: &Core, cited: &[CitedNow]) -> Vec<Shown> {
    let rows = core.references.iter().enumerate().filter_map(|(place, reference)| {
        let now = cited.iter().find(|now| now.is_over && now.is(reference))?;
        let text = match &now.by {
            Some(by) => t.preparation_finding_reference_replaced(&now.name, by),
            None => t.preparation_finding_reference_retired(&now.name),
        };
        let (rule, why) = (t.preparation_rule_name_reference(), t.preparation_rule_why_reference());
        let (field, place) = (in_row("kalla_namn", place), t.preparation_row_kalla((place + 1).to_string()));
        Some(Shown { rule, place, text, why, quote: None, field, is_note: false })
    });
    rows.collect()
}

/// How like it is, from 0 to 1: the words of the texts weigh more than those of the titles.
fn likeness(similar: &Similar) -> (String, f32) {
    let percent = (similar.alike.text_percent * 3 + similar.alike.title_percent).min(400) / 4;
    let percent = u8::try_from(percent).unwrap_or(100);
    (RequirementNumber::from_db(similar.number).to_string(), f32::from(percent) / 100.0)
}

/// The version as the checker reads it. The codes are the same on both sides; a test keeps them so.
fn draft<'a>(core: &'a Core, near: &'a [(String, f32)]) -> checker::Draft<'a> {
    let kind = checker::Kind::from_code(core.kind.code()).unwrap_or(checker::Kind::TechnicalSpecification);
    let level = checker::Level::from_code(core.level.code()).unwrap_or(checker::Level::Basic);
    let mut draft = checker::Draft::new(kind, level, core.text.iter().map(String::as_str).collect());
    draft.title = &core.title;
    draft.rationale = &core.rationale;
    draft.proportionality = &core.proportionality;
    draft.legal_floor = &core.legal_floor;
    let evidence = core.evidence.iter().filter_map(|one| {
        Some(checker::Evidence {
            kind: checker::EvidenceKind::from_code(one.kind.code())?,
            text: &one.text,
            due: one.due.and_then(|due| checker::Due::from_code(due.code())),
            equivalent_accepted: one.equivalent_accepted,
        })
    });
    draft.evidence = evidence.collect();
    draft.follow_up = core.follow_up.as_ref().and_then(|one| {
        Some(checker::FollowUp {
            method: &one.method,
            frequency: one.frequency.as_deref(),
            by: one.by.as_deref(),
            effort: checker::Effort::from_code(one.effort.code())?,
        })
    });
    let references = core.references.iter().filter_map(|one| {
        let kind = checker::ReferenceKind::from_code(one.kind.code())?;
        // What is ticked of a label stands on its own page, in other words than the checker's; without any there is nothing to say.
        Some(checker::Reference { name: &one.name, kind, ticks: None })
    });
    draft.references = references.collect();
    draft.award = core.award.as_ref().map(|award| checker::Award { explanation: &award.explanation });
    draft.answer = core.answer.as_ref().and_then(|answer| {
        Some(checker::Answer { kind: checker::AnswerKind::from_code(answer.kind.code())?, unit: answer.unit.as_deref() })
    });
    draft.per = core.applies_to.as_ref().and_then(|applies| checker::Per::from_code(applies.per?.code()));
    let parameters = core.parameters.iter().filter_map(|one| {
        let kind = checker::ParameterKind::from_code(one.kind.code())?;
        Some(checker::Parameter { key: &one.key, kind, unit: one.unit.as_deref() })
    });
    draft.parameters = parameters.collect();
    draft.definitions = core.definitions.iter().map(|one| checker::Definition { term: &one.term, text: &one.text }).collect();
    draft.near = near.iter().map(|(id, likeness)| checker::Near { id, likeness: *likeness }).collect();
    draft
}

fn shown(t: &Texts, hint: &Hint) -> Shown {
    let (field, place) = place(t, &hint.place);
    let rule = hint.rule().code();
    Shown {
        rule: t.by_key(&format!("preparation_rule_name_{rule}")).unwrap_or(rule),
        place,
        text: message(t, &hint.finding),
        why: t.by_key(&format!("preparation_rule_why_{rule}")).unwrap_or_default(),
        quote: hint.span.as_ref().map(|span| span.quote.clone()),
        field,
        is_note: hint.severity() == Severity::Note,
    }
}

/// The id of the field, and what it is called.
fn place(t: &Texts, place: &Place) -> (String, String) {
    let named = |field: &str| (field.to_owned(), t.by_key(&format!("preparation_field_{field}")).unwrap_or_default().to_owned());
    let row = |field: &str, number: usize, name: String| (in_row(field, number - 1), name);
    match place {
        Place::Requirement | Place::Text => ("stycke".to_owned(), t.preparation_list_stycke().to_owned()),
        Place::Level => named("niva"),
        Place::Clause(n) => row("stycke", *n, t.preparation_row_stycke(n.to_string())),
        Place::Rationale => named("motiv"),
        Place::Proportionality => named("proportionalitet"),
        Place::AllEvidence => ("bevis".to_owned(), t.preparation_list_bevis().to_owned()),
        Place::Evidence(n) => row("bevis_text", *n, t.preparation_row_bevis(n.to_string())),
        Place::Answer => named("svar_slag"),
        Place::AppliesTo => named("galler_per"),
        Place::Award => named("utv_forklaring"),
        Place::FollowUp => named("uppf_metod"),
        Place::FollowUpFrequency => named("uppf_ofta"),
        Place::Reference(n) => row("kalla_namn", *n, t.preparation_row_kalla(n.to_string())),
    }
}

/// What was found.
fn message(t: &Texts, finding: &Finding) -> String {
    match finding {
        Finding::StandardWithoutEquivalent { name } => t.preparation_finding_standard_without_equivalent(name),
        Finding::LabelWithoutEquivalent { name } => t.preparation_finding_label_without_equivalent(name),
        Finding::BrandWithoutEquivalent { name } => t.preparation_finding_brand_without_equivalent(name),
        Finding::OriginWithoutEquivalent { words } => t.preparation_finding_origin_without_equivalent(words),
        Finding::VagueWord { word } => t.preparation_finding_vague_word(word),
        Finding::ShouldInMandatory { word } => t.preparation_finding_should_in_mandatory(word),
        Finding::NoMeasure { word } => t.preparation_finding_no_measure(word),
        Finding::LimitWithoutUnit { limit } => t.preparation_finding_limit_without_unit(limit),
        Finding::AnswerWithoutUnit {} => t.preparation_finding_answer_without_unit().to_owned(),
        Finding::LimitWithoutMethod { limit } => t.preparation_finding_limit_without_method(limit),
        Finding::EvidenceMissing {} => t.preparation_finding_evidence_missing().to_owned(),
        Finding::EvidenceLabelMissing { label } => t.preparation_finding_evidence_label_missing(label),
        Finding::EvidenceTestMissing { words } => t.preparation_finding_evidence_test_missing(words),
        Finding::EvidenceDeclarationOnly { limit } => t.preparation_finding_evidence_declaration_only(limit),
        Finding::EvidenceEquivalentMissing { name } => t.preparation_finding_evidence_equivalent_missing(name),
        Finding::EvidenceDueNotFitting { .. } => t.preparation_finding_evidence_due_not_fitting().to_owned(),
        Finding::FollowUpMissing {} => t.preparation_finding_follow_up_missing().to_owned(),
        Finding::FollowUpFrequencyMissing {} => t.preparation_finding_follow_up_frequency_missing().to_owned(),
        Finding::FollowUpByMissing {} => t.preparation_finding_follow_up_by_missing().to_owned(),
        Finding::FollowUpFrequencyVague { words } => t.preparation_finding_follow_up_frequency_vague(words),
        Finding::FollowUpUnplanned { words } => t.preparation_finding_follow_up_unplanned(words),
        Finding::LabourInSpecification { words } => t.preparation_finding_labour_in_specification(words),
        Finding::ProductInQualification { words } => t.preparation_finding_product_in_qualification(words),
        Finding::QualificationPerArticle {} => t.preparation_finding_qualification_per_article().to_owned(),
        Finding::AwardModelMissing {} => t.preparation_finding_award_model_missing().to_owned(),
        Finding::AwardWithoutValue { words } => t.preparation_finding_award_without_value(words),
        Finding::AwardAtBasicLevel {} => t.preparation_finding_award_at_basic_level().to_owned(),
        Finding::LabelTicksMissing { label, .. } => t.preparation_finding_label_ticks_missing(label),
        Finding::LongSentence { words, most } => t.preparation_finding_long_sentence(words.to_string(), most.to_string()),
        Finding::OnlyLaw { law } => t.preparation_finding_only_law(law),
        Finding::SameAs { id, percent } => t.preparation_finding_same_as(id, percent.to_string()),
        Finding::DoubleDemand { words } => t.preparation_finding_double_demand(words),
        Finding::DoubleNegation { words } => t.preparation_finding_double_negation(words),
        Finding::AbleTo { words } => t.preparation_finding_able_to(words),
        // The checker may learn more than this page knows; then it says which rule it was.
        other => t.preparation_finding_unknown(other.code()),
    }
}
