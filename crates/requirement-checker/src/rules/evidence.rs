//! Evidence that is missing, shows something else, comes when nobody can use it, or shuts out equivalents.

use std::sync::LazyLock;

use crate::{
    Due, Evidence, EvidenceKind, Finding, Hint, Kind, Place, Rule,
    draft::ReferenceKind,
    lists::List,
    reading::{Reading, names, says_equivalent},
};

static TESTED: LazyLock<List> = LazyLock::new(|| Rule::Evidence.list("tested"));
static REPORTS: LazyLock<List> = LazyLock::new(|| Rule::Evidence.list("reports"));
static OTHER_WAYS: LazyLock<List> = LazyLock::new(|| Rule::Evidence.list("other_ways"));
static LICENCES: LazyLock<List> = LazyLock::new(|| Rule::Evidence.list("licences"));

pub(super) fn find(reading: &Reading<'_>) -> Vec<Hint> {
    let draft = reading.draft;
    let evidence = &draft.evidence;
    if evidence.is_empty() {
        return vec![Hint::at(Place::AllEvidence, Finding::EvidenceMissing {})];
    }
    let mut hints = Vec::new();
    hints.extend(label(reading));
    hints.extend(test(reading));
    if evidence.iter().all(|one| one.kind == EvidenceKind::Declaration && !REPORTS.is_in(one.text)) {
        hints.extend(super::limit::first_measured(reading).map(|(clause, range)| {
            let limit = clause.text[range].to_owned();
            Hint::at(Place::AllEvidence, Finding::EvidenceDeclarationOnly { limit })
        }));
    }
    for (at, one) in evidence.iter().enumerate() {
        hints.extend(equivalent(Place::Evidence(at + 1), one));
    }
    hints.extend(due(draft.kind, evidence));
    hints
}

/// A label in the text, and nothing like a licence among the evidence.
fn label(reading: &Reading<'_>) -> Option<Hint> {
    let shows_licence = |one: &Evidence<'_>| {
        matches!(one.kind, EvidenceKind::Label | EvidenceKind::Certificate)
            || LICENCES.is_in(one.text)
            || names(one.text, &(0..one.text.len())).iter().any(|name| name.kind == ReferenceKind::Label)
    };
    if reading.draft.evidence.iter().any(shows_licence) {
        return None;
    }
    let mut labels =
        reading.sentences().flat_map(|(_, sentence)| &sentence.names).filter(|name| name.kind == ReferenceKind::Label);
    labels.next().map(|name| Hint::at(Place::AllEvidence, Finding::EvidenceLabelMissing { label: name.name.clone() }))
}

/// "Provad enligt" a standard, and nothing like a report among the evidence.
fn test(reading: &Reading<'_>) -> Option<Hint> {
    let shows_report = |one: &Evidence<'_>| {
        !matches!(one.kind, EvidenceKind::Declaration | EvidenceKind::Other)
            || REPORTS.is_in(one.text)
            || !names(one.text, &(0..one.text.len())).is_empty()
    };
    if reading.draft.kind == Kind::ContractCondition || reading.draft.evidence.iter().any(shows_report) {
        return None;
    }
    reading.sentences().filter(|(_, sentence)| !sentence.names.is_empty()).find_map(|(clause, sentence)| {
        let hits = TESTED.find_in(clause.text, &sentence.range);
        let words = hits.first().map(|hit| clause.text[hit.range.clone()].to_owned())?;
        Some(Hint::at(Place::AllEvidence, Finding::EvidenceTestMissing { words }))
    })
}

fn equivalent(place: Place, evidence: &Evidence<'_>) -> Option<Hint> {
    if evidence.equivalent_accepted == Some(true) || says_equivalent(evidence.text) || OTHER_WAYS.is_in(evidence.text) {
        return None;
    }
    let last = names(evidence.text, &(0..evidence.text.len())).pop()?;
    let finding = Finding::EvidenceEquivalentMissing { name: last.name };
    Some(Hint::on(place, evidence.text, last.range, finding))
}

fn due(kind: Kind, evidence: &[Evidence<'_>]) -> Vec<Hint> {
    let hint = |at: usize, due: Due| Hint::at(Place::Evidence(at + 1), Finding::EvidenceDueNotFitting { due });
    let dues = evidence.iter().enumerate().filter_map(|(at, one)| Some((at, one.due?)));
    match kind {
        Kind::ContractCondition => dues.filter(|(_, due)| *due == Due::WithTender).map(|(at, due)| hint(at, due)).collect(),
        Kind::AwardCriterion | Kind::Qualification => {
            let late = |due: Due| matches!(due, Due::ContractStart | Due::Yearly);
            if evidence.iter().all(|one| one.due.is_some_and(late)) {
                dues.map(|(at, due)| hint(at, due)).collect()
            } else {
                Vec::new()
            }
        }
        Kind::TechnicalSpecification => Vec::new(),
    }
}
