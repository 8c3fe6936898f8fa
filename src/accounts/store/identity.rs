//! What services say that people are, and who is on their way to one.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    accounts::{
        MOST_NAME,
        policy::{
            factor::Fresh,
            identity::{Arrive, Depart, Purpose, Unlink},
        },
    },
    kernel::{actor::Role, i18n::Lang},
};

/// Somebody who has come back from a service.
#[derive(Debug)]
pub(in crate::accounts) struct Round {
    /// The number of the service that they went to.
    pub(in crate::accounts) provider: i16,
    /// What for.
    pub(in crate::accounts) purpose: Purpose,
    /// What the service has to sign.
    pub(in crate::accounts) nonce: String,
    /// What shows that it is we who began.
    pub(in crate::accounts) verifier: String,
    /// The language that they go on in.
    pub(in crate::accounts) lang: Lang,
    /// Where to.
    pub(in crate::accounts) onwards: String,
}

/// Keeps that somebody goes to a service.
pub(in crate::accounts) async fn depart(
    tx: &mut PgConnection,
    permit: &Depart,
    (state_sha256, provider, nonce, verifier, onwards): (&[u8], i16, &str, &str, &str),
    now: OffsetDateTime,
    ends_at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into identity_round (state_sha256, browser_sha256, provider, purpose, session_id, nonce, verifier, language,
                                     onwards, made_at, ends_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        state_sha256,
        permit.browser(),
        provider,
        permit.purpose().code(),
        permit.purpose().session(),
        nonce,
        verifier,
        permit.lang().code(),
        onwards,
        now,
        ends_at,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Takes who comes back with this state, in this browser: once.
pub(in crate::accounts) async fn take(
    tx: &mut PgConnection,
    (state_sha256, browser_sha256): (&[u8], &[u8]),
    now: OffsetDateTime,
) -> sqlx::Result<Option<Round>> {
    let row = sqlx::query!(
        "delete from identity_round where state_sha256 = $1 and browser_sha256 = $2 and ends_at > $3
         returning provider, purpose, session_id, nonce, verifier, language, onwards",
        state_sha256,
        browser_sha256,
        now,
    );
    Ok(row.fetch_optional(tx).await?.and_then(|row| {
        Some(Round {
            provider: row.provider,
            purpose: Purpose::of(&row.purpose, row.session_id)?,
            nonce: row.nonce,
            verifier: row.verifier,
            lang: if row.language == Lang::En.code() { Lang::En } else { Lang::Sv },
            onwards: row.onwards,
        })
    }))
}

/// The person whom a service calls so.
pub(in crate::accounts) async fn person(tx: &mut PgConnection, issuer: &str, subject: &str) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!("select person_id from identity where issuer = $1 and subject = $2", issuer, subject)
        .fetch_optional(tx)
        .await
}

/// Those who come with one name for the first time wait for each other, until the transaction ends.
pub(in crate::accounts) async fn wait(tx: &mut PgConnection, issuer: &str, subject: &str) -> sqlx::Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('identity:' || $1 || ' ' || $2, 0))", issuer, subject)
        .execute(tx)
        .await?;
    Ok(())
}

/// Notes that a service was used.
pub(in crate::accounts) async fn note_use(
    tx: &mut PgConnection,
    (issuer, subject): (&str, &str),
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!("update identity set used_at = $3 where issuer = $1 and subject = $2", issuer, subject, now).execute(tx).await?;
    Ok(())
}

/// Makes a person whom a service has told of.
pub(in crate::accounts) async fn make(
    tx: &mut PgConnection,
    permit: &Arrive<'_>,
    lang: Lang,
    now: OffsetDateTime,
) -> sqlx::Result<Uuid> {
    let id = Uuid::now_v7();
    let claims = permit.claims();
    let name = if claims.name.is_empty() { permit.email().split('@').next().unwrap_or_default() } else { &claims.name };
    let name: String = name.chars().take(MOST_NAME).collect();
    sqlx::query!(
        "insert into person (id, name, email, email_verified_at, language, created_at) values ($1, $2, $3, $4, $5, $4)",
        id,
        name,
        permit.email(),
        now,
        lang.code(),
    )
    .execute(&mut *tx)
    .await?;
    insert(tx, id, (&claims.issuer, &claims.subject), now).await?;
    Ok(id)
}

/// Makes them a member of the organisation that the service speaks for.
pub(in crate::accounts) async fn join(
    tx: &mut PgConnection,
    _permit: &Arrive<'_>,
    (person, organisation): (Uuid, Uuid),
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with made as (
             insert into membership (id, person_id, organisation_id, valid) values ($1, $2, $3, tstzrange($4, null)) returning id)
         insert into membership_role (membership_id, role, valid) select id, $5, tstzrange($4, null) from made",
        Uuid::now_v7(),
        person,
        organisation,
        now,
        Role::RegionMember.code(),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Links a service to an account; gives its id.
pub(in crate::accounts) async fn link(
    tx: &mut PgConnection,
    permit: &Fresh,
    name: (&str, &str),
    now: OffsetDateTime,
) -> sqlx::Result<Uuid> {
    insert(tx, permit.person(), name, now).await
}

async fn insert(tx: &mut PgConnection, person: Uuid, (issuer, subject): (&str, &str), now: OffsetDateTime) -> sqlx::Result<Uuid> {
    let id = Uuid::now_v7();
    sqlx::query!(
        "insert into identity (id, person_id, issuer, subject, linked_at, used_at) values ($1, $2, $3, $4, $5, $5)",
        id,
        person,
        issuer,
        subject,
        now,
    )
    .execute(tx)
    .await?;
    Ok(id)
}

/// Whether it is one of the person's.
pub(in crate::accounts) async fn is_theirs(tx: &mut PgConnection, person: Uuid, identity: Uuid) -> sqlx::Result<bool> {
    let theirs = sqlx::query_scalar!("select id from identity where id = $2 and person_id = $1 for update", person, identity);
    Ok(theirs.fetch_optional(tx).await?.is_some())
}

/// How many they have.
pub(in crate::accounts) async fn count(tx: &mut PgConnection, person: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "n!" from identity where person_id = $1"#, person).fetch_one(tx).await
}

/// Takes one away.
pub(in crate::accounts) async fn unlink(tx: &mut PgConnection, permit: &Unlink) -> sqlx::Result<()> {
    sqlx::query!("delete from identity where id = $1 and person_id = $2", permit.identity(), permit.person()).execute(tx).await?;
    Ok(())
}
