//! One account with all that administrators may know of it. One statement.

use serde::Deserialize;
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::accounts::IDLE;

/// How many times somebody signed in are shown.
const SIGN_INS: i64 = 10;

/// An account.
#[derive(Debug)]
pub(in crate::admin) struct Account {
    /// The person.
    pub(in crate::admin) id: Uuid,
    /// The name.
    pub(in crate::admin) name: String,
    /// The address.
    pub(in crate::admin) email: Option<String>,
    /// When it was shown that the address is theirs.
    pub(in crate::admin) verified_at: Option<OffsetDateTime>,
    /// When the account was made.
    pub(in crate::admin) created_at: OffsetDateTime,
    /// Since when it is closed.
    pub(in crate::admin) disabled_at: Option<OffsetDateTime>,
    /// When the password was last chosen; none where there is none.
    pub(in crate::admin) password_at: Option<OffsetDateTime>,
    /// Since when they sign in in two steps.
    pub(in crate::admin) factor_since: Option<OffsetDateTime>,
    /// How many codes on paper they have left.
    pub(in crate::admin) codes: i64,
    /// The services that they come in through.
    pub(in crate::admin) services: Json<Vec<Service>>,
    /// Roles, by organisation, those that hold first.
    pub(in crate::admin) roles: Json<Vec<Held>>,
    /// Sessions that hold.
    pub(in crate::admin) sessions: Json<Vec<Open>>,
    /// How they last signed in, or tried to.
    pub(in crate::admin) sign_ins: Json<Vec<SignIn>>,
    /// Organisations to choose from: regions and national bodies.
    pub(in crate::admin) organisations: Json<Vec<(String, String)>>,
}

/// A role that somebody holds or held.
#[derive(Debug, Deserialize)]
pub(in crate::admin) struct Held {
    pub(in crate::admin) membership: Uuid,
    pub(in crate::admin) organisation: String,
    pub(in crate::admin) slug: String,
    pub(in crate::admin) role: String,
    pub(in crate::admin) letter: Option<String>,
    #[serde(with = "time::serde::timestamp")]
    pub(in crate::admin) from: OffsetDateTime,
    #[serde(with = "time::serde::timestamp::option")]
    pub(in crate::admin) until: Option<OffsetDateTime>,
    pub(in crate::admin) holds: bool,
}

/// A service that somebody comes in through.
#[derive(Debug, Deserialize)]
pub(in crate::admin) struct Service {
    pub(in crate::admin) issuer: String,
    #[serde(with = "time::serde::timestamp")]
    pub(in crate::admin) linked: OffsetDateTime,
    #[serde(with = "time::serde::timestamp::option")]
    pub(in crate::admin) used: Option<OffsetDateTime>,
}

/// A session.
#[derive(Debug, Deserialize)]
pub(in crate::admin) struct Open {
    pub(in crate::admin) browser: String,
    #[serde(with = "time::serde::timestamp")]
    pub(in crate::admin) began: OffsetDateTime,
    #[serde(with = "time::serde::timestamp")]
    pub(in crate::admin) seen: OffsetDateTime,
}

/// A line of the log about signing in.
#[derive(Debug, Deserialize)]
pub(in crate::admin) struct SignIn {
    #[serde(with = "time::serde::timestamp")]
    pub(in crate::admin) at: OffsetDateTime,
    pub(in crate::admin) came_in: bool,
}

/// The account; none where there is none, or it was erased.
pub(in crate::admin) async fn account(
    connection: &mut PgConnection,
    person: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Account>> {
    sqlx::query_as!(
        Account,
        r#"select p.id, p.name as "name!", p.email, p.email_verified_at as verified_at, p.created_at, p.disabled_at,
                  (select w.changed_at from person_password w where w.person_id = p.id) as password_at,
                  (select f.confirmed_at from second_factor f where f.person_id = p.id) as factor_since,
                  (select count(*) from recovery_code c where c.person_id = p.id and c.used_at is null) as "codes!",
                  coalesce((
                      select jsonb_agg(jsonb_build_object(
                                 'issuer', i.issuer, 'linked', extract(epoch from i.linked_at)::bigint,
                                 'used', extract(epoch from i.used_at)::bigint) order by i.linked_at)
                      from identity i where i.person_id = p.id), '[]') as "services!: Json<Vec<Service>>",
                  coalesce((
                      select jsonb_agg(jsonb_build_object(
                                 'membership', m.id, 'organisation', o.name_sv, 'slug', o.slug, 'role', r.role, 'letter', r.letter,
                                 'from', extract(epoch from lower(r.valid))::bigint,
                                 'until', extract(epoch from upper(r.valid))::bigint,
                                 'holds', r.valid @> $2::timestamptz and m.valid @> $2::timestamptz)
                             order by (r.valid @> $2::timestamptz) desc, o.name_sv collate "sv-x-icu", r.role, lower(r.valid))
                      from membership m join organisation o on o.id = m.organisation_id
                      join membership_role r on r.membership_id = m.id
                      where m.person_id = p.id), '[]') as "roles!: Json<Vec<Held>>",
                  coalesce((
                      select jsonb_agg(jsonb_build_object(
                                 'browser', s.browser, 'began', extract(epoch from s.created_at)::bigint,
                                 'seen', extract(epoch from s.seen_at)::bigint) order by s.created_at desc)
                      from session s
                      where s.person_id = p.id and s.ended_at is null and s.ends_at > $2 and s.seen_at > $3),
                      '[]') as "sessions!: Json<Vec<Open>>",
                  coalesce((
                      select jsonb_agg(jsonb_build_object(
                                 'at', extract(epoch from l.at)::bigint, 'came_in', l.action = 'session.open') order by l.id desc)
                      from (select a.id, a.at, a.action from audit a
                            where (a.action = 'session.open' and a.person_id = p.id)
                               or (a.action = 'session.refuse' and a.object_id = p.id)
                            order by a.id desc limit $4) l), '[]') as "sign_ins!: Json<Vec<SignIn>>",
                  coalesce((
                      select jsonb_agg(jsonb_build_array(o.slug, o.name_sv) order by o.name_sv collate "sv-x-icu")
                      from organisation o where o.kind in ('region', 'national_body', 'industry_body')),
                      '[]') as "organisations!: Json<Vec<(String, String)>>"
           from person p where p.id = $1 and p.erased_at is null"#,
        person,
        now,
        now - IDLE,
        SIGN_INS,
    )
    .fetch_optional(connection)
    .await
}
