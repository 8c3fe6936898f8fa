//! Decisions that are made. They are added and never changed.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{draft, number_of};
use crate::decisions::{
    ImportRecord,
    number::DecisionNumber,
    policy::{Decide, Review},
};

/// Writes a decision of kind *inläsning* and gives its id and number.
pub(in crate::decisions) async fn insert_import(
    tx: &mut PgConnection,
    record: &ImportRecord,
    now: OffsetDateTime,
) -> sqlx::Result<(Uuid, i64)> {
    let row = sqlx::query!(
        "with taken as (update counter set last = last + 1 where name = 'decision' returning last)
         insert into decision (id, number, kind, decided_at, operator, file_name, file_sha256, reference)
         select $1, taken.last, 'import', $2, $3, $4, $5, $6 from taken
         returning id, number",
        Uuid::now_v7(),
        now,
        record.operator,
        record.file_name,
        record.file_sha256,
        record.reference,
    )
    .fetch_one(tx)
    .await?;
    Ok((row.id, row.number))
}

/// Writes what the decision adopts.
pub(in crate::decisions) async fn insert_import_items(
    tx: &mut PgConnection,
    decision: Uuid,
    versions: &[Uuid],
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into decision_item (decision_id, version_id, outcome) select $1, v, 'adopted' from unnest($2::uuid[]) as v",
        decision,
        versions,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// What is said at the moment of the decision.
#[derive(Debug)]
pub(in crate::decisions) struct Decided<'a> {
    /// The year in Sweden.
    pub(in crate::decisions) year: i16,
    /// Why one person alone decides; empty where two do.
    pub(in crate::decisions) emergency: &'a str,
    /// By when another has looked at it.
    pub(in crate::decisions) review_by: Option<Date>,
    /// When each version takes effect that is to.
    pub(in crate::decisions) effective: &'a [(Uuid, OffsetDateTime)],
}

/// Makes the draft a decision, with its items and under its id; gives the number.
pub(in crate::decisions) async fn insert_network(
    tx: &mut PgConnection,
    permit: &Decide,
    decided: &Decided<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<DecisionNumber> {
    let row = sqlx::query!(
        "with taken as (update counter set last = last + 1 where name = 'decision' returning last)
         insert into decision (id, number, kind, decided_at, year, title, corrects, body, met_on, paragraph, dnr, present, reservations,
             conflicts, rapporteur, reasons, consequences, note, emergency, review_by, drafted_by, submitted_by, decided_by, decided_org)
         select d.id, taken.last, 'network', $2, $3, d.title, d.corrects, d.body, d.met_on, d.paragraph, d.dnr, d.present,
             d.reservations, d.conflicts, d.rapporteur, d.reasons, d.consequences, d.note, $4, $5, d.created_by, d.submitted_by, $6, $7
         from taken, decision_draft d where d.id = $1
         returning number, year",
        permit.draft().id,
        now,
        decided.year,
        decided.emergency,
        decided.review_by,
        permit.person(),
        permit.organisation(),
    )
    .fetch_one(&mut *tx)
    .await?;
    let (versions, moments): (Vec<Uuid>, Vec<OffsetDateTime>) = decided.effective.iter().copied().unzip();
    sqlx::query!(
        "insert into decision_item (decision_id, version_id, outcome, position, kind, cause, reason, effective)
         select i.draft_id, i.version_id, i.outcome, i.position, i.kind, i.cause, i.reason, x.at
         from decision_draft_item i
         left join unnest($2::uuid[], $3::timestamptz[]) as x(version, at) on x.version = i.version_id
         where i.draft_id = $1",
        permit.draft().id,
        &versions,
        &moments,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "insert into decision_successor (decision_id, version_id, successor_id, kind)
         select draft_id, version_id, successor_id, kind from decision_draft_successor where draft_id = $1",
        permit.draft().id,
    )
    .execute(&mut *tx)
    .await?;
    draft::become_decision(tx, permit).await?;
    Ok(number_of(row.year, row.number))
}

/// A decision that is made.
#[derive(Debug)]
pub struct Made {
    /// Its id.
    pub id: Uuid,
    /// Who decided, and who submitted it.
    pub by: [Option<Uuid>; 2],
    /// Whether one decided alone, and nobody has looked at it since.
    pub awaits_review: bool,
}

/// A decision by its number.
pub(in crate::decisions) async fn made(tx: &mut PgConnection, number: DecisionNumber) -> sqlx::Result<Option<Made>> {
    let row = sqlx::query!(
        r#"select d.id, d.decided_by, d.submitted_by,
                  d.emergency <> '' and not exists (select from decision_review r where r.decision_id = d.id) as "awaits!"
           from decision d where d.number = $1 and d.year is not distinct from $2"#,
        number.number,
        number.year,
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|row| Made { id: row.id, by: [row.decided_by, row.submitted_by], awaits_review: row.awaits }))
}

/// Writes that another has looked at it and approves; false where somebody was before them.
pub(in crate::decisions) async fn review(
    tx: &mut PgConnection,
    permit: &Review,
    note: &str,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let put = sqlx::query!(
        "insert into decision_review (decision_id, person_id, organisation_id, note, at) values ($1, $2, $3, $4, $5)
         on conflict do nothing",
        permit.decision().id,
        permit.person(),
        permit.organisation(),
        note,
        now,
    )
    .execute(tx)
    .await?;
    Ok(put.rows_affected() == 1)
}

/// Who is told of a decision: who drafted and submitted it, and who submitted the versions in it.
pub(in crate::decisions) async fn authors(tx: &mut PgConnection, decision: Uuid) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        r#"select distinct x.person as "person!" from (
               select unnest(array[d.drafted_by, d.submitted_by]) as person from decision d where d.id = $1
               union all
               select e.person_id from decision_item i
               join requirement_version v on v.id = i.version_id and may_see(v.audience, v.owner_org, 100::smallint, '{}')
               join event e on e.subject_kind = 'requirement' and e.subject_id = v.requirement_id and e.part_id = v.id
                   and e.kind = 'requirement.submitted'
               where i.decision_id = $1 and i.kind = 'adopt') x
           where x.person is not null order by 1"#,
        decision,
    )
    .fetch_all(tx)
    .await
}
