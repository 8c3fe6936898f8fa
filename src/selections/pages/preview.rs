//! What to know of a selection before it is taken out or read.

use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    kernel::i18n::{Lang, Texts},
    requirements::fields::Kind,
    selections::{
        document::{
            equivalent::Rule,
            warnings::{self, Warning},
        },
        reads::rows::WholeSelection,
    },
};

/// What the page tells of a selection.
#[derive(Debug)]
pub struct Preview {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// How many requirements there are.
    pub rows: usize,
    /// The types that there are.
    pub kinds: Vec<Kind>,
    /// Whether there are notes.
    pub has_notes: bool,
    /// Whether nothing is taken out until somebody has confirmed something.
    pub is_blocked: bool,
    /// What to know first.
    pub warnings: Vec<Warned>,
}

/// A row and what is to be known of it.
#[derive(Debug)]
pub struct Warned {
    /// The row.
    pub row: Uuid,
    /// How it is cited.
    pub cited: String,
    title: String,
    title_en: Option<String>,
    warning: Warning,
    /// Whether whoever reads it made the selection.
    own: bool,
}

impl Preview {
    /// Looks a selection through, for whoever made it (`own`) or for a reader.
    pub fn of(selection: &WholeSelection, now: OffsetDateTime, own: bool) -> Self {
        let mut kinds: Vec<Kind> = selection.rows.iter().map(|row| row.kind).collect();
        kinds.dedup();
        let warned = warnings::of(selection, now).into_iter().map(|warned| Warned {
            row: warned.row.id,
            cited: warned.row.cited(),
            // The title of a text that may not be shown is part of it.
            title: warned.row.core.as_ref().map(|_| warned.row.title.clone()).unwrap_or_default(),
            title_en: warned.row.core.as_ref().and_then(|_| warned.row.title_en.clone()),
            warning: warned.warning,
            own,
        });
        Self {
            id: selection.id,
            name: selection.name.clone(),
            rows: selection.rows.len(),
            kinds,
            has_notes: selection.rows.iter().any(|row| !row.note.is_empty()),
            is_blocked: selection.rows.iter().any(|row| warnings::is_unconfirmed(row, now)),
            warnings: warned.collect(),
        }
    }

    /// What to know, of one sort under one heading.
    pub fn groups(&self, t: &Texts) -> Vec<WarningGroup<'_>> {
        let mut groups: Vec<WarningGroup<'_>> = Vec::new();
        for warned in &self.warnings {
            let (class, heading) = warned.sort(t);
            match groups.last_mut().filter(|group| group.heading == heading) {
                Some(group) => group.warnings.push(warned),
                None => groups.push(WarningGroup { class, heading, warnings: vec![warned] }),
            }
        }
        groups
    }
}

/// What is to be known, of one sort.
pub struct WarningGroup<'a> {
    /// The class of its banner.
    pub class: &'static str,
    /// What it is called.
    pub heading: &'static str,
    /// Row by row.
    pub warnings: Vec<&'a Warned>,
}

impl Warned {
    /// The title in a language, and whether it is Swedish on an English page.
    pub fn title(&self, lang: Lang) -> (&str, bool) {
        match &self.title_en {
            Some(english) if !lang.is_swedish() => (english, false),
            _ => (&self.title, !lang.is_swedish()),
        }
    }

    /// What those who decided it say, in Swedish.
    pub fn quote(&self) -> &str {
        if let Warning::Stopped(reason) = &self.warning { reason } else { "" }
    }

    fn sort(&self, t: &Texts) -> (&'static str, &'static str) {
        match self.warning {
            // What holds the files back stands out; what was answered does not.
            Warning::Unconfirmed => ("stop", t.selection_export_group_unconfirmed()),
            Warning::Repealed => ("archived", t.selection_export_group_repealed()),
            Warning::Hidden => ("archived", t.selection_export_group_hidden()),
            Warning::Stopped(_) => ("stop", t.selection_export_group_stopped()),
            Warning::Revoked | Warning::Ended => ("archived", t.selection_export_group_ended()),
            Warning::Coming(_) => ("info", t.selection_export_group_coming()),
            Warning::RepealToCome(_) => ("warning", t.selection_export_group_repeal()),
            Warning::Missing(_) => ("warning", t.selection_export_group_missing()),
            Warning::Unknown(_) => ("warning", t.selection_export_group_unknown()),
            Warning::Newer(_) => ("info", t.selection_export_group_newer()),
            Warning::NotEquivalent(_) => ("warning", t.selection_export_group_equivalent()),
            Warning::Twice(_) => ("info", t.selection_export_group_twice()),
            Warning::Replaces(_) => ("info", t.selection_export_group_replaces()),
            Warning::Outside(_) => ("warning", t.selection_export_group_outside()),
            Warning::OlderWording(_) => ("info", t.selection_export_group_older_wording()),
        }
    }

    /// What is to be known, in sentences.
    pub fn sentences(&self, t: &Texts) -> Vec<String> {
        match &self.warning {
            Warning::Unconfirmed if self.own => vec![t.selection_export_warn_unconfirmed().to_owned()],
            Warning::Unconfirmed => vec![t.selection_export_warn_unconfirmed_reader().to_owned()],
            Warning::Repealed if self.own => vec![t.selection_export_warn_repealed().to_owned()],
            Warning::Repealed => vec![t.selection_export_warn_repealed_reader().to_owned()],
            Warning::Stopped(_) => vec![t.selection_export_warn_stopped().to_owned()],
            Warning::Hidden => vec![t.selection_export_warn_hidden().to_owned()],
            Warning::Revoked => vec![t.selection_export_revoked().to_owned()],
            Warning::Ended => vec![t.selection_export_ended().to_owned()],
            Warning::Coming(Some(day)) => vec![t.selection_export_coming_from(t.0.date(*day))],
            Warning::Coming(None) => vec![t.selection_export_coming().to_owned()],
            Warning::RepealToCome(Some(day)) => vec![t.selection_export_warn_repeal_from(t.0.date(*day))],
            Warning::RepealToCome(None) => vec![t.selection_export_warn_repeal().to_owned()],
            Warning::Newer(version) if self.own => vec![t.selection_export_warn_newer(i64::from(*version))],
            Warning::Newer(version) => vec![t.selection_export_warn_newer_reader(i64::from(*version))],
            Warning::Missing(names) => vec![t.selection_export_warn_missing(names.join(", "))],
            Warning::Unknown(keys) => vec![t.selection_export_warn_unknown(keys.join(", "))],
            Warning::Twice(other) => vec![t.selection_row_twice_text(other)],
            Warning::Replaces(lower) => lower.iter().map(|lower| t.selection_row_replaces_text(&self.cited, lower)).collect(),
            Warning::Outside(names) => vec![t.selection_export_warn_outside(names.join(", "))],
            Warning::OlderWording(version) => vec![t.selection_export_warn_older_wording(version)],
            Warning::NotEquivalent(findings) => findings
                .iter()
                .map(|finding| match finding.rule {
                    Rule::Standard => t.selection_export_warn_equivalent_standard(&finding.name),
                    Rule::TradeMark => t.selection_export_warn_equivalent_mark(&finding.name),
                    Rule::Label => t.selection_export_warn_equivalent_label(&finding.name),
                })
                .collect(),
        }
    }
}
