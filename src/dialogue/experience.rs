//! What a region or another authority has met with when it used a version of a requirement.

use serde::Deserialize;
use uuid::Uuid;

/// The most characters of each text.
pub const MOST_SAID: usize = 2000;
/// The most hours.
pub const MOST_HOURS: i32 = 10_000;

/// Whether a court has looked at the requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Review {
    /// No.
    None,
    /// Yes, and it stood.
    Stood,
    /// Yes, and some of it stood.
    Partly,
    /// Yes, and it did not stand.
    Fell,
    /// Yes, and the court has not said yet.
    Pending,
}

impl Review {
    /// Every answer, in the order of the form.
    pub const ALL: [Self; 5] = [Self::None, Self::Stood, Self::Partly, Self::Fell, Self::Pending];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Stood => "stood",
            Self::Partly => "partly",
            Self::Fell => "fell",
            Self::Pending => "pending",
        }
    }

    /// The answer of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|review| review.code() == code)
    }
}

/// Whether it could be verified that the requirement was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verified {
    /// Yes.
    Yes,
    /// Some of it.
    Partly,
    /// No.
    No,
    /// Nobody has tried yet.
    NotYet,
}

impl Verified {
    /// Every answer, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Yes, Self::Partly, Self::No, Self::NotYet];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Partly => "partly",
            Self::No => "no",
            Self::NotYet => "not_yet",
        }
    }

    /// The answer of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verified| verified.code() == code)
    }
}

/// What is told.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// What suppliers asked.
    #[serde(default)]
    pub asked: String,
    /// Whether a court has looked at it.
    pub review: Review,
    /// How that went.
    #[serde(default)]
    pub review_said: String,
    /// Whether it could be verified.
    pub verified: Verified,
    /// How.
    #[serde(default)]
    pub verified_said: String,
    /// How many hours it took.
    #[serde(default)]
    pub hours: Option<i32>,
    /// What they would tell others.
    #[serde(default)]
    pub advice: String,
    /// Whether only regions, other authorities and the network read it.
    #[serde(default)]
    pub inside: bool,
    /// The same form sent again has the same.
    #[serde(default = "Uuid::new_v4")]
    pub form_key: Uuid,
}
