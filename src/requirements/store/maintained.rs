//! What is maintained beside the decided core, and the English texts.

use std::collections::HashMap;

use serde_json::{Value, json};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Laid, NewVersion};
use crate::requirements::{
    clauses::Clause,
    content::{Content, Maintained},
    policy::{Prepare, Publish},
};

/// An edit beside the core of a version that stays as it is.
#[derive(Debug, Clone, Copy)]
pub struct Edit<'a> {
    /// Which version of which requirement.
    pub laid: Laid,
    /// The content as it is to be; its core is the stored one.
    pub content: &'a Content,
    /// The version's clauses.
    pub clauses: &'a [Clause],
    /// Whether the version is a draft of a requirement that is published: then the edit waits for the decision.
    pub waits: bool,
}

/// Sets what is maintained of requirements that were just made.
pub(in crate::requirements) async fn maintain_new(
    tx: &mut PgConnection,
    permit: &Prepare,
    versions: &[NewVersion],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let new: Vec<(Uuid, &Maintained)> =
        versions.iter().filter(|v| !permit.covers(v.requirement)).map(|v| (v.requirement, &v.content.maintained)).collect();
    set(tx, &new, now).await
}

/// Makes the edits.
pub(in crate::requirements) async fn maintain(
    tx: &mut PgConnection,
    permit: &Prepare,
    edits: &[Edit<'_>],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    if let Some(edit) = edits.iter().find(|edit| !permit.covers(edit.laid.requirement)) {
        return Err(sqlx::Error::InvalidArgument(format!("{} is not locked by the permit", edit.laid.requirement)));
    }
    let at_once: Vec<(Uuid, &Maintained)> =
        edits.iter().filter(|edit| !edit.waits).map(|edit| (edit.laid.requirement, &edit.content.maintained)).collect();
    set(tx, &at_once, now).await?;
    let waiting: Vec<Value> = edits
        .iter()
        .filter(|edit| edit.waits)
        .map(|edit| json!({"version": edit.laid.version, "maintained": edit.content.maintained}))
        .collect();
    sqlx::query!(
        "update requirement_version v set pending = x.maintained
         from jsonb_to_recordset($1) as x(version uuid, maintained jsonb) where v.id = x.version",
        Value::Array(waiting),
    )
    .execute(&mut *tx)
    .await?;
    let english = edits
        .iter()
        .map(|edit| {
            let english = &edit.content.english;
            json!({"version": edit.laid.version, "title": english.title, "rationale": english.rationale, "evidence": english.evidence})
        })
        .collect();
    let clauses = edits
        .iter()
        .flat_map(|edit| {
            let texts = edit.clauses.iter().zip(&edit.content.english.text);
            texts.map(|(clause, text)| json!({"version": edit.laid.version, "clause": clause.id, "text": text}))
        })
        .collect();
    write_english(tx, Value::Array(english), Value::Array(clauses)).await
}

/// Sets what is maintained as the decided versions would have it.
pub(in crate::requirements) async fn maintain_decided(
    tx: &mut PgConnection,
    permit: &Publish,
    contents: &HashMap<Uuid, &Maintained>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let of_permit: Vec<(Uuid, &Maintained)> =
        permit.versions().iter().filter_map(|v| contents.get(&v.id).map(|m| (v.requirement, *m))).collect();
    set(tx, &of_permit, now).await
}

pub(super) async fn set(tx: &mut PgConnection, items: &[(Uuid, &Maintained)], now: OffsetDateTime) -> sqlx::Result<()> {
    insert_families(tx, items.iter().filter_map(|(_, maintained)| maintained.family.as_deref())).await?;
    let records = Value::Array(items.iter().map(|(id, maintained)| json!({"id": id, "maintained": maintained})).collect());
    sqlx::query!(
        r#"update requirement r set product_group_id = m."group", family_id = f.id, relation_to_lower = m.relation,
               guidance = m.guidance, limitations = m.limitations, builds_on = m.builds_on, agenda_goals = m.agenda_goals,
               eforms = m.eforms, gpp = m.gpp, contributors = coalesce(m.contributors, ''), review_by = m.review_by, maintained_at = $2, lock_version = r.lock_version + 1
           from jsonb_to_recordset($1) as x(id uuid, maintained jsonb),
               jsonb_to_record(x.maintained) as m("group" uuid, family text, relation text, guidance text, limitations text,
                   builds_on text, agenda_goals smallint[], eforms text[], gpp text, contributors text, review_by date)
               left join requirement_family f on f.slug = m.family
           where r.id = x.id"#,
        records,
        now,
    )
    .execute(&mut *tx)
    .await?;
    let ids: Vec<Uuid> = items.iter().map(|(id, _)| *id).collect();
    sqlx::query!("delete from requirement_cpv where requirement_id = any($1)", &ids).execute(&mut *tx).await?;
    sqlx::query!("delete from requirement_objective where requirement_id = any($1)", &ids).execute(&mut *tx).await?;
    sqlx::query!(
        "insert into requirement_cpv (requirement_id, code)
         select x.id, jsonb_array_elements_text(x.maintained -> 'cpv') from jsonb_to_recordset($1) as x(id uuid, maintained jsonb)",
        records,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "insert into requirement_objective (requirement_id, objective)
         select x.id, jsonb_array_elements_text(x.maintained -> 'objectives')
         from jsonb_to_recordset($1) as x(id uuid, maintained jsonb)",
        records,
    )
    .execute(&mut *tx)
    .await?;
    Ok(())
}

/// Replaces the English texts of the versions named in `english`.
pub(super) async fn write_english(tx: &mut PgConnection, english: Value, clauses: Value) -> sqlx::Result<()> {
    sqlx::query!(
        "with given as (
             select * from jsonb_to_recordset($1) as x(version uuid, title text, rationale text, evidence jsonb)
         ), gone as (
             delete from clause_english c using given g where c.version_id = g.version
         )
         insert into version_english (version_id, title, rationale, evidence)
         select version, title, rationale, coalesce(evidence, '[]') from given
         on conflict (version_id) do update set title = excluded.title, rationale = excluded.rationale, evidence = excluded.evidence",
        english,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "insert into clause_english (version_id, clause_id, text)
         select version, clause, text from jsonb_to_recordset($1) as x(version uuid, clause uuid, text text)",
        clauses,
    )
    .execute(tx)
    .await?;
    Ok(())
}

async fn insert_families(tx: &mut PgConnection, slugs: impl Iterator<Item = &str>) -> sqlx::Result<()> {
    let mut slugs: Vec<String> = slugs.map(str::to_owned).collect();
    slugs.sort();
    slugs.dedup();
    let ids: Vec<Uuid> = slugs.iter().map(|_| Uuid::now_v7()).collect();
    sqlx::query!(
        "insert into requirement_family (id, slug) select * from unnest($1::uuid[], $2::text[]) on conflict (slug) do nothing",
        &ids,
        &slugs,
    )
    .execute(tx)
    .await?;
    Ok(())
}
