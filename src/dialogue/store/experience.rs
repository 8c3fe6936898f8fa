//! What was met with.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{LockedComment, unknown};
use crate::{
    dialogue::{
        experience::Told,
        eyes::Eyes,
        lifecycle::State,
        policy::{Share, TakeBack},
    },
    kernel::actor::Audience,
    requirements::RequirementNumber,
};

/// Keeps it; none where the same form was sent before.
pub(in crate::dialogue) async fn share(
    tx: &mut PgConnection,
    permit: &Share,
    told: &Told,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Uuid>> {
    let audience = if told.inside { Audience::Authorities } else { Audience::Public };
    sqlx::query_scalar!(
        "insert into experience (id, requirement_id, version_id, audience, owner_org, author_id, asked, review, review_said, verified,
                                 verified_said, hours, advice, created_at, form_key)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) on conflict (author_id, form_key) do nothing returning id",
        Uuid::now_v7(),
        permit.subject().id,
        permit.subject().version,
        audience.level(),
        permit.hand().organisation(),
        permit.hand().person(),
        told.asked,
        told.review.code(),
        told.review_said,
        told.verified.code(),
        told.verified_said,
        told.hours,
        told.advice,
        now,
        told.form_key,
    )
    .fetch_optional(tx)
    .await
}

/// Locks one of the person's own that is not taken back, nor hidden: what is hidden stands as it is; gives the number of its requirement.
pub(in crate::dialogue) async fn lock_experience(tx: &mut PgConnection, id: Uuid, person: Uuid) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!(
        "select r.number from experience e join requirement r on r.id = e.requirement_id
         where e.id = $1 and e.author_id = $2 and e.withdrawn_at is null and e.state = 'shown' for update of e",
        id,
        person,
    )
    .fetch_optional(tx)
    .await
}

/// Takes it back.
pub(in crate::dialogue) async fn take_back(tx: &mut PgConnection, permit: &TakeBack, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("update experience set withdrawn_at = $2 where id = $1", permit.experience(), now).execute(tx).await?;
    Ok(())
}

/// Locks what was met with as something to be moderated; none where whoever looks may not read it, or it was taken back.
pub(super) async fn lock_told(tx: &mut PgConnection, id: Uuid, eyes: &Eyes) -> sqlx::Result<Option<LockedComment>> {
    let row = sqlx::query!(
        r#"select e.id, r.number, e.author_id, e.state, experience_words(e) as "text!", e.created_at, e.state_since
           from experience e join requirement r on r.id = e.requirement_id
           where e.id = $1 and e.withdrawn_at is null and may_see(e.audience, e.owner_org, $2, $3) for update of e"#,
        id,
        eyes.viewer.level(),
        eyes.viewer.organisations(),
    )
    .fetch_optional(tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(LockedComment {
        id: row.id,
        experience: true,
        cited: RequirementNumber::from_db(row.number).to_string(),
        author: row.author_id,
        state: State::from_code(&row.state).ok_or_else(|| unknown(&row.state))?,
        text: row.text,
        created: row.created_at,
        state_since: row.state_since.unwrap_or(row.created_at),
        is_closed: false,
    }))
}
