//! What those who prepare do with an open version: why it was begun, what it says, who has it, who may read it.

use sqlx::PgConnection;
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use super::{
    NewVersion,
    maintained::set,
    write::{insert_parts, version_record},
};
use crate::{
    kernel::actor::Audience,
    requirements::{
        begun::Begun,
        policy::{Open, Prepare},
    },
};

/// How long it is said of somebody that they have opened the editor.
const OPEN: Duration = Duration::hours(2);

/// Says why a version was begun that was just laid in, and gives it to who began it.
pub(in crate::requirements) async fn begin(
    tx: &mut PgConnection,
    permit: &Prepare,
    version: Uuid,
    (why, note): (Begun, &str),
) -> sqlx::Result<()> {
    let (person, organisation) = permit.by().person();
    sqlx::query!(
        "update requirement_version set begun_because = $2, begun_note = $3,
             handler_id = case when $5::uuid is not null then $4::uuid end, handler_org = case when $4::uuid is not null then $5::uuid end
         where id = $1",
        version,
        why.code(),
        note,
        person,
        organisation,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes all that the version says anew. Its clauses and references are laid in again under the ids that they keep.
pub(in crate::requirements) async fn amend(
    tx: &mut PgConnection,
    permit: &Open,
    version: NewVersion,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let locked = permit.version();
    let (person, _) = permit.by().person();
    sqlx::query!(
        "update requirement_version v
         set title = x.title, type = x.type, level = x.level, rationale = coalesce(x.rationale, ''),
             proportionality = coalesce(x.proportionality, ''), legal_floor = coalesce(x.legal_floor, ''),
             evidence = coalesce(x.evidence, '[]'), answer = x.answer, award = x.award, follow_up = x.follow_up,
             applies_to = x.applies_to, parameters = coalesce(x.parameters, '[]'), exemptions = coalesce(x.exemptions, '[]'),
             definitions = coalesce(x.definitions, '[]'), appendices = coalesce(x.appendices, '[]'), changes = x.changes,
             change_note = x.change_note, running_contracts = x.running_contracts, transition_until = x.transition_until,
             pending = case when v.pending is null then null else x.pending end, edited_at = case when $4::uuid is null then null else $3::timestamptz end, edited_by = $4,
             lock_version = v.lock_version + 1
         from jsonb_to_record($2) as x(title text, type text, level text, rationale text,
             proportionality text, legal_floor text, evidence jsonb, answer jsonb, award jsonb, follow_up jsonb, applies_to jsonb,
             parameters jsonb, exemptions jsonb, definitions jsonb, appendices jsonb, changes text[], change_note text,
             running_contracts text, transition_until date, pending jsonb)
         where v.id = $1",
        locked.id,
        version_record(&version),
        now,
        person,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!("delete from clause_english where version_id = $1", locked.id).execute(&mut *tx).await?;
    sqlx::query!("delete from version_clause where version_id = $1", locked.id).execute(&mut *tx).await?;
    sqlx::query!("delete from version_reference where version_id = $1", locked.id).execute(&mut *tx).await?;
    if !locked.waits {
        set(tx, &[(locked.requirement, &version.content.maintained)], now).await?;
    }
    insert_parts(tx, &[version]).await
}

/// Says who may read the version.
pub(in crate::requirements) async fn set_audience(tx: &mut PgConnection, permit: &Open, audience: Audience) -> sqlx::Result<()> {
    sqlx::query!("update requirement_version set audience = $2 where id = $1", permit.version().id, audience.level())
        .execute(tx)
        .await?;
    Ok(())
}

/// Says who prepares the version.
pub(in crate::requirements) async fn set_handler(
    tx: &mut PgConnection,
    permit: &Open,
    handler: Option<(Uuid, Uuid)>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update requirement_version set handler_id = $2, handler_org = $3 where id = $1",
        permit.version().id,
        handler.map(|(person, _)| person),
        handler.map(|(_, organisation)| organisation),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Notes that somebody has opened the editor, or has closed it; forgets who did so long ago.
pub(in crate::requirements) async fn set_opening(
    tx: &mut PgConnection,
    permit: &Open,
    opens: bool,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let (person, _) = permit.by().person();
    sqlx::query!(
        "delete from version_opening where at < $1 or (version_id = $2 and person_id = $3)",
        now - OPEN,
        permit.version().id,
        person,
    )
    .execute(&mut *tx)
    .await?;
    if opens && person.is_some() {
        sqlx::query!(
            "insert into version_opening (version_id, person_id, at) values ($1, $2, $3)
             on conflict (version_id, person_id) do update set at = excluded.at",
            permit.version().id,
            person,
            now,
        )
        .execute(tx)
        .await?;
    }
    Ok(())
}

/// Sets the next review of a requirement; a draft that waits with an earlier one gets it too.
pub(in crate::requirements) async fn review(
    tx: &mut PgConnection,
    permit: &Prepare,
    (requirement, review_by): (Uuid, Date),
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    if !permit.covers(requirement) {
        return Err(sqlx::Error::InvalidArgument(format!("{requirement} is not locked by the permit")));
    }
    sqlx::query!(
        "update requirement set review_by = $2, maintained_at = $3, lock_version = lock_version + 1 where id = $1",
        requirement,
        review_by,
        now,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "update requirement_version
         set pending = jsonb_set(pending, '{review_by}', to_jsonb($2::date)), lock_version = lock_version + 1
         where requirement_id = $1 and state in ('preparation', 'ready') and pending is not null
           and coalesce((pending ->> 'review_by')::date, '-infinity') < $2",
        requirement,
        review_by,
    )
    .execute(tx)
    .await?;
    Ok(())
}
