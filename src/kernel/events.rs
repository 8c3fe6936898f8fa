//! News from below: a slice records what happened, in the transaction in which it happened, and knows nothing of who reads
//! it. Timelines read it as it stands; mail and watches will read it by job.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::actor::{Actor, Audience};

/// Something that happened to a thing.
#[derive(Debug)]
pub struct Event<'a> {
    /// `requirement.published`: slice and verb in the past tense.
    pub kind: &'static str,
    /// What it happened to: `requirement`.
    pub subject_kind: &'static str,
    /// Which one.
    pub subject: Uuid,
    /// The part of it that is meant, such as a version.
    pub part: Option<Uuid>,
    /// Who may read of it.
    pub audience: Audience,
    /// The organisation that may read of it whatever the audience.
    pub owner: Option<Uuid>,
    /// The state before, where it is a transition.
    pub from: Option<&'static str>,
    /// The state after.
    pub to: Option<&'static str>,
    /// The reason given.
    pub reason: Option<&'a str>,
}

/// Records the event in the caller's transaction.
///
/// # Errors
/// When the database refuses.
pub async fn record(tx: &mut PgConnection, actor: &Actor, at: OffsetDateTime, event: Event<'_>) -> sqlx::Result<()> {
    let kind = actor.kind();
    let (person, organisation) = actor.person();
    sqlx::query!(
        "insert into event (id, at, kind, subject_kind, subject_id, part_id, actor_kind, person_id, organisation_id,
                            audience, owner_org, from_state, to_state, reason)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        Uuid::now_v7(),
        at,
        event.kind,
        event.subject_kind,
        event.subject,
        event.part,
        kind,
        person,
        organisation,
        event.audience.level(),
        event.owner,
        event.from,
        event.to,
        event.reason,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Records the same event for many subjects and parts, in one statement.
///
/// # Errors
/// As [`record`].
pub async fn record_many(
    tx: &mut PgConnection,
    actor: &Actor,
    at: OffsetDateTime,
    event: &Event<'_>,
    subjects: &[Uuid],
    parts: &[Uuid],
) -> sqlx::Result<()> {
    let kind = actor.kind();
    let (person, organisation) = actor.person();
    let ids: Vec<Uuid> = subjects.iter().map(|_| Uuid::now_v7()).collect();
    sqlx::query!(
        "insert into event (id, at, kind, subject_kind, subject_id, part_id, actor_kind, person_id, organisation_id,
                            audience, owner_org, from_state, to_state, reason)
         select x.id, $4, $5, $6, x.subject, x.part, $7, $8, $9, $10, $11, $12, $13, $14
         from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as x(id, subject, part)",
        &ids,
        subjects,
        parts,
        at,
        event.kind,
        event.subject_kind,
        kind,
        person,
        organisation,
        event.audience.level(),
        event.owner,
        event.from,
        event.to,
        event.reason,
    )
    .execute(tx)
    .await?;
    Ok(())
}
