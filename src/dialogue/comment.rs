//! What a thread and a comment are made of.

use serde::Deserialize;
use uuid::Uuid;

/// The most characters of a comment.
pub const MOST_TEXT: usize = 4000;
/// The most characters of why one is reported, hidden, or should not be.
pub const MOST_REASON: usize = 1000;

/// What somebody begins a thread for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Asks for an answer.
    Question,
    /// Says something.
    Comment,
    /// Tells what the market can do.
    Market,
    /// Says what could be otherwise.
    Suggestion,
}

impl Kind {
    /// Every kind, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Question, Self::Comment, Self::Market, Self::Suggestion];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Comment => "comment",
            Self::Market => "market",
            Self::Suggestion => "suggestion",
        }
    }

    /// The kind of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A rule of the dialogue, which a comment may break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// It tells of a person what is nobody's business.
    PersonalData,
    /// It tells what may be secret: of a tender, of a business.
    Secrecy,
    /// It hurts somebody.
    Offensive,
    /// It has text of others that may not be copied, such as of a standard.
    Copyright,
    /// It sells something.
    Advertising,
    /// It is about something else.
    OffTopic,
}

impl Rule {
    /// Every rule, in the order of the form.
    pub const ALL: [Self; 6] =
        [Self::PersonalData, Self::Secrecy, Self::Offensive, Self::Copyright, Self::Advertising, Self::OffTopic];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::PersonalData => "personal_data",
            Self::Secrecy => "secrecy",
            Self::Offensive => "offensive",
            Self::Copyright => "copyright",
            Self::Advertising => "advertising",
            Self::OffTopic => "off_topic",
        }
    }

    /// The rule of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.code() == code)
    }
}

/// What threads are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A requirement, by its version.
    Requirement,
    /// A proposal.
    Proposal,
}

impl About {
    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Requirement => "requirement",
            Self::Proposal => "proposal",
        }
    }
}

/// Something that threads can be begun on, as whoever keeps it found it in the same transaction.
#[derive(Debug, Clone)]
pub struct Subject {
    /// What it is.
    pub about: About,
    /// Its id.
    pub id: Uuid,
    /// How it is cited: `KB-0042`, `F-2026-0017`.
    pub cited: String,
    /// The product group that it is in.
    pub group: Uuid,
    /// The version, of a requirement.
    pub version: Option<Uuid>,
    /// Who may see it: a thread on it is for nobody else.
    pub audience: i16,
    /// Whether anything can still be said of it.
    pub is_open: bool,
}

/// A clause as it was when somebody spoke of it.
#[derive(Debug, Clone)]
pub struct Quote {
    /// Its lasting id.
    pub clause: Uuid,
    /// Its text.
    pub text: String,
}

/// What somebody says.
#[derive(Debug, Clone)]
pub struct Said<'a> {
    /// The words.
    pub text: &'a str,
    /// The language of the page that they were written on.
    pub language: &'static str,
    /// Whether the person is named, or the organisation alone.
    pub named: bool,
    /// The same form sent again has the same.
    pub form_key: Uuid,
}
