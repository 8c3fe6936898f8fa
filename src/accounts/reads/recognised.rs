//! Who has signed in with a key: one statement a request.

use serde::Deserialize;
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    accounts::policy::factor::is_fresh,
    kernel::{
        actor::{Audience, Role},
        clock,
        rights::Right,
        web::{Membership, SignedIn},
    },
};

/// A membership as the statement gives it.
#[derive(Debug, Deserialize)]
struct Row {
    id: Uuid,
    organisation: Uuid,
    sv: String,
    en: String,
    short_sv: Option<String>,
    short_en: Option<String>,
    approved: bool,
    roles: Vec<String>,
}

impl From<Row> for Membership {
    fn from(row: Row) -> Self {
        let roles = row.roles.iter().filter_map(|role| Role::from_code(role)).collect();
        Self {
            id: row.id,
            organisation: row.organisation,
            short_sv: row.short_sv.unwrap_or_else(|| row.sv.clone()),
            short_en: row.short_en.unwrap_or_else(|| row.en.clone()),
            name_sv: row.sv,
            name_en: row.en,
            approved: row.approved,
            roles,
        }
    }
}

/// The session of a key, and when something was last asked in it; none where it has ended, by hand or by the clock.
pub(in crate::accounts) async fn recognised(
    connection: &mut PgConnection,
    sha256: &[u8],
    now: OffsetDateTime,
    seen_after: OffsetDateTime,
) -> sqlx::Result<Option<(SignedIn, OffsetDateTime)>> {
    let readers: Vec<String> =
        Role::ALL.into_iter().filter(|role| Right::ReadInbox.of(*role)).map(|role| role.code().to_owned()).collect();
    let whole: Vec<String> = Role::ALL
        .into_iter()
        .filter(|role| Right::ReadInbox.of(*role) && role.audience() >= Audience::Preparers)
        .map(|role| role.code().to_owned())
        .collect();
    let resting: Vec<String> =
        Role::ALL.into_iter().filter(|role| role.needs_second_factor()).map(|role| role.code().to_owned()).collect();
    let row = sqlx::query!(
        r#"select s.id, s.person_id, p.name as "name!", s.proved_at, s.second_at, s.seen_at, s.membership_id,
                  exists (select from second_factor f where f.person_id = p.id) as "factor!",
                  -- Counted for those alone who may read what waits: those who prepare see all of it, who looks after an area what
                  -- lies there.
                  (select case when exists (
                              select from membership m join membership_role r on r.membership_id = m.id
                              where m.id = s.membership_id and m.approved and m.valid @> $2::timestamptz and r.valid @> $2
                                and r.role = any ($6) and (s.second_at is not null or r.role <> all ($7)))
                          then (select count(*) from held_task(p.id, $4, '{}'::uuid[], $2, $5) h
                                where exists (
                                      select from membership_role r where r.membership_id = s.membership_id and r.valid @> $2
                                        and r.role = any ($8) and (s.second_at is not null or r.role <> all ($7)))
                                   or task_group(h.kind, h.subject_id) in (
                                      select g.group_id from membership m, coordinated_group(p.id, m.organisation_id, $5, $2) g
                                      where m.id = s.membership_id)) else 0 end) as "waiting!",
                  coalesce((
                      select jsonb_agg(jsonb_build_object(
                          'id', m.id, 'organisation', o.id, 'sv', o.name_sv, 'en', o.name_en, 'short_sv', o.short_sv, 'short_en', o.short_en, 'approved', m.approved,
                          'roles', (select coalesce(jsonb_agg(distinct r.role), '[]') from membership_role r
                                    where r.membership_id = m.id and r.valid @> $2::timestamptz))
                          order by o.name_sv collate "sv-x-icu")
                      from membership m join organisation o on o.id = m.organisation_id
                      where m.person_id = p.id and m.valid @> $2::timestamptz), '[]') as "memberships!: Json<Vec<Row>>"
           from session s join person p on p.id = s.person_id
           where s.token_sha256 = $1 and s.ended_at is null and s.ends_at > $2 and s.seen_at > $3
             and p.disabled_at is null and p.erased_at is null"#,
        sha256,
        now,
        seen_after,
        Audience::Preparers.level(),
        clock::in_sweden(now).date(),
        &readers,
        &resting,
        &whole,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| {
        let signed_in = SignedIn {
            session: row.id,
            person: row.person_id,
            name: row.name,
            proved_at: row.proved_at,
            second_at: row.second_at,
            proved_lately: is_fresh(row.proved_at, row.second_at, row.factor, now),
            memberships: row.memberships.0.into_iter().map(Membership::from).collect(),
            acting: row.membership_id,
            waiting: row.waiting,
        };
        (signed_in, row.seen_at)
    }))
}
