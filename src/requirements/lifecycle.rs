//! The states of a requirement version and the steps between them, on one screen. Pure: no clock of its own, no database.
//!
//! ```text
//! preparation ──submit──▶ ready ──decide──▶ decided ──revoke°──▶ revoked   (before the day it takes effect)
//!      ▲  └─discard°─▶ discarded  │ └─decline°─▶ not approved
//!      └───────return°────────────┘
//! ```
//! ° takes a reason. What is in force, superseded or repealed is no state but follows from `valid` and the time of asking.

use time::{Duration, OffsetDateTime};

/// What is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Being written.
    Preparation,
    /// Waiting for the decision maker.
    Ready,
    /// Decided; frozen.
    Decided,
    /// Given up before a decision.
    Discarded,
    /// The decision maker said no.
    NotApproved,
    /// Decided, and taken back before it took effect.
    Revoked,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 6] = [Self::Preparation, Self::Ready, Self::Decided, Self::Discarded, Self::NotApproved, Self::Revoked];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Preparation => "preparation",
            Self::Ready => "ready",
            Self::Decided => "decided",
            Self::Discarded => "discarded",
            Self::NotApproved => "not_approved",
            Self::Revoked => "revoked",
        }
    }

    /// The state with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether the text may still change.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Preparation | Self::Ready)
    }

    /// Where the step leads from here, or why it cannot be taken.
    ///
    /// # Errors
    /// [`WhyNot`], which a page can print and a guard can refuse with.
    pub fn after(self, step: &Step<'_>) -> Result<Self, WhyNot> {
        let to = match (self, step) {
            (Self::Preparation, Step::Submit) => Self::Ready,
            (Self::Ready, Step::Return(_)) => Self::Preparation,
            (Self::Preparation | Self::Ready, Step::Discard(_)) => Self::Discarded,
            (Self::Ready, Step::Decline(_)) => Self::NotApproved,
            (Self::Ready, Step::Decide) => Self::Decided,
            (Self::Decided, Step::Revoke { takes_effect, now, .. }) if now < takes_effect => Self::Revoked,
            (Self::Decided, Step::Revoke { .. }) => return Err(WhyNot::AlreadyInForce),
            _ => return Err(WhyNot::NotFrom(self)),
        };
        if let Some(reason) = step.reason() {
            check_reason(reason, LONGEST_REASON)?;
        }
        Ok(to)
    }
}

/// What is done with a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// It goes to the decision maker.
    Submit,
    /// It comes back, with the reason.
    Return(&'a str),
    /// It is given up, with the reason.
    Discard(&'a str),
    /// The decision maker says no, with the reason.
    Decline(&'a str),
    /// It is decided.
    Decide,
    /// The decision is taken back before it takes effect.
    Revoke {
        /// The reason.
        reason: &'a str,
        /// When it would have taken effect.
        takes_effect: OffsetDateTime,
        /// The time of asking.
        now: OffsetDateTime,
    },
}

impl<'a> Step<'a> {
    /// The reason, where the step takes one.
    pub fn reason(&self) -> Option<&'a str> {
        match self {
            Self::Submit | Self::Decide => None,
            Self::Return(reason) | Self::Discard(reason) | Self::Decline(reason) | Self::Revoke { reason, .. } => Some(reason),
        }
    }

    /// The event that tells of it.
    pub fn event(&self) -> &'static str {
        match self {
            Self::Submit => "requirement.submitted",
            Self::Return(_) => "requirement.returned",
            Self::Discard(_) => "requirement.discarded",
            Self::Decline(_) => "requirement.not_approved",
            Self::Decide => "requirement.published",
            Self::Revoke { .. } => "requirement.revoked",
        }
    }
}

/// Why something cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WhyNot {
    /// No such step from this state.
    #[error("not from {}", .0.code())]
    NotFrom(State),
    /// The step takes a reason.
    #[error("a reason is needed")]
    NoReason,
    /// It has taken effect: it can be repealed, not revoked.
    #[error("already in force")]
    AlreadyInForce,
    /// It was changed by somebody else in the meantime.
    #[error("changed by somebody else")]
    Changed,
    /// The actor has no right to it, or may not know of it.
    #[error("not allowed")]
    NotAllowed,
    /// A decision needs more than is there.
    #[error("incomplete: {0:?}")]
    Incomplete(Vec<Missing>),
    /// Another requirement of the family stands on that level.
    #[error("the family already has a requirement at that level")]
    LevelTaken,
    /// Another version of the requirement is open already.
    #[error("a version is open already")]
    AlreadyOpen,
    /// There is no version of the requirement to begin from.
    #[error("there is nothing to begin from")]
    NothingToRevise,
    /// The next review would be today or in the past, or there is none.
    #[error("the next review is to come")]
    ReviewNotToCome,
    /// It is shared with the authorities already.
    #[error("it is shared already")]
    Shared,
    /// It is not shared with the authorities.
    #[error("it is not shared")]
    NotShared,
    /// The requirement is repealed, for good.
    #[error("it is repealed")]
    Repealed,
    /// A later version is decided already: it is revoked first.
    #[error("a later version is to come")]
    VersionToCome,
    /// The requirement is in no state for it: nothing in force to stop or repeal.
    #[error("nothing is in force")]
    NothingInForce,
    /// It is stopped already.
    #[error("it is stopped already")]
    Stopped,
    /// There is no stop to lift.
    #[error("it is not stopped")]
    NotStopped,
    /// The reason is longer than this many characters.
    #[error("the reason is longer than {0} characters")]
    ReasonTooLong(usize),
    /// The network decides by a recorded decision, and there is none.
    #[error("a decision is needed")]
    NoDecision,
    /// What is to come instead is not there, is the requirement itself, or is named twice.
    #[error("a successor is another requirement, named once, as replaced, merged or split")]
    BadSuccessor,
    /// The product group is retired: it keeps what it has and takes nothing new.
    #[error("the product group is retired")]
    GroupRetired,
}

/// The longest reason of a step, and of a repeal.
pub const LONGEST_REASON: usize = 4000;

/// Whether there is a reason, of at most so many characters.
///
/// # Errors
/// [`WhyNot::NoReason`] or [`WhyNot::ReasonTooLong`].
pub fn check_reason(reason: &str, most: usize) -> Result<(), WhyNot> {
    if reason.trim().is_empty() {
        Err(WhyNot::NoReason)
    } else if reason.chars().count() > most {
        Err(WhyNot::ReasonTooLong(most))
    } else {
        Ok(())
    }
}

/// The next review is within this time: a day further off is a slip of the pen, or nobody's to keep.
pub const REVIEW_WITHIN: Duration = Duration::days(10 * 366);

/// What a decision needs and a version lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Missing {
    /// Rationale.
    Rationale,
    /// Proportionality.
    Proportionality,
    /// Evidence.
    Evidence,
    /// Follow-up.
    FollowUp,
    /// An environmental objective.
    Objective,
    /// The next review.
    Review,
    /// The award model of an award criterion.
    Award,
}

impl Missing {
    /// Everything that may be missing.
    pub const ALL: [Self; 7] =
        [Self::Rationale, Self::Proportionality, Self::Evidence, Self::FollowUp, Self::Objective, Self::Review, Self::Award];

    /// The word in the facet `missing:rationale`, by which the catalogue counts.
    pub fn code(self) -> &'static str {
        match self {
            Self::Rationale => "rationale",
            Self::Proportionality => "proportionality",
            Self::Evidence => "evidence",
            Self::FollowUp => "follow_up",
            Self::Objective => "objective",
            Self::Review => "review",
            Self::Award => "award",
        }
    }

    /// What a word stands for.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|missing| missing.code() == code)
    }
}

/// What of that which a decision needs is there.
#[derive(Debug, Clone, Copy)]
pub struct There {
    /// A rationale.
    pub rationale: bool,
    /// Why this level is proportionate.
    pub proportionality: bool,
    /// At least one piece of evidence.
    pub evidence: bool,
    /// How it is followed up.
    pub follow_up: bool,
    /// At least one environmental objective.
    pub objective: bool,
    /// A day of review.
    pub review: bool,
    /// An award model, or no award criterion.
    pub award: bool,
}

impl There {
    /// What is missing, in the order in which pages name it.
    pub fn missing(self) -> Vec<Missing> {
        let there = |what| match what {
            Missing::Rationale => self.rationale,
            Missing::Proportionality => self.proportionality,
            Missing::Evidence => self.evidence,
            Missing::FollowUp => self.follow_up,
            Missing::Objective => self.objective,
            Missing::Review => self.review,
            Missing::Award => self.award,
        };
        Missing::ALL.into_iter().filter(|what| !there(*what)).collect()
    }
}

/// How a version stands at a moment: what pages and the API call its status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Open.
    InPreparation,
    /// Decided, not yet in force.
    Coming,
    /// In force.
    Current,
    /// A later version took over.
    Superseded,
    /// Ended without a next version.
    Repealed,
    /// Never came into force.
    Dropped,
}

impl Standing {
    /// The standings that a visitor can ask for, in the order of the filter.
    pub const PUBLIC: [Self; 4] = [Self::Current, Self::Coming, Self::Superseded, Self::Repealed];

    /// The word in addresses of the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::InPreparation => "preparation",
            Self::Coming => "coming",
            Self::Current => "current",
            Self::Superseded => "superseded",
            Self::Repealed => "repealed",
            Self::Dropped => "dropped",
        }
    }

    /// The standing with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::InPreparation, Self::Coming, Self::Current, Self::Superseded, Self::Repealed, Self::Dropped]
            .into_iter()
            .find(|standing| standing.code() == code)
    }

    /// Where a version stands at `now`, from its state, the bounds of its validity, and whether its requirement ended with it.
    pub fn at(
        now: OffsetDateTime,
        state: State,
        from: Option<OffsetDateTime>,
        to: Option<OffsetDateTime>,
        repealed: bool,
    ) -> Self {
        match (state, from) {
            (State::Preparation | State::Ready, _) => Self::InPreparation,
            (State::Decided, Some(from)) if now < from => Self::Coming,
            (State::Decided, Some(_)) if to.is_none_or(|to| now < to) => Self::Current,
            (State::Decided, Some(_)) if repealed => Self::Repealed,
            (State::Decided, Some(_)) => Self::Superseded,
            _ => Self::Dropped,
        }
    }
}
