//! What following up a selection takes, in hours a contract and year, and whether there is time for it. Pure.

use crate::{kernel::config::EffortHours, requirements::fields::Effort};

/// The rows whose follow-up is as much work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// How much work.
    pub effort: Effort,
    /// Hours a year that one of them takes.
    pub each: i64,
    /// How many there are.
    pub rows: i64,
}

impl Line {
    /// Hours a year that they take together.
    pub fn hours(&self) -> i64 {
        self.each * self.rows
    }
}

/// What follow-up takes, and what there is for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// From the least work to the most.
    pub lines: [Line; 3],
    /// Rows that say nothing of follow-up; they count as nothing.
    pub without: i64,
    /// Hours a year that there are.
    pub given: Option<i64>,
    /// Years that the contract lasts.
    pub years: Option<i64>,
}

/// How what is taken stands to what there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nobody has said how many hours there are.
    NotSaid,
    /// There is enough; so many hours a year are left.
    Fits(i64),
    /// So many hours a year are missing.
    Missing(i64),
}

/// Hours a year that a follow-up takes.
pub fn hours(each: EffortHours, effort: Effort) -> i64 {
    i64::from(match effort {
        Effort::Small => each.small,
        Effort::Medium => each.medium,
        Effort::Large => each.large,
    })
}

impl Budget {
    /// Adds up the follow-up of rows; none is a row that says nothing of it.
    pub fn of(
        efforts: impl IntoIterator<Item = Option<Effort>>,
        each: EffortHours,
        given: Option<i32>,
        years: Option<i32>,
    ) -> Self {
        let line = |effort| Line { effort, each: hours(each, effort), rows: 0 };
        let mut budget = Self {
            lines: [line(Effort::Small), line(Effort::Medium), line(Effort::Large)],
            without: 0,
            given: given.map(i64::from),
            years: years.map(i64::from),
        };
        for effort in efforts {
            match budget.lines.iter_mut().find(|line| Some(line.effort) == effort) {
                Some(line) => line.rows += 1,
                None => budget.without += 1,
            }
        }
        budget
    }

    /// Rows that say how they are followed up.
    pub fn rows(&self) -> i64 {
        self.lines.iter().map(|line| line.rows).sum()
    }

    /// Hours a year in all.
    pub fn a_year(&self) -> i64 {
        self.lines.iter().map(Line::hours).sum()
    }

    /// Hours over the whole contract, where its length is known.
    pub fn whole(&self) -> Option<i64> {
        self.years.map(|years| years * self.a_year())
    }

    /// How it stands to the hours that there are.
    pub fn verdict(&self) -> Verdict {
        match self.given.map(|given| given - self.a_year()) {
            None => Verdict::NotSaid,
            Some(left) if left >= 0 => Verdict::Fits(left),
            Some(left) => Verdict::Missing(-left),
        }
    }
}
