//! What is written to selections of organisations as such: whose they are, and what colleagues may do.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::selections::policy::{Colleagues, Decide, Move, Take};

/// Locks a browser; none where it holds nothing.
pub(in crate::selections) async fn lock_browser(tx: &mut PgConnection, key: &[u8]) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!("select id from selection_holder where key_sha256 = $1 for update", key).fetch_optional(tx).await
}

/// Has all that a browser holds become a person's at their organisation; gives what that was. The browser holds nothing after
/// that, and its key opens nothing.
pub(in crate::selections) async fn move_all(tx: &mut PgConnection, permit: &Move) -> sqlx::Result<Vec<Uuid>> {
    let moved = sqlx::query_scalar!(
        "update selection s set holder_id = h.id, owner_org = h.organisation_id, changed_by = h.person_id
         from selection_holder h where s.holder_id = $1 and h.id = $2 returning s.id",
        permit.from(),
        permit.to(),
    )
    .fetch_all(&mut *tx)
    .await?;
    sqlx::query!(
        "update selection_holder h set active_id = coalesce(b.active_id, h.active_id)
         from selection_holder b where h.id = $2 and b.id = $1",
        permit.from(),
        permit.to(),
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!("delete from selection_holder where id = $1", permit.from()).execute(tx).await?;
    Ok(moved)
}

/// How many rows stand in the selection that somebody uses at an organisation.
pub(in crate::selections) async fn holder_of(
    tx: &mut PgConnection,
    (person, organisation): (Uuid, Uuid),
) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!("select id from selection_holder where person_id = $1 and organisation_id = $2", person, organisation,)
        .fetch_optional(tx)
        .await
}

/// What colleagues may do from now on, where the selection is an organisation's and still as it was seen; whether it was.
pub(in crate::selections) async fn set_colleagues(
    tx: &mut PgConnection,
    permit: &Decide,
    colleagues: Colleagues,
    seen: i32,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update selection set colleagues = $2, lock_version = lock_version + 1
         where id = $1 and lock_version = $3 and owner_org is not null",
        permit.edit().selection(),
        colleagues.number(),
        seen,
    );
    Ok(done.execute(tx).await?.rows_affected() == 1)
}

/// Gives a selection to somebody who works for its organisation; gives their name, none where they do not. Their row is not
/// locked, since whoever changes anything locks their own first.
pub(in crate::selections) async fn hand_over(
    tx: &mut PgConnection,
    permit: &Decide,
    person: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Option<String>> {
    let name = sqlx::query_scalar!(
        r#"select p.name as "name!" from selection s
           join membership m on m.organisation_id = s.owner_org and m.person_id = $2 and m.valid @> $3::timestamptz
           join person p on p.id = m.person_id and p.disabled_at is null and p.erased_at is null
           where s.id = $1"#,
        permit.edit().selection(),
        person,
        now,
    )
    .fetch_optional(&mut *tx)
    .await?;
    let Some(name) = name else { return Ok(None) };
    sqlx::query!(
        "insert into selection_holder (id, person_id, organisation_id, created_at, seen_on)
         select $1, $2, s.owner_org, $4, ($4::timestamptz at time zone 'Europe/Stockholm')::date from selection s where s.id = $3
         on conflict (person_id, organisation_id) do nothing",
        Uuid::now_v7(),
        person,
        permit.edit().selection(),
        now,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "update selection s set holder_id = h.id, lock_version = lock_version + 1
         from selection_holder h where s.id = $1 and h.person_id = $2 and h.organisation_id = s.owner_org",
        permit.edit().selection(),
        person,
    )
    .execute(tx)
    .await?;
    Ok(Some(name))
}

/// Has somebody own a selection that nobody owns any more.
pub(in crate::selections) async fn take(tx: &mut PgConnection, permit: &Take) -> sqlx::Result<()> {
    sqlx::query!(
        "update selection set holder_id = $2, lock_version = lock_version + 1 where id = $1",
        permit.selection(),
        permit.holder(),
    )
    .execute(tx)
    .await?;
    Ok(())
}
