//! What is going on, as it is told to everybody: permit, lock, store, audit, in the caller's transaction.

use serde_json::json;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{
    store,
    workflow::{Refused, permit},
};
use crate::kernel::{actor::Actor, audit};

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// It is to be done.
    Planned,
    /// It is being done.
    UnderWay,
    /// It is done.
    Done,
}

impl State {
    /// All of them, in order.
    pub(super) const ALL: [Self; 3] = [Self::Planned, Self::UnderWay, Self::Done];

    /// The word in the database.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::UnderWay => "under_way",
            Self::Done => "done",
        }
    }

    /// The state that a word stands for.
    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// Where it is going on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Where {
    /// In an area.
    Area(String),
    /// In a group.
    Group(Uuid),
}

/// A line of the plan.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) place: Where,
    pub(super) text_sv: String,
    pub(super) text_en: String,
    pub(super) state: State,
    pub(super) starts_on: Option<Date>,
    pub(super) decision_month: Option<Date>,
    pub(super) priority_until: Option<Date>,
    pub(super) in_preparation: Option<i32>,
}

/// What may be written; made for who looks after the tree.
#[derive(Debug)]
pub(super) struct Tell {
    by: Actor,
}

impl Tell {
    fn ask(actor: &Actor) -> Result<Self, Refused> {
        permit(actor)?;
        Ok(Self { by: actor.clone() })
    }
}

/// Writes a line: a new one, or over the one that was seen with this lock.
///
/// # Errors
/// Why it cannot be, or the database.
pub(super) async fn put(
    tx: &mut PgConnection,
    actor: &Actor,
    seen: Option<(Uuid, i32)>,
    line: &Line,
    now: OffsetDateTime,
) -> Result<Uuid, Refused> {
    let permit = Tell::ask(actor)?;
    let id = match seen {
        None => store::add_line(tx, &permit, line, now).await?.ok_or(Refused::NoPlace)?,
        Some((id, lock)) => {
            let stored = store::lock_line(tx, id).await?.ok_or(Refused::NoLine)?;
            if stored != lock {
                return Err(Refused::LineChanged);
            }
            if !store::set_line(tx, &permit, id, line, now).await? {
                return Err(Refused::NoPlace);
            }
            id
        }
    };
    let action = if seen.is_some() { "plan.edit" } else { "plan.add" };
    note(tx, &permit, (action, id), Some(json!({"text": line.text_sv, "state": line.state.code()})), now).await?;
    Ok(id)
}

/// Takes a line away.
///
/// # Errors
/// Why it cannot be, or the database.
pub(super) async fn remove(tx: &mut PgConnection, actor: &Actor, id: Uuid, now: OffsetDateTime) -> Result<(), Refused> {
    let permit = Tell::ask(actor)?;
    if !store::remove_line(tx, &permit, id).await? {
        return Err(Refused::NoLine);
    }
    note(tx, &permit, ("plan.remove", id), None, now).await?;
    Ok(())
}

/// The lines of a group follow it into another.
///
/// # Errors
/// When they may not, or the database refuses.
pub(super) async fn regroup(tx: &mut PgConnection, actor: &Actor, from: Uuid, into: Uuid) -> Result<(), Refused> {
    let permit = Tell::ask(actor)?;
    Ok(store::regroup_lines(tx, &permit, from, into).await?)
}

async fn note(
    tx: &mut PgConnection,
    permit: &Tell,
    (action, id): (&'static str, Uuid),
    new: Option<serde_json::Value>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let entry = audit::Entry { action, object_kind: "plan_line", object_id: Some(id), old: None, new, reason: None };
    audit::record(tx, &permit.by, now, entry).await
}
