//! The states of a report and the steps between them, on one screen. Pure: no clock, no database.
//!
//! ```text
//! new ──close°──▶ closed
//!  ▲───reopen°──────┘
//! ```
//! ° takes a text. A note can be made at any time; an answer can be sent as long as there is an address to send it to.

/// The longest text of an entry, as in the database.
pub const LONGEST: usize = 4000;

/// Where a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// It waits.
    New,
    /// It was dealt with.
    Closed,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 2] = [Self::New, Self::Closed];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Closed => "closed",
        }
    }

    /// The state with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Where it stands when this has been said, or why that cannot be.
    ///
    /// # Errors
    /// [`WhyNot`], which a page can print and a guard can refuse with.
    pub fn after(self, entry: &Entry<'_>, has_address: bool) -> Result<Self, WhyNot> {
        let to = match (self, entry) {
            (Self::New, Entry::Close { .. }) => Self::Closed,
            (Self::Closed, Entry::Reopen(_)) => Self::New,
            (_, Entry::Note(_) | Entry::Answer(_)) => self,
            (Self::Closed, Entry::Close { .. }) => return Err(WhyNot::IsClosed),
            (Self::New, Entry::Reopen(_)) => return Err(WhyNot::IsOpen),
        };
        if entry.is_sent() && !has_address {
            return Err(WhyNot::NoAddress);
        }
        match entry.text().chars().count() {
            0 => Err(WhyNot::NoText),
            length if length > LONGEST => Err(WhyNot::TooLong(length)),
            _ => Ok(to),
        }
    }
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// What was wrong is put right.
    Corrected,
    /// Nothing is wrong.
    NoFault,
    /// It was put right before.
    Already,
    /// It cannot be found out.
    Unclear,
}

impl Outcome {
    /// Each, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Corrected, Self::NoFault, Self::Already, Self::Unclear];

    /// The word in the database and in the form.
    pub fn code(self) -> &'static str {
        match self {
            Self::Corrected => "corrected",
            Self::NoFault => "no_fault",
            Self::Already => "already",
            Self::Unclear => "unclear",
        }
    }

    /// What a word stands for.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}

/// What is said of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry<'a> {
    /// Among those who deal with it.
    Note(&'a str),
    /// To the one who sent it.
    Answer(&'a str),
    /// How it ended.
    Close {
        /// How.
        outcome: Outcome,
        /// Why.
        reason: &'a str,
        /// Whether the one who sent it is told.
        told: bool,
    },
    /// Why it is opened again.
    Reopen(&'a str),
}

impl<'a> Entry<'a> {
    /// The word in the database.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Note(_) => "note",
            Self::Answer(_) => "answer",
            Self::Close { .. } => "closed",
            Self::Reopen(_) => "reopened",
        }
    }

    /// The text.
    pub fn text(&self) -> &'a str {
        match self {
            Self::Note(text) | Self::Answer(text) | Self::Reopen(text) | Self::Close { reason: text, .. } => text,
        }
    }

    /// How it ended, where it does.
    pub fn outcome(&self) -> Option<Outcome> {
        match self {
            Self::Close { outcome, .. } => Some(*outcome),
            _ => None,
        }
    }

    /// Whether it goes to the one who sent the report.
    pub fn is_sent(&self) -> bool {
        matches!(self, Self::Answer(_) | Self::Close { told: true, .. })
    }
}

/// Why something cannot be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WhyNot {
    /// It is closed already.
    #[error("it is closed already")]
    IsClosed,
    /// It is open already.
    #[error("it is open already")]
    IsOpen,
    /// There is nowhere to send it.
    #[error("there is no address")]
    NoAddress,
    /// Nothing is said.
    #[error("a text is needed")]
    NoText,
    /// The text has so many characters.
    #[error("the text has {0} characters")]
    TooLong(usize),
}
