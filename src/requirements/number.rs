//! The permanent number of a requirement, printed `KB-0042`.

use std::{fmt, str::FromStr};

/// A requirement's number. At least four digits in print; sorted as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequirementNumber(i64);

impl RequirementNumber {
    /// The last number that there can be: eight digits.
    pub const LAST: i64 = 99_999_999;

    /// A number from the database, where it is above zero by constraint.
    pub fn from_db(number: i64) -> Self {
        Self(number)
    }

    /// The number alone.
    pub fn get(self) -> i64 {
        self.0
    }

    /// Reads what people write: `KB-0042`, `kb42`, `KB 42`.
    pub fn parse_loosely(text: &str) -> Option<Self> {
        let text = text.trim();
        let rest = text.get(..2).filter(|head| head.eq_ignore_ascii_case("kb")).and_then(|_| text.get(2..))?;
        let digits = rest.trim_start_matches(['-', ' ', '\u{2011}', '\u{2013}', '_']);
        if digits.is_empty() || digits.len() > 12 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        digits.parse().ok().filter(|n| (1..=Self::LAST).contains(n)).map(Self)
    }
}

impl fmt::Display for RequirementNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KB-{:04}", self.0)
    }
}

/// Not a requirement's number.
#[derive(Debug, thiserror::Error)]
#[error("expected a number such as KB-0042")]
pub struct BadNumber;

impl FromStr for RequirementNumber {
    type Err = BadNumber;

    /// Reads the canonical spelling only.
    fn from_str(text: &str) -> Result<Self, BadNumber> {
        Self::parse_loosely(text).filter(|number| number.to_string() == text).ok_or(BadNumber)
    }
}
