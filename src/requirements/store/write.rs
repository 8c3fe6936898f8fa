//! New versions, edits of what is maintained, states. Always many rows at a time: a single one is a list of one.

use std::collections::HashSet;

use serde::Serialize;
use serde_json::{Value, json};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    kernel::actor::Audience,
    requirements::{
        RequirementNumber,
        clauses::Clause,
        content::{Content, HASH_SCHEME, Novelty},
        lifecycle::State,
        policy::{Advance, Origin, Prepare, Publish},
    },
};

/// A version that is to be laid in, in preparation.
#[derive(Debug, Clone)]
pub struct NewVersion {
    /// Its id.
    pub id: Uuid,
    /// Its requirement.
    pub requirement: Uuid,
    /// The requirement's number.
    pub requirement_number: RequirementNumber,
    /// Whether the requirement itself is new.
    pub new_requirement: bool,
    /// Its number within the requirement.
    pub number: i32,
    /// All that it says.
    pub content: Content,
    /// Its clauses with the ids that they keep.
    pub clauses: Vec<Clause>,
    /// What it says about itself.
    pub novelty: Novelty,
}

/// A version that was laid in.
#[derive(Debug, Clone, Copy)]
pub struct Laid {
    /// The version.
    pub version: Uuid,
    /// Its requirement.
    pub requirement: Uuid,
}

/// Takes this many requirement numbers and gives the first; `at_least` lifts the counter over numbers that a file brought.
pub(in crate::requirements) async fn take_numbers(tx: &mut PgConnection, count: i64, at_least: i64) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"update counter set last = greatest(last, $2) + $1 where name = 'requirement' returning last - $1 + 1 as "first!""#,
        count,
        at_least,
    )
    .fetch_one(tx)
    .await
}

/// Lays in versions with clauses, references and English texts, and new requirements before them.
pub(in crate::requirements) async fn insert_versions(
    tx: &mut PgConnection,
    permit: &Prepare,
    origin: Origin,
    versions: &[NewVersion],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    // What the permit locked is there; what is said to be new and is there all the same is refused by its key.
    if let Some(wrong) = versions.iter().find(|v| v.new_requirement == permit.covers(v.requirement)) {
        return Err(sqlx::Error::InvalidArgument(format!("{} is new and locked, or neither", wrong.requirement)));
    }
    let fresh: Vec<&NewVersion> = versions.iter().filter(|v| v.new_requirement).collect();
    sqlx::query!(
        "insert into requirement (id, number, product_group_id, created_at, maintained_at)
         select x.id, x.number, x.group, $2, $2
         from jsonb_to_recordset($1) as x(id uuid, number bigint, \"group\" uuid)",
        records(
            &fresh,
            |v| json!({"id": v.requirement, "number": v.requirement_number.get(), "group": v.content.maintained.group})
        ),
        now,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "insert into requirement_version (id, requirement_id, number, state, origin, audience, title, type, level, rationale,
             proportionality, legal_floor, evidence, answer, award, follow_up, applies_to, parameters, exemptions, definitions,
             appendices, changes, change_note, running_contracts, transition_until, created_at, pending)
         select x.id, x.requirement, x.number, 'preparation', $2, $3, x.title, x.type, x.level, coalesce(x.rationale, ''),
             coalesce(x.proportionality, ''), coalesce(x.legal_floor, ''), coalesce(x.evidence, '[]'), x.answer, x.award,
             x.follow_up, x.applies_to, coalesce(x.parameters, '[]'), coalesce(x.exemptions, '[]'),
             coalesce(x.definitions, '[]'), coalesce(x.appendices, '[]'), x.changes, x.change_note, x.running_contracts,
             x.transition_until, $4, x.pending
         from jsonb_to_recordset($1) as x(id uuid, requirement uuid, number int, title text, type text, level text, rationale text,
             proportionality text, legal_floor text, evidence jsonb, answer jsonb, award jsonb, follow_up jsonb, applies_to jsonb,
             parameters jsonb, exemptions jsonb, definitions jsonb, appendices jsonb, changes text[], change_note text,
             running_contracts text, transition_until date, pending jsonb)",
        records(versions, version_record),
        origin.code(),
        Audience::Preparers.level(),
        now,
    )
    .execute(&mut *tx)
    .await?;
    insert_parts(tx, versions).await
}

pub(super) fn version_record(version: &NewVersion) -> Value {
    let mut record = to_value(&version.content.core);
    if let Value::Object(map) = &mut record {
        map.insert("id".to_owned(), json!(version.id));
        map.insert("requirement".to_owned(), json!(version.requirement));
        map.insert("number".to_owned(), json!(version.number));
        // What is maintained beside a published requirement changes with the decision, not with the draft.
        if !version.new_requirement {
            map.insert("pending".to_owned(), json!(version.content.maintained));
        }
        map.insert("changes".to_owned(), json!(version.novelty.changes));
        map.insert("change_note".to_owned(), json!(version.novelty.note));
        map.insert("running_contracts".to_owned(), json!(version.novelty.running_contracts));
        map.insert("transition_until".to_owned(), json!(version.novelty.transition_until.map(|d| d.to_string())));
    }
    record
}

/// Clauses, references and English texts of versions that were just laid in.
pub(super) async fn insert_parts(tx: &mut PgConnection, versions: &[NewVersion]) -> sqlx::Result<()> {
    let mut clauses = Vec::new();
    let mut references = Vec::new();
    let mut english = Vec::new();
    let mut english_clauses = Vec::new();
    for version in versions {
        for (place, clause) in version.clauses.iter().enumerate() {
            clauses.push(json!({"version": version.id, "requirement": version.requirement, "id": clause.id,
                "position": place + 1, "text": clause.text}));
        }
        for (place, reference) in version.content.core.references.iter().enumerate() {
            references
                .push(json!({"version": version.id, "position": place + 1, "new_id": Uuid::now_v7(), "reference": reference}));
        }
        english.push(json!({"version": version.id, "title": version.content.english.title,
            "rationale": version.content.english.rationale, "evidence": version.content.english.evidence}));
        for (clause, text) in version.clauses.iter().zip(&version.content.english.text) {
            english_clauses.push(json!({"version": version.id, "clause": clause.id, "text": text}));
        }
    }
    sqlx::query!(
        "with given as (
             select * from jsonb_to_recordset($1) as x(version uuid, requirement uuid, id uuid, position int, text text)
         ), made as (
             insert into clause (id, requirement_id) select distinct id, requirement from given on conflict (id) do nothing
         )
         insert into version_clause (version_id, requirement_id, clause_id, position, text)
         select version, requirement, id, position, text from given",
        Value::Array(clauses),
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "insert into reference (id, kind, name, edition, url, in_force_from, in_force_to)
         select distinct on (r.kind, r.name, coalesce(r.edition, ''), r.url, r.in_force_from, r.in_force_to) x.new_id, r.kind, r.name, coalesce(r.edition, ''), r.url,
             r.in_force_from, r.in_force_to
         from jsonb_to_recordset($1) as x(new_id uuid, reference jsonb),
             jsonb_to_record(x.reference) as r(kind text, name text, edition text, url text, in_force_from date, in_force_to date)
         on conflict do nothing",
        Value::Array(references.clone()),
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "insert into version_reference (version_id, position, reference_id)
         select x.version, x.position, f.id
         from jsonb_to_recordset($1) as x(version uuid, position int, reference jsonb),
             jsonb_to_record(x.reference) as r(kind text, name text, edition text, url text, in_force_from date, in_force_to date)
         join reference f on f.kind = r.kind and f.name = r.name and f.edition = coalesce(r.edition, '')
             and f.url is not distinct from r.url and f.in_force_from is not distinct from r.in_force_from
             and f.in_force_to is not distinct from r.in_force_to",
        Value::Array(references),
    )
    .execute(&mut *tx)
    .await?;
    super::maintained::write_english(tx, Value::Array(english), Value::Array(english_clauses)).await
}

/// Makes the versions of the permit decided, in force from the instants given beside them, with canonical text and hash.
pub(in crate::requirements) async fn decide(
    tx: &mut PgConnection,
    permit: &Publish,
    effects: &[(Uuid, OffsetDateTime, String, Vec<u8>)],
    decision: Option<Uuid>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let permitted: HashSet<Uuid> = permit.versions().iter().map(|version| version.id).collect();
    if let Some((id, ..)) = effects.iter().find(|(id, ..)| !permitted.contains(id)) {
        return Err(sqlx::Error::InvalidArgument(format!("{id} is not in the permit")));
    }
    let ids: Vec<Uuid> = effects.iter().map(|e| e.0).collect();
    let from: Vec<OffsetDateTime> = effects.iter().map(|e| e.1).collect();
    let canonical: Vec<String> = effects.iter().map(|e| e.2.clone()).collect();
    let hashes: Vec<Vec<u8>> = effects.iter().map(|e| e.3.clone()).collect();
    // What is in force ends the moment the next one begins; what was to come later than that is not touched, and the
    // exclusion constraint refuses the overlap.
    sqlx::query!(
        "update requirement_version before set valid = tstzrange(lower(before.valid), x.begins)
         from unnest($1::uuid[], $2::timestamptz[]) as x(id, begins)
         join requirement_version v on v.id = x.id
         where before.requirement_id = v.requirement_id and before.state = 'decided' and before.valid @> x.begins
           and lower(before.valid) < x.begins",
        &ids,
        &from,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "update requirement_version v
         set state = 'decided', valid = tstzrange(x.begins, null), canonical = x.canonical, sha256 = x.sha256, hash_scheme = $5,
             decided_at = $6, origin = $7, decision_id = $8, audience = $9, lock_version = v.lock_version + 1
         from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::bytea[]) as x(id, begins, canonical, sha256)
         where v.id = x.id",
        &ids,
        &from,
        &canonical,
        &hashes,
        HASH_SCHEME,
        now,
        permit.origin().code(),
        decision,
        Audience::Public.level(),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Sets the state that a step leads to.
pub(in crate::requirements) async fn set_state(
    tx: &mut PgConnection,
    permit: &Advance,
    to: State,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let closed = (!to.is_open()).then_some(now);
    sqlx::query!(
        "update requirement_version
         set state = $2, closed_at = $3, valid = case when $2 = 'revoked' then 'empty'::tstzrange else valid end,
             lock_version = case when $2 = 'revoked' then lock_version else lock_version + 1 end
         where id = $1",
        permit.version().id,
        to.code(),
        closed,
    )
    .execute(tx)
    .await?;
    Ok(())
}

fn records<T>(items: &[T], record: impl Fn(&T) -> Value) -> Value {
    Value::Array(items.iter().map(record).collect())
}

fn to_value(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}
