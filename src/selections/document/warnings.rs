//! What whoever takes a selection out should know first. None of it stands in a file, except what [`super::Part::Status`]
//! says of a requirement that must not be used.

use super::{
    equivalent::{self, Finding, Rule},
    fill,
};
use crate::{
    requirements::fields::{Parameter, ReferenceKind},
    selections::reads::rows::{WholeRow, WholeSelection},
};

/// What is to be known of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// Repealed, and nobody has said that it is wanted all the same: nothing is taken out until somebody does.
    Unconfirmed,
    /// Repealed, and wanted all the same.
    Repealed,
    /// Stopped for the time being; with the reason.
    Stopped(String),
    /// The text may not be shown any more.
    Hidden,
    /// Another version is in force.
    Newer(i32),
    /// Values that are not filled in, by name.
    Missing(Vec<String>),
    /// Names after which nothing says that an equivalent is accepted.
    NotEquivalent(Vec<Finding>),
}

/// A row and what is to be known of it.
#[derive(Debug, Clone)]
pub struct Warned<'a> {
    /// The row.
    pub row: &'a WholeRow,
    /// What is to be known.
    pub warning: Warning,
}

/// All of them, what stops an export first, then in the order of the rows.
pub fn of(selection: &WholeSelection) -> Vec<Warned<'_>> {
    let mut all: Vec<Warned<'_>> = Vec::new();
    for row in &selection.rows {
        all.extend(of_row(row).into_iter().map(|warning| Warned { row, warning }));
    }
    all.sort_by_key(|warned| rank(&warned.warning));
    all
}

/// How grave it is; what is alike keeps the order of the rows.
fn rank(warning: &Warning) -> u8 {
    match warning {
        Warning::Unconfirmed => 0,
        Warning::Hidden => 1,
        Warning::Stopped(_) => 2,
        Warning::Repealed => 3,
        Warning::Missing(_) => 4,
        Warning::Newer(_) => 5,
        Warning::NotEquivalent(_) => 6,
    }
}

/// Whether a row is of a repealed requirement, and nobody has said that it is wanted all the same.
pub fn is_unconfirmed(row: &WholeRow) -> bool {
    is_repealed(row) && !row.repeal_confirmed
}

fn is_repealed(row: &WholeRow) -> bool {
    row.in_force.is_none() && row.repeal.as_ref().is_some_and(|repeal| repeal.over)
}

fn of_row(row: &WholeRow) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if is_repealed(row) {
        warnings.push(if row.repeal_confirmed { Warning::Repealed } else { Warning::Unconfirmed });
    }
    if let Some(stop) = &row.stop {
        warnings.push(Warning::Stopped(stop.reason.clone()));
    }
    if row.hidden {
        warnings.push(Warning::Hidden);
    }
    if let Some(newer) = row.in_force.filter(|version| *version > row.version) {
        warnings.push(Warning::Newer(newer));
    }
    let missing = missing_values(row);
    if !missing.is_empty() {
        warnings.push(Warning::Missing(missing));
    }
    let findings = not_equivalent(row);
    if !findings.is_empty() {
        warnings.push(Warning::NotEquivalent(findings));
    }
    warnings
}

/// The names of the values that are neither filled in nor have a default.
fn missing_values(row: &WholeRow) -> Vec<String> {
    let parameters = row.core.as_ref().map(|core| core.parameters.as_slice()).unwrap_or_default();
    let is_missing = |parameter: &&Parameter| fill::value(parameter, &row.values, crate::kernel::i18n::Lang::Sv).is_none();
    parameters.iter().filter(is_missing).map(|parameter| parameter.label.clone()).collect()
}

/// What is named in the text and in the evidence without *eller likvärdig*.
fn not_equivalent(row: &WholeRow) -> Vec<Finding> {
    let Some(core) = &row.core else { return Vec::new() };
    let cited = || {
        core.references.iter().filter_map(|reference| match reference.kind {
            ReferenceKind::Standard => Some((reference.name.as_str(), Rule::Standard)),
            ReferenceKind::Label => Some((reference.name.as_str(), Rule::Label)),
            ReferenceKind::Law => None,
        })
    };
    let own = row.wording.iter().flatten().map(|clause| clause.text.as_str());
    let decided = core.text.iter().map(String::as_str).filter(|_| row.wording.is_none());
    // Evidence that says so of itself accepts equivalents in words of its own.
    let evidence = core.evidence.iter().filter(|one| one.equivalent_accepted != Some(true)).map(|one| one.text.as_str());
    let mut findings: Vec<Finding> = Vec::new();
    for finding in own.chain(decided).chain(evidence).flat_map(|text| equivalent::missing(text, cited())) {
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }
    findings
}
