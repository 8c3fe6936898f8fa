//! What an import did or would do, and everything that stood in its way.

use std::fmt::Write as _;

use crate::kernel::i18n::{Lang, Texts};

/// The command line speaks Swedish.
const T: Texts = Texts(Lang::Sv);

/// Something wrong in a line: where, what stands there, what is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The key, with a path into it where the value is nested; empty for the whole line.
    pub place: String,
    /// What stands there.
    pub value: String,
    /// Key of the text that says what is expected: `imports_expected_` and this.
    pub expected: String,
}

impl Fault {
    /// A fault at a place.
    pub fn new(place: &str, value: String, expected: &str) -> Self {
        Self { place: place.to_owned(), value, expected: expected.to_owned() }
    }

    /// In words.
    pub fn text(&self) -> String {
        let expected = T.by_key(&format!("imports_expected_{}", self.expected)).unwrap_or(&self.expected);
        match (self.place.is_empty(), self.value.is_empty()) {
            (true, _) => T.imports_fault_line(&self.value, expected),
            (false, true) => T.imports_fault_missing(&self.place, expected),
            (false, false) => T.imports_fault_value(&self.place, &self.value, expected),
        }
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
    /// What is taken, but worth a look: line and text.
    pub warnings: Vec<(usize, String)>,
    /// Product groups that were made.
    pub groups_made: Vec<String>,
    /// Number of the decision of kind *inläsning*, if one was made.
    pub decision: Option<i64>,
    /// First and last number given to requirements that brought none.
    pub numbers: Option<(i64, i64)>,
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
        for (line, faults) in &self.rejected {
            for fault in faults {
                let _ = writeln!(text, "{}", T.imports_rejected_line(line.to_string(), fault.text()));
            }
        }
        for (line, warning) in &self.warnings {
            let _ = writeln!(text, "{}", T.imports_warning_line(line.to_string(), warning));
        }
        for group in &self.groups_made {
            let _ = writeln!(text, "{}", T.imports_group_made(group));
        }
        let _ = writeln!(
            text,
            "{}",
            T.imports_summary(n(self.new), n(self.changed), n(self.unchanged), n(self.rejected.len()), n(self.warnings.len()))
        );
        if let Some((first, last)) = self.numbers {
            let _ = writeln!(text, "{}", T.imports_numbers(format!("KB-{first:04}"), format!("KB-{last:04}")));
        }
        if let Some(decision) = self.decision {
            let _ = writeln!(text, "{}", T.imports_decision(format!("B-{decision:04}")));
        }
        let closing = match (self.accepted, dry_run) {
            (true, true) => T.imports_would_save(),
            (true, false) => T.imports_saved(),
            (false, _) => T.imports_nothing_saved(),
        };
        let _ = writeln!(text, "{closing}");
        text
    }
}
