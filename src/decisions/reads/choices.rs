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
    /// The draft, where the viewer may read it.
    pub draft: Option<Uuid>,
    /// What that is called.
    pub draft_title: Option<String>,
}

/// How many are shown at a time.
pub const PAGE: i64 = 50;

/// What is looked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// Versions that are to come, which a decision can call back; otherwise those that are ready.
    pub coming: bool,
    /// Words of the title or the group, or a number.
    pub text: &'a str,
    /// Behind this one.
    pub after: Option<Key>,
    /// These alone.
    pub ids: Option<&'a [Uuid]>,
    /// None that stands in this draft.
    pub but: Option<Uuid>,
}

/// A place in the list: requirement and version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(i64, i32);

impl Key {
    /// As an address and a form hold it: `KB-0042:3`.
    pub fn parse(text: &str) -> Option<Self> {
        let (requirement, version) = text.split_once(':')?;
        Some(Self(RequirementNumber::parse_loosely(requirement)?.get(), version.parse().ok()?))
    }
}

/// A page of them, and the place of the last where there are more.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// The page.
    pub rows: Vec<Choice>,
    /// Behind which the next begins; empty for the last page.
    pub next: String,
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

/// Versions that a decision can be about, as far as they are the viewer's to draft about: whoever asks for `ids` learns which of
/// them qualify, however long the list is.
///
/// # Errors
/// When the database is away.
pub async fn choices(
    connection: &mut PgConnection,
    (viewer, actor): (&Viewer, &Actor),
    wanted: &Wanted<'_>,
    (today, now): When,
) -> sqlx::Result<Choices> {
    let (person, organisation) = actor.person();
    let most = wanted.ids.map_or(PAGE, |ids| i64::try_from(ids.len()).unwrap_or(i64::MAX));
    let number = RequirementNumber::parse_loosely(wanted.text).map(RequirementNumber::get);
    let mut rows = sqlx::query_as!(
        Choice,
        r#"select v.id as version_id, r.id as requirement_id, r.number, v.number as version, v.title, g.name_sv as group,
                  case when v.state = 'decided' then lower(v.valid) end as takes_effect,
                  exists (select from decision_draft_item i where i.version_id = v.id) as "drafted!",
                  d.id as "draft?", d.title as "draft_title?"
           from requirement_version v
           join requirement r on r.id = v.requirement_id
           join product_group g on g.id = r.product_group_id
           left join lateral (
               select x.id, x.title from decision_draft_item i join decision_draft x on x.id = i.draft_id
               where i.version_id = v.id and (may_see(x.audience, x.owner_org, $4::smallint, $5)
                     or draft_of_areas(x.id, x.created_by, $2, $3, $6, $1))
               order by x.created_at, x.id limit 1) d on true
           where (($7::boolean and v.state = 'decided' and not isempty(v.valid) and lower(v.valid) > $1
                   and not exists (select from requirement_repeal p where p.requirement_id = r.id))
                  or (not $7 and v.state = 'ready'))
             and (($4::smallint >= 20 and may_see(v.audience, v.owner_org, $4::smallint, $5)) or coordinates_group($2, $3, r.product_group_id, $6, $1))
             and ($8::text = '' or r.number = $9 or strpos(lower(v.title), lower($8)) > 0 or strpos(lower(g.name_sv), lower($8)) > 0)
             and ($10::bigint is null or (r.number, v.number) > ($10, $11::integer))
             and ($12::uuid[] is null or v.id = any ($12))
             and not exists (select from decision_draft_item i where i.draft_id = $13 and i.version_id = v.id)
           order by r.number, v.number
           limit $14"#,
        now,
        person,
        organisation,
        viewer.level(),
        viewer.organisations(),
        today,
        wanted.coming,
        wanted.text.trim(),
        number,
        wanted.after.map(|key| key.0),
        wanted.after.map(|key| key.1),
        wanted.ids,
        wanted.but,
        most.saturating_add(1),
    )
    .fetch_all(connection)
    .await?;
    let more = i64::try_from(rows.len()).unwrap_or(i64::MAX) > most;
    if more {
        rows.pop();
    }
    let next = rows.last().filter(|_| more).map(Choice::cited).unwrap_or_default();
    Ok(Choices { rows, next })
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
