//! SQL that locks.

mod experience;
mod moderated;
mod said;

pub(super) use experience::{lock_experience, share, take_back};
pub(super) use moderated::{close_reports, has_objected, log, mask, passage_stands, report, was_touched};
pub(super) use said::{edit, keep_version, regroup, reply, same_form, set_state, set_thread_state, start};

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    eyes::Eyes,
    lifecycle::{State, ThreadState},
    policy::Hand,
};
use crate::kernel::{actor::Role, clock};

/// A thread that is locked until the transaction ends.
#[derive(Debug, Clone)]
pub struct LockedThread {
    /// Its id, which is that of the comment that opens it.
    pub id: Uuid,
    /// What it is about.
    pub subject: Uuid,
    /// How that is cited.
    pub cited: String,
    /// The product group that it is in.
    pub group: Uuid,
    /// Who may read it.
    pub audience: i16,
    /// Who began it.
    pub author: Uuid,
    /// Where it stands.
    pub state: ThreadState,
    /// Whether what it is about is repealed.
    pub is_closed: bool,
}

/// A comment that is locked until the transaction ends.
#[derive(Debug, Clone)]
pub struct LockedComment {
    /// Its id.
    pub id: Uuid,
    /// Whether it is no comment, but what was met with when a requirement was used.
    pub experience: bool,
    /// How what the thread is about is cited.
    pub cited: String,
    /// Who wrote it.
    pub author: Uuid,
    /// Where it stands.
    pub state: State,
    /// What it says, with nothing left out.
    pub text: String,
    /// When it was written.
    pub created: OffsetDateTime,
    /// When it came to where it stands.
    pub state_since: OffsetDateTime,
    /// Whether what its thread is about is repealed.
    pub is_closed: bool,
}

/// As whose word somebody writes, and whether that was approved.
pub(super) async fn membership(tx: &mut PgConnection, person: Uuid, organisation: Uuid) -> sqlx::Result<Option<(Uuid, bool)>> {
    let row = sqlx::query!(
        "select id, approved from membership where person_id = $1 and organisation_id = $2 order by lower(valid) desc limit 1",
        person,
        organisation,
    );
    Ok(row.fetch_optional(tx).await?.map(|row| (row.id, row.approved)))
}

/// Whether a person looks after the area that owns a group.
pub(super) async fn coordinates(tx: &mut PgConnection, hand: &Hand, group: Uuid, eyes: &Eyes) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select coordinates_group($1, $2, $3, $4, $5) as "may!""#,
        hand.person(),
        hand.organisation(),
        group,
        eyes.today,
        eyes.now
    )
    .fetch_one(tx)
    .await
}

/// Whether who began a thread still belongs, in a role that reads it, to the organisation that they wrote for.
pub(super) async fn still_reads(tx: &mut PgConnection, thread: &LockedThread, now: OffsetDateTime) -> sqlx::Result<bool> {
    let roles: Vec<&str> =
        Role::ALL.iter().filter(|role| role.audience().level() >= thread.audience).map(|role| role.code()).collect();
    sqlx::query_scalar!(
        r#"select exists (
               select from dialogue_thread t join membership m on m.person_id = t.author_id and m.organisation_id = t.organisation_id
               where t.id = $1 and m.approved and m.valid @> $2::timestamptz
                 and (exists (select from membership_role r where r.membership_id = m.id and r.valid @> $2 and r.role = any ($3))
                      or coordinates_group(t.author_id, t.organisation_id, thread_group(t), $4, $2))) as "reads!""#,
        thread.id,
        now,
        &roles as &[&str],
        clock::in_sweden(now).date(),
    )
    .fetch_one(tx)
    .await
}

fn unknown(word: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("unknown word {word}").into())
}

/// Locks a thread that may be read.
pub(super) async fn lock_thread(tx: &mut PgConnection, id: Uuid, eyes: &Eyes) -> sqlx::Result<Option<LockedThread>> {
    let row = sqlx::query!(
        r#"select t.id, t.subject_id, t.cited, t.audience, t.author_id, t.state,
                  thread_group(t) as "group_id!",
                  exists (select from requirement_repeal p where p.requirement_id = t.requirement_id and p.effective <= $7::timestamptz) as "closed!"
           from dialogue_thread t
           where t.id = $1 and may_read_thread(t, $2, $3, $4, $5, $6, $7::timestamptz)
             and exists (select from dialogue_comment c where c.thread_id = t.id and dialogue_stands(c, $4))
           for update of t"#,
        id,
        eyes.viewer.level(),
        eyes.viewer.organisations(),
        eyes.person,
        eyes.acting,
        eyes.today,
        eyes.now,
    )
    .fetch_optional(tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(LockedThread {
        id: row.id,
        subject: row.subject_id,
        cited: row.cited,
        group: row.group_id,
        audience: row.audience,
        author: row.author_id,
        state: ThreadState::from_code(&row.state).ok_or_else(|| unknown(&row.state))?,
        is_closed: row.closed,
    }))
}

/// Locks a comment of a thread that may be read, what its author took away as well, and what is held for its author alone; or
/// what was met with.
pub(super) async fn lock_comment(tx: &mut PgConnection, id: Uuid, eyes: &Eyes) -> sqlx::Result<Option<LockedComment>> {
    let row = sqlx::query!(
        r#"select c.id, t.cited, c.author_id, c.state, c.text, c.created_at, c.state_since,
                  exists (select from requirement_repeal p where p.requirement_id = t.requirement_id and p.effective <= $7::timestamptz) as "closed!"
           from dialogue_comment c join dialogue_thread t on t.id = c.thread_id
           where c.id = $1 and may_read_thread(t, $2, $3, $4, $5, $6, $7::timestamptz)
             and (c.author_id = $4 or not dialogue_is_held(c.sent_by))
           for update of c"#,
        id,
        eyes.viewer.level(),
        eyes.viewer.organisations(),
        eyes.person,
        eyes.acting,
        eyes.today,
        eyes.now,
    )
    .fetch_optional(&mut *tx)
    .await?;
    let Some(row) = row else { return experience::lock_told(tx, id, eyes).await };
    Ok(Some(LockedComment {
        id: row.id,
        experience: false,
        cited: row.cited,
        author: row.author_id,
        state: State::from_code(&row.state).ok_or_else(|| unknown(&row.state))?,
        text: row.text,
        created: row.created_at,
        state_since: row.state_since,
        is_closed: row.closed,
    }))
}
