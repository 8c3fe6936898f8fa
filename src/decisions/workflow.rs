//! What happens to a decision: permit, transition, store, audit, events and letters, in the caller's transaction.

mod effects;

use serde_json::json;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    draft::{Fields, Said, Successor},
    letters,
    lifecycle::{self, Kind, Outcome, State, Step, WhyNot, effective},
    number::DecisionNumber,
    policy::{Begin, Decide, Pass, Review, When, Write},
    reads::draft::{self as read, Draft},
    store::{self, Begun, Decided, Locked, NewItem},
};
use crate::{
    kernel::{
        actor::{Actor, Audience, Role, Viewer},
        audit, clock, events,
        limits::{self, Limit, Taken, Window},
        web::Client,
    },
    proposals,
    requirements::{self, lifecycle::WhyNot as RequirementWhyNot, policy::Refused as RequirementRefused},
};

pub use effects::effects;

/// How often one person begins and fills drafts.
pub const LIMIT: Limit = Limit {
    name: "decision",
    each: &[Window::new(60, Duration::minutes(10)), Window::new(400, Duration::DAY)],
    all: &[Window::new(4_000, Duration::DAY)],
};

/// Somebody asked for what they may not, or what cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The rules say no.
    #[error("no right to decisions")]
    Right,
    /// There is no such draft or decision, or none that they may know of.
    #[error("no such decision")]
    NotThere,
    /// Not as it stands.
    #[error("not as it stands")]
    NotNow,
    /// Somebody else changed it in the meantime.
    #[error("changed by somebody else")]
    Changed,
    /// Something stands in the way of the decision.
    #[error("not yet: {0:?}")]
    NotYet(Vec<WhyNot>),
    /// One person alone decides only with a reason why it cannot wait.
    #[error("a reason is needed to decide alone")]
    NeedsEmergency,
    /// Who decided or submitted it does not approve it afterwards.
    #[error("the same person")]
    SamePerson,
    /// It waits for nobody any more.
    #[error("over")]
    Over,
    /// There is an item about that requirement already, or there are as many as there may be.
    #[error("in it already")]
    InItAlready,
    /// What comes instead is the requirement itself, or named twice.
    #[error("no such successor")]
    BadSuccessor,
    /// There were too many; the next may come at this time.
    #[error("too many")]
    NotUntil(OffsetDateTime),
    /// What the requirements say no to.
    #[error(transparent)]
    Requirement(RequirementWhyNot),
    /// A fault on the way.
    #[error(transparent)]
    Canonical(serde_json::Error),
    /// The database says no.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<RequirementRefused> for Refused {
    fn from(refused: RequirementRefused) -> Self {
        match refused {
            RequirementRefused::WhyNot(why) => Self::Requirement(why),
            RequirementRefused::Database(error) => Self::Database(error),
            RequirementRefused::Canonical(error) => Self::Canonical(error),
        }
    }
}

impl From<proposals::Refused> for Refused {
    fn from(refused: proposals::Refused) -> Self {
        match refused {
            proposals::Refused::Database(error) => Self::Database(error),
            // What was proposed follows from states that this transaction has locked.
            _ => Self::NotNow,
        }
    }
}

/// Begins a draft with versions that are ready, or as a correction; gives its id.
///
/// # Errors
/// [`Refused::NotUntil`], [`Refused::InItAlready`] where two are of one requirement, or the database.
pub async fn begin(
    tx: &mut PgConnection,
    permit: &Begin,
    (title, corrects, versions): (&str, Option<Uuid>, &[Uuid]),
    client: Client,
    now: OffsetDateTime,
) -> Result<Uuid, Refused> {
    take_turn(tx, permit.by(), client, now).await?;
    let id = store::begin(tx, permit, &Begun { title, corrects }, now).await?;
    for version in versions {
        let item = NewItem { version: *version, kind: Kind::Adopt, cause: "", on: None, successors: &[] };
        if !store::put_item(tx, (id, permit.person()), &item, now).await? {
            return Err(Refused::InItAlready);
        }
    }
    note(tx, permit.by(), "decision.begin", id, json!({"versions": versions, "corrects": corrects}), None, now).await?;
    Ok(id)
}

async fn take_turn(tx: &mut PgConnection, by: &Actor, client: Client, now: OffsetDateTime) -> Result<(), Refused> {
    match limits::take(tx, &LIMIT, &client.subject_of(by), now).await? {
        Taken::Yes => Ok(()),
        Taken::NotUntil(until) => Err(Refused::NotUntil(until)),
    }
}

/// Whether the draft is what was seen.
fn unchanged(draft: &Locked, seen: i32) -> Result<(), Refused> {
    if draft.lock_version == seen { Ok(()) } else { Err(Refused::Changed) }
}

/// Writes the fields.
///
/// # Errors
/// [`Refused::Changed`], or the database.
pub async fn set_fields(
    tx: &mut PgConnection,
    permit: &Write,
    (seen, fields): (i32, &Fields),
    now: OffsetDateTime,
) -> Result<(), Refused> {
    unchanged(permit.draft(), seen)?;
    Ok(store::set_fields(tx, permit, fields, now).await?)
}

/// What is put into a draft.
#[derive(Debug)]
pub struct Wish<'a> {
    /// The version that it is about, and its requirement.
    pub version: (Uuid, Uuid),
    /// What it is.
    pub kind: Kind,
    /// Why, for what is to end or not to come.
    pub cause: &'a str,
    /// From which day.
    pub on: Option<time::Date>,
    /// What comes instead.
    pub successors: &'a [Successor],
}

/// Puts an item into the draft.
///
/// # Errors
/// [`Refused::Right`] for who looks after other areas, [`Refused::InItAlready`], [`Refused::BadSuccessor`], or the database.
pub async fn put_item(
    tx: &mut PgConnection,
    permit: &Write,
    wish: &Wish<'_>,
    (client, when): (Client, When),
) -> Result<(), Refused> {
    take_turn(tx, permit.by(), client, when.1).await?;
    let (version, requirement) = wish.version;
    permit.covers(tx, &[requirement], when).await?;
    let mut seen: Vec<Uuid> = wish.successors.iter().map(|successor| successor.requirement).collect();
    seen.sort_unstable();
    seen.dedup();
    if seen.len() < wish.successors.len() || seen.contains(&requirement) {
        return Err(Refused::BadSuccessor);
    }
    let item = NewItem { version, kind: wish.kind, cause: wish.cause, on: wish.on, successors: wish.successors };
    let id = permit.draft().id;
    if store::put_item(tx, (id, permit.person()), &item, when.1).await? { Ok(()) } else { Err(Refused::InItAlready) }
}

/// Takes an item out of the draft.
///
/// # Errors
/// [`Refused::NotNow`] once it was submitted, or the database.
pub async fn remove_item(tx: &mut PgConnection, permit: &Write, version: Uuid, now: OffsetDateTime) -> Result<(), Refused> {
    if permit.draft().state != State::Draft {
        return Err(Refused::NotNow);
    }
    Ok(store::remove_item(tx, permit, version, now).await?)
}

/// Writes what becomes of the items; who decides says so.
///
/// # Errors
/// [`Refused::NotNow`] before it was submitted, [`Refused::Changed`], or the database.
pub async fn set_outcomes(
    tx: &mut PgConnection,
    permit: &Write,
    (seen, said): (i32, &[Said]),
    now: OffsetDateTime,
) -> Result<(), Refused> {
    if permit.draft().state != State::Waiting {
        return Err(Refused::NotNow);
    }
    unchanged(permit.draft(), seen)?;
    Ok(store::set_outcomes(tx, permit, said, now).await?)
}

/// Hands the draft to who decides, or takes it back.
///
/// # Errors
/// [`Refused::NotNow`], or the database.
pub async fn pass(tx: &mut PgConnection, permit: &Pass, step: Step, now: OffsetDateTime) -> Result<(), Refused> {
    let draft = permit.draft();
    let to = draft.state.after(step).filter(|to| *to != State::Decided).ok_or(Refused::NotNow)?;
    store::set_state(tx, permit, to, now).await?;
    let action = if to == State::Waiting { "decision.submit" } else { "decision.take_back" };
    let told = json!({"from": draft.state.code(), "to": to.code()});
    Ok(note(tx, permit.by(), action, draft.id, told, None, now).await?)
}

/// Throws a draft away.
///
/// # Errors
/// [`Refused::NotNow`] once it was submitted, or the database.
pub async fn discard(tx: &mut PgConnection, permit: &Write, now: OffsetDateTime) -> Result<(), Refused> {
    if permit.draft().state != State::Draft {
        return Err(Refused::NotNow);
    }
    store::discard(tx, permit).await?;
    Ok(note(tx, permit.by(), "decision.discard", permit.draft().id, json!({}), None, now).await?)
}

/// What whoever decides sees: everything that stands in front of them.
fn all_of(permit: &Decide) -> Viewer {
    Viewer::acting(permit.organisation(), &[Role::DecisionMaker])
}

/// Decides: all of it at once, or none.
///
/// # Errors
/// [`Refused::NotYet`] with all that stands in the way, [`Refused::NeedsEmergency`], [`Refused::Changed`], [`Refused::NotNow`], or
/// the database.
pub async fn decide(
    tx: &mut PgConnection,
    permit: &Decide,
    (seen, emergency): (i32, &str),
    now: OffsetDateTime,
) -> Result<DecisionNumber, Refused> {
    let locked = permit.draft();
    locked.state.after(Step::Decide).ok_or(Refused::NotNow)?;
    unchanged(locked, seen)?;
    let when = (clock::in_sweden(now).date(), now);
    let draft = in_front_of(tx, permit, when).await?;
    // What it decides about is locked before it is judged, the requirements in the order that everybody takes them in.
    let numbers: Vec<i64> = draft.items.iter().map(|item| item.requirement().get()).collect();
    requirements::lock_numbers(tx, &numbers).await?;
    let draft = in_front_of(tx, permit, when).await?;
    let facts = draft.facts();
    let alone = lifecycle::is_one_person(&facts, permit.person(), locked.submitted_by);
    let by = (!(alone && permit.may_alone())).then_some((permit.person(), locked.submitted_by));
    let why = lifecycle::why_not(&facts, by, now);
    if !why.is_empty() {
        return Err(Refused::NotYet(why));
    }
    if alone && emergency.trim().is_empty() {
        return Err(Refused::NeedsEmergency);
    }
    let emergency = if alone { emergency } else { "" };
    let holds = |item: &&read::Item| item.outcome == Some(Outcome::Adopted) && item.kind != Kind::Revoke;
    let from: Vec<(Uuid, OffsetDateTime)> =
        draft.items.iter().filter(holds).map(|item| (item.version_id, effective(item.on, now))).collect();
    let decided = Decided {
        year: i16::try_from(when.0.year()).unwrap_or(i16::MAX),
        emergency,
        review_by: alone.then(|| when.0 + Duration::days(lifecycle::REVIEW_DAYS)),
        effective: &from,
    };
    let number = store::insert_network(tx, permit, &decided, now).await?;
    effects(tx, permit, (&draft, number), &from, now).await?;
    tell(tx, permit.by(), ("decision.decided", draft.id), Some(emergency).filter(|text| !text.is_empty()), now).await?;
    let told = json!({"number": number.to_string(), "items": draft.items.len()});
    note(tx, permit.by(), "decision.decided", draft.id, told, None, now).await?;
    for person in store::authors(tx, draft.id).await?.into_iter().filter(|person| *person != permit.person()) {
        letters::decided(tx, person, (number, &draft.fields.title), now).await?;
    }
    Ok(number)
}

async fn in_front_of(tx: &mut PgConnection, permit: &Decide, when: When) -> Result<Draft, Refused> {
    read::draft(tx, (&all_of(permit), permit.by()), permit.draft().id, when).await?.ok_or(Refused::NotThere)
}

/// Approves afterwards what one person alone decided.
///
/// # Errors
/// [`Refused::Over`] where somebody was before them, or the database.
pub async fn review(tx: &mut PgConnection, permit: &Review, text: &str, now: OffsetDateTime) -> Result<(), Refused> {
    if !store::review(tx, permit, text, now).await? {
        return Err(Refused::Over);
    }
    let id = permit.decision().id;
    tell(tx, permit.by(), ("decision.reviewed", id), Some(text).filter(|text| !text.is_empty()), now).await?;
    Ok(note(tx, permit.by(), "decision.reviewed", id, json!({}), None, now).await?)
}

async fn tell(
    tx: &mut PgConnection,
    by: &Actor,
    (kind, decision): (&'static str, Uuid),
    reason: Option<&str>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let event = events::Event {
        kind,
        subject_kind: "decision",
        subject: decision,
        part: None,
        audience: Audience::Public,
        owner: None,
        from: None,
        to: None,
        reason,
    };
    events::record(tx, by, now, event).await
}

async fn note(
    tx: &mut PgConnection,
    by: &Actor,
    action: &'static str,
    id: Uuid,
    new: serde_json::Value,
    reason: Option<&str>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let entry = audit::Entry { action, object_kind: "decision", object_id: Some(id), old: None, new: Some(new), reason };
    audit::record(tx, by, now, entry).await
}
