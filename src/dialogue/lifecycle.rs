//! The states of threads and comments and the steps between them. Pure: no clock of its own, no database.
//!
//! ```text
//! thread:   open ──answer──▶ answered ──solve──▶ solved        solve from open as well; reopen from answered and solved
//! comment:  shown ──delete──▶ deleted      shown ──hide°──▶ hidden ──restore°──▶ shown      mask° and edit while it is shown
//! ```
//! ° takes a reason. For half an hour an edit is free; after that, and once somebody has reported the comment or a passage of it
//! was left out, what it said before stays to be read.

use time::{Duration, OffsetDateTime};

use super::comment::MOST_REASON;

/// Until when what is edited leaves nothing behind.
pub const FREE_EDITS: Duration = Duration::minutes(30);
/// After this long a question that nobody has answered waits for those who look after the bank.
pub const ANSWER_WITHIN: Duration = Duration::days(10);

/// Where a thread stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThreadState {
    /// Nobody has answered for those who prepare.
    Open,
    /// Somebody has.
    Answered,
    /// It is done with.
    Solved,
}

impl ThreadState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Open, Self::Answered, Self::Solved];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Solved => "solved",
        }
    }

    /// The state of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Where the step leads from here.
    ///
    /// # Errors
    /// [`WhyNot::NotNow`].
    pub fn after(self, step: ThreadStep) -> Result<Self, WhyNot> {
        match (self, step) {
            (Self::Open | Self::Answered, ThreadStep::Answer) => Ok(Self::Answered),
            // An answer to what is done with changes nothing.
            (Self::Solved, ThreadStep::Answer) | (Self::Open | Self::Answered, ThreadStep::Solve) => Ok(Self::Solved),
            (Self::Answered | Self::Solved, ThreadStep::Reopen) => Ok(Self::Open),
            _ => Err(WhyNot::NotNow),
        }
    }
}

/// What is done with a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThreadStep {
    /// It is answered for those who prepare.
    Answer,
    /// It is said to be done with.
    Solve,
    /// It is not, after all.
    Reopen,
}

/// Where a comment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Everybody who may read the thread reads it.
    Shown,
    /// Its author took it away.
    Deleted,
    /// It breaks a rule.
    Hidden,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Shown, Self::Deleted, Self::Hidden];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Deleted => "deleted",
            Self::Hidden => "hidden",
        }
    }

    /// The state of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Where the step leads from here.
    ///
    /// # Errors
    /// Why it cannot be taken.
    pub fn after(self, step: Step<'_>) -> Result<Self, WhyNot> {
        let to = match (self, step) {
            (Self::Shown, Step::Edit | Step::Mask(_)) | (Self::Hidden, Step::Restore(_)) => Self::Shown,
            (Self::Shown, Step::Delete) => Self::Deleted,
            (Self::Shown, Step::Hide(_)) | (Self::Hidden, Step::Keep(_)) => Self::Hidden,
            // What was reported may be gone by now.
            (from, Step::Dismiss(_)) => from,
            _ => return Err(WhyNot::NotNow),
        };
        match step.reason() {
            Some(reason) if reason.trim().is_empty() => Err(WhyNot::NoReason),
            Some(reason) if reason.chars().count() > MOST_REASON => Err(WhyNot::ReasonTooLong),
            _ => Ok(to),
        }
    }
}

/// What is done with a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// Its author writes it anew.
    Edit,
    /// Its author takes it away.
    Delete,
    /// It is hidden, and why.
    Hide(&'a str),
    /// A passage of it is left out, and why.
    Mask(&'a str),
    /// What was reported breaks no rule, and why.
    Dismiss(&'a str),
    /// Its author was right: it is shown again, and why.
    Restore(&'a str),
    /// Its author was not: it stays hidden, and why.
    Keep(&'a str),
}

impl<'a> Step<'a> {
    /// The reason, where the step takes one.
    pub fn reason(self) -> Option<&'a str> {
        match self {
            Self::Edit | Self::Delete => None,
            Self::Hide(reason) | Self::Mask(reason) | Self::Dismiss(reason) | Self::Restore(reason) | Self::Keep(reason) => {
                Some(reason)
            }
        }
    }
}

/// Whether what a comment said before is kept to be read when it is edited now.
pub fn keeps_version(created: OffsetDateTime, now: OffsetDateTime, was_touched: bool) -> bool {
    was_touched || now - created > FREE_EDITS
}

/// Why something cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WhyNot {
    /// Nothing more can be said of what the thread is about.
    #[error("it is only read")]
    ReadOnly,
    /// No such step as it stands.
    #[error("not as it stands")]
    NotNow,
    /// The step takes a reason.
    #[error("a reason is needed")]
    NoReason,
    /// The reason is too long.
    #[error("the reason is longer than {MOST_REASON} characters")]
    ReasonTooLong,
    /// The passage does not stand in the comment.
    #[error("the passage is not there")]
    NoPassage,
    /// They have reported it, or objected, already.
    #[error("said already")]
    SaidAlready,
}
