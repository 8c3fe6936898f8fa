//! What becomes of a proposal that was sent in.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    kernel::actor::Audience,
    proposals::{
        lifecycle::State,
        policy::{Follow, Handle, Onwards, Regroup, Sign},
    },
};

/// Writes where it stands now, with what was said and what it goes on in.
pub(in crate::proposals) async fn set_state(
    tx: &mut PgConnection,
    permit: &impl Onwards,
    to: State,
    (said, into): (Option<&str>, Option<Uuid>),
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update proposal set state = $2, state_since = $3, said = coalesce($4, ''), merged_into = $5 where id = $1",
        permit.proposal().id,
        to.code(),
        now,
        said,
        into,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes who handles it.
pub(in crate::proposals) async fn set_handler(
    tx: &mut PgConnection,
    permit: &Handle,
    handler: Option<(Uuid, Uuid)>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update proposal set handler_id = $2, handler_org = $3 where id = $1",
        permit.proposal().id,
        handler.map(|(person, _)| person),
        handler.map(|(_, organisation)| organisation),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Keeps what those who prepare write to each other.
pub(in crate::proposals) async fn add_note(
    tx: &mut PgConnection,
    permit: &Handle,
    text: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into proposal_note (id, proposal_id, audience, person_id, organisation_id, text, at) values ($1, $2, $3, $4, $5, $6, $7)",
        Uuid::now_v7(),
        permit.proposal().id,
        Audience::Preparers.level(),
        permit.person(),
        permit.organisation(),
        text,
        now,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Has the organisation stand behind it; false where it does already.
pub(in crate::proposals) async fn sign(tx: &mut PgConnection, permit: &Sign, now: OffsetDateTime) -> sqlx::Result<bool> {
    let signed = sqlx::query!(
        "insert into proposal_cosigner (proposal_id, organisation_id, person_id, at) values ($1, $2, $3, $4) on conflict do nothing",
        permit.proposal().id,
        permit.organisation(),
        permit.person(),
        now,
    )
    .execute(tx)
    .await?;
    Ok(signed.rows_affected() == 1)
}

/// The organisation no longer stands behind it; false where it did not.
pub(in crate::proposals) async fn unsign(tx: &mut PgConnection, permit: &Sign) -> sqlx::Result<bool> {
    let gone = sqlx::query!(
        "delete from proposal_cosigner where proposal_id = $1 and organisation_id = $2",
        permit.proposal().id,
        permit.organisation(),
    )
    .execute(tx)
    .await?;
    Ok(gone.rows_affected() == 1)
}

/// What of it is taken in, and into which version; none for a repeal.
#[derive(Debug)]
pub struct TakenIn<'a> {
    /// The version that it becomes part of.
    pub into: Option<Uuid>,
    /// Whether all of it is.
    pub wholly: bool,
    /// The keys of its changes that are, where it changes a text.
    pub parts: &'a [String],
    /// Why not the rest; empty where all is.
    pub said: &'a str,
}

/// Writes that it is part of a version.
pub(in crate::proposals) async fn take_in(
    tx: &mut PgConnection,
    permit: &Handle,
    taken: &TakenIn<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update proposal set state = 'taken_in', state_since = $2, said = $3, taken_into = $4, taken_wholly = $5, taken_parts = $6
         where id = $1",
        permit.proposal().id,
        now,
        taken.said,
        taken.into,
        taken.wholly,
        taken.parts,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes that it is no longer part of one.
pub(in crate::proposals) async fn put_back(tx: &mut PgConnection, permit: &Follow, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update proposal set state = 'in_preparation', state_since = $2, said = '', taken_into = null, taken_wholly = null,
             taken_parts = '{}' where id = $1",
        permit.proposal().id,
        now,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes the answer of a decision.
pub(in crate::proposals) async fn answer(
    tx: &mut PgConnection,
    permit: &Follow,
    to: State,
    (said, decision): (&str, Uuid),
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update proposal set state = $2, state_since = $3, said = $4, answered_by = $5 where id = $1",
        permit.proposal().id,
        to.code(),
        now,
        said,
        decision,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A proposal whose requirement has ceased to apply, and the decision that said so.
#[derive(Debug)]
pub struct Overtaken {
    /// Its id.
    pub proposal: Uuid,
    /// Why the requirement was repealed.
    pub reason: String,
    /// The decision's id.
    pub decision: Uuid,
    /// What the decision is cited by.
    pub cited: String,
}

/// Those that are open and not taken in, on requirements that ceased to apply without another in their place.
pub(in crate::proposals) async fn overtaken(tx: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<Vec<Overtaken>> {
    sqlx::query_as!(
        Overtaken,
        r#"select p.id as proposal, t.reason, d.id as decision,
           case when d.year is null then 'B-' else 'B-' || d.year || '-' end || lpad(d.number::text, greatest(4, length(d.number::text)), '0') as "cited!"
         from requirement_repeal t join decision d on d.id = t.decision_id
         join proposal p on p.requirement_id = t.requirement_id
              or exists (select from proposal_requirement m where m.proposal_id = p.id and m.requirement_id = t.requirement_id)
         where t.effective <= $1 and p.state in ('submitted', 'returned', 'in_preparation', 'dormant')
           and not (p.kind in ('change', 'merge') and exists (select from requirement_successor s where s.requirement_id = t.requirement_id))
         order by p.number limit 1000"#,
        now,
    )
    .fetch_all(tx)
    .await
}

/// Those who had their organisations stand behind it.
pub(in crate::proposals) async fn cosigners(tx: &mut PgConnection, proposal: Uuid) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!("select distinct person_id from proposal_cosigner where proposal_id = $1", proposal).fetch_all(tx).await
}

/// Puts the proposals of a group into the group that it became a part of; gives those.
pub(in crate::proposals) async fn regroup(tx: &mut PgConnection, permit: &Regroup) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!("update proposal set group_id = $2 where group_id = $1 returning id", permit.from(), permit.to())
        .fetch_all(tx)
        .await
}
