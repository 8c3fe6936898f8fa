//! What an import did or would do, and everything that stood in its way.

use std::fmt::Write as _;

use super::columns;
use crate::{
    kernel::i18n::{Lang, Texts},
    requirements::RequirementNumber,
};

/// The command line speaks Swedish.
const T: Texts = Texts(Lang::Sv);
/// So many faults are printed; whoever has more needs no longer list.
const MOST_SHOWN: usize = 200;

/// Where something stands in a spreadsheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InSheet {
    /// The heading of its column, whether the file has the column or not.
    pub heading: &'static str,
    /// The cell (`C17`); none where the file has no such column.
    pub cell: Option<String>,
}

/// Something wrong in a line: where, what stands there, what is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The key, with a path into it where the value is nested; empty for the whole line.
    pub place: String,
    /// What stands there.
    pub value: String,
    /// Key of the text that says what is expected: `imports_expected_` and this.
    pub expected: String,
    /// Where it stands, in a spreadsheet.
    pub in_sheet: Option<InSheet>,
}

/// Something that is taken, but worth a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The line or row, from 1.
    pub line: usize,
    /// The key.
    pub place: &'static str,
    /// What there is to say.
    pub text: String,
    /// Where it stands, in a spreadsheet.
    pub in_sheet: Option<InSheet>,
}

impl Warning {
    /// A warning about a key.
    pub fn new(line: usize, place: &'static str, text: String) -> Self {
        Self { line, place, text, in_sheet: None }
    }
}

/// What becomes of a requirement that is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Laid {
    /// The line or row, from 1.
    pub line: usize,
    /// The requirement.
    pub number: RequirementNumber,
    /// The version that holds what the line says.
    pub version: i32,
    /// Its title.
    pub title: String,
    /// Whether the requirement was not there before.
    pub is_new: bool,
}

impl Fault {
    /// A fault at a place.
    pub fn new(place: &str, value: String, expected: &str) -> Self {
        Self { place: place.to_owned(), value, expected: expected.to_owned(), in_sheet: None }
    }

    /// In words.
    pub fn text(&self) -> String {
        let expected = self.expected_text();
        let place = self.in_sheet.as_ref().map_or(self.place.as_str(), |sheet| sheet.heading);
        match (place.is_empty(), self.value.is_empty()) {
            (true, _) => T.imports_fault_line(&self.value, expected),
            (false, true) => T.imports_fault_missing(place, expected),
            (false, false) => T.imports_fault_value(place, &self.value, expected),
        }
    }

    /// Where it stands, as people name it: the heading of the column, or the key.
    pub fn heading(&self) -> &str {
        self.in_sheet.as_ref().map_or(self.place.as_str(), |sheet| sheet.heading)
    }

    /// The cell, where there is one.
    pub fn cell(&self) -> Option<&str> {
        self.in_sheet.as_ref().and_then(|sheet| sheet.cell.as_deref())
    }

    /// What is expected, for somebody at a browser, where no flag can be given.
    pub fn expected_in_browser(&self) -> String {
        T.by_key(&format!("imports_expected_browser_{}", self.expected)).map_or_else(|| self.expected_text(), str::to_owned)
    }

    /// What is expected, in the words of a spreadsheet where it is one.
    fn expected_text(&self) -> String {
        let key = &self.expected;
        let sheet = self.in_sheet.as_ref().and_then(|_| {
            let words = columns::of(key).map(columns::Column::words).unwrap_or_default();
            if words.is_empty() {
                return T.by_key(&format!("imports_expected_sheet_{key}")).map(str::to_owned);
            }
            Some(either(&words.iter().map(|(name, _)| *name).collect::<Vec<_>>()))
        });
        sheet.unwrap_or_else(|| T.by_key(&format!("imports_expected_{key}")).unwrap_or(key).to_owned())
    }
}

/// `a, b eller c`.
fn either(words: &[&str]) -> String {
    match words {
        [most @ .., last] if !most.is_empty() => T.imports_either(most.join(", "), last),
        _ => words.join(""),
    }
}

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A requirement that was not there.
    New,
    /// A new version, or a change of what is maintained beside it.
    Changed,
    /// Everything is as it was.
    Unchanged,
}

/// The whole report. A dry run and a real run of the same file give the same one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Requirements that were not there.
    pub new: usize,
    /// Requirements with a new version or other changes.
    pub changed: usize,
    /// Requirements that are as they were.
    pub unchanged: usize,
    /// Lines that cannot be taken, with the number of the line, from 1.
    pub rejected: Vec<(usize, Vec<Fault>)>,
    /// What is taken, but worth a look.
    pub warnings: Vec<Warning>,
    /// Product groups that were made.
    pub groups_made: Vec<String>,
    /// Number of the decision of kind *inläsning*, if one was made.
    pub decision: Option<i64>,
    /// First and last number given to requirements that brought none.
    pub numbers: Option<(i64, i64)>,
    /// What becomes of each requirement that is new or changed, line by line.
    pub laid: Vec<Laid>,
    /// Whether anything was saved, or would have been but for the dry run.
    pub accepted: bool,
}

impl Report {
    /// Notes what becomes of a line.
    pub fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::New => self.new += 1,
            Outcome::Changed => self.changed += 1,
            Outcome::Unchanged => self.unchanged += 1,
        }
    }

    /// The report as it is printed.
    pub fn text(&self, dry_run: bool) -> String {
        let n = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let mut text = String::new();
        let faults = self.rejected.iter().flat_map(|(line, faults)| faults.iter().map(move |fault| (*line, fault)));
        let count = faults.clone().count();
        for (line, fault) in faults.take(MOST_SHOWN) {
            let _ = match fault.in_sheet.as_ref().and_then(|sheet| sheet.cell.as_ref()) {
                Some(cell) => writeln!(text, "{}", T.imports_rejected_cell(cell, fault.text())),
                None => writeln!(text, "{}", T.imports_rejected_line(line.to_string(), fault.text())),
            };
        }
        if count > MOST_SHOWN {
            let _ = writeln!(text, "{}", T.imports_more_faults(n(count - MOST_SHOWN)));
        }
        for warning in self.warnings.iter().take(MOST_SHOWN) {
            let _ = match warning.in_sheet.as_ref().and_then(|sheet| sheet.cell.as_ref()) {
                Some(cell) => writeln!(text, "{}", T.imports_warning_cell(cell, &warning.text)),
                None => writeln!(text, "{}", T.imports_warning_line(warning.line.to_string(), &warning.text)),
            };
        }
        if self.warnings.len() > MOST_SHOWN {
            let _ = writeln!(text, "{}", T.imports_more_warnings(n(self.warnings.len() - MOST_SHOWN)));
        }
        for group in &self.groups_made {
            let _ = writeln!(text, "{}", T.imports_group_made(group));
        }
        let counts = [
            T.imports_count_new(n(self.new)),
            T.imports_count_changed(n(self.changed)),
            T.imports_count_unchanged(n(self.unchanged)),
            T.imports_count_rejected(n(self.rejected.len())),
            T.imports_count_warnings(n(self.warnings.len())),
        ];
        let _ = writeln!(text, "{}.", counts.join(", "));
        if let Some((first, last)) = self.numbers {
            let _ = writeln!(text, "{}", T.imports_numbers(format!("KB-{first:04}"), format!("KB-{last:04}")));
        }
        if let Some(decision) = self.decision {
            let _ = writeln!(text, "{}", T.imports_decision(format!("B-{decision:04}")));
        }
        let closing = match (self.accepted, dry_run, self.rejected.is_empty()) {
            (false, ..) => T.imports_nothing_saved(),
            (true, true, true) => T.imports_would_save(),
            (true, true, false) => T.imports_would_save_rest(),
            (true, false, _) if self.new + self.changed == 0 => T.imports_nothing_to_save(),
            (true, false, true) => T.imports_saved(),
            (true, false, false) => T.imports_saved_rest(),
        };
        let _ = writeln!(text, "{closing}");
        text
    }
}
