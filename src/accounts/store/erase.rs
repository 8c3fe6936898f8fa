//! Erasing an account: what goes at once, what goes the night after. What was done keeps the person's id, which names nobody.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    accounts::{
        policy::{
            erase::{Erase, EraseRemains},
            factor::Fresh,
        },
        session::End,
    },
    kernel::actor::Role,
};

/// Locks a person whose account is to be erased; whether there is something to erase.
pub(in crate::accounts) async fn lock(tx: &mut PgConnection, person: Uuid) -> sqlx::Result<bool> {
    let there = sqlx::query_scalar!("select id from person where id = $1 and erased_at is null for update", person);
    Ok(there.fetch_optional(tx).await?.is_some())
}

/// Whoever takes an administrator away waits for whoever else does, until the transaction ends.
pub(in crate::accounts) async fn wait_for_administrators(tx: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('accounts:administrators', 0))").execute(tx).await?;
    Ok(())
}

/// Whether the person runs the bank and nobody else does.
pub(in crate::accounts) async fn is_last_administrator(
    tx: &mut PgConnection,
    person: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select coalesce(bool_or(p.id = $1) and not bool_or(p.id <> $1), false) as "is!"
           from membership_role r join membership m on m.id = r.membership_id join person p on p.id = m.person_id
           where r.role = $2 and r.valid @> $3::timestamptz and m.valid @> $3 and p.disabled_at is null and p.erased_at is null"#,
        person,
        Role::Admin.code(),
        now,
    )
    .fetch_one(tx)
    .await
}

/// Notes that somebody takes out what the bank holds about them: in this session it can be read for a while.
pub(in crate::accounts) async fn begin_export(tx: &mut PgConnection, permit: &Fresh, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into person_export (session_id, person_id, made_at) values ($1, $2, $3)
         on conflict (session_id) do update set made_at = excluded.made_at",
        permit.own().session(),
        permit.person(),
        now,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Who somebody was, as long as it is known.
#[derive(Debug)]
pub(in crate::accounts) struct Known {
    /// The name.
    pub(in crate::accounts) name: String,
    /// The address, where there is one.
    pub(in crate::accounts) email: Option<String>,
    /// The code of the language that they were written to in.
    pub(in crate::accounts) language: String,
    /// The word of the example bank, where they are a person of it.
    pub(in crate::accounts) example: Option<String>,
}

/// Reads it, under the lock of the permit.
pub(in crate::accounts) async fn known(tx: &mut PgConnection, permit: &Erase) -> sqlx::Result<Known> {
    sqlx::query_as!(Known, r#"select name as "name!", email, language, example from person where id = $1"#, permit.person(),)
        .fetch_one(tx)
        .await
}

/// Ends every session; what the browsers were called is gone.
pub(in crate::accounts) async fn sessions(tx: &mut PgConnection, permit: &Erase, now: OffsetDateTime) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"with before as (select id from session where person_id = $1 and ended_at is null and ends_at > $2),
                gone as (delete from person_export where person_id = $1),
                draft as (delete from second_factor_draft d using session s where s.id = d.session_id and s.person_id = $1),
                round as (delete from identity_round r using session s where s.id = r.session_id and s.person_id = $1),
                ended as (
                    update session set browser = '', ended_at = coalesce(ended_at, $2), ended_why = coalesce(ended_why, $3)
                    where person_id = $1)
           select count(*) as "n!" from before"#,
        permit.person(),
        now,
        End::Erased.code(),
    )
    .fetch_one(tx)
    .await
}

/// Ends every membership with its roles: that there was one stays, since what was done stands in the organisation's name.
pub(in crate::accounts) async fn memberships(tx: &mut PgConnection, permit: &Erase, now: OffsetDateTime) -> sqlx::Result<i64> {
    let person = permit.person();
    // What was to begin later never does. A range that ends as it begins is empty, so it lasts a moment at least.
    sqlx::query!(
        "delete from membership_role r using membership m
         where m.id = r.membership_id and m.person_id = $1 and (lower(m.valid) > $2::timestamptz or lower(r.valid) > $2)",
        person,
        now,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "update membership_role r set valid = tstzrange(lower(r.valid), greatest($2, lower(r.valid) + interval '1 microsecond'))
         from membership m
         where m.id = r.membership_id and m.person_id = $1 and (upper(r.valid) is null or upper(r.valid) > $2::timestamptz)",
        person,
        now,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query_scalar!(
        r#"with never as (
               delete from membership where person_id = $1 and lower(valid) > $2::timestamptz returning id),
           ended as (
               update membership set valid = tstzrange(lower(valid), greatest($2, lower(valid) + interval '1 microsecond'))
               where person_id = $1 and lower(valid) <= $2 and (upper(valid) is null or upper(valid) > $2) returning id)
           select (select count(*) from never) + (select count(*) from ended) as "n!""#,
        person,
        now,
    )
    .fetch_one(tx)
    .await
}

/// Takes away what was asked for with the address and is not answered: another password or address, an account, invitations.
pub(in crate::accounts) async fn wishes(
    tx: &mut PgConnection,
    permit: &Erase,
    email: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with a as (delete from email_change where person_id = $1),
              b as (delete from reset_request where lower(email) = lower($2)),
              c as (delete from application where lower(email) = lower($2))
         update invitation set email = null, token_sha256 = null, taken_back_at = $3
         where lower(email) = lower($2) and accepted_at is null",
        permit.person(),
        email,
        now,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Takes away every way in; gives how many services were linked.
pub(in crate::accounts) async fn ways_in(tx: &mut PgConnection, permit: &Erase) -> sqlx::Result<i64> {
    without_ways_in(tx, permit.person()).await
}

async fn without_ways_in(tx: &mut PgConnection, person: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"with a as (delete from person_password where person_id = $1),
                b as (delete from second_factor where person_id = $1),
                c as (delete from recovery_code where person_id = $1),
                d as (delete from password_link where person_id = $1),
                e as (delete from sign_in_step where person_id = $1),
                f as (delete from identity where person_id = $1 returning id)
           select count(*) as "n!" from f"#,
        person,
    )
    .fetch_one(tx)
    .await
}

/// Erases name and address. The address is free: whoever gets an account with it is somebody else.
pub(in crate::accounts) async fn name(tx: &mut PgConnection, permit: &Erase, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update person set name = null, email = null, email_verified_at = null, language = 'sv', example = null, erased_at = $2
         where id = $1",
        permit.person(),
        now,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// In the example bank, which many share, an invented person comes back as a new one with the same tasks: else the bank
/// would soon be without people.
pub(in crate::accounts) async fn invent_anew(
    tx: &mut PgConnection,
    permit: &Erase,
    (known, word): (&Known, &str),
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    // The order of the ids is the order of the memberships; no invented person has so many.
    let ids: Vec<Uuid> = (0..20).map(|_| Uuid::now_v7()).collect();
    sqlx::query!(
        "with made as (
             insert into person (id, name, email, email_verified_at, example, created_at) values ($1, $2, $3, $4, $5, $4) returning id),
         old as (
             select m.id, m.organisation_id, ($7::uuid[])[row_number() over (order by m.id)] as new
             from membership m where m.person_id = $6 and m.valid @> $4::timestamptz),
         member as (
             insert into membership (id, person_id, organisation_id, valid)
             select old.new, made.id, old.organisation_id, tstzrange($4, null) from made, old where old.new is not null)
         insert into membership_role (membership_id, role, letter, valid)
         select old.new, r.role, r.letter, tstzrange($4, null)
         from old join membership_role r on r.membership_id = old.id and r.valid @> $4 where old.new is not null",
        Uuid::now_v7(),
        known.name,
        known.email,
        now,
        word,
        permit.person(),
        &ids,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Those who are erased and of whom something is left but their id. A thousand a night are more than there will be.
pub(in crate::accounts) async fn remaining(tx: &mut PgConnection) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select p.id from person p where p.erased_at is not null and (
             exists (select from session s where s.person_id = p.id) or exists (select from person_password w where w.person_id = p.id)
             or exists (select from second_factor f where f.person_id = p.id)
             or exists (select from recovery_code c where c.person_id = p.id)
             or exists (select from password_link l where l.person_id = p.id)
             or exists (select from sign_in_step t where t.person_id = p.id)
             or exists (select from identity i where i.person_id = p.id)
             or exists (select from mail m where m.person_id = p.id))
         order by p.erased_at limit 1000",
    )
    .fetch_all(tx)
    .await
}

/// Takes away what is left of one of them; gives how many sessions and services that were.
pub(in crate::accounts) async fn remains(
    tx: &mut PgConnection,
    _permit: &EraseRemains,
    person: Uuid,
) -> sqlx::Result<(i64, i64)> {
    let identities = without_ways_in(tx, person).await?;
    let sessions = sqlx::query!("delete from session where person_id = $1", person).execute(tx).await?;
    Ok((i64::try_from(sessions.rows_affected()).unwrap_or(i64::MAX), identities))
}
