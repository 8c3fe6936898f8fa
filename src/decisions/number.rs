//! `B-2026-0011`: the year in which the network decided, and the number among all decisions. What was read in from a file has no
//! year: `B-0007`.

use std::fmt;

/// What a decision is cited by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DecisionNumber {
    /// The year in Sweden when it was decided; none for a file that was read in.
    pub year: Option<i16>,
    /// Its number among all decisions; the year is for people.
    pub number: i64,
}

impl DecisionNumber {
    /// Reads `B-2026-0011` and `B-0007`, and what people write for them: `b-2026-11`, `B2026-11`, `b7`.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix(['B', 'b'])?;
        let rest = rest.strip_prefix('-').unwrap_or(rest);
        let digits = |text: &str| !text.is_empty() && text.len() <= 12 && text.bytes().all(|b| b.is_ascii_digit());
        let (year, number) = match rest.split_once('-') {
            Some((year, number)) if year.len() == 4 && digits(year) => (Some(year.parse().ok()?), number),
            Some(_) => return None,
            None => (None, rest),
        };
        let number = Some(number).filter(|number| digits(number))?.parse().ok().filter(|n| *n > 0)?;
        Some(Self { year, number })
    }
}

impl fmt::Display for DecisionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "B-{year}-{:04}", self.number),
            None => write!(f, "B-{:04}", self.number),
        }
    }
}
