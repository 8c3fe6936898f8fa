//! What is done with the tree: permit, lock, store, audit, in the caller's transaction. Whoever moves requirements along does
//! it in the same transaction (`curation`).

use serde_json::{Value, json};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{
    cpv, groups,
    policy::Edit,
    store::{self, LockedArea, LockedGroup},
};
use crate::kernel::audit;

/// What is said of a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Swedish name.
    pub name_sv: String,
    /// English name.
    pub name_en: String,
    /// What it holds and what matters there, in Swedish.
    pub about_sv: String,
    /// The same in English.
    pub about_en: String,
}

/// Why the tree stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// There is no such place.
    #[error("no such place")]
    NotThere,
    /// Somebody else has changed it since it was read.
    #[error("changed since it was read")]
    Changed,
    /// Another has that name.
    #[error("the name is taken")]
    NameTaken,
    /// Another stands, or stood, at the address that it would get.
    #[error("the address is taken")]
    AddressTaken,
    /// These codes are not in the list.
    #[error("unknown codes: {0:?}")]
    UnknownCodes(Vec<String>),
    /// Somebody else owns it on a day of the period.
    #[error("the periods meet")]
    Owned,
    /// What it would be put into is retired.
    #[error("retired")]
    Retired,
    /// The database says no.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

async fn area(tx: &mut PgConnection, permit: &Edit, slug: &str, lock: Option<i32>) -> Result<LockedArea, Refused> {
    store::alone(tx, permit).await?;
    let area = store::area(tx, slug).await?.ok_or(Refused::NotThere)?;
    if lock.is_some_and(|lock| lock != area.lock) { Err(Refused::Changed) } else { Ok(area) }
}

async fn group(tx: &mut PgConnection, permit: &Edit, id: Uuid, lock: Option<i32>) -> Result<LockedGroup, Refused> {
    store::alone(tx, permit).await?;
    let group = store::group(tx, id).await?.ok_or(Refused::NotThere)?;
    if lock.is_some_and(|lock| lock != group.lock) { Err(Refused::Changed) } else { Ok(group) }
}

async fn note(
    tx: &mut PgConnection,
    permit: &Edit,
    (action, kind): (&'static str, &'static str),
    id: Uuid,
    (old, new): (Option<Value>, Option<Value>),
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    groups::note_change(tx, now).await?;
    let entry = audit::Entry { action, object_kind: kind, object_id: Some(id), old, new, reason: None };
    audit::record(tx, permit.by(), now, entry).await
}

const AREA: &str = "product_area";
const GROUP: &str = "product_group";

/// A new area; gives its slug.
///
/// # Errors
/// [`Refused::NameTaken`], or the database.
pub async fn add_area(tx: &mut PgConnection, permit: &Edit, facts: &Facts, now: OffsetDateTime) -> Result<String, Refused> {
    store::alone(tx, permit).await?;
    let slug = groups::slug(&facts.name_sv);
    if store::is_area_taken(tx, None, &facts.name_sv, Some(&slug)).await? {
        return Err(Refused::NameTaken);
    }
    let id = store::add_area(tx, permit, &slug, facts).await?;
    let new = json!({"slug": slug, "name": facts.name_sv});
    note(tx, permit, ("taxonomy.add_area", AREA), id, (None, Some(new)), now).await?;
    Ok(slug)
}

/// What is said of an area; its slug stays.
///
/// # Errors
/// [`Refused::Changed`], [`Refused::NameTaken`], or the database.
pub async fn edit_area(
    tx: &mut PgConnection,
    permit: &Edit,
    (slug, lock): (&str, i32),
    facts: &Facts,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let area = area(tx, permit, slug, Some(lock)).await?;
    if store::is_area_taken(tx, Some(area.id), &facts.name_sv, None).await? {
        return Err(Refused::NameTaken);
    }
    store::edit_area(tx, permit, &area, facts).await?;
    let (old, new) = (json!({"name": area.name}), json!({"name": facts.name_sv, "name_en": facts.name_en}));
    note(tx, permit, ("taxonomy.edit_area", AREA), area.id, (Some(old), Some(new)), now).await?;
    Ok(())
}

/// Retires an area, or takes it into use again.
///
/// # Errors
/// [`Refused::Changed`], or the database.
pub async fn retire_area(
    tx: &mut PgConnection,
    permit: &Edit,
    (slug, lock): (&str, i32),
    retires: bool,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let area = area(tx, permit, slug, Some(lock)).await?;
    if area.is_retired == retires {
        return Ok(());
    }
    store::retire_area(tx, permit, &area, retires.then_some(now)).await?;
    let action = if retires { "taxonomy.retire_area" } else { "taxonomy.restore_area" };
    note(tx, permit, (action, AREA), area.id, (None, Some(json!({"slug": area.slug}))), now).await?;
    Ok(())
}

/// A new group in an area.
///
/// # Errors
/// [`Refused::NotThere`], [`Refused::Retired`], [`Refused::NameTaken`], [`Refused::UnknownCodes`], or the database.
pub async fn add_group(
    tx: &mut PgConnection,
    permit: &Edit,
    in_area: &str,
    (facts, codes): (&Facts, &[String]),
    now: OffsetDateTime,
) -> Result<Uuid, Refused> {
    let area = area(tx, permit, in_area, None).await?;
    if area.is_retired {
        return Err(Refused::Retired);
    }
    if store::is_name_taken(tx, area.id, None, &facts.name_sv).await? {
        return Err(Refused::NameTaken);
    }
    are_known(tx, codes).await?;
    let slug = groups::free_slug(tx, &area.slug, &area.name, groups::slug(&facts.name_sv)).await?;
    let id = store::add_group(tx, permit, area.id, &slug, facts).await?;
    store::set_codes(tx, permit, id, codes).await?;
    let new = json!({"area": area.slug, "group": slug, "name": facts.name_sv, "cpv": codes});
    note(tx, permit, ("taxonomy.add_group", GROUP), id, (None, Some(new)), now).await?;
    Ok(id)
}

async fn are_known(tx: &mut PgConnection, codes: &[String]) -> Result<(), Refused> {
    let known = cpv::known(tx, codes).await?;
    let unknown: Vec<String> = codes.iter().filter(|code| !known.contains(code)).cloned().collect();
    if unknown.is_empty() { Ok(()) } else { Err(Refused::UnknownCodes(unknown)) }
}

/// What is said of a group, and its codes; its slug stays.
///
/// # Errors
/// [`Refused::Changed`], [`Refused::NameTaken`], [`Refused::UnknownCodes`], or the database.
pub async fn edit_group(
    tx: &mut PgConnection,
    permit: &Edit,
    (id, lock): (Uuid, i32),
    (facts, codes): (&Facts, &[String]),
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let group = group(tx, permit, id, Some(lock)).await?;
    if store::is_name_taken(tx, group.area, Some(id), &facts.name_sv).await? {
        return Err(Refused::NameTaken);
    }
    are_known(tx, codes).await?;
    store::edit_group(tx, permit, &group, facts).await?;
    store::set_codes(tx, permit, id, codes).await?;
    let (old, new) = (json!({"name": group.name}), json!({"name": facts.name_sv, "name_en": facts.name_en, "cpv": codes}));
    note(tx, permit, ("taxonomy.edit_group", GROUP), id, (Some(old), Some(new)), now).await?;
    Ok(())
}

/// Retires a group, or takes it into use again.
///
/// # Errors
/// [`Refused::Changed`], or the database.
pub async fn retire_group(
    tx: &mut PgConnection,
    permit: &Edit,
    (id, lock): (Uuid, i32),
    retires: bool,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let group = group(tx, permit, id, Some(lock)).await?;
    if group.is_retired == retires {
        return Ok(());
    }
    store::retire_group(tx, permit, &group, retires.then_some(now)).await?;
    let action = if retires { "taxonomy.retire_group" } else { "taxonomy.restore_group" };
    let new = json!({"area": group.area_slug, "group": group.slug});
    note(tx, permit, (action, GROUP), id, (None, Some(new)), now).await?;
    Ok(())
}

/// Puts a group into another area. Its requirements are to be indexed anew by the caller.
///
/// # Errors
/// [`Refused::Changed`], [`Refused::Retired`], [`Refused::NameTaken`], [`Refused::AddressTaken`], or the database.
pub async fn move_group(
    tx: &mut PgConnection,
    permit: &Edit,
    (id, lock): (Uuid, i32),
    to: &str,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let group = group(tx, permit, id, Some(lock)).await?;
    let to = store::area(tx, to).await?.ok_or(Refused::NotThere)?;
    if to.id == group.area {
        return Ok(());
    }
    if to.is_retired {
        return Err(Refused::Retired);
    }
    if store::is_name_taken(tx, to.id, Some(id), &group.name).await? {
        return Err(Refused::NameTaken);
    }
    if store::is_address_taken(tx, &to.slug, id, &group.slug).await? {
        return Err(Refused::AddressTaken);
    }
    store::move_group(tx, permit, &group, &to).await?;
    let (old, new) = (json!({"area": group.area_slug, "group": group.slug}), json!({"area": to.slug, "group": group.slug}));
    note(tx, permit, ("taxonomy.move_group", GROUP), id, (Some(old), Some(new)), now).await?;
    Ok(())
}

/// Makes a group part of another. Its requirements and proposals are to be moved by the caller, in the same transaction.
///
/// # Errors
/// [`Refused::Changed`], [`Refused::NotThere`], [`Refused::Retired`], or the database.
pub async fn merge_groups(
    tx: &mut PgConnection,
    permit: &Edit,
    (id, lock): (Uuid, i32),
    into: Uuid,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let from = group(tx, permit, id, Some(lock)).await?;
    let into = store::group(tx, into).await?.filter(|into| into.id != id).ok_or(Refused::NotThere)?;
    if into.is_retired || into.area_is_retired {
        return Err(Refused::Retired);
    }
    store::merge_group(tx, permit, &from, &into, now).await?;
    let (old, new) = (json!({"area": from.area_slug, "group": from.slug}), json!({"area": into.area_slug, "group": into.slug}));
    note(tx, permit, ("taxonomy.merge_groups", GROUP), id, (Some(old), Some(new)), now).await?;
    Ok(())
}

/// Gives a group an owner for a period, last day included.
///
/// # Errors
/// [`Refused::NotThere`], [`Refused::Owned`] where somebody owns it on one of the days, or the database.
pub async fn add_owner(
    tx: &mut PgConnection,
    permit: &Edit,
    id: Uuid,
    (letter, from, to): (&str, Date, Date),
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let group = group(tx, permit, id, None).await?;
    if store::is_owned(tx, id, from, to).await? {
        return Err(Refused::Owned);
    }
    let path = format!("{}/{}", group.area_slug, group.slug);
    groups::set_owner(tx, permit, &path, letter, from, to, now).await?;
    Ok(())
}

/// Takes a period of an owner away.
///
/// # Errors
/// [`Refused::NotThere`], or the database.
pub async fn remove_owner(
    tx: &mut PgConnection,
    permit: &Edit,
    id: Uuid,
    (letter, from): (&str, Date),
    now: OffsetDateTime,
) -> Result<(), Refused> {
    group(tx, permit, id, None).await?;
    if store::remove_owner(tx, permit, id, letter, from).await? {
        let old = json!({"letter": letter, "from": from.to_string()});
        note(tx, permit, ("taxonomy.remove_owner", GROUP), id, (Some(old), None), now).await?;
    }
    Ok(())
}

/// Paths of groups (`textil/handskar`, or `handskar`) as they are now: those of groups that were moved or merged lead on.
///
/// # Errors
/// When the database refuses.
pub async fn where_now(connection: &mut PgConnection, paths: Vec<String>) -> sqlx::Result<Vec<String>> {
    if paths.is_empty() { Ok(paths) } else { store::where_now(connection, &paths).await }
}

/// Where a group stands that stood at this address before: the slugs of its area and its own.
///
/// # Errors
/// When the database refuses.
pub async fn moved(connection: &mut PgConnection, area: &str, group: &str) -> sqlx::Result<Option<(String, String)>> {
    store::moved(connection, area, group).await
}
