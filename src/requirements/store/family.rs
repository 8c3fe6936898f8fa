//! Who stands on which level in a family.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// A decided version of a sibling that is in force now or later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sibling {
    /// The requirement that was asked about.
    pub of: Uuid,
    /// The sibling's requirement.
    pub requirement: Uuid,
    /// Code of the type.
    pub kind: String,
    /// Code of the level.
    pub level: String,
    /// Until when, if an end is set.
    pub until: Option<OffsetDateTime>,
}

/// The siblings of these requirements, as the database sees them when one of them gets another level.
///
/// # Errors
/// When the database is away.
pub async fn siblings(tx: &mut PgConnection, requirements: &[Uuid]) -> sqlx::Result<Vec<Sibling>> {
    sqlx::query_as!(
        Sibling,
        r#"select r.id as of, s.id as requirement, v.type as kind, v.level, upper(v.valid) as until
           from requirement r
           join requirement s on s.family_id = r.family_id and s.id <> r.id
           join requirement_version v on v.requirement_id = s.id and v.state = 'decided' and not isempty(v.valid)
           where r.id = any($1)"#,
        requirements,
    )
    .fetch_all(tx)
    .await
}
