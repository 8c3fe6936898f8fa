//! SQL for links that come by mail.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::accounts::policy::{
    OverPassword, Own, Sweep,
    by_mail::{ChangeEmail, SendLinks},
};

/// Notes that somebody asked for a link; whoever it may be.
pub(in crate::accounts) async fn note_request(tx: &mut PgConnection, email: &str, now: OffsetDateTime) -> sqlx::Result<Uuid> {
    let id = Uuid::now_v7();
    sqlx::query!("insert into reset_request (id, email, created_at) values ($1, $2, $3)", id, email, now).execute(tx).await?;
    Ok(id)
}

/// Takes a request away; gives the person with its address, locked, if there is one who can sign in.
pub(in crate::accounts) async fn take_request(
    tx: &mut PgConnection,
    _permit: &SendLinks,
    request: Uuid,
) -> sqlx::Result<Option<Uuid>> {
    let email =
        sqlx::query_scalar!("delete from reset_request where id = $1 returning email", request).fetch_optional(&mut *tx).await?;
    let Some(email) = email else { return Ok(None) };
    sqlx::query_scalar!(
        "select id from person where lower(email) = lower($1) and disabled_at is null and erased_at is null for update",
        email,
    )
    .fetch_optional(tx)
    .await
}

/// Whether a link was made for the person after a time.
pub(in crate::accounts) async fn has_link_since(
    tx: &mut PgConnection,
    person: Uuid,
    since: OffsetDateTime,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from password_link where person_id = $1 and created_at > $2) as "has!""#,
        person,
        since,
    )
    .fetch_one(tx)
    .await
}

/// Keeps the address that a person wants, until it is shown to be theirs; the one before is forgotten.
pub(in crate::accounts) async fn want_email(
    tx: &mut PgConnection,
    permit: &Own,
    (email, sha256): (&str, &[u8]),
    now: OffsetDateTime,
    ends_at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into email_change (token_sha256, person_id, email, created_at, ends_at) values ($1, $2, $3, $4, $5)
         on conflict (person_id) do update set token_sha256 = excluded.token_sha256, email = excluded.email,
                                               created_at = excluded.created_at, ends_at = excluded.ends_at",
        sha256,
        permit.person(),
        email,
        now,
        ends_at,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Gives a person the address that they wanted; links that went to the old one open nothing any more.
pub(in crate::accounts) async fn change_email(
    tx: &mut PgConnection,
    permit: &ChangeEmail,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!("update person set email = $2, email_verified_at = $3 where id = $1", permit.person(), permit.email(), now)
        .execute(&mut *tx)
        .await?;
    sqlx::query!("delete from email_change where person_id = $1", permit.person()).execute(&mut *tx).await?;
    sqlx::query!("delete from password_link where person_id = $1", permit.person()).execute(tx).await?;
    Ok(())
}

/// Forgets requests and wishes whose time is over.
pub(in crate::accounts) async fn sweep(tx: &mut PgConnection, _permit: &Sweep, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("delete from email_change where ends_at <= $1", now).execute(&mut *tx).await?;
    sqlx::query!("delete from reset_request where created_at < $1::timestamptz - interval '1 day'", now).execute(tx).await?;
    Ok(())
}
