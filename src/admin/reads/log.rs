//! The audit log, newest first. Names are looked up when it is read: in the log itself there are none.

use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// How many lines a page has.
pub(in crate::admin) const PAGE: i64 = 50;

/// What is looked for; what is not said is not asked.
#[derive(Debug, Default)]
pub(in crate::admin) struct Wanted {
    /// Part of the name or address of who did it, or their id.
    pub(in crate::admin) person: Option<String>,
    /// The slug of the organisation acted for.
    pub(in crate::admin) organisation: Option<String>,
    /// The action.
    pub(in crate::admin) action: Option<String>,
    /// How the action begins: `person.`.
    pub(in crate::admin) begins: Option<String>,
    /// The id of what it was done to.
    pub(in crate::admin) object: Option<Uuid>,
    /// From this time on.
    pub(in crate::admin) from: Option<OffsetDateTime>,
    /// Before this time.
    pub(in crate::admin) until: Option<OffsetDateTime>,
    /// The request that did it.
    pub(in crate::admin) request: Option<String>,
    /// Lines older than this one.
    pub(in crate::admin) before: Option<i64>,
}

/// A line of the log.
#[derive(Debug)]
pub(in crate::admin) struct Line {
    /// Its place.
    pub(in crate::admin) id: i64,
    /// When it was done.
    pub(in crate::admin) at: OffsetDateTime,
    /// The word for who did it: `person`, `visitor`, `job`.
    pub(in crate::admin) actor: String,
    /// The person.
    pub(in crate::admin) person: Option<Uuid>,
    /// The person's name; none where the account was erased.
    pub(in crate::admin) name: Option<String>,
    /// The name of the organisation acted for.
    pub(in crate::admin) organisation: Option<String>,
    /// What was done: `session.open`.
    pub(in crate::admin) action: String,
    /// What it was done to: `session`.
    pub(in crate::admin) object_kind: String,
    /// Which one.
    pub(in crate::admin) object: Option<Uuid>,
    /// What that is called, where it is a person, an organisation or a requirement.
    pub(in crate::admin) object_name: Option<String>,
    /// What was there before.
    pub(in crate::admin) old: Option<Value>,
    /// What is there now.
    pub(in crate::admin) new: Option<Value>,
    /// The reason given.
    pub(in crate::admin) reason: Option<String>,
    /// The request that did it.
    pub(in crate::admin) request: Option<String>,
    /// Whether a seal holds it.
    pub(in crate::admin) sealed: bool,
}

/// The lines of a page, and one more where there are more.
pub(in crate::admin) async fn lines(connection: &mut PgConnection, wanted: &Wanted) -> sqlx::Result<Vec<Line>> {
    sqlx::query_as!(
        Line,
        r#"with who as (
               select p.id from person p
               where $1::text is not null and (p.name ilike '%' || $1 || '%' or lower(p.email) = lower($1) or p.id::text = $1)
               limit 200
           ),
           found as (
               select a.* from audit a
               where ($1::text is null or a.person_id in (select id from who))
                 and ($2::text is null or a.organisation_id = (select o.id from organisation o where o.slug = $2))
                 and ($3::text is null or a.action = $3)
                 and ($10::text is null or starts_with(a.action, $10))
                 and ($4::uuid is null or a.object_id = $4)
                 and ($5::timestamptz is null or a.at >= $5)
                 and ($6::timestamptz is null or a.at < $6)
                 and ($7::text is null or a.request_id = $7)
                 and ($8::bigint is null or a.id < $8)
               order by a.id desc limit $9
           )
           select f.id as "id!", f.at as "at!", f.actor_kind as "actor!", f.person_id as person, p.name as name,
                  o.name_sv as "organisation?", f.action as "action!", f.object_kind as "object_kind!", f.object_id as object,
                  case f.object_kind
                      when 'person' then (select x.name from person x where x.id = f.object_id)
                      when 'organisation' then (select x.name_sv from organisation x where x.id = f.object_id)
                  end as object_name,
                  f.old_value as old, f.new_value as new, f.reason, f.request_id as request,
                  exists (select from audit_sealed s where s.audit_id = f.id) as "sealed!"
           from found f left join person p on p.id = f.person_id left join organisation o on o.id = f.organisation_id
           order by f.id desc"#,
        wanted.person,
        wanted.organisation,
        wanted.action,
        wanted.object,
        wanted.from,
        wanted.until,
        wanted.request,
        wanted.before,
        PAGE + 1,
        wanted.begins,
    )
    .fetch_all(connection)
    .await
}
