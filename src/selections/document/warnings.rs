//! What whoever takes a selection out should know first. None of it stands in a file, except what [`super::Part::Status`]
//! says of a requirement that must not be used.

use time::{Date, OffsetDateTime};

use super::equivalent::{self, Finding, Rule};
use crate::{
    requirements::{
        fields::{Parameter, ReferenceKind, Relation},
        lifecycle::Standing,
    },
    selections::{
        reads::rows::{WholeRow, WholeSelection},
        values,
    },
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
    /// Taken back before its day: it never came into force.
    Revoked,
    /// Not in force yet; with its day.
    Coming(Option<Date>),
    /// No version is in force any more, and nothing is repealed.
    Ended,
    /// A repeal is decided; with its day.
    RepealToCome(Option<Date>),
    /// Another version is in force.
    Newer(i32),
    /// Values that are not filled in, by name.
    Missing(Vec<String>),
    /// What stands in braces in the text and is no value.
    Unknown(Vec<String>),
    /// Names after which nothing says that an equivalent is accepted.
    NotEquivalent(Vec<Finding>),
    /// The same requirement stands in the selection already; how the row that stays is cited.
    Twice(String),
    /// It takes the place of lower members of its family that stand in the selection too; how they are cited.
    Replaces(Vec<String>),
    /// Values that do not fit the version, by name.
    Outside(Vec<String>),
    /// The buyer's own wording builds on another version; how that is cited.
    OlderWording(String),
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
pub fn of(selection: &WholeSelection, now: OffsetDateTime) -> Vec<Warned<'_>> {
    let mut all: Vec<Warned<'_>> = Vec::new();
    for row in &selection.rows {
        let warnings = of_row(row, now).into_iter().chain(of_company(row, &selection.rows, now));
        all.extend(warnings.map(|warning| Warned { row, warning }));
    }
    all.sort_by_key(|warned| rank(&warned.warning));
    all
}

/// How grave it is; what is alike keeps the order of the rows.
fn rank(warning: &Warning) -> u8 {
    match warning {
        Warning::Unconfirmed => 0,
        Warning::Repealed => 1,
        Warning::Hidden => 2,
        Warning::Stopped(_) => 3,
        Warning::Revoked => 4,
        Warning::Ended => 5,
        Warning::Coming(_) => 6,
        Warning::RepealToCome(_) => 7,
        Warning::Missing(_) => 8,
        Warning::Outside(_) => 9,
        Warning::Unknown(_) => 10,
        Warning::Newer(_) => 11,
        Warning::OlderWording(_) => 12,
        Warning::Twice(_) => 13,
        Warning::Replaces(_) => 14,
        Warning::NotEquivalent(_) => 15,
    }
}

/// Whether a row is of a repealed requirement, and nobody has said that it is wanted all the same: where the page of the
/// selection asks for it, and nowhere else.
pub fn is_unconfirmed(row: &WholeRow, now: OffsetDateTime) -> bool {
    row.standing(now) == Standing::Repealed && !row.repeal_confirmed
}

/// What the standing of the version says.
fn of_standing(row: &WholeRow, now: OffsetDateTime) -> Option<Warning> {
    match row.standing(now) {
        Standing::Repealed if row.repeal_confirmed => Some(Warning::Repealed),
        Standing::Repealed => Some(Warning::Unconfirmed),
        Standing::Dropped => Some(Warning::Revoked),
        Standing::Coming => Some(Warning::Coming(row.first_day())),
        Standing::Superseded if row.in_force.is_none() => Some(Warning::Ended),
        Standing::Superseded | Standing::Current | Standing::InPreparation => None,
    }
}

fn of_row(row: &WholeRow, now: OffsetDateTime) -> Vec<Warning> {
    let mut warnings = Vec::new();
    warnings.extend(of_standing(row, now));
    warnings.extend(row.repeal_to_come().map(|repeal| Warning::RepealToCome(repeal.effective())));
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
    let outside = values_outside(row);
    if !outside.is_empty() {
        warnings.push(Warning::Outside(outside));
    }
    if row.wording.is_some() && row.wording_version.is_some_and(|version| version != row.version) {
        warnings.push(Warning::OlderWording(row.builds_on()));
    }
    // What builds on a text that may not be shown is not looked into.
    let unknown = if row.core.is_some() { row.unknown() } else { Vec::new() };
    if !unknown.is_empty() {
        warnings.push(Warning::Unknown(unknown.into_iter().map(|key| format!("{{{{{key}}}}}")).collect()));
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
    let is_missing = |parameter: &&Parameter| parameter.default.is_none() && !row.values.contains_key(&parameter.key);
    parameters.iter().filter(is_missing).map(|parameter| parameter.label.clone()).collect()
}

/// The names of the values that are filled in and do not fit.
fn values_outside(row: &WholeRow) -> Vec<String> {
    let does_not_fit =
        |parameter: &&Parameter| row.values.get(&parameter.key).is_some_and(|value| values::fits(parameter, value).is_err());
    row.parameters().iter().filter(does_not_fit).map(|parameter| parameter.label.clone()).collect()
}

/// What the other rows make of it: the rules of the page of the selection (`selections::notices`).
fn of_company(row: &WholeRow, rows: &[WholeRow], now: OffsetDateTime) -> Vec<Warning> {
    let mut warnings = Vec::new();
    // Of equals `max_by_key` gives the last; the rows are read from behind.
    let kept = rows.iter().rev().filter(|other| other.requirement == row.requirement).max_by_key(|other| other.version);
    if let Some(kept) = kept.filter(|kept| kept.id != row.id) {
        warnings.push(Warning::Twice(kept.cited()));
    }
    let is_fit = row.stop.is_none()
        && !row.hidden
        && matches!(row.standing(now), Standing::Current | Standing::Superseded | Standing::Coming);
    if is_fit && row.family.is_some() && row.relation == Some(Relation::Replaces) {
        let is_lower =
            |other: &&WholeRow| other.family == row.family && other.requirement != row.requirement && other.level < row.level;
        let lower: Vec<String> = rows.iter().filter(is_lower).map(WholeRow::cited).collect();
        if !lower.is_empty() {
            warnings.push(Warning::Replaces(lower));
        }
    }
    warnings
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
        if findings.len() == equivalent::MOST {
            break;
        }
    }
    findings
}
