//! Drafts of decisions.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::Locked;
use crate::{
    decisions::{
        draft::{Fields, Said, Successor},
        lifecycle::{Kind, State},
        policy::{Begin, Decide, Pass, When, Write},
    },
    kernel::actor::Audience,
};

/// What a draft begins with.
#[derive(Debug)]
pub(in crate::decisions) struct Begun<'a> {
    /// What it is called.
    pub(in crate::decisions) title: &'a str,
    /// The decision that it corrects.
    pub(in crate::decisions) corrects: Option<Uuid>,
}

/// Begins a draft; gives its id.
pub(in crate::decisions) async fn begin(
    tx: &mut PgConnection,
    permit: &Begin,
    begun: &Begun<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<Uuid> {
    let id = Uuid::now_v7();
    sqlx::query!(
        "insert into decision_draft (id, state, audience, title, corrects, created_at, created_by, created_org, changed_at, changed_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $6, $7)",
        id,
        State::Draft.code(),
        Audience::Preparers.level(),
        begun.title,
        begun.corrects,
        now,
        permit.person(),
        permit.organisation(),
    )
    .execute(tx)
    .await?;
    Ok(id)
}

/// Locks one by its id.
pub(in crate::decisions) async fn lock(tx: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Locked>> {
    let row =
        sqlx::query!("select id, state, created_by, submitted_by, lock_version from decision_draft where id = $1 for update", id)
            .fetch_optional(tx)
            .await?;
    let Some(row) = row else { return Ok(None) };
    let state = State::from_code(&row.state).ok_or_else(|| sqlx::Error::Decode("a state that is unknown".into()))?;
    Ok(Some(Locked {
        id: row.id,
        state,
        created_by: row.created_by,
        submitted_by: row.submitted_by,
        lock_version: row.lock_version,
    }))
}

/// Whether a person looks after the areas of all of these requirements.
pub(in crate::decisions) async fn coordinates_all(
    tx: &mut PgConnection,
    (person, organisation): (Uuid, Uuid),
    requirements: &[Uuid],
    (today, now): When,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select coalesce(bool_and(coordinates_group($1, $2, r.product_group_id, $4, $5)), true) as "all!"
           from requirement r where r.id = any ($3)"#,
        person,
        organisation,
        requirements,
        today,
        now,
    )
    .fetch_one(tx)
    .await
}

/// Whether a draft is theirs who look after an area.
pub(in crate::decisions) async fn is_of_areas(
    tx: &mut PgConnection,
    draft: &Locked,
    (person, organisation): (Uuid, Uuid),
    (today, now): When,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select draft_of_areas($1, $2, $3, $4, $5, $6) as "is!""#,
        draft.id,
        draft.created_by,
        person,
        organisation,
        today,
        now
    )
    .fetch_one(tx)
    .await
}

/// An item to put into a draft.
#[derive(Debug)]
pub(in crate::decisions) struct NewItem<'a> {
    /// The version.
    pub(in crate::decisions) version: Uuid,
    /// What it is about.
    pub(in crate::decisions) kind: Kind,
    /// Why a requirement is to end, or a version not to come.
    pub(in crate::decisions) cause: &'a str,
    /// From which day.
    pub(in crate::decisions) on: Option<Date>,
    /// What comes instead.
    pub(in crate::decisions) successors: &'a [Successor],
}

/// How many items a draft has at most.
const MOST_ITEMS: i64 = 50;

/// Puts an item last into the draft, which is locked; false where there is one of the requirement already, or there are as many as
/// there may be.
pub(in crate::decisions) async fn put_item(
    tx: &mut PgConnection,
    (draft, by): (Uuid, Uuid),
    item: &NewItem<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    close_ranks(tx, draft).await?;
    let put = sqlx::query!(
        "insert into decision_draft_item (draft_id, version_id, requirement_id, position, kind, cause, effective_on)
         select $1, v.id, v.requirement_id, p.next, $3, $4, $5
         from requirement_version v
         cross join (select coalesce(max(position), 0) + 1 as next from decision_draft_item where draft_id = $1) p
         where v.id = $2 and p.next <= $6::bigint
         on conflict do nothing",
        draft,
        item.version,
        item.kind.code(),
        item.cause,
        item.on,
        MOST_ITEMS,
    )
    .execute(&mut *tx)
    .await?;
    if put.rows_affected() == 0 {
        return Ok(false);
    }
    let ids: Vec<Uuid> = item.successors.iter().map(|successor| successor.requirement).collect();
    let kinds: Vec<String> = item.successors.iter().map(|successor| successor.kind.to_owned()).collect();
    sqlx::query!(
        "insert into decision_draft_successor (draft_id, version_id, successor_id, kind)
         select $1, $2, x.id, x.kind from unnest($3::uuid[], $4::text[]) as x(id, kind)",
        draft,
        item.version,
        &ids,
        &kinds,
    )
    .execute(&mut *tx)
    .await?;
    touch(tx, draft, by, now).await?;
    Ok(true)
}

/// What was taken out leaves no gap: as many can be put in as there is room for.
async fn close_ranks(tx: &mut PgConnection, draft: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "update decision_draft_item i set position = x.place
         from (select version_id, row_number() over (order by position, version_id)::integer as place
               from decision_draft_item where draft_id = $1) x
         where i.draft_id = $1 and i.version_id = x.version_id and i.position <> x.place",
        draft,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Takes an item out of the draft.
pub(in crate::decisions) async fn remove_item(
    tx: &mut PgConnection,
    permit: &Write,
    version: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!("delete from decision_draft_item where draft_id = $1 and version_id = $2", permit.draft().id, version)
        .execute(&mut *tx)
        .await?;
    touch(tx, permit.draft().id, permit.person(), now).await
}

async fn touch(tx: &mut PgConnection, draft: Uuid, by: Uuid, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update decision_draft set lock_version = lock_version + 1, changed_at = $2, changed_by = $3 where id = $1",
        draft,
        now,
        by,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes the fields.
pub(in crate::decisions) async fn set_fields(
    tx: &mut PgConnection,
    permit: &Write,
    fields: &Fields,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update decision_draft set title = $2, body = $3, met_on = $4, paragraph = $5, dnr = $6, present = $7, reservations = $8,
             conflicts = $9, rapporteur = $10, reasons = $11, consequences = $12, note = $13 where id = $1",
        permit.draft().id,
        fields.title,
        fields.body,
        fields.met_on,
        fields.paragraph,
        fields.dnr,
        fields.present,
        fields.reservations,
        fields.conflicts,
        fields.rapporteur,
        fields.reasons,
        fields.consequences,
        fields.note,
    )
    .execute(&mut *tx)
    .await?;
    touch(tx, permit.draft().id, permit.person(), now).await
}

/// Writes what becomes of the items, and from when.
pub(in crate::decisions) async fn set_outcomes(
    tx: &mut PgConnection,
    permit: &Write,
    said: &[Said],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let versions: Vec<Uuid> = said.iter().map(|one| one.version).collect();
    let outcomes: Vec<Option<String>> = said.iter().map(|one| one.outcome.map(|outcome| outcome.code().to_owned())).collect();
    let reasons: Vec<String> = said.iter().map(|one| one.reason.clone()).collect();
    let days: Vec<Option<Date>> = said.iter().map(|one| one.on).collect();
    sqlx::query!(
        "update decision_draft_item i set outcome = x.outcome, reason = x.reason, effective_on = x.day
         from unnest($2::uuid[], $3::text[], $4::text[], $5::date[]) as x(version, outcome, reason, day)
         where i.draft_id = $1 and i.version_id = x.version",
        permit.draft().id,
        &versions,
        &outcomes as &[Option<String>],
        &reasons,
        &days as &[Option<Date>],
    )
    .execute(&mut *tx)
    .await?;
    touch(tx, permit.draft().id, permit.person(), now).await
}

/// Writes that it is with who decides now, or no longer.
pub(in crate::decisions) async fn set_state(
    tx: &mut PgConnection,
    permit: &Pass,
    to: State,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let waits = to == State::Waiting;
    sqlx::query!(
        "update decision_draft set state = $2, submitted_by = case when $3 then $4::uuid end,
             submitted_at = case when $3 then $5::timestamptz end where id = $1",
        permit.draft().id,
        to.code(),
        waits,
        permit.person(),
        now,
    )
    .execute(&mut *tx)
    .await?;
    touch(tx, permit.draft().id, permit.person(), now).await
}

/// Throws a draft away.
pub(in crate::decisions) async fn discard(tx: &mut PgConnection, permit: &Write) -> sqlx::Result<()> {
    remove(tx, permit.draft().id).await
}

/// A draft that became a decision is no more.
pub(super) async fn become_decision(tx: &mut PgConnection, permit: &Decide) -> sqlx::Result<()> {
    remove(tx, permit.draft().id).await
}

async fn remove(tx: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from decision_draft where id = $1", id).execute(tx).await?;
    Ok(())
}
