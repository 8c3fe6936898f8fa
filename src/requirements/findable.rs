//! Puts requirements where they can be found: one search document a version, written in the transaction that changes it.

use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::{fields::Parameter, lifecycle::There, parameters};
use crate::{
    kernel::i18n::Lang,
    search::{self, Document},
};

/// What a facet begins with that says what a decided version lacks that a decision needs.
pub const MISSING: &str = "missing:";

/// Writes the documents of all versions of these requirements anew.
///
/// # Errors
/// When the database refuses.
pub async fn index(tx: &mut PgConnection, requirements: &[Uuid]) -> sqlx::Result<()> {
    let mut rows = Vec::new();
    for some in requirements.chunks(1_000) {
        rows.extend(documents(tx, some).await?);
    }
    search::put(tx, "requirement", requirements, &rows).await
}

/// What can be found of each version that was or may be in force, and of open ones for those who may see them. A text that
/// may not be shown is not found either.
async fn documents(tx: &mut PgConnection, requirements: &[Uuid]) -> sqlx::Result<Vec<Document>> {
    let rows = sqlx::query!(
        r#"select v.id, v.requirement_id, r.number, v.audience, v.owner_org,
                  case when v.state = 'decided' then v.valid else tstzrange(v.created_at, null) end as "valid!",
                  v.title, concat_ws(' ', g.name_sv, a.name_sv, e.title) as "names!",
                  coalesce((select string_agg(c.text, ' ' order by c.position) from version_clause c where c.version_id = v.id), '') as "text!",
                  v.parameters as "parameters: Json<Vec<Parameter>>",
                  concat_ws(' ', v.rationale, v.proportionality, r.guidance, v.follow_up ->> 'method', e.rationale,
                      (select string_agg(x ->> 'text', ' ') from jsonb_array_elements(v.evidence) x),
                      (select string_agg(ce.text, ' ') from clause_english ce where ce.version_id = v.id)) as "more!",
                  r.review_by, v.state = 'decided' as "decided!",
                  v.rationale <> '' as "rationale!", v.proportionality <> '' as "proportionality!", v.evidence <> '[]'::jsonb as "evidence!",
                  v.follow_up is not null as "follow_up!", v.type <> 'award_criterion' or v.award is not null as "award!",
                  exists (select from requirement_objective o where o.requirement_id = r.id) as "objective!",
                  greatest(v.decided_at, r.maintained_at, (
                      select max(u.at) from event u where u.subject_kind = 'requirement' and u.subject_id = r.id
                          and may_see(u.audience, u.owner_org, 0::smallint, '{}'))) as changed,
                  (select max(lower(t.valid)) from requirement_stop t where t.requirement_id = r.id) as stops,
                  to_char(a.position, 'FM000000') || to_char(g.position, 'FM000000') || g.slug as "shelf!",
                  array_cat(
                      array_remove(array['area:' || a.slug, 'group:' || a.slug || '/' || g.slug, 'type:' || v.type, 'level:' || v.level,
                          case when v.state <> 'decided' then 'state:open'
                               when p.version_id is not null then 'state:repealed' else 'state:decided' end,
                          case when f.slug is not null then 'family:' || f.slug end,
                          case when e.title is not null then 'lang:en' end], null),
                      array_cat(
                          coalesce((select array_agg('objective:' || o.objective) from requirement_objective o where o.requirement_id = r.id), '{}'),
                          array_cat(
                              coalesce((select array_agg(distinct 'evidence:' || (x ->> 'kind')) from jsonb_array_elements(v.evidence) x), '{}'),
                              coalesce((select array_agg('cpv:' || c.code) from requirement_cpv c where c.requirement_id = r.id), '{}')))) as "facets!"
           from requirement_version v
           join requirement r on r.id = v.requirement_id
           join product_group g on g.id = r.product_group_id
           join product_area a on a.id = g.area_id
           left join requirement_family f on f.id = r.family_id
           left join requirement_repeal p on p.version_id = v.id
           left join version_english e on e.version_id = v.id
           where v.requirement_id = any($1) and v.state in ('preparation', 'ready', 'decided') and v.not_shown_since is null"#,
        requirements,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|mut row| {
            // Of a draft it is no wonder that something is missing.
            if row.decided {
                let there = There {
                    rationale: row.rationale,
                    proportionality: row.proportionality,
                    evidence: row.evidence,
                    follow_up: row.follow_up,
                    objective: row.objective,
                    review: row.review_by.is_some(),
                    award: row.award,
                };
                row.facets.extend(there.missing().into_iter().map(|missing| format!("{MISSING}{}", missing.code())));
            }
            Document {
                id: row.id,
                subject: row.requirement_id,
                number: row.number,
                audience: row.audience,
                owner: row.owner_org,
                valid: row.valid,
                title: row.title,
                names: row.names,
                // What is shown of it is what a buyer would read: values, not their keys.
                text: parameters::plain(&row.text, &row.parameters, Lang::Sv),
                more: row.more,
                shelf: row.shelf,
                facets: row.facets,
                review_by: row.review_by,
                changed: row.changed,
                stops: row.stops,
            }
        })
        .collect())
}
