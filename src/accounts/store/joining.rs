//! SQL for applications and memberships.

mod invitations;

pub(in crate::accounts) use invitations::{
    accept, add_domain, invite, lock_invitation, lock_invitation_of_id, remove_domain, settle, take_back,
};

use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    accounts::policy::{
        OverPassword, Sweep,
        by_mail::SendLinks,
        joining::{Join, Judge, LookAfter, OverMembership, Register},
    },
    kernel::actor::Role,
    organisations::{Kind, Proposed},
};

/// A membership that holds, locked.
#[derive(Debug, Clone)]
pub(in crate::accounts) struct Member {
    /// Its id.
    pub(in crate::accounts) id: Uuid,
    /// The person.
    pub(in crate::accounts) person: Uuid,
    /// The organisation.
    pub(in crate::accounts) organisation: Uuid,
    /// What the organisation is.
    pub(in crate::accounts) kind: Kind,
    /// Whether the organisation is shown.
    pub(in crate::accounts) listed: bool,
    /// The roles that the person has there now.
    pub(in crate::accounts) roles: Vec<Role>,
}

/// Locks a membership that holds.
pub(in crate::accounts) async fn lock_member(
    tx: &mut PgConnection,
    membership: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Member>> {
    let row = sqlx::query!(
        r#"select m.id, m.person_id, m.organisation_id, o.kind, o.listed,
                  (select coalesce(jsonb_agg(distinct r.role), '[]') from membership_role r
                   where r.membership_id = m.id and r.valid @> $2::timestamptz) as "roles!: Json<Vec<String>>"
           from membership m join organisation o on o.id = m.organisation_id
           where m.id = $1 and m.valid @> $2::timestamptz for update of m"#,
        membership,
        now,
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.and_then(|row| {
        Some(Member {
            id: row.id,
            person: row.person_id,
            organisation: row.organisation_id,
            kind: Kind::from_code(&row.kind)?,
            listed: row.listed,
            roles: row.roles.0.iter().filter_map(|role| Role::from_code(role)).collect(),
        })
    }))
}

/// Keeps an organisation that is shown from being changed; what it is.
pub(in crate::accounts) async fn lock_organisation(tx: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Kind>> {
    let kind =
        sqlx::query_scalar!("select kind from organisation where id = $1 and listed for share", id).fetch_optional(tx).await?;
    Ok(kind.and_then(|kind| Kind::from_code(&kind)))
}

/// Locks the application that a key is for, if there is one.
pub(in crate::accounts) async fn lock_application(tx: &mut PgConnection, sha256: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("select id from application where token_sha256 = $1 for update", sha256).fetch_optional(tx).await?;
    Ok(())
}

/// Locks an application that waits for an answer; gives the membership that it is about.
pub(in crate::accounts) async fn lock_waiting(tx: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Uuid>> {
    let row = sqlx::query_scalar!(
        r#"select membership_id as "membership!" from application
           where id = $1 and verified_at is not null and decision is null for update"#,
        id
    );
    row.fetch_optional(tx).await
}

/// Who wants to take part, before there is an account.
#[derive(Debug)]
pub(in crate::accounts) struct NewApplication<'a> {
    /// The code of their language.
    pub(in crate::accounts) language: &'a str,
    /// Their name.
    pub(in crate::accounts) name: &'a str,
    /// Their address.
    pub(in crate::accounts) email: &'a str,
    /// For whom: one that is there.
    pub(in crate::accounts) organisation: Option<Uuid>,
    /// Or a new one.
    pub(in crate::accounts) proposed: Option<&'a Proposed>,
}

/// Writes down what they wrote; what they wrote before, and did not show to be theirs, is forgotten.
pub(in crate::accounts) async fn insert_application(
    tx: &mut PgConnection,
    _permit: &Register,
    new: &NewApplication<'_>,
    now: OffsetDateTime,
    ends_at: OffsetDateTime,
) -> sqlx::Result<Uuid> {
    sqlx::query!("delete from application where lower(email) = lower($1) and verified_at is null", new.email)
        .execute(&mut *tx)
        .await?;
    let id = Uuid::now_v7();
    sqlx::query!(
        "insert into application (id, language, name, email, organisation_id, kind, organisation, country, register_number, created_at, ends_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        id,
        new.language,
        new.name,
        new.email,
        new.organisation,
        new.proposed.map(|proposed| proposed.kind.code()),
        new.proposed.map(|proposed| proposed.name.as_str()),
        new.proposed.map(|proposed| proposed.country.as_str()),
        new.proposed.and_then(|proposed| proposed.number.as_deref()),
        now,
        ends_at,
    )
    .execute(tx)
    .await?;
    Ok(id)
}

/// Gives an application its link.
pub(in crate::accounts) async fn set_application_key(
    tx: &mut PgConnection,
    _permit: &SendLinks,
    id: Uuid,
    sha256: &[u8],
) -> sqlx::Result<()> {
    sqlx::query!("update application set token_sha256 = $2 where id = $1", id, sha256).execute(tx).await?;
    Ok(())
}

/// Forgets an application that leads to nothing.
pub(in crate::accounts) async fn drop_application(tx: &mut PgConnection, _permit: &SendLinks, id: Uuid) -> sqlx::Result<()> {
    sqlx::query!("delete from application where id = $1 and verified_at is null", id).execute(tx).await?;
    Ok(())
}

/// Forgets applications that nobody showed to be theirs, and addresses of invitations that are over.
pub(in crate::accounts) async fn sweep(tx: &mut PgConnection, _permit: &Sweep, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("delete from application where verified_at is null and ends_at <= $1", now).execute(&mut *tx).await?;
    sqlx::query!(
        "update invitation set email = null, token_sha256 = null, taken_back_at = $1
         where ends_at <= $1 and accepted_at is null and taken_back_at is null",
        now,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Makes the person.
pub(in crate::accounts) async fn insert_person(tx: &mut PgConnection, permit: &Join, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into person (id, name, email, email_verified_at, language, created_at) values ($1, $2, $3, $5, $4, $5)",
        permit.person(),
        permit.name(),
        permit.email(),
        permit.language(),
        now,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Whether the ending of a person's address says that they work at an organisation.
pub(in crate::accounts) async fn has_domain(tx: &mut PgConnection, person: Uuid, organisation: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from person p join organisation_domain d on d.domain = split_part(lower(p.email), '@', 2)
                          where p.id = $1 and p.email_verified_at is not null and d.organisation_id = $2) as "has!""#,
        person,
        organisation,
    )
    .fetch_one(tx)
    .await
}

/// Whether somebody belongs to an organisation now, approved or not.
pub(in crate::accounts) async fn is_member(
    tx: &mut PgConnection,
    person: Uuid,
    organisation: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from membership where person_id = $1 and organisation_id = $2 and valid @> $3::timestamptz) as "is!""#,
        person,
        organisation,
        now,
    )
    .fetch_one(tx)
    .await
}

/// Takes a role away. One that was given at the same instant is as if it had never been.
pub(in crate::accounts) async fn take(
    tx: &mut PgConnection,
    permit: &LookAfter,
    role: Role,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from membership_role where membership_id = $1 and role = $2 and valid @> $3::timestamptz and lower(valid) = $3",
        permit.member().id,
        role.code(),
        now,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "update membership_role set valid = tstzrange(lower(valid), $3)
         where membership_id = $1 and role = $2 and valid @> $3::timestamptz",
        permit.member().id,
        role.code(),
        now,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Ends a membership with its roles. What began at the same instant lasts the shortest time that there is, since it is named
/// elsewhere.
pub(in crate::accounts) async fn end(
    tx: &mut PgConnection,
    _permit: &impl OverMembership,
    membership: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update membership_role set valid = tstzrange(lower(valid), greatest($2, lower(valid) + interval '1 microsecond'))
         where membership_id = $1 and (upper(valid) is null or upper(valid) > $2)",
        membership,
        now,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "update membership set valid = tstzrange(lower(valid), greatest($2, lower(valid) + interval '1 microsecond')) where id = $1",
        membership,
        now,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Notes that whoever applied has shown that the address is theirs; what they wrote about themselves stands elsewhere now.
pub(in crate::accounts) async fn verify_application(
    tx: &mut PgConnection,
    _permit: &Join,
    (id, membership): (Uuid, Uuid),
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update application set name = null, email = null, token_sha256 = null, verified_at = $3, membership_id = $2 where id = $1",
        id,
        membership,
        now,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// An application of somebody with an account.
pub(in crate::accounts) async fn insert_verified(
    tx: &mut PgConnection,
    _permit: &Register,
    (organisation, membership, language): (Uuid, Uuid, &str),
    now: OffsetDateTime,
) -> sqlx::Result<Uuid> {
    let id = Uuid::now_v7();
    sqlx::query!(
        "insert into application (id, language, organisation_id, created_at, ends_at, verified_at, membership_id)
         values ($1, $2, $3, $4, $4::timestamptz + interval '1 day', $4, $5)",
        id,
        language,
        organisation,
        now,
        membership,
    )
    .execute(tx)
    .await?;
    Ok(id)
}

/// Whether somebody looks after the organisation's accounts who may.
pub(in crate::accounts) async fn has_administrator(
    tx: &mut PgConnection,
    organisation: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from membership m join membership_role r on r.membership_id = m.id
                          where m.organisation_id = $1 and m.approved and r.role = 'organisation_admin'
                            and m.valid @> $2::timestamptz and r.valid @> $2) as "has!""#,
        organisation,
        now,
    )
    .fetch_one(tx)
    .await
}

/// Approves the membership of an application.
pub(in crate::accounts) async fn approve(tx: &mut PgConnection, permit: &Judge, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("update membership set approved = true where id = $1", permit.member().id).execute(&mut *tx).await?;
    decide(tx, permit, "approved", None, now).await
}

/// Refuses it.
pub(in crate::accounts) async fn refuse(
    tx: &mut PgConnection,
    permit: &Judge,
    reason: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    end(tx, permit, permit.member().id, now).await?;
    decide(tx, permit, "refused", Some(reason), now).await
}

async fn decide(
    tx: &mut PgConnection,
    permit: &Judge,
    decision: &str,
    reason: Option<&str>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update application set decision = $2, reason = $3, decided_at = $4, decided_by = $5 where id = $1",
        permit.application(),
        decision,
        reason,
        now,
        permit.by().person().0,
    )
    .execute(tx)
    .await?;
    Ok(())
}
