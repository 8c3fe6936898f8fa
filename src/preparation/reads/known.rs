//! What can be chosen in the editor: groups, objectives, goals, what is cited elsewhere.

use serde::Deserialize;
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::requirements::fields::Reference;

/// A product group.
#[derive(Debug, Clone, Deserialize)]
pub struct Group {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// What its area is called.
    pub area: String,
    /// Its path, as in `textil/arbetsklader`.
    pub path: String,
}

/// What can be chosen.
#[derive(Debug, Clone, Deserialize)]
pub struct Known {
    /// Product groups in order: those that take requirements, and the one asked for.
    pub groups: Vec<Group>,
    /// Environmental objectives: code and name.
    pub objectives: Vec<(String, String)>,
    /// Goals of Agenda 2030: number and name.
    pub goals: Vec<(String, String)>,
    /// What is cited elsewhere and in force, by name.
    pub references: Vec<Reference>,
}

/// As many of what is cited as a page can hold.
const MOST_REFERENCES: i64 = 200;

/// Reads it; references of the group first. `group` is the one in which the requirement stands.
///
/// # Errors
/// When the database is away.
pub async fn known(connection: &mut PgConnection, group: Uuid) -> sqlx::Result<Known> {
    let row = sqlx::query_scalar!(
        r#"select jsonb_build_object(
             'groups', (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name_sv, 'area', a.name_sv,
                            'path', a.slug || '/' || g.slug) order by a.position, a.id, g.position, g.id), '[]')
                        from product_group g join product_area a on a.id = g.area_id
                        where coalesce(g.retired_at, a.retired_at) is null or g.id = $1),
             'objectives', (select coalesce(jsonb_agg(jsonb_build_array(o.slug, o.name_sv) order by o.position), '[]') from objective o),
             'goals', (select coalesce(jsonb_agg(jsonb_build_array(n.number::text, n.number || '. ' || n.name_sv) order by n.number), '[]')
                       from agenda_goal n),
             'references', (select coalesce(jsonb_agg(f.cited order by f.name, f.edition), '[]') from (
                 select f.name, f.edition, jsonb_strip_nulls(jsonb_build_object('name', f.name, 'kind', f.kind, 'url', f.url,
                     'edition', nullif(f.edition, ''), 'in_force_from', f.in_force_from, 'in_force_to', f.in_force_to)) as cited
                 from reference f where f.status = 'in_force'
                 order by exists (
                     select from version_reference x join requirement_version v on v.id = x.version_id
                     join requirement r on r.id = v.requirement_id
                     where x.reference_id = f.id and r.product_group_id = $1 and may_see(v.audience, v.owner_org, 0::smallint, '{}')
                 ) desc, f.name limit $2) f)
           ) as "known!: Json<Known>""#,
        group,
        MOST_REFERENCES,
    )
    .fetch_one(connection)
    .await?;
    Ok(row.0)
}

/// What holds now of something that is cited.
#[derive(Debug)]
pub struct CitedNow {
    /// What it is called.
    pub name: String,
    edition: String,
    kind: String,
    /// Whether it is no longer in force.
    pub is_over: bool,
    /// What replaces it.
    pub by: Option<String>,
}

impl CitedNow {
    /// Whether this is what is cited.
    pub fn is(&self, cited: &Reference) -> bool {
        self.name == cited.name && self.kind == cited.kind.code() && self.edition == cited.edition.as_deref().unwrap_or("")
    }
}

/// What holds of everything with one of these names.
///
/// # Errors
/// When the database is away.
pub async fn cited_now(connection: &mut PgConnection, cited: &[Reference], now: OffsetDateTime) -> sqlx::Result<Vec<CitedNow>> {
    if cited.is_empty() {
        return Ok(Vec::new());
    }
    let names: Vec<String> = cited.iter().map(|reference| reference.name.clone()).collect();
    sqlx::query_as!(
        CitedNow,
        r#"select f.name, f.edition, f.kind,
                  coalesce(n.status in ('replaced', 'retired') and n.marked_at <= $2, false) as "is_over!",
                  case when n.status = 'replaced' then s.name || case when s.edition <> '' then ', ' || s.edition else '' end end as by
           from reference f join reference_now() n on n.id = f.id
           left join reference s on s.id = n.successor
           where f.name = any($1) order by f.name, f.edition"#,
        &names,
        now,
    )
    .fetch_all(connection)
    .await
}
