//! Rows locked before a permit is made from them.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::requirements::{RequirementNumber, lifecycle::State};

/// A version as it stands, locked until the transaction ends.
#[derive(Debug, Clone)]
pub struct LockedVersion {
    /// Its id.
    pub id: Uuid,
    /// Its requirement.
    pub requirement: Uuid,
    /// The requirement's printed number.
    pub requirement_number: RequirementNumber,
    /// Its number within the requirement.
    pub number: i32,
    /// Its state.
    pub state: State,
    /// Raised with each edit.
    pub lock_version: i32,
    /// When it takes or took effect.
    pub takes_effect: Option<OffsetDateTime>,
    /// Who may see it: a number of `may_see`.
    pub audience: i16,
    /// Whether what is maintained beside it waits for the decision.
    pub waits: bool,
    /// Who prepares it.
    pub handler: Option<Uuid>,
}

/// Locks the requirements, always in the order of their ids, so that two writers never wait for each other in a ring. Gives
/// those that are there.
pub(in crate::requirements) async fn lock_requirements(tx: &mut PgConnection, ids: &[Uuid]) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!("select id from requirement where id = any($1) order by id for update", ids).fetch_all(tx).await
}

/// The requirements of these versions, unlocked: they are locked before their versions.
pub(in crate::requirements) async fn requirements_of(tx: &mut PgConnection, versions: &[Uuid]) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!("select distinct requirement_id from requirement_version where id = any($1)", versions)
        .fetch_all(tx)
        .await
}

/// Whoever reads a file in holds this lock.
const IMPORT_LOCK: i64 = 0x696d_706f;

/// Waits until no other file is being read in, and keeps others waiting until the transaction ends.
///
/// # Errors
/// When the database is away.
pub async fn wait_for_other_imports(tx: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("select pg_advisory_xact_lock($1)", IMPORT_LOCK).execute(tx).await?;
    Ok(())
}

/// Locks the requirements with these numbers, as far as they are there, so that what is judged is what is written over.
///
/// # Errors
/// When the database is away.
pub async fn lock_numbers(tx: &mut PgConnection, numbers: &[i64]) -> sqlx::Result<()> {
    sqlx::query!("select id from requirement where number = any($1) order by id for update", numbers).fetch_all(tx).await?;
    Ok(())
}

/// Locks versions, in the order of their ids.
pub(in crate::requirements) async fn lock_versions(tx: &mut PgConnection, ids: &[Uuid]) -> sqlx::Result<Vec<LockedVersion>> {
    let rows = sqlx::query!(
        r#"select v.id, v.requirement_id, r.number as requirement_number, v.number, v.state, v.lock_version,
                  lower(v.valid) as takes_effect, v.audience, v.pending is not null as "waits!", v.handler_id
           from requirement_version v join requirement r on r.id = v.requirement_id
           where v.id = any($1) order by v.id for update of v"#,
        ids,
    )
    .fetch_all(tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(LockedVersion {
                id: row.id,
                requirement: row.requirement_id,
                requirement_number: RequirementNumber::from_db(row.requirement_number),
                number: row.number,
                state: State::from_code(&row.state).ok_or_else(|| sqlx::Error::Decode("a state that is unknown".into()))?,
                lock_version: row.lock_version,
                takes_effect: row.takes_effect,
                audience: row.audience,
                waits: row.waits,
                handler: row.handler_id,
            })
        })
        .collect()
}

/// Locks one version.
///
/// # Errors
/// When the database is away.
pub async fn lock_version(tx: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<LockedVersion>> {
    Ok(lock_versions(tx, &[id]).await?.into_iter().next())
}

/// Locks the version of the requirement that is in force at `at`, if any is.
pub(in crate::requirements) async fn lock_current(
    tx: &mut PgConnection,
    requirement: Uuid,
    at: OffsetDateTime,
) -> sqlx::Result<Option<LockedVersion>> {
    let id = sqlx::query_scalar!(
        "select id from requirement_version where requirement_id = $1 and state = 'decided' and valid @> $2::timestamptz for update",
        requirement,
        at,
    )
    .fetch_optional(&mut *tx)
    .await?;
    match id {
        Some(id) => lock_version(tx, id).await,
        None => Ok(None),
    }
}

/// Whether one of these requirements is repealed, or is to be.
pub(in crate::requirements) async fn any_repealed(tx: &mut PgConnection, requirements: &[Uuid]) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from requirement_repeal where requirement_id = any($1)) as "any!""#,
        requirements,
    )
    .fetch_one(tx)
    .await
}

/// Whether a version of the requirement is decided that takes effect after `at`.
pub(in crate::requirements) async fn is_version_to_come(
    tx: &mut PgConnection,
    requirement: Uuid,
    at: OffsetDateTime,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from requirement_version
                          where requirement_id = $1 and state = 'decided' and lower(valid) > $2) as "any!""#,
        requirement,
        at,
    )
    .fetch_one(tx)
    .await
}

/// The id of a version by its number within the requirement. For those who hold a permit or make one: it says nothing of
/// who may see it.
///
/// # Errors
/// When the database is away.
pub async fn version_id(connection: &mut PgConnection, requirement: Uuid, number: i32) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!("select id from requirement_version where requirement_id = $1 and number = $2", requirement, number)
        .fetch_optional(connection)
        .await
}

/// The product groups of these requirements, for whoever holds them locked.
///
/// # Errors
/// When the database is away.
pub async fn groups_of(tx: &mut PgConnection, requirements: &[Uuid]) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!("select distinct product_group_id from requirement where id = any($1)", requirements).fetch_all(tx).await
}

/// Whether a person looks after the areas that own all of these groups, for the organisation that they act for.
pub(in crate::requirements) async fn coordinates(
    tx: &mut PgConnection,
    (person, organisation): (Uuid, Uuid),
    groups: &[Uuid],
    (today, now): (Date, OffsetDateTime),
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select coalesce(bool_and(coordinates_group($1, $2, g.id, $4, $5)), false) as "all!" from unnest($3::uuid[]) as g(id)"#,
        person,
        organisation,
        groups,
        today,
        now,
    )
    .fetch_one(tx)
    .await
}
