//! The states of a decision, what an item can become, and all that stands between a draft and the decision. Pure.
//!
//! ```text
//! draft ──submit──▶ waiting ──decide──▶ decided ──▶ corrected by another decision
//!   ▲                  │
//!   └────take back─────┘
//! ```

use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use crate::{
    kernel::clock,
    requirements::{RequirementNumber, lifecycle::State as VersionState, ready::Reason},
};

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Being drafted.
    Draft,
    /// In front of who decides.
    Waiting,
    /// Decided, for good.
    Decided,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Waiting, Self::Decided];

    /// The word in the database, for what is not decided.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Waiting => "waiting",
            Self::Decided => "decided",
        }
    }

    /// The state with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Where the step leads from here, if it can be taken.
    pub fn after(self, step: Step) -> Option<Self> {
        match (self, step) {
            (Self::Draft, Step::Submit) => Some(Self::Waiting),
            (Self::Waiting, Step::TakeBack) => Some(Self::Draft),
            (Self::Waiting, Step::Decide) => Some(Self::Decided),
            _ => None,
        }
    }
}

/// What is done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It goes to who decides.
    Submit,
    /// It comes back to be drafted on.
    TakeBack,
    /// It is decided.
    Decide,
}

/// What an item is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A version comes into force.
    Adopt,
    /// A requirement ends.
    Repeal,
    /// A version that was to come does not.
    Revoke,
}

impl Kind {
    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Adopt => "adopt",
            Self::Repeal => "repeal",
            Self::Revoke => "revoke",
        }
    }
}

/// What becomes of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// As it was drafted.
    Adopted,
    /// Back to those who prepare, with the reason.
    Returned,
    /// No, with the reason.
    Rejected,
}

impl Outcome {
    /// Each of them, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Adopted, Self::Returned, Self::Rejected];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Adopted => "adopted",
            Self::Returned => "returned",
            Self::Rejected => "rejected",
        }
    }

    /// The outcome with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}

/// So many days after one person alone decided, another is to have looked at it.
pub const REVIEW_DAYS: i64 = 30;

/// A version holds from a day within this time: a day further off is a slip of the pen, and texts are overtaken before it.
pub const EFFECTIVE_WITHIN: Duration = Duration::days(2 * 366);

/// Whether a day lies further off than anything is decided for.
pub fn is_far(on: Date, today: Date) -> bool {
    on - today > EFFECTIVE_WITHIN
}

/// When an item takes effect that is decided now: at once, or as that day begins in Sweden.
pub fn effective(on: Option<Date>, now: OffsetDateTime) -> OffsetDateTime {
    match on {
        Some(day) if day > clock::in_sweden(now).date() => clock::start_of_day(day),
        _ => now,
    }
}

/// A field of the draft that a decision needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// What it is called.
    Title,
    /// Who decides.
    Body,
    /// The day of the meeting.
    Met,
    /// Why.
    Reasons,
}

/// What is known of a draft when it is to be decided.
#[derive(Debug, Default)]
pub struct Facts {
    /// The fields that are empty.
    pub lacks: Vec<Field>,
    /// Whether it corrects another, and so may decide nothing itself.
    pub corrects: bool,
    /// The items.
    pub items: Vec<ItemFacts>,
}

/// What is known of an item.
#[derive(Debug)]
pub struct ItemFacts {
    /// The requirement.
    pub requirement: RequirementNumber,
    /// What it is about.
    pub kind: Kind,
    /// What becomes of it, as far as that is said.
    pub outcome: Option<Outcome>,
    /// Whether there is a reason for it.
    pub has_reason: bool,
    /// The day from which it is to hold.
    pub on: Option<Date>,
    /// The state of the version.
    pub state: VersionState,
    /// What a decision needs and the version lacks: the list of `requirements::ready`, which preparation shows too.
    pub lacks: Vec<Reason>,
    /// Whether a sibling stands on its level.
    pub level_taken: bool,
    /// Whether the requirement is repealed.
    pub repealed: bool,
    /// When the version in force took effect, if one is.
    pub current_since: Option<OffsetDateTime>,
    /// Whether the version of the item is the one in force.
    pub is_current: bool,
    /// When a version that is decided already is to come, if one is: the one that is to be called back, or the latest of others.
    pub to_come: Option<OffsetDateTime>,
    /// Who submitted the version last.
    pub submitted_by: Option<Uuid>,
}

/// Why it cannot be decided yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyNot {
    /// There is nothing in it to decide.
    NothingChosen,
    /// A field is empty.
    Lacks(Field),
    /// Something about an item.
    Item(RequirementNumber, ItemWhyNot),
    /// Who decides is the one who submitted it.
    SamePerson,
}

/// Why an item cannot be decided yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemWhyNot {
    /// Nobody has said what becomes of it.
    NoOutcome,
    /// What is returned or rejected takes a reason.
    NoReason,
    /// The version is not with who decides.
    NotReady(VersionState),
    /// The version lacks something.
    Incomplete(Vec<Reason>),
    /// A sibling of its family stands on that level.
    LevelTaken,
    /// The requirement is repealed meanwhile.
    Repealed,
    /// Another version is decided already and comes at the same time or later.
    VersionToCome,
    /// The day from which it was to hold is over.
    DayPassed,
    /// The day from which it is to hold is too far away.
    DayFar,
    /// What is to end is in force no longer, or not in this version.
    NotInForce,
    /// What is not to come has come.
    InForceAlready,
}

/// All that stands in the way of a decision, in the order of the page; who is to decide where that is known. The page prints it
/// and the guard refuses with it. What a version itself lacks is no line here but in `requirements::ready`: whoever has one more
/// reason, such as an open consultation, adds it there, and preparation tells it too.
pub fn why_not(facts: &Facts, decider: Option<(Uuid, Option<Uuid>)>, now: OffsetDateTime) -> Vec<WhyNot> {
    let mut all: Vec<WhyNot> = Vec::new();
    if facts.items.is_empty() && !facts.corrects {
        all.push(WhyNot::NothingChosen);
    }
    all.extend(facts.lacks.iter().map(|field| WhyNot::Lacks(*field)));
    for item in &facts.items {
        all.extend(of_item(item, now).into_iter().map(|why| WhyNot::Item(item.requirement, why)));
    }
    if let Some((decider, submitter)) = decider
        && is_one_person(facts, decider, submitter)
    {
        all.push(WhyNot::SamePerson);
    }
    all
}

/// Whether who decides is also who submitted the draft, or a version that it adopts.
pub fn is_one_person(facts: &Facts, decider: Uuid, submitter: Option<Uuid>) -> bool {
    let of_version = |item: &ItemFacts| item.kind == Kind::Adopt && item.submitted_by == Some(decider);
    submitter == Some(decider) || facts.items.iter().any(of_version)
}

fn of_item(item: &ItemFacts, now: OffsetDateTime) -> Vec<ItemWhyNot> {
    let mut all = Vec::new();
    match item.outcome {
        None => all.push(ItemWhyNot::NoOutcome),
        Some(Outcome::Returned | Outcome::Rejected) if !item.has_reason => all.push(ItemWhyNot::NoReason),
        Some(_) => {}
    }
    if item.kind == Kind::Adopt && item.state != VersionState::Ready {
        all.push(ItemWhyNot::NotReady(item.state));
        return all;
    }
    // What is sent back or refused need not fit.
    if matches!(item.outcome, Some(Outcome::Returned | Outcome::Rejected)) {
        return all;
    }
    let at = effective(item.on, now);
    match item.kind {
        Kind::Adopt => {
            if !item.lacks.is_empty() {
                all.push(ItemWhyNot::Incomplete(item.lacks.clone()));
            }
            if item.level_taken {
                all.push(ItemWhyNot::LevelTaken);
            }
            if item.repealed {
                all.push(ItemWhyNot::Repealed);
            }
            if item.to_come.is_some_and(|other| other >= at) {
                all.push(ItemWhyNot::VersionToCome);
            }
        }
        Kind::Repeal => {
            if item.repealed {
                all.push(ItemWhyNot::Repealed);
            } else if !item.is_current || item.current_since.is_none_or(|since| at <= since) {
                all.push(ItemWhyNot::NotInForce);
            } else if item.to_come.is_some() {
                all.push(ItemWhyNot::VersionToCome);
            }
        }
        Kind::Revoke => {
            if item.state != VersionState::Decided {
                all.push(ItemWhyNot::NotReady(item.state));
            } else if item.to_come.is_none() {
                all.push(ItemWhyNot::InForceAlready);
            } else if item.repealed {
                all.push(ItemWhyNot::Repealed);
            }
        }
    }
    if item.kind != Kind::Revoke && item.on.is_some_and(|day| day < clock::in_sweden(now).date()) {
        all.push(ItemWhyNot::DayPassed);
    }
    if item.kind != Kind::Revoke && item.on.is_some_and(|day| is_far(day, clock::in_sweden(now).date())) {
        all.push(ItemWhyNot::DayFar);
    }
    all
}
