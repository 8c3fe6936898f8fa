//! What is said.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::dialogue::{
    comment::{Kind, Quote, Rule, Said},
    lifecycle::{State, ThreadState},
    policy::{Hand, Own, Regroup, Reply, Start},
    store::{LockedComment, LockedThread},
};

/// The comment that the same form has made before, and its thread.
pub(in crate::dialogue) async fn same_form(tx: &mut PgConnection, hand: &Hand, key: Uuid) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!("select id from dialogue_comment where author_id = $1 and form_key = $2", hand.person(), key)
        .fetch_optional(tx)
        .await
}

/// Begins a thread with its first comment; gives the id of both.
pub(in crate::dialogue) async fn start(
    tx: &mut PgConnection,
    permit: &Start,
    (kind, quote): (Kind, Option<&Quote>),
    said: &Said<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<Uuid> {
    let id = Uuid::now_v7();
    let (hand, subject) = (permit.hand(), permit.subject());
    let owner = (permit.audience() == 0).then_some(hand.organisation());
    sqlx::query!(
        "insert into dialogue_thread (id, subject_kind, subject_id, cited, requirement_id, version_id, clause_id, quote, group_id, kind, state,
                                      audience, owner_org, author_id, organisation_id, sent_by, created_at, state_since)
         values ($1, $2, $3::uuid, $4, case when $5::uuid is not null then $3::uuid end, $5, $6, $7, $8, $9, 'open', $10, $11, $12, $13, $14, $15, $15)",
        id,
        subject.about.code(),
        subject.id,
        subject.cited,
        subject.version,
        quote.map(|quote| quote.clause),
        quote.map(|quote| quote.text.as_str()),
        subject.group,
        kind.code(),
        permit.audience(),
        owner,
        hand.person(),
        hand.organisation(),
        hand.membership(),
        now,
    )
    .execute(&mut *tx)
    .await?;
    insert(tx, hand, (id, id, permit.audience()), (None, None), said, now).await?;
    Ok(id)
}

/// To what somebody answers, and for whom of those who prepare.
type Answer = (Option<Uuid>, Option<&'static str>);

/// Adds a reply; gives its id.
pub(in crate::dialogue) async fn reply(
    tx: &mut PgConnection,
    permit: &Reply,
    (answers, official): Answer,
    said: &Said<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<Uuid> {
    let id = Uuid::now_v7();
    let thread = permit.thread();
    // What it answers stands in the same thread, or it answers the thread.
    let answers = match answers {
        Some(answers) => {
            sqlx::query_scalar!(
                "select id from dialogue_comment where id = $1 and thread_id = $2 and id <> thread_id",
                answers,
                thread.id
            )
            .fetch_optional(&mut *tx)
            .await?
        }
        None => None,
    };
    insert(tx, permit.hand(), (id, thread.id, thread.audience), (answers, official), said, now).await?;
    Ok(id)
}

async fn insert(
    tx: &mut PgConnection,
    hand: &Hand,
    (id, thread, audience): (Uuid, Uuid, i16),
    (answers, official): Answer,
    said: &Said<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into dialogue_comment (id, thread_id, answers, audience, owner_org, author_id, organisation_id, sent_by, name_shown, official,
                                       language, text, state, state_since, created_at, form_key)
         values ($1, $2, $3, $4::smallint, case when $4::smallint = 0 then $6::uuid end, $5, $6, $7, $8, $9, $10, $11, 'shown', $12, $12, $13)",
        id,
        thread,
        answers,
        audience,
        hand.person(),
        hand.organisation(),
        hand.membership(),
        said.named,
        official,
        said.language,
        said.text,
        now,
        said.form_key,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Keeps what a comment says, before it says something else.
pub(in crate::dialogue) async fn keep_version(tx: &mut PgConnection, permit: &Own, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into dialogue_comment_version (comment_id, place, text, until)
         select $1, 1 + count(*)::int, $2, $3 from dialogue_comment_version where comment_id = $1",
        permit.comment().id,
        permit.comment().text,
        now,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes it anew.
pub(in crate::dialogue) async fn edit(tx: &mut PgConnection, permit: &Own, text: &str, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("update dialogue_comment set text = $2, edited_at = $3 where id = $1", permit.comment().id, text, now)
        .execute(tx)
        .await?;
    Ok(())
}

/// Writes where a comment, or what was met with, stands now, and why where it is hidden.
pub(in crate::dialogue) async fn set_state(
    tx: &mut PgConnection,
    comment: &LockedComment,
    to: State,
    why: Option<(Rule, &str)>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    if comment.experience {
        sqlx::query!(
            "update experience set state = $2, state_since = $3, rule = $4, reason = $5 where id = $1",
            comment.id,
            to.code(),
            now,
            why.map(|(rule, _)| rule.code()),
            why.map(|(_, reason)| reason),
        )
        .execute(tx)
        .await?;
        return Ok(());
    }
    sqlx::query!(
        "update dialogue_comment set state = $2, state_since = $3, rule = $4, reason = $5 where id = $1",
        comment.id,
        to.code(),
        now,
        why.map(|(rule, _)| rule.code()),
        why.map(|(_, reason)| reason),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes where a thread stands now, and who says so.
pub(in crate::dialogue) async fn set_thread_state(
    tx: &mut PgConnection,
    (hand, thread): (&Hand, &LockedThread),
    to: ThreadState,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update dialogue_thread set state = $2, state_since = $3, state_by = $4, state_org = $5 where id = $1",
        thread.id,
        to.code(),
        now,
        hand.person(),
        hand.organisation(),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Puts the threads of a group into the group that it became a part of; gives those.
pub(in crate::dialogue) async fn regroup(tx: &mut PgConnection, permit: &Regroup) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!("update dialogue_thread set group_id = $2 where group_id = $1 returning id", permit.from(), permit.to())
        .fetch_all(tx)
        .await
}
