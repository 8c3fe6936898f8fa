//! What a decision can be about: versions that are ready, requirements that can end, versions that are to come.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    decisions::policy::When,
    kernel::actor::{Actor, Viewer},
    requirements::RequirementNumber,
};

/// A version to choose.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Its id.
    pub version_id: Uuid,
    /// Its requirement.
    pub requirement_id: Uuid,
    number: i64,
    /// Its number within the requirement.
    pub version: i32,
    /// Its title.
    pub title: String,
    /// The product group.
    pub group: String,
    /// When it is to take effect, where that is decided.
    pub takes_effect: Option<OffsetDateTime>,
    /// Whether it stands in a draft already.
    pub drafted: bool,
}

impl Choice {
    /// The requirement.
    pub fn requirement(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }

    /// `KB-0042:3`.
    pub fn cited(&self) -> String {
        format!("{}:{}", self.requirement(), self.version)
    }
}

/// Versions that are ready, and those that are decided and to come, which a decision can call back; as far as they are the
/// viewer's to draft about.
///
/// # Errors
/// When the database is away.
pub async fn choices(
    connection: &mut PgConnection,
    (viewer, actor): (&Viewer, &Actor),
    (today, now): When,
) -> sqlx::Result<Vec<Choice>> {
    let (person, organisation) = actor.person();
    sqlx::query_as!(
        Choice,
        r#"select v.id as version_id, r.id as requirement_id, r.number, v.number as version, v.title, g.name_sv as group,
                  lower(v.valid) as takes_effect,
                  exists (select from decision_draft_item i where i.version_id = v.id) as "drafted!"
           from requirement_version v
           join requirement r on r.id = v.requirement_id
           join product_group g on g.id = r.product_group_id
           where (v.state = 'ready' or (v.state = 'decided' and lower(v.valid) > $1 and not exists (
                     select from requirement_repeal p where p.requirement_id = r.id)))
             and (($4::smallint >= 20 and may_see(v.audience, v.owner_org, $4::smallint, $5)) or coordinates_group($2, $3, r.product_group_id, $6, $1))
           order by r.number, v.number
           limit 300"#,
        now,
        person,
        organisation,
        viewer.level(),
        viewer.organisations(),
        today,
    )
    .fetch_all(connection)
    .await
}

/// A requirement in force, by its number: its id and the version.
#[derive(Debug, Clone, Copy)]
pub struct InForce {
    /// The requirement.
    pub requirement: Uuid,
    /// What is in force; none where it is in preparation or over.
    pub version: Option<Uuid>,
}

/// Finds one; a successor may be in preparation, if the viewer may know of it.
///
/// # Errors
/// When the database is away.
pub async fn by_number(
    connection: &mut PgConnection,
    viewer: &Viewer,
    number: RequirementNumber,
    now: OffsetDateTime,
) -> sqlx::Result<Option<InForce>> {
    sqlx::query_as!(
        InForce,
        r#"select r.id as requirement,
                  (select v.id from requirement_version v
                   where v.requirement_id = r.id and v.state = 'decided' and v.valid @> $2::timestamptz) as version
           from requirement r
           where r.number = $1 and exists (
               select from requirement_version v where v.requirement_id = r.id and may_see(v.audience, v.owner_org, $3, $4))"#,
        number.get(),
        now,
        viewer.level(),
        viewer.organisations(),
    )
    .fetch_optional(connection)
    .await
}
