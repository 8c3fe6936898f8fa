//! The second factor, and the codes on paper.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::accounts::{
    factor::Secret,
    policy::factor::{Fresh, OverFactor, Shown, Which},
};

/// What is kept of a second factor.
#[derive(Debug)]
pub(in crate::accounts) struct Kept {
    /// What the app was given.
    pub(in crate::accounts) secret: Secret,
    /// The last time step whose code was used.
    pub(in crate::accounts) last_step: i64,
}

/// Whether the person signs in in two steps.
pub(in crate::accounts) async fn has(tx: &mut PgConnection, person: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select exists (select from second_factor where person_id = $1) as "has!""#, person).fetch_one(tx).await
}

/// Locks a person's second factor.
pub(in crate::accounts) async fn lock(tx: &mut PgConnection, person: Uuid) -> sqlx::Result<Option<Kept>> {
    let row = sqlx::query!("select secret, last_step from second_factor where person_id = $1 for update", person);
    Ok(row.fetch_optional(tx).await?.map(|row| Kept { secret: Secret::kept(row.secret), last_step: row.last_step }))
}

/// Locks a code on paper that was not used; whether there is one.
pub(in crate::accounts) async fn lock_code(tx: &mut PgConnection, person: Uuid, sha256: &[u8]) -> sqlx::Result<bool> {
    let code = sqlx::query_scalar!(
        "select made_at from recovery_code where person_id = $1 and code_sha256 = $2 and used_at is null for update",
        person,
        sha256,
    );
    Ok(code.fetch_optional(tx).await?.is_some())
}

/// Uses a code up.
pub(in crate::accounts) async fn use_up(tx: &mut PgConnection, shown: &Shown, now: OffsetDateTime) -> sqlx::Result<()> {
    match shown.which() {
        Which::Step(step) => {
            sqlx::query!("update second_factor set last_step = $2 where person_id = $1", shown.person(), step).execute(tx).await?
        }
        Which::Recovery(sha256) => {
            sqlx::query!(
                "update recovery_code set used_at = $3 where person_id = $1 and code_sha256 = $2",
                shown.person(),
                sha256,
                now,
            )
            .execute(tx)
            .await?
        }
    };
    Ok(())
}

/// Keeps a secret until a code of it is shown; the one before is forgotten.
pub(in crate::accounts) async fn draft(
    tx: &mut PgConnection,
    permit: &Fresh,
    secret: &Secret,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into second_factor_draft (session_id, secret, made_at) values ($1, $2, $3)
         on conflict (session_id) do update set secret = excluded.secret, made_at = excluded.made_at",
        permit.own().session(),
        secret.bytes(),
        now,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Keeps a second factor whose code was shown, instead of the one before.
pub(in crate::accounts) async fn keep(
    tx: &mut PgConnection,
    permit: &Fresh,
    (secret, step): (&Secret, i64),
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into second_factor (person_id, secret, confirmed_at, last_step) values ($1, $2, $3, $4)
         on conflict (person_id) do update set secret = excluded.secret, confirmed_at = excluded.confirmed_at,
                                               last_step = excluded.last_step",
        permit.person(),
        secret.bytes(),
        now,
        step,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!("delete from second_factor_draft where session_id = $1", permit.own().session()).execute(tx).await?;
    Ok(())
}

/// Keeps codes on paper, instead of those before.
pub(in crate::accounts) async fn set_codes(
    tx: &mut PgConnection,
    permit: &Fresh,
    sha256s: &[Vec<u8>],
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!("delete from recovery_code where person_id = $1", permit.person()).execute(&mut *tx).await?;
    sqlx::query!(
        "insert into recovery_code (person_id, code_sha256, made_at) select $1, code, $3 from unnest($2::bytea[]) as code",
        permit.person(),
        sha256s,
        now,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Takes away the second factor and everything that belongs to it; in no session was one shown any more.
pub(in crate::accounts) async fn remove(tx: &mut PgConnection, permit: &impl OverFactor) -> sqlx::Result<()> {
    let person = permit.person();
    sqlx::query!("delete from second_factor where person_id = $1", person).execute(&mut *tx).await?;
    sqlx::query!("delete from recovery_code where person_id = $1", person).execute(&mut *tx).await?;
    sqlx::query!("update session set second_at = null where person_id = $1", person).execute(tx).await?;
    Ok(())
}
