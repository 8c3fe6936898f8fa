//! `F-2026-0017`: the year in which a proposal was sent in, and its number among all.

use std::fmt;

/// What a proposal is cited by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ProposalNumber {
    /// The year in Sweden when it was sent in.
    pub year: i16,
    /// Its number among all proposals; the year is for people.
    pub number: i64,
}

impl ProposalNumber {
    /// Reads `F-2026-0017`, and what people write for it: `f-2026-17`, `F2026-17`.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix(['F', 'f'])?;
        let rest = rest.strip_prefix('-').unwrap_or(rest);
        let (year, number) = rest.split_once('-')?;
        let digits = |text: &str| !text.is_empty() && text.len() <= 12 && text.bytes().all(|b| b.is_ascii_digit());
        if year.len() != 4 || !digits(year) || !digits(number) {
            return None;
        }
        Some(Self { year: year.parse().ok()?, number: number.parse().ok().filter(|n| *n > 0)? })
    }
}

impl fmt::Display for ProposalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "F-{}-{:04}", self.year, self.number)
    }
}
