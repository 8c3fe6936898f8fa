//! What requirements refer to: a law, a standard, a label in an edition. What a decided version cites of it never changes; what
//! holds of it stands beside: that it is replaced or retired, or the same as another, and which conditions a label meets.

use serde_json::{Value, json};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{
    groups,
    policy::Edit,
    store::{
        self,
        references::{self as rows, LockedReference},
    },
};
use crate::kernel::{actor::Audience, audit, events};

/// What is cited of a reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// `law`, `standard` or `label`; it stays.
    pub kind: String,
    /// What it is called.
    pub name: String,
    /// Which edition; empty where there is but one.
    pub edition: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// The first day in force.
    pub from: Option<Date>,
    /// The last.
    pub to: Option<Date>,
}

/// What stands beside.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// A note for everybody.
    pub note: String,
    /// The conditions that a label meets.
    pub conditions: Vec<Condition>,
    /// The criteria of a label that a buyer may ask for.
    pub criteria: Option<String>,
}

/// A condition for asking for a label (LOU 2016:1145 9:12–15).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// Its criteria have to do with what is bought.
    Relevant,
    /// They are objective and do not discriminate.
    Objective,
    /// It was made in an open process.
    OpenProcess,
    /// Everybody can have it.
    Accessible,
    /// Who asks for it does not set its criteria.
    Independent,
    /// A third party verifies it.
    ThirdParty,
}

impl Condition {
    /// All six.
    pub const ALL: [Self; 6] =
        [Self::Relevant, Self::Objective, Self::OpenProcess, Self::Accessible, Self::Independent, Self::ThirdParty];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Relevant => "relevant",
            Self::Objective => "objective",
            Self::OpenProcess => "open_process",
            Self::Accessible => "accessible",
            Self::Independent => "independent",
            Self::ThirdParty => "third_party_verified",
        }
    }

    /// The condition that a word stands for.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|condition| condition.code() == code)
    }
}

/// What holds of a reference from now on.
#[derive(Debug, Clone, Copy)]
pub enum Mark {
    /// It is in force.
    InForce,
    /// This one replaces it.
    Replaced(Uuid),
    /// It is over, and nothing replaces it.
    Retired,
}

/// Why it stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum Unchanged {
    /// There is no such reference.
    #[error("no such reference")]
    NotThere,
    /// Somebody else has changed it since it was read.
    #[error("changed since it was read")]
    Changed,
    /// Another of the kind has that name and edition: this one.
    #[error("there is one like it")]
    Taken(Uuid),
    /// Something decided cites it.
    #[error("something decided cites it")]
    Frozen,
    /// It would lead to itself, or to what is no goal.
    #[error("no goal")]
    NoGoal,
    /// The database says no.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

async fn locked(tx: &mut PgConnection, permit: &Edit, (id, lock): (Uuid, i32)) -> Result<LockedReference, Unchanged> {
    store::alone(tx, permit).await?;
    let one = rows::lock(tx, id).await?.ok_or(Unchanged::NotThere)?;
    if one.lock == lock { Ok(one) } else { Err(Unchanged::Changed) }
}

async fn note(
    tx: &mut PgConnection,
    permit: &Edit,
    (action, id): (&'static str, Uuid),
    (old, new): (Option<Value>, Option<Value>),
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    groups::note_change(tx, now).await?;
    let entry = audit::Entry { action, object_kind: "reference", object_id: Some(id), old, new, reason: None };
    audit::record(tx, permit.by(), now, entry).await
}

/// Tells everybody who may read of it, so that a page can say who did it and when.
async fn tell(
    tx: &mut PgConnection,
    permit: &Edit,
    (kind, id): (&'static str, Uuid),
    (part, to): (Option<Uuid>, Option<&'static str>),
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let event = events::Event {
        kind,
        subject_kind: "reference",
        subject: id,
        part,
        audience: Audience::Public,
        owner: None,
        from: None,
        to,
        reason: None,
    };
    events::record(tx, permit.by(), now, event).await
}

async fn tell_conditions(
    tx: &mut PgConnection,
    permit: &Edit,
    id: Uuid,
    (before, after): (&[String], &[Condition]),
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    for condition in Condition::ALL {
        let (was, is) = (before.iter().any(|code| code == condition.code()), after.contains(&condition));
        if was != is {
            let kind = if is { "reference.condition_met" } else { "reference.condition_unmet" };
            tell(tx, permit, (kind, id), (None, Some(condition.code())), now).await?;
        }
    }
    Ok(())
}

/// A new one; gives its id.
///
/// # Errors
/// [`Unchanged::Taken`], or the database.
pub async fn add(
    tx: &mut PgConnection,
    permit: &Edit,
    (cited, beside): (&Cited, &Beside),
    now: OffsetDateTime,
) -> Result<Uuid, Unchanged> {
    store::alone(tx, permit).await?;
    if let Some(other) = rows::like(tx, None, cited).await? {
        return Err(Unchanged::Taken(other));
    }
    let id = rows::add(tx, permit, cited, beside).await?;
    tell_conditions(tx, permit, id, (&[], &beside.conditions), now).await?;
    let new = json!({"kind": cited.kind, "name": cited.name, "edition": cited.edition});
    note(tx, permit, ("reference.add", id), (None, Some(new)), now).await?;
    Ok(id)
}

/// Writes what stands beside it, and what is cited of it where nothing decided cites it (`cited` is given).
///
/// # Errors
/// [`Unchanged::Changed`], [`Unchanged::Taken`], or the database, which refuses for what something decided cites.
pub async fn edit(
    tx: &mut PgConnection,
    permit: &Edit,
    seen: (Uuid, i32),
    (cited, beside): (Option<&Cited>, &Beside),
    now: OffsetDateTime,
) -> Result<(), Unchanged> {
    let one = locked(tx, permit, seen).await?;
    if let Some(cited) = cited {
        let cited = Cited { kind: one.kind.clone(), ..cited.clone() };
        // Files may have brought two of one name; each keeps it.
        let is_new = (&one.name, &one.edition) != (&cited.name, &cited.edition);
        if is_new && let Some(other) = rows::like(tx, Some(one.id), &cited).await? {
            return Err(Unchanged::Taken(other));
        }
        rows::set_cited(tx, permit, one.id, &cited).await?;
    }
    rows::set_beside(tx, permit, one.id, beside).await?;
    tell_conditions(tx, permit, one.id, (&one.conditions, &beside.conditions), now).await?;
    let codes: Vec<&str> = beside.conditions.iter().map(|condition| condition.code()).collect();
    let old = json!({"name": one.name, "edition": one.edition, "conditions": one.conditions});
    let new = json!({"name": cited.map(|cited| &cited.name), "edition": cited.map(|cited| &cited.edition), "conditions": codes});
    note(tx, permit, ("reference.edit", one.id), (Some(old), Some(new)), now).await?;
    Ok(())
}

/// Says what holds of it.
///
/// # Errors
/// [`Unchanged::Changed`], [`Unchanged::NoGoal`], or the database.
pub async fn mark(
    tx: &mut PgConnection,
    permit: &Edit,
    seen: (Uuid, i32),
    (mark, ended_on): (Mark, Option<Date>),
    now: OffsetDateTime,
) -> Result<(), Unchanged> {
    let one = locked(tx, permit, seen).await?;
    let (kind, status, to) = match mark {
        Mark::InForce => ("reference.restored", "in_force", None),
        Mark::Retired => ("reference.retired", "retired", None),
        Mark::Replaced(by) => {
            let by = goal(tx, &one, by).await?;
            ("reference.replaced", "replaced", Some(by))
        }
    };
    let over = !matches!(mark, Mark::InForce);
    rows::set_status(tx, permit, one.id, (status, to, ended_on.filter(|_| over)), over.then_some(now)).await?;
    tell(tx, permit, (kind, one.id), (to, None), now).await?;
    let (old, new) = (json!({"status": one.status, "to": one.leads_to}), json!({"status": status, "to": to}));
    note(tx, permit, ("reference.mark", one.id), (Some(old), Some(new)), now).await?;
    Ok(())
}

/// Another of the same kind that one may lead to.
async fn goal(tx: &mut PgConnection, one: &LockedReference, to: Uuid) -> Result<Uuid, Unchanged> {
    let to = rows::lock(tx, to).await?.ok_or(Unchanged::NoGoal)?;
    if to.status == "same" || to.kind != one.kind || rows::leads(tx, to.id, one.id).await? {
        return Err(Unchanged::NoGoal);
    }
    Ok(to.id)
}

/// Makes it the same as another: kept where something decided cites it, otherwise thrown away, when the caller has had its
/// drafts cite the other in the same transaction.
///
/// # Errors
/// [`Unchanged::Changed`], [`Unchanged::NoGoal`], or the database.
pub async fn merge(
    tx: &mut PgConnection,
    permit: &Edit,
    seen: (Uuid, i32),
    (into, is_kept): (Uuid, bool),
    now: OffsetDateTime,
) -> Result<(), Unchanged> {
    let one = locked(tx, permit, seen).await?;
    let into = goal(tx, &one, into).await?;
    rows::lead_on(tx, permit, one.id, into).await?;
    if is_kept {
        rows::set_status(tx, permit, one.id, ("same", Some(into), None), Some(now)).await?;
    } else {
        rows::remove(tx, permit, one.id).await?;
    }
    let (old, new) = (json!({"name": one.name, "edition": one.edition}), json!({"into": into, "kept": is_kept}));
    note(tx, permit, ("reference.merge", one.id), (Some(old), Some(new)), now).await?;
    Ok(())
}
