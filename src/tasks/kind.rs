//! The kinds of things that wait.

/// What waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A report that a page is not accessible.
    Accessibility,
    /// A report that something is wrong with a requirement.
    Fault,
    /// A requirement whose review is overdue.
    Overdue,
    /// A requirement in force without all that a decision needs.
    Incomplete,
    /// A file that was examined and is to be read in or given up.
    Import,
    /// Somebody who wants to take part and is to be approved.
    Account,
    /// A comment that was reported.
    Comment,
    /// A question in the dialogue that nobody has answered.
    Question,
    /// A requirement in force that refers to what is replaced or retired.
    Reference,
    /// A proposal that waits for somebody who prepares.
    Proposal,
}

impl Kind {
    /// Every kind, in the order in which those that began to wait at one instant are listed.
    pub const ALL: [Self; 10] = [
        Self::Accessibility,
        Self::Fault,
        Self::Overdue,
        Self::Incomplete,
        Self::Import,
        Self::Account,
        Self::Comment,
        Self::Question,
        Self::Reference,
        Self::Proposal,
    ];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Accessibility => "accessibility",
            Self::Fault => "fault",
            Self::Overdue => "overdue",
            Self::Incomplete => "incomplete",
            Self::Import => "import",
            Self::Account => "account",
            Self::Comment => "comment",
            Self::Question => "question",
            Self::Reference => "reference",
            Self::Proposal => "proposal",
        }
    }

    /// The kind that a word stands for.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether who has it is kept with the thing itself, by the slice that it belongs to, and not here.
    pub fn has_own_handler(self) -> bool {
        self == Self::Proposal
    }

    /// Whether those who look after areas see those that lie in theirs; the others are the network's alone.
    pub fn is_of_areas(self) -> bool {
        self == Self::Fault || self.is_seen_to_in_areas()
    }

    /// Whether they take them, too. What was reported is read and answered by the network alone.
    pub fn is_seen_to_in_areas(self) -> bool {
        matches!(self, Self::Overdue | Self::Incomplete | Self::Question | Self::Reference | Self::Proposal)
    }

    /// Its place in [`Self::ALL`], from 1.
    pub fn rank(self) -> i32 {
        self as i32 + 1
    }
}
