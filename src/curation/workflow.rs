//! What is done with the tree and with what stands in it, in the caller's transaction: the tree itself, then requirements,
//! proposals and what is said of both, then what can be found of them.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::plan;
use crate::{
    dialogue,
    kernel::actor::Actor,
    proposals,
    requirements::{self, Found},
    taxonomy::{
        self, Facts,
        policy::Edit,
        references::{self, Beside, Cited, Mark, Unchanged},
        workflow as tree,
    },
};

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refused {
    /// They may not.
    #[error("no right to edit the tree")]
    Right,
    /// The tree says no.
    #[error(transparent)]
    Tree(#[from] taxonomy::Refused),
    /// What stands in it cannot be moved.
    #[error("requirements stay where they are")]
    Requirements(#[source] requirements::policy::Refused),
    /// The same for proposals.
    #[error("proposals stay where they are")]
    Proposals(#[source] proposals::Refused),
    /// And for what is said of both.
    #[error("threads stay where they are")]
    Dialogue(#[source] dialogue::Refused),
    /// What requirements refer to stays as it is.
    #[error(transparent)]
    Reference(#[from] Unchanged),
    /// There is no such place to tell of.
    #[error("no such place")]
    NoPlace,
    /// There is no such line of the plan.
    #[error("no such line")]
    NoLine,
    /// Somebody else has changed the line since it was read.
    #[error("changed since it was read")]
    LineChanged,
    /// The database says no.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<requirements::policy::Refused> for Refused {
    fn from(refused: requirements::policy::Refused) -> Self {
        match refused {
            requirements::policy::Refused::Database(error) => Self::Database(error),
            other => Self::Requirements(other),
        }
    }
}

impl From<proposals::Refused> for Refused {
    fn from(refused: proposals::Refused) -> Self {
        match refused {
            proposals::Refused::Database(error) => Self::Database(error),
            other => Self::Proposals(other),
        }
    }
}

impl From<dialogue::Refused> for Refused {
    fn from(refused: dialogue::Refused) -> Self {
        match refused {
            dialogue::Refused::Database(error) => Self::Database(error),
            other => Self::Dialogue(other),
        }
    }
}

pub(super) fn permit(actor: &Actor) -> Result<Edit, Refused> {
    Edit::ask(actor).ok_or(Refused::Right)
}

/// A new area; gives its slug.
///
/// # Errors
/// Why it cannot be, or the database.
pub(super) async fn add_area(
    tx: &mut PgConnection,
    actor: &Actor,
    facts: &Facts,
    now: OffsetDateTime,
) -> Result<String, Refused> {
    Ok(tree::add_area(tx, &permit(actor)?, facts, now).await?)
}

/// Writes what is said of an area, and where its requirements are found by it.
///
/// # Errors
/// Why it cannot be, or the database.
pub(super) async fn edit_area(
    tx: &mut PgConnection,
    actor: &Actor,
    (slug, lock): (&str, i32),
    facts: &Facts,
    now: OffsetDateTime,
) -> Result<Found, Refused> {
    tree::edit_area(tx, &permit(actor)?, (slug, lock), facts, now).await?;
    Ok(requirements::find_anew(tx, slug, None).await?)
}

/// Retires an area, or takes it into use again.
///
/// # Errors
/// Why it cannot be, or the database.
pub(super) async fn retire_area(
    tx: &mut PgConnection,
    actor: &Actor,
    (slug, lock): (&str, i32),
    retires: bool,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    Ok(tree::retire_area(tx, &permit(actor)?, (slug, lock), retires, now).await?)
}

/// A new group.
///
/// # Errors
/// Why it cannot be, or the database.
pub(super) async fn add_group(
    tx: &mut PgConnection,
    actor: &Actor,
    area: &str,
    said: (&Facts, &[String]),
    now: OffsetDateTime,
) -> Result<Uuid, Refused> {
    Ok(tree::add_group(tx, &permit(actor)?, area, said, now).await?)
}

/// Writes what is said of a group, and where its requirements are found by it.
///
/// # Errors
/// Why it cannot be, or the database.
pub(super) async fn edit_group(
    tx: &mut PgConnection,
    actor: &Actor,
    (id, lock): (Uuid, i32),
    said: (&Facts, &[String]),
    now: OffsetDateTime,
) -> Result<Found, Refused> {
    tree::edit_group(tx, &permit(actor)?, (id, lock), said, now).await?;
    Ok(requirements::find_anew(tx, "", Some(id)).await?)
}

/// Gives a group an owner for a period.
///
/// # Errors
/// Why it cannot be, or the database.
pub(super) async fn add_owner(
    tx: &mut PgConnection,
    actor: &Actor,
    id: Uuid,
    owner: (&str, Date, Date),
    now: OffsetDateTime,
) -> Result<(), Refused> {
    Ok(tree::add_owner(tx, &permit(actor)?, id, owner, now).await?)
}

/// Takes a period of an owner away.
///
/// # Errors
/// Why it cannot be, or the database.
pub(super) async fn remove_owner(
    tx: &mut PgConnection,
    actor: &Actor,
    id: Uuid,
    owner: (&str, Date),
    now: OffsetDateTime,
) -> Result<(), Refused> {
    Ok(tree::remove_owner(tx, &permit(actor)?, id, owner, now).await?)
}

/// What becomes of a group.
#[derive(Debug, Clone, Copy)]
pub(super) enum Change<'a> {
    /// It stands in another area.
    Move(&'a str),
    /// It is part of another group, with all that stands in it.
    Merge(Uuid),
    /// It takes no new requirements.
    Retire,
    /// It does again.
    Restore,
}

/// Does it, with all that stands in the group.
///
/// # Errors
/// Why it cannot be, or the database.
pub(super) async fn change_group(
    tx: &mut PgConnection,
    actor: &Actor,
    (id, lock): (Uuid, i32),
    change: Change<'_>,
    now: OffsetDateTime,
) -> Result<Found, Refused> {
    let edit = permit(actor)?;
    match change {
        Change::Move(area) => {
            tree::move_group(tx, &edit, (id, lock), area, now).await?;
            Ok(requirements::find_anew(tx, "", Some(id)).await?)
        }
        Change::Merge(into) => {
            tree::merge_groups(tx, &edit, (id, lock), into, now).await?;
            let permit = requirements::policy::Regroup::ask(tx, actor, id, into).await?;
            let found = requirements::workflow::regroup(tx, &permit, now).await?;
            proposals::regroup(tx, actor, (id, into), now).await?;
            dialogue::regroup(tx, actor, (id, into), now).await?;
            plan::regroup(tx, actor, id, into).await?;
            Ok(found)
        }
        Change::Retire | Change::Restore => {
            tree::retire_group(tx, &edit, (id, lock), matches!(change, Change::Retire), now).await?;
            Ok(Found::Now)
        }
    }
}

/// Something new to refer to.
///
/// # Errors
/// Why it cannot be, or the database.
pub(super) async fn add_reference(
    tx: &mut PgConnection,
    actor: &Actor,
    said: (&Cited, &Beside),
    now: OffsetDateTime,
) -> Result<Uuid, Refused> {
    Ok(references::add(tx, &permit(actor)?, said, now).await?)
}

/// Writes what stands beside it, and what is cited of it where nothing decided cites it.
///
/// # Errors
/// Why it cannot be, or the database.
pub(super) async fn edit_reference(
    tx: &mut PgConnection,
    actor: &Actor,
    (id, lock): (Uuid, i32),
    (cited, beside): (Option<&Cited>, &Beside),
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let edit = permit(actor)?;
    if cited.is_some() && requirements::is_decided_on(tx, id).await? {
        return Err(Unchanged::Frozen.into());
    }
    Ok(references::edit(tx, &edit, (id, lock), (cited, beside), now).await?)
}

/// Says what holds of it.
///
/// # Errors
/// Why it cannot be, or the database.
pub(super) async fn mark_reference(
    tx: &mut PgConnection,
    actor: &Actor,
    seen: (Uuid, i32),
    mark: (Mark, Option<Date>),
    now: OffsetDateTime,
) -> Result<(), Refused> {
    Ok(references::mark(tx, &permit(actor)?, seen, mark, now).await?)
}

/// Makes it the same as another: drafts cite the other from now on; it is kept where something decided cites it. Gives whether
/// it is.
///
/// # Errors
/// Why it cannot be, or the database.
pub(super) async fn merge_reference(
    tx: &mut PgConnection,
    actor: &Actor,
    (id, lock): (Uuid, i32),
    into: Uuid,
    now: OffsetDateTime,
) -> Result<bool, Refused> {
    let edit = permit(actor)?;
    let kept = requirements::is_decided_on(tx, id).await?;
    let recite = requirements::policy::Recite::ask(tx, actor, id, into).await?;
    requirements::workflow::recite(tx, &recite, now).await?;
    references::merge(tx, &edit, (id, lock), (into, kept), now).await?;
    Ok(kept)
}
