//! What is written by its authors.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use crate::{
    kernel::actor::Audience,
    proposals::{
        number::ProposalNumber,
        policy::{Begin, Send, Write},
        proposal::{Base, Kind, Reasons, Text},
    },
    requirements::fields::{Kind as Type, Level},
};

/// What a draft begins as.
#[derive(Debug)]
pub(in crate::proposals) struct Begun<'a> {
    /// What is wished for.
    pub(in crate::proposals) kind: Kind,
    /// The product group.
    pub(in crate::proposals) group: Uuid,
    /// The requirement that is to be changed or repealed.
    pub(in crate::proposals) base: Option<Base>,
    /// Those that are to become one.
    pub(in crate::proposals) merged: &'a [Base],
    /// Its title to begin with.
    pub(in crate::proposals) title: &'a str,
}

/// Begins a draft with the text of what it builds on; gives its id.
pub(in crate::proposals) async fn begin(
    tx: &mut PgConnection,
    permit: &Begin,
    begun: &Begun<'_>,
    now: OffsetDateTime,
) -> sqlx::Result<Uuid> {
    let id = Uuid::now_v7();
    // The text to begin with: that of the version, or of the first of those that are merged.
    let text_of = begun.base.or_else(|| begun.merged.first().copied()).map(|base| base.version);
    sqlx::query!(
        "insert into proposal (id, kind, state, audience, owner_org, author_id, group_id, requirement_id, base_version_id, title,
                               type, level, created_at, changed_at, changed_by, state_since)
         select $1, $2, 'draft', $3, $4, $5, $6, $7, $8, $9, v.type, v.level, $11, $11, $5, $11
         from (select 1) one left join requirement_version v on v.id = $10 and may_see(v.audience, v.owner_org, 0::smallint, '{}')",
        id,
        begun.kind.code(),
        Audience::Owner.level(),
        permit.organisation(),
        permit.person(),
        begun.group,
        begun.base.map(|base| base.requirement),
        begun.base.map(|base| base.version),
        begun.title,
        text_of,
        now,
    )
    .execute(&mut *tx)
    .await?;
    put_merged(tx, id, begun.merged).await?;
    if begun.kind.has_text() {
        // A clause of another requirement is a new one of this.
        sqlx::query!(
            "insert into proposal_clause (proposal_id, position, clause_id, text)
             select $1, c.position, case when $3 then c.clause_id end, c.text
             from version_clause c join requirement_version v on v.id = c.version_id
             where c.version_id = $2 and may_see(v.audience, v.owner_org, 0::smallint, '{}')",
            id,
            text_of,
            begun.base.is_some(),
        )
        .execute(tx)
        .await?;
    }
    Ok(id)
}

async fn put_merged(tx: &mut PgConnection, id: Uuid, merged: &[Base]) -> sqlx::Result<()> {
    let (requirements, versions): (Vec<Uuid>, Vec<Uuid>) = merged.iter().map(|base| (base.requirement, base.version)).unzip();
    sqlx::query!("delete from proposal_requirement where proposal_id = $1", id).execute(&mut *tx).await?;
    sqlx::query!(
        "insert into proposal_requirement (proposal_id, requirement_id, base_version_id)
         select $1, r, v from unnest($2::uuid[], $3::uuid[]) as x(r, v)",
        id,
        &requirements,
        &versions,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Says anew what it is about: group and title of something new, and what is merged.
pub(in crate::proposals) async fn set_subject(
    tx: &mut PgConnection,
    permit: &Write,
    (group, title, merged): (Uuid, &str, &[Base]),
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    if permit.proposal().kind == Kind::Merge {
        put_merged(tx, permit.proposal().id, merged).await?;
    }
    // Among others something else may be alike.
    sqlx::query!(
        "update proposal set group_id = $2, title = $3, lock_version = lock_version + 1, changed_at = $4, changed_by = $5,
                similar_seen_at = case when (group_id, title) = ($2, $3) then similar_seen_at end
         where id = $1",
        permit.proposal().id,
        group,
        title,
        now,
        permit.person(),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Similar ones were looked at.
pub(in crate::proposals) async fn see_similar(tx: &mut PgConnection, permit: &Write, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("update proposal set similar_seen_at = $2 where id = $1", permit.proposal().id, now).execute(tx).await?;
    Ok(())
}

/// Writes title, type and level.
pub(in crate::proposals) async fn set_text(
    tx: &mut PgConnection,
    permit: &Write,
    text: &Text,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update proposal set title = $2, type = $3, level = $4, lock_version = lock_version + 1, changed_at = $5, changed_by = $6
         where id = $1",
        permit.proposal().id,
        text.title,
        text.kind.map(Type::code),
        text.level.map(Level::code),
        now,
        permit.person(),
    )
    .execute(&mut *tx)
    .await?;
    put_clauses(tx, permit, text).await
}

/// Replaces the clauses.
async fn put_clauses(tx: &mut PgConnection, permit: &Write, text: &Text) -> sqlx::Result<()> {
    let id = permit.proposal().id;
    sqlx::query!("delete from proposal_clause where proposal_id = $1", id).execute(&mut *tx).await?;
    let clauses: Vec<Option<Uuid>> = text.clauses.iter().map(|clause| clause.id).collect();
    let texts: Vec<String> = text.clauses.iter().map(|clause| clause.text.clone()).collect();
    sqlx::query!(
        "insert into proposal_clause (proposal_id, position, clause_id, text)
         select $1, x.position, x.clause, x.text from unnest($2::uuid[], $3::text[]) with ordinality as x(clause, text, position)",
        id,
        &clauses as &[Option<Uuid>],
        &texts,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes why.
pub(in crate::proposals) async fn set_reasons(
    tx: &mut PgConnection,
    permit: &Write,
    reasons: &Reasons,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update proposal set problem = $2, gain = $3, verification = $4, products = $5, legal = $6, interest = $7,
                lock_version = lock_version + 1, changed_at = $8, changed_by = $9
         where id = $1",
        permit.proposal().id,
        reasons.problem,
        reasons.gain,
        reasons.verification,
        reasons.products,
        reasons.legal,
        reasons.interest,
        now,
        permit.person(),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Something that hangs on it was changed. Whoever writes in the text meanwhile does not change that.
pub(in crate::proposals) async fn touch(tx: &mut PgConnection, permit: &Write, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update proposal set changed_at = $2, changed_by = $3 where id = $1",
        permit.proposal().id,
        now,
        permit.person()
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Gives it to everybody: audience, number and the day by which it is answered; gives the number.
pub(in crate::proposals) async fn give(
    tx: &mut PgConnection,
    permit: &Send,
    (year, answer_by): (i16, Date),
    now: OffsetDateTime,
) -> sqlx::Result<ProposalNumber> {
    let membership = sqlx::query_scalar!(
        "select id from membership where person_id = $1 and organisation_id = $2 order by lower(valid) desc limit 1",
        permit.person(),
        permit.proposal().owner,
    );
    let membership = membership.fetch_optional(&mut *tx).await?;
    if let Some(number) = permit.proposal().number {
        sqlx::query!(
            "update proposal set state = 'submitted', state_since = $2, answer_by = $3, said = '', cc0_at = $2,
                    sent = proposal_as_written(id), sent_by = coalesce($4, sent_by)
             where id = $1",
            permit.proposal().id,
            now,
            answer_by,
            membership,
        )
        .execute(tx)
        .await?;
        return Ok(number);
    }
    let number = sqlx::query_scalar!(
        r#"with taken as (update counter set last = last + 1 where name = 'proposal' returning last)
           update proposal set state = 'submitted', audience = $2, number = taken.last, year = $3, submitted_at = $4, state_since = $4,
                  cc0_at = $4, answer_by = $5, sent = proposal_as_written(id), sent_by = $6
           from taken where id = $1 returning number as "number!""#,
        permit.proposal().id,
        Audience::Public.level(),
        year,
        now,
        answer_by,
        membership,
    )
    .fetch_one(tx)
    .await?;
    Ok(ProposalNumber { year, number })
}

/// Throws a draft away.
pub(in crate::proposals) async fn discard(tx: &mut PgConnection, permit: &Write) -> sqlx::Result<()> {
    sqlx::query!("delete from proposal where id = $1", permit.proposal().id).execute(tx).await?;
    Ok(())
}
