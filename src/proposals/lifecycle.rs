//! The states of a proposal and the steps between them, on one screen. Pure: no clock of its own, no database.
//!
//! ```text
//! draft ──submit──▶ submitted ──begin──▶ in preparation ──take in──▶ taken in ──answer──▶ accepted
//!                     ▲   │                 ▲   │   ▲                   │                 partly accepted°
//!             submit  │   │ return°         │   │   └──────put back─────┘                 rejected°
//!                     │   ▼                 │   │
//!                   returned ──silence──▶ dormant°       reject° · merge° from submitted and in preparation
//!                                                        rest° from submitted and in preparation; wake to in preparation
//! Where the requirement that it is about is repealed, whatever is open and not taken in is rejected° on that day; but what asked
//! for just that is accepted with the decision.
//! ```
//! ° takes a reason. Whoever sent it in may withdraw it until it is answered.

/// What is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Being written; its organisation's own.
    Draft,
    /// Sent in; nobody has begun.
    Submitted,
    /// Its author is asked for more.
    Returned,
    /// Somebody prepares it.
    InPreparation,
    /// Part of a version that is being prepared.
    TakenIn,
    /// Nothing happens with it for now.
    Dormant,
    /// Goes on within another proposal.
    Merged,
    /// Taken back by who sent it.
    Withdrawn,
    /// A decision followed it.
    Accepted,
    /// A decision followed some of it.
    PartlyAccepted,
    /// It was answered with no.
    Rejected,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 11] = [
        Self::Draft,
        Self::Submitted,
        Self::Returned,
        Self::InPreparation,
        Self::TakenIn,
        Self::Dormant,
        Self::Merged,
        Self::Withdrawn,
        Self::Accepted,
        Self::PartlyAccepted,
        Self::Rejected,
    ];

    /// Those that everybody can see, in the order of the filter.
    pub const PUBLIC: [Self; 10] = [
        Self::Submitted,
        Self::Returned,
        Self::InPreparation,
        Self::TakenIn,
        Self::Dormant,
        Self::Accepted,
        Self::PartlyAccepted,
        Self::Rejected,
        Self::Merged,
        Self::Withdrawn,
    ];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::InPreparation => "in_preparation",
            Self::TakenIn => "taken_in",
            Self::Dormant => "dormant",
            Self::Merged => "merged",
            Self::Withdrawn => "withdrawn",
            Self::Accepted => "accepted",
            Self::PartlyAccepted => "partly_accepted",
            Self::Rejected => "rejected",
        }
    }

    /// The state with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether its author may still write in it.
    pub fn is_written(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }

    /// Whether an answer is still to come.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Submitted | Self::Returned | Self::InPreparation | Self::TakenIn | Self::Dormant)
    }

    /// Where the step leads from here, or why it cannot be taken.
    ///
    /// # Errors
    /// [`WhyNot`], which a page can print and a guard can refuse with.
    pub fn after(self, step: &Step<'_>) -> Result<Self, WhyNot> {
        let to = match (self, step) {
            (Self::Draft | Self::Returned, Step::Submit) => Self::Submitted,
            (Self::Submitted, Step::Return(_)) => Self::Returned,
            (Self::Submitted, Step::Begin) | (Self::TakenIn, Step::PutBack) | (Self::Dormant, Step::Wake) => Self::InPreparation,
            (Self::InPreparation, Step::TakeIn | Step::TakeInPartly(_)) => Self::TakenIn,
            (Self::Submitted | Self::InPreparation, Step::Rest(_)) | (Self::Returned, Step::Silence) => Self::Dormant,
            (Self::Submitted | Self::InPreparation, Step::Reject(_)) => Self::Rejected,
            (Self::Submitted | Self::InPreparation, Step::Merge(_)) => Self::Merged,
            (Self::TakenIn, Step::Answer(outcome, _)) => outcome.state(),
            (from, Step::Overtake(_)) if from.is_open() => Self::Rejected,
            (from, Step::Grant) if from.is_open() => Self::Accepted,
            (from, Step::Withdraw) if from.is_open() => Self::Withdrawn,
            _ => return Err(WhyNot::NotFrom(self)),
        };
        match step.reason() {
            Some(reason) if reason.trim().is_empty() => Err(WhyNot::NoReason),
            Some(reason) if reason.chars().count() > LONGEST_REASON => Err(WhyNot::ReasonTooLong),
            _ => Ok(to),
        }
    }
}

/// The longest reason of a step.
pub const LONGEST_REASON: usize = 4000;

/// What a decision said to a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Yes.
    Accepted,
    /// To some of it.
    PartlyAccepted,
    /// No.
    Rejected,
}

impl Outcome {
    /// Where it leads.
    pub fn state(self) -> State {
        match self {
            Self::Accepted => State::Accepted,
            Self::PartlyAccepted => State::PartlyAccepted,
            Self::Rejected => State::Rejected,
        }
    }
}

/// What is done with a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// Its author sends it in, or in again.
    Submit,
    /// More is asked for, and what.
    Return(&'a str),
    /// Somebody begins to prepare it.
    Begin,
    /// It becomes part of an open version.
    TakeIn,
    /// Some of it does, and why not the rest.
    TakeInPartly(&'a str),
    /// That version was discarded.
    PutBack,
    /// It is let lie, and why.
    Rest(&'a str),
    /// It is taken up again.
    Wake,
    /// What was asked for did not come.
    Silence,
    /// It is answered with no, and why.
    Reject(&'a str),
    /// It goes on within another, and why.
    Merge(&'a str),
    /// Its author takes it back.
    Withdraw,
    /// The requirement that it is about was repealed, and why.
    Overtake(&'a str),
    /// The repeal that it asks for was decided, without its having been taken in.
    Grant,
    /// A decision answers it; where not wholly with yes, with the reason.
    Answer(Outcome, &'a str),
}

impl<'a> Step<'a> {
    /// The reason, where the step takes one.
    pub fn reason(&self) -> Option<&'a str> {
        match self {
            Self::Return(reason)
            | Self::Rest(reason)
            | Self::Reject(reason)
            | Self::Merge(reason)
            | Self::TakeInPartly(reason)
            | Self::Overtake(reason)
            | Self::Answer(Outcome::PartlyAccepted | Outcome::Rejected, reason) => Some(reason),
            _ => None,
        }
    }

    /// The event that tells of it.
    pub fn event(&self) -> &'static str {
        match self {
            Self::Submit => "proposal.submitted",
            Self::Return(_) => "proposal.returned",
            Self::Begin => "proposal.begun",
            Self::TakeIn | Self::TakeInPartly(_) => "proposal.taken_in",
            Self::PutBack => "proposal.put_back",
            Self::Rest(_) | Self::Silence => "proposal.rested",
            Self::Wake => "proposal.woken",
            Self::Reject(_) => "proposal.rejected",
            Self::Merge(_) => "proposal.merged",
            Self::Withdraw => "proposal.withdrawn",
            Self::Overtake(_) => "proposal.overtaken",
            Self::Answer(..) | Self::Grant => "proposal.answered",
        }
    }
}

/// Why something cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WhyNot {
    /// No such step from this state.
    #[error("not from {}", .0.code())]
    NotFrom(State),
    /// The step takes a reason.
    #[error("a reason is needed")]
    NoReason,
    /// The reason is too long.
    #[error("the reason is longer than {LONGEST_REASON} characters")]
    ReasonTooLong,
    /// Somebody else changed it in the meantime.
    #[error("changed by somebody else")]
    Changed,
    /// There is no such proposal to merge into, it is this one, or it is answered.
    #[error("no open proposal to merge into")]
    NowhereToMerge,
    /// Nothing of it was chosen to be taken in, or nothing that is not there already.
    #[error("nothing is taken in")]
    Nothing,
    /// What it is to be taken into is no longer prepared, or waits for its decision.
    #[error("not into a version that is not in preparation")]
    NotPrepared,
    /// The text that it would build on may not be shown.
    #[error("the text may not be shown")]
    TextHidden,
    /// With it the text would have more clauses or characters than a version may.
    #[error("the text would be too long")]
    TooLong,
    /// Its product group is retired, and takes nothing new.
    #[error("the product group is retired")]
    GroupRetired,
    /// The own organisation stands behind it already, as author or otherwise.
    #[error("stands behind it already")]
    Signed,
    /// The requirement that it wants changed is repealed.
    #[error("what it changes is repealed")]
    Repealed,
}
