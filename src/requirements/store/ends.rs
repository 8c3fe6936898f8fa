//! How requirements end or rest: repeal, temporary stop, a text out of sight.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::requirements::policy::{Advance, HideText, Repeal, Stop};

/// Ends the validity of the version that the permit holds.
pub(in crate::requirements) async fn end_validity(
    tx: &mut PgConnection,
    permit: &Repeal,
    at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!("update requirement_version set valid = tstzrange(lower(valid), $2) where id = $1", permit.current().id, at,)
        .execute(tx)
        .await?;
    Ok(())
}

/// Records the repeal and what comes instead.
pub(in crate::requirements) async fn insert_repeal(
    tx: &mut PgConnection,
    permit: &Repeal,
    reason: &str,
    effective: OffsetDateTime,
    decision: Option<Uuid>,
    successors: &[(Uuid, &str)],
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into requirement_repeal (requirement_id, version_id, reason, effective, origin, decision_id)
         values ($1, $2, $3, $4, $5, $6)",
        permit.requirement(),
        permit.current().id,
        reason,
        effective,
        permit.origin().code(),
        decision,
    )
    .execute(&mut *tx)
    .await?;
    let ids: Vec<Uuid> = successors.iter().map(|(id, _)| *id).collect();
    let kinds: Vec<String> = successors.iter().map(|(_, kind)| (*kind).to_owned()).collect();
    sqlx::query!(
        "insert into requirement_successor (requirement_id, successor_id, kind)
         select $1, x.id, x.kind from unnest($2::uuid[], $3::text[]) as x(id, kind)",
        permit.requirement(),
        &ids,
        &kinds,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Stops the requirement of the permit; gives the stop.
pub(in crate::requirements) async fn insert_stop(
    tx: &mut PgConnection,
    permit: &Stop,
    reason: &str,
    since: OffsetDateTime,
) -> sqlx::Result<Uuid> {
    let id = Uuid::now_v7();
    sqlx::query!(
        "insert into requirement_stop (id, requirement_id, reason, valid) values ($1, $2, $3, tstzrange($4, null))",
        id,
        permit.requirement(),
        reason,
        since,
    )
    .execute(tx)
    .await?;
    Ok(id)
}

/// Lifts the stop of the permit's requirement, and gives it; none when there is none.
pub(in crate::requirements) async fn lift_stop(
    tx: &mut PgConnection,
    permit: &Stop,
    reason: &str,
    at: OffsetDateTime,
) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "update requirement_stop set valid = tstzrange(lower(valid), $2), lifted_reason = $3
         where requirement_id = $1 and valid @> $2::timestamptz and upper(valid) is null and lower(valid) < $2
         returning id",
        permit.requirement(),
        at,
        reason,
    )
    .fetch_optional(tx)
    .await
}

/// Marks the text as one that may not be shown. Id, dates and hash stay.
pub(in crate::requirements) async fn hide_text(
    tx: &mut PgConnection,
    permit: &HideText,
    reason: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update requirement_version set not_shown_since = $2, not_shown_reason = $3 where id = $1",
        permit.version().id,
        now,
        reason,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// After a revocation: what would have ended that day goes on.
pub(in crate::requirements) async fn reopen_predecessor(tx: &mut PgConnection, permit: &Advance) -> sqlx::Result<()> {
    sqlx::query!(
        "update requirement_version set valid = tstzrange(lower(valid), null)
         where requirement_id = $1 and state = 'decided' and upper(valid) = $2",
        permit.version().requirement,
        permit.version().takes_effect,
    )
    .execute(tx)
    .await?;
    Ok(())
}
