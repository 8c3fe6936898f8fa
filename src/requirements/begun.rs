//! Why a version was begun.

/// What made somebody begin it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Begun {
    /// The day of its review came.
    ReviewDate,
    /// Somebody proposed a change.
    Proposal,
    /// The law changed.
    Law,
    /// What was learnt when it was followed up.
    FollowUp,
    /// Somebody reported an error.
    ReportedError,
    /// The requirement is new.
    New,
}

impl Begun {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::ReviewDate, Self::Proposal, Self::Law, Self::FollowUp, Self::ReportedError, Self::New];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::ReviewDate => "review_date",
            Self::Proposal => "proposal",
            Self::Law => "law",
            Self::FollowUp => "follow_up",
            Self::ReportedError => "reported_error",
            Self::New => "new",
        }
    }

    /// The case with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}
