//! All SQL that writes, and the locks that permits are made of.

pub(super) mod by_mail;
pub(super) mod erase;
pub(super) mod factor;
pub(super) mod identity;
pub(super) mod joining;
pub(super) mod roles;
pub(super) mod setup;
pub(super) mod step;
pub(super) mod sweep;

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    policy::{Choose, Enter, Leave, Manage, OverPassword, Own, by_mail::OverLink, factor::Proved},
    session::End,
};
use crate::kernel::i18n::Lang;

pub(super) mod managed;

/// Locks a person; whether the account is open.
pub(super) async fn lock_person(tx: &mut PgConnection, person: Uuid) -> sqlx::Result<bool> {
    let open = sqlx::query_scalar!(
        r#"select disabled_at is null and erased_at is null as "open!" from person where id = $1 for update"#,
        person
    )
    .fetch_optional(tx)
    .await?;
    Ok(open.unwrap_or(false))
}

/// Locks a session; whether it has not been ended.
pub(super) async fn lock_session(tx: &mut PgConnection, session: Uuid) -> sqlx::Result<bool> {
    let holds = sqlx::query_scalar!(r#"select ended_at is null as "holds!" from session where id = $1 for update"#, session)
        .fetch_optional(tx)
        .await?;
    Ok(holds.unwrap_or(false))
}

/// When in a session it was last proved who asks, and with a second factor.
pub(super) async fn proofs(tx: &mut PgConnection, session: Uuid) -> sqlx::Result<(OffsetDateTime, Option<OffsetDateTime>)> {
    let row = sqlx::query!("select proved_at, second_at from session where id = $1", session).fetch_one(tx).await?;
    Ok((row.proved_at, row.second_at))
}

/// Notes that it was proved once more, and gives the session another key.
pub(super) async fn note_proof(
    tx: &mut PgConnection,
    permit: &Own,
    sha256: &[u8],
    second: bool,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update session set proved_at = $3, second_at = case when $4 then $3 else second_at end, token_sha256 = $2 where id = $1",
        permit.session(),
        sha256,
        now,
        second,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The person of the example bank that this word stands for.
pub(super) async fn example_person(tx: &mut PgConnection, word: &str) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!("select id from person where example = $1", word).fetch_optional(tx).await
}

/// What is kept of a person's password.
pub(super) async fn password(tx: &mut PgConnection, person: Uuid) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select hash from person_password where person_id = $1", person).fetch_optional(tx).await
}

/// Who signs in with this address, and what is kept of their password.
pub(super) async fn by_email(tx: &mut PgConnection, email: &str) -> sqlx::Result<Option<(Uuid, Option<String>)>> {
    let row = sqlx::query!(
        r#"select p.id, w.hash as "hash?" from person p left join person_password w on w.person_id = p.id
           where lower(p.email) = lower($1)"#,
        email
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|row| (row.id, row.hash)))
}

/// Keeps a password, instead of the one before.
pub(super) async fn set_password(
    tx: &mut PgConnection,
    permit: &impl OverPassword,
    hash: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into person_password (person_id, hash, changed_at) values ($1, $2, $3)
         on conflict (person_id) do update set hash = excluded.hash, changed_at = excluded.changed_at",
        permit.person(),
        hash,
        now,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The same password, kept with the parameters of today.
pub(super) async fn keep_password_anew(tx: &mut PgConnection, permit: &Proved, hash: &str) -> sqlx::Result<()> {
    sqlx::query!("update person_password set hash = $2 where person_id = $1", permit.person(), hash).execute(tx).await?;
    Ok(())
}

/// Opens a session. Its person acts for whom they acted for last, else for the first by name; a person of the example bank,
/// whom many share, for the first that they were given.
pub(super) async fn open_session(
    tx: &mut PgConnection,
    permit: &Enter,
    sha256: &[u8],
    browser: &str,
    now: OffsetDateTime,
    ends_at: OffsetDateTime,
) -> sqlx::Result<Uuid> {
    let id = Uuid::now_v7();
    sqlx::query!(
        "insert into session (id, token_sha256, person_id, membership_id, created_at, seen_at, proved_at, second_at, ends_at, browser)
         select $1, $2, $3,
                (select m.id from membership m join organisation o on o.id = m.organisation_id
                 where m.person_id = $3 and m.valid @> $4::timestamptz
                 order by case when $8 then null else (select max(s.created_at) from session s where s.person_id = $3 and s.membership_id = m.id) end desc nulls last,
                          case when $8 then m.id end, o.name_sv limit 1),
                $4, $4, $4, case when $5 then $4::timestamptz end, $6, $7",
        id,
        sha256,
        permit.person(),
        now,
        permit.second(),
        ends_at,
        browser,
        permit.is_example(),
    )
    .execute(tx)
    .await?;
    Ok(id)
}

/// Notes that something was asked in a session. It takes no permit: it says nothing but when.
pub(super) async fn note_seen(tx: &mut PgConnection, session: Uuid, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("update session set seen_at = $2 where id = $1 and seen_at < $2", session, now).execute(tx).await?;
    Ok(())
}

/// Ends the session that a key opens; gives its person.
pub(super) async fn end_by_key(
    tx: &mut PgConnection,
    permit: &Leave,
    why: End,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "update session set ended_at = $2, ended_why = $3 where token_sha256 = $1 and ended_at is null returning person_id",
        permit.sha256(),
        now,
        why.code(),
    )
    .fetch_optional(tx)
    .await
}

/// Ends one of the person's sessions; whether there was one to end.
pub(super) async fn end_session(
    tx: &mut PgConnection,
    permit: &Own,
    session: Uuid,
    why: End,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let ended = sqlx::query!(
        "update session set ended_at = $3, ended_why = $4 where id = $1 and person_id = $2 and ended_at is null",
        session,
        permit.person(),
        now,
        why.code(),
    )
    .execute(tx)
    .await?;
    Ok(ended.rows_affected() > 0)
}

/// Whether a session is that of another person.
pub(super) async fn is_anothers(tx: &mut PgConnection, permit: &Own, session: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from session where id = $1 and person_id <> $2) as "anothers!""#,
        session,
        permit.person(),
    )
    .fetch_one(tx)
    .await
}

/// Ends every session of a person but that of the permit; gives how many held.
pub(super) async fn end_others(
    tx: &mut PgConnection,
    permit: &impl OverPassword,
    why: End,
    now: OffsetDateTime,
) -> sqlx::Result<i64> {
    let ended = sqlx::query_scalar!(
        r#"with ended as (
               update session set ended_at = $3, ended_why = $4
               where person_id = $1 and id is distinct from $2 and ended_at is null returning ends_at)
           select count(*) filter (where ends_at > $3) as "n!" from ended"#,
        permit.person(),
        permit.kept_session(),
        now,
        why.code(),
    )
    .fetch_one(tx)
    .await?;
    Ok(ended)
}

/// Ends every session of everybody; gives how many held.
pub(super) async fn end_everybodys(tx: &mut PgConnection, _permit: &Manage, why: End, now: OffsetDateTime) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"with ended as (
               update session set ended_at = $1, ended_why = $2 where ended_at is null returning ends_at)
           select count(*) filter (where ends_at > $1) as "n!" from ended"#,
        now,
        why.code(),
    )
    .fetch_one(tx)
    .await
}

/// Gives a session another key.
pub(super) async fn set_key(tx: &mut PgConnection, permit: &Own, sha256: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("update session set token_sha256 = $2 where id = $1", permit.session(), sha256).execute(tx).await?;
    Ok(())
}

/// Has the person act for a membership of theirs in this session; gives its organisation, none where it is not theirs now.
pub(super) async fn act_for(
    tx: &mut PgConnection,
    permit: &Own,
    membership: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "update session s set membership_id = m.id from membership m
         where s.id = $1 and m.id = $2 and m.person_id = $3 and m.valid @> $4::timestamptz returning m.organisation_id",
        permit.session(),
        membership,
        permit.person(),
        now,
    )
    .fetch_optional(tx)
    .await
}

/// Another name and language.
pub(super) async fn set_name(tx: &mut PgConnection, permit: &Own, name: &str, lang: Lang) -> sqlx::Result<()> {
    sqlx::query!("update person set name = $2, language = $3 where id = $1", permit.person(), name, lang.code())
        .execute(tx)
        .await?;
    Ok(())
}

/// Takes away the link by which a password could be chosen.
pub(super) async fn void_link(tx: &mut PgConnection, permit: &impl OverPassword) -> sqlx::Result<()> {
    sqlx::query!("delete from password_link where person_id = $1", permit.person()).execute(tx).await?;
    Ok(())
}

/// Notes that the address is theirs: whoever has a link has it from who knows the address.
pub(super) async fn note_email(tx: &mut PgConnection, permit: &Choose, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("update person set email_verified_at = coalesce(email_verified_at, $2) where id = $1", permit.person(), now)
        .execute(tx)
        .await?;
    Ok(())
}

/// Makes a person, or finds the one who has the address; gives their id and whether they are new.
pub(super) async fn make_person(
    tx: &mut PgConnection,
    _permit: &Manage,
    (name, email, example): (&str, &str, Option<&str>),
    now: OffsetDateTime,
) -> sqlx::Result<(Uuid, bool)> {
    let known = sqlx::query_scalar!("select id from person where lower(email) = lower($1) for update", email);
    if let Some(known) = known.fetch_optional(&mut *tx).await? {
        return Ok((known, false));
    }
    let id = Uuid::now_v7();
    sqlx::query!(
        "insert into person (id, name, email, email_verified_at, example, created_at)
         values ($1, $2, $3, case when $4::text is null then null else $5::timestamptz end, $4, $5)",
        id,
        name,
        email,
        example,
        now,
    )
    .execute(tx)
    .await?;
    Ok((id, true))
}

/// Makes a link to choose a password by; the one before opens nothing any more.
pub(super) async fn make_link(
    tx: &mut PgConnection,
    _permit: &impl OverLink,
    (person, sha256): (Uuid, &[u8]),
    now: OffsetDateTime,
    ends_at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into password_link (token_sha256, person_id, created_at, ends_at) values ($1, $2, $3, $4)
         on conflict (person_id) do update set token_sha256 = excluded.token_sha256, created_at = excluded.created_at,
                                               ends_at = excluded.ends_at",
        sha256,
        person,
        now,
        ends_at,
    )
    .execute(tx)
    .await?;
    Ok(())
}
