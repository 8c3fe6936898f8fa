//! SQL that writes files.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{policy::Holder, workflow::New};

/// The most bytes of a file in a row.
pub(super) const PART: usize = 1024 * 1024;

/// What there is already, where another file is to come.
#[derive(Debug)]
pub(super) struct There {
    /// Files of the same thing.
    pub(super) files: i64,
    /// Whether this one is among them.
    pub(super) twice: bool,
    /// Bytes of all files of the organisation.
    pub(super) bytes: i64,
}

pub(super) async fn there(tx: &mut PgConnection, permit: &impl Holder, sha256: &[u8]) -> sqlx::Result<There> {
    let subject = permit.subject();
    sqlx::query_as!(
        There,
        r#"select count(*) filter (where subject_kind = $1 and subject_id = $2 and state <> 'leaving') as "files!",
                  count(*) filter (where subject_kind = $1 and subject_id = $2 and state <> 'leaving' and sha256 = $4) > 0 as "twice!",
                  coalesce(sum(bytes), 0)::bigint as "bytes!"
           from attachment where owner_org = $3"#,
        subject.kind,
        subject.id,
        subject.owner,
        sha256,
    )
    .fetch_one(tx)
    .await
}

/// Lays down what is known of a file; gives its id.
pub(super) async fn insert(tx: &mut PgConnection, permit: &impl Holder, new: &New, now: OffsetDateTime) -> sqlx::Result<Uuid> {
    let (id, subject) = (Uuid::now_v7(), permit.subject());
    sqlx::query!(
        "insert into attachment (id, subject_kind, subject_id, audience, owner_org, person_id, at, name, media_type, bytes, sha256)
         values ($1, $2, $3, 100, $4, $5, $6, $7, $8, $9, $10)",
        id,
        subject.kind,
        subject.id,
        subject.owner,
        permit.person(),
        now,
        new.name,
        new.kind.media_type(),
        new.bytes,
        new.sha256,
    )
    .execute(tx)
    .await?;
    Ok(id)
}

/// Lays down a piece of it.
pub(super) async fn insert_part(tx: &mut PgConnection, id: Uuid, part: i32, bytes: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("insert into attachment_part (attachment_id, part, bytes) values ($1, $2, $3)", id, part, bytes)
        .execute(tx)
        .await?;
    Ok(())
}

/// Takes a file away: it goes where nobody else has seen it, and leaves with the next sending where others have. Gives its
/// name.
pub(super) async fn take_away(tx: &mut PgConnection, permit: &impl Holder, id: Uuid) -> sqlx::Result<Option<String>> {
    let subject = permit.subject();
    let gone = sqlx::query_scalar!(
        "delete from attachment where id = $1 and subject_kind = $2 and subject_id = $3 and state = 'draft' returning name",
        id,
        subject.kind,
        subject.id,
    )
    .fetch_optional(&mut *tx)
    .await?;
    if gone.is_some() {
        return Ok(gone);
    }
    sqlx::query_scalar!(
        "update attachment set state = 'leaving' where id = $1 and subject_kind = $2 and subject_id = $3 and state = 'given'
         returning name",
        id,
        subject.kind,
        subject.id,
    )
    .fetch_optional(tx)
    .await
}

/// Gives everybody what hangs there, and lets go what was taken away.
pub(super) async fn give(tx: &mut PgConnection, permit: &impl Holder, now: OffsetDateTime) -> sqlx::Result<()> {
    let subject = permit.subject();
    sqlx::query!(
        "delete from attachment where subject_kind = $1 and subject_id = $2 and state = 'leaving'",
        subject.kind,
        subject.id,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "update attachment set state = 'given', audience = 0, given_at = $3
         where subject_kind = $1 and subject_id = $2 and state = 'draft'",
        subject.kind,
        subject.id,
        now,
    )
    .execute(tx)
    .await?;
    Ok(())
}
