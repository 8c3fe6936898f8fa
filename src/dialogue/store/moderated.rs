//! Reports, and what comes of them.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::dialogue::{
    comment::Rule,
    policy::{Hand, Moderate},
    store::LockedComment,
};

/// Whether anybody has reported a comment, or a passage of it was left out.
pub(in crate::dialogue) async fn was_touched(tx: &mut PgConnection, comment: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select (exists (select from dialogue_report where comment_id = $1)
                   or exists (select from dialogue_mask where comment_id = $1)) as "touched!""#,
        comment
    )
    .fetch_one(tx)
    .await
}

/// Keeps a report, or without a rule an objection; false where they have an open one.
pub(in crate::dialogue) async fn report(
    tx: &mut PgConnection,
    hand: &Hand,
    comment: &LockedComment,
    (rule, reason): (Option<Rule>, &str),
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let kept = sqlx::query!(
        "insert into dialogue_report (id, comment_id, experience_id, kind, rule, reason, person_id, organisation_id, at)
         values ($1, case when not $8 then $2::uuid end, case when $8::boolean then $2 end,
                 case when $3::text is null then 'objection' else 'report' end, $3, $4, $5, $6, $7) on conflict do nothing",
        Uuid::now_v7(),
        comment.id,
        rule.map(Rule::code),
        reason,
        hand.person(),
        hand.organisation(),
        now,
        comment.experience,
    )
    .execute(tx)
    .await?;
    Ok(kept.rows_affected() == 1)
}

/// Whether its author has objected since it was hidden.
pub(in crate::dialogue) async fn has_objected(tx: &mut PgConnection, comment: &LockedComment) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from dialogue_report where $1 in (comment_id, experience_id) and kind = 'objection' and at >= $2) as "has!""#,
        comment.id,
        comment.state_since,
    )
    .fetch_one(tx)
    .await
}

/// Closes what is open of a comment, or of what was met with; gives whether anything was.
pub(in crate::dialogue) async fn close_reports(
    tx: &mut PgConnection,
    hand: &Hand,
    comment: Uuid,
    outcome: &str,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let closed = sqlx::query!(
        "update dialogue_report set closed_at = $2, closed_by = $3, outcome = $4
         where $1 in (comment_id, experience_id) and closed_at is null",
        comment,
        now,
        hand.person(),
        outcome,
    )
    .execute(tx)
    .await?;
    Ok(closed.rows_affected() > 0)
}

/// Whether a passage stands in what a comment says, or has said, as it may be read.
pub(in crate::dialogue) async fn passage_stands(tx: &mut PgConnection, comment: Uuid, passage: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (
               select from (select c.text from dialogue_comment c where c.id = $1
                            union all select v.text from dialogue_comment_version v where v.comment_id = $1) x
               where position($2 in dialogue_masked($1, x.text)) > 0)
              -- within one of the texts that were told: it is left out of each alone
              or exists (select from experience e cross join unnest(array[e.asked, e.review_said, e.verified_said, e.advice]) as told
                         where e.id = $1 and position($2 in experience_masked(e.id, told)) > 0) as "stands!""#,
        comment,
        passage,
    )
    .fetch_one(tx)
    .await
}

/// Writes in the log what was done, and why; gives the line's id.
pub(in crate::dialogue) async fn log(
    tx: &mut PgConnection,
    permit: &Moderate,
    action: &str,
    (rule, reason): (Option<Rule>, &str),
    now: OffsetDateTime,
) -> sqlx::Result<Uuid> {
    let id = Uuid::now_v7();
    sqlx::query!(
        "insert into dialogue_moderation (id, comment_id, experience_id, action, rule, reason, person_id, organisation_id, at)
         values ($1, case when not $9 then $2::uuid end, case when $9::boolean then $2 end, $3, $4, $5, $6, $7, $8)",
        id,
        permit.comment().id,
        action,
        rule.map(Rule::code),
        reason,
        permit.hand().person(),
        permit.hand().organisation(),
        now,
        permit.comment().experience,
    )
    .execute(tx)
    .await?;
    Ok(id)
}

/// Leaves a passage out from now on.
pub(in crate::dialogue) async fn mask(tx: &mut PgConnection, permit: &Moderate, logged: Uuid, passage: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into dialogue_mask (moderation_id, comment_id, experience_id, passage)
         values ($1, case when not $4 then $2::uuid end, case when $4::boolean then $2 end, $3)",
        logged,
        permit.comment().id,
        passage,
        permit.comment().experience,
    )
    .execute(tx)
    .await?;
    Ok(())
}
