//! Settings that are more than a text.

/// Hours a contract and year that follow-up takes, by how much work it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EffortHours {
    /// Some hours: a document that is read.
    pub small: u16,
    /// A day or so: a spot check.
    pub medium: u16,
    /// A week: an audit on site.
    pub large: u16,
}

impl Default for EffortHours {
    fn default() -> Self {
        Self { small: 2, medium: 8, large: 40 }
    }
}

impl EffortHours {
    /// Reads `2,8,40`: three whole numbers of hours up to a year's work, none smaller than the one before it.
    pub fn parse(text: &str) -> Option<Self> {
        let hours: Vec<u16> = text.split(',').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
        match hours.as_slice() {
            [small, medium, large] if small <= medium && medium <= large && *large <= 2_000 => {
                Some(Self { small: *small, medium: *medium, large: *large })
            }
            _ => None,
        }
    }
}

/// What requirements count as in eForms BT-805, by the codes of the list `gpp-criteria`
/// (<https://docs.ted.europa.eu/eforms/1.5/reference/code-lists/gpp-criteria.html>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GppCriteria {
    /// The criteria of the European Union.
    Eu,
    /// National criteria.
    National,
    /// Others.
    Other,
    /// None at all.
    None,
}

impl GppCriteria {
    /// Every code, those before `none` first.
    pub const ALL: [Self; 4] = [Self::Eu, Self::National, Self::Other, Self::None];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Eu => "eu",
            Self::National => "national",
            Self::Other => "other",
            Self::None => "none",
        }
    }

    /// The case with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|criteria| criteria.code() == code)
    }
}
