//! What a report is.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use time::Duration;
use uuid::Uuid;

use crate::kernel::{i18n::Lang, web::Client};

/// The most characters of the text, as in the database.
pub const MOST_TEXT: usize = 4000;
/// The most characters of where it is.
pub const MOST_PLACE: usize = 400;
/// The most characters of what is used to read the page.
pub const MOST_ASSISTIVE: usize = 200;
/// Whoever left an address is answered within so long.
pub const ANSWER_WITHIN: Duration = Duration::days(28);
/// An address is kept for so many months.
pub const CONTACT_MONTHS: i32 = 12;

/// The number of a report, printed `FR-0017`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportNumber(pub i64);

impl std::fmt::Display for ReportNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FR-{:04}", self.0)
    }
}

impl std::str::FromStr for ReportNumber {
    type Err = ();

    /// As it is printed, and in no other way.
    fn from_str(text: &str) -> Result<Self, ()> {
        let number = text.strip_prefix("FR-").and_then(|digits| digits.parse().ok()).map(Self).ok_or(())?;
        if number.0 > 0 && number.to_string() == text { Ok(number) } else { Err(()) }
    }
}

/// What kind of fault a requirement has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// The text is wrong or unclear.
    Text,
    /// A reference or link is out of date.
    Reference,
    /// A fact such as CPV or product group is wrong.
    Fact,
    /// The English text is wrong.
    English,
    /// Something else.
    Other,
}

impl Topic {
    /// Every kind, in the order of the form.
    pub const ALL: [Self; 5] = [Self::Text, Self::Reference, Self::Fact, Self::English, Self::Other];

    /// The word in the database and in the form.
    pub fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Reference => "reference",
            Self::Fact => "fact",
            Self::English => "english",
            Self::Other => "other",
        }
    }

    /// The kind that a word stands for.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.code() == code)
    }
}

/// What a report is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A page is not accessible.
    Accessibility {
        /// Where: an address or words; may be empty.
        place: String,
        /// What is used to read the page; may be empty.
        assistive: String,
    },
    /// Something is wrong with a requirement; which one says the permit.
    Requirement {
        /// What kind of fault.
        topic: Topic,
        /// The clause, where one is meant.
        clause: Option<Uuid>,
    },
}

/// A report that is to be sent in, checked and within all limits.
#[derive(Debug)]
pub struct Report {
    /// What it is about.
    pub content: Content,
    /// What is wrong, in words.
    pub text: String,
    /// Where to answer, if anywhere.
    pub email: Option<String>,
    /// The language of the form.
    pub language: Lang,
    /// The key of the form that it came by.
    pub form_key: Uuid,
    /// Who sends it, as far as limits go.
    pub client: Client,
}

impl Report {
    /// The hash of all that was typed: the same form with the same hash is the same report.
    pub fn sha256(&self, version: Option<Uuid>) -> Vec<u8> {
        let (one, other) = match &self.content {
            Content::Accessibility { place, assistive } => (place.clone(), assistive.clone()),
            Content::Requirement { topic, clause } => {
                (topic.code().to_owned(), clause.map(|id| id.to_string()).unwrap_or_default())
            }
        };
        let version = version.map(|id| id.to_string()).unwrap_or_default();
        let mut hash = Sha256::new();
        for part in [version.as_str(), &one, &other, &self.text, self.email.as_deref().unwrap_or_default()] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        hash.finalize().to_vec()
    }
}
