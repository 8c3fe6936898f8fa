//! What may be answered in a cell.

use crate::DateTime;

/// An empty cell that somebody is to fill in: unlocked, with what may be filled in.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Answer {
    /// What may be filled in.
    pub kind: AnswerKind,
    /// Shown beside the cell when it is chosen: unit and range, or what to name.
    pub hint: Option<Message>,
    /// Shown when something else is filled in.
    pub refusal: Option<Message>,
}

/// What is shown beside a cell. Excel shows a title of 32 characters and a text of 255: what is longer ends in `…`, since
/// the row says the same in full.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Message {
    /// In bold.
    pub title: String,
    /// Below it.
    pub text: String,
}

/// What may be filled in.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum AnswerKind {
    /// Yes or no, by name.
    Confirm {
        /// `Ja`
        yes: String,
        /// `Nej`
        no: String,
    },
    /// A number, both ends included.
    Number {
        /// The least; none where there is none.
        min: Option<f64>,
        /// The most; none where there is none.
        max: Option<f64>,
    },
    /// A day, both ends included.
    Date {
        /// The first; none where there is none.
        first: Option<DateTime>,
        /// The last; none where there is none.
        last: Option<DateTime>,
    },
    /// One of several, to choose from a list.
    Choice(
        /// What can be chosen, in order.
        Vec<String>,
    ),
    /// Text of at most so many characters, and never more than a cell holds.
    Text {
        /// Characters.
        most: u32,
    },
    /// The name of a file that comes with it.
    File,
}

impl Answer {
    /// An answer of a kind.
    pub fn new(kind: AnswerKind) -> Self {
        Self { kind, hint: None, refusal: None }
    }

    /// Yes or no, by name.
    pub fn confirm(yes: impl Into<String>, no: impl Into<String>) -> Self {
        Self::new(AnswerKind::Confirm { yes: yes.into(), no: no.into() })
    }

    /// A number, both ends included.
    pub fn number(min: Option<f64>, max: Option<f64>) -> Self {
        Self::new(AnswerKind::Number { min, max })
    }

    /// One of several.
    pub fn choice<T: Into<String>>(options: impl IntoIterator<Item = T>) -> Self {
        Self::new(AnswerKind::Choice(options.into_iter().map(Into::into).collect()))
    }

    /// Text of at most so many characters.
    pub fn text(most: u32) -> Self {
        Self::new(AnswerKind::Text { most })
    }

    /// The name of a file.
    pub fn file() -> Self {
        Self::new(AnswerKind::File)
    }

    /// The answer with what is shown when its cell is chosen.
    #[must_use]
    pub fn hint(mut self, title: impl Into<String>, text: impl Into<String>) -> Self {
        self.hint = Some(Message { title: title.into(), text: text.into() });
        self
    }

    /// The answer with what is shown when something else is filled in.
    #[must_use]
    pub fn refusal(mut self, title: impl Into<String>, text: impl Into<String>) -> Self {
        self.refusal = Some(Message { title: title.into(), text: text.into() });
        self
    }
}
