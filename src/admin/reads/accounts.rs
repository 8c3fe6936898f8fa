//! Accounts, by name.

use serde::Deserialize;
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;
use uuid::Uuid;

/// How many a page has.
pub(in crate::admin) const PAGE: i64 = 50;

/// An account in the list.
#[derive(Debug)]
pub(in crate::admin) struct Listed {
    /// The person.
    pub(in crate::admin) id: Uuid,
    /// The name.
    pub(in crate::admin) name: String,
    /// The address.
    pub(in crate::admin) email: Option<String>,
    /// Since when it is closed.
    pub(in crate::admin) disabled_at: Option<OffsetDateTime>,
    /// What they do now, by organisation.
    pub(in crate::admin) works: Json<Vec<Work>>,
    /// When something was last asked in a session of theirs.
    pub(in crate::admin) seen_at: Option<OffsetDateTime>,
}

/// What somebody does for an organisation.
#[derive(Debug, Deserialize)]
pub(in crate::admin) struct Work {
    /// The organisation's name.
    pub(in crate::admin) organisation: String,
    /// The words for the roles.
    pub(in crate::admin) roles: Vec<String>,
}

/// Those whose name, address or organisation holds the text, after the one of this id; and one more where there are more.
pub(in crate::admin) async fn accounts(
    connection: &mut PgConnection,
    text: &str,
    after: Option<Uuid>,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_as!(
        Listed,
        r#"with place as (select name, id from person where id = $2),
           page as (
               select p.id, p.name, p.email, p.disabled_at from person p
               where p.erased_at is null
                 and ($1 = '' or p.name ilike '%' || $1 || '%' or p.email ilike '%' || $1 || '%' or exists (
                     select from membership m join organisation o on o.id = m.organisation_id
                     where m.person_id = p.id and m.valid @> $3::timestamptz
                       and (o.name_sv ilike '%' || $1 || '%' or o.slug = $1)))
                 and (not exists (select from place) or (p.name collate "sv-x-icu", p.id) > (select name collate "sv-x-icu", id from place))
               order by p.name collate "sv-x-icu", p.id limit $4
           )
           select p.id as "id!", p.name as "name!", p.email, p.disabled_at,
                  coalesce((
                      select jsonb_agg(jsonb_build_object('organisation', coalesce(o.short_sv, o.name_sv), 'roles', (
                                 select coalesce(jsonb_agg(distinct r.role), '[]') from membership_role r
                                 where r.membership_id = m.id and r.valid @> $3::timestamptz))
                             order by o.name_sv collate "sv-x-icu")
                      from membership m join organisation o on o.id = m.organisation_id
                      where m.person_id = p.id and m.valid @> $3::timestamptz), '[]') as "works!: Json<Vec<Work>>",
                  (select max(s.seen_at) from session s where s.person_id = p.id) as seen_at
           from page p order by p.name collate "sv-x-icu", p.id"#,
        text,
        after,
        now,
        PAGE + 1,
    )
    .fetch_all(connection)
    .await
}
