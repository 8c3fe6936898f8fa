//! Who else opens a selection: the links to it, and colleagues.

use serde::Deserialize;
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::selections::Holder;

/// One of them.
#[derive(Debug, Clone)]
pub struct Share {
    /// Its id.
    pub id: Uuid,
    /// Its key.
    pub key: String,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// When it ends.
    pub expires_at: OffsetDateTime,
    /// When it was taken back.
    pub revoked_at: Option<OffsetDateTime>,
}

impl Share {
    /// Whether it opens the selection.
    pub fn works(&self, now: OffsetDateTime) -> bool {
        self.revoked_at.is_none() && self.expires_at > now
    }
}

/// Somebody at the same organisation.
#[derive(Debug, Clone, Deserialize)]
pub struct Colleague {
    /// The person.
    pub id: Uuid,
    /// What they are called.
    pub name: String,
}

/// What the page shows.
#[derive(Debug, Clone)]
pub struct Sharing {
    /// What the selection is called.
    pub name: String,
    /// Whether it is an organisation's.
    pub owned: bool,
    /// What colleagues may do with it.
    pub colleagues: i16,
    /// The lock that the forms carry.
    pub lock_version: i32,
    /// Its links, the newest first.
    pub shares: Vec<Share>,
    /// Whom it can be handed over to, by name.
    pub people: Vec<Colleague>,
}

/// What its owner sees; none for everybody else.
///
/// # Errors
/// When the database is away.
pub async fn sharing(
    connection: &mut PgConnection,
    holder: &Holder,
    selection: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Sharing>> {
    let (browser, person, organisation) = holder.arguments();
    let rows = sqlx::query!(
        r#"select s.name, s.owner_org is not null as "owned!", s.colleagues, s.lock_version,
                  k.id as "id?", k.key as "key?", k.created_at as "created_at?", k.expires_at as "expires_at?", k.revoked_at as "revoked_at?",
                  (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name) order by c.name collate "sv-x-icu"), '[]')
                   from (select p.id, p.name from membership m join person p on p.id = m.person_id
                         where m.organisation_id = s.owner_org and m.valid @> $5::timestamptz and p.id <> $3
                           and p.disabled_at is null and p.erased_at is null
                           -- whoever only says that they work there is told of nobody
                           and exists (select from membership a where a.person_id = $3 and a.organisation_id = s.owner_org
                                       and a.valid @> $5::timestamptz and a.approved) limit 1000) c) as "people!: Json<Vec<Colleague>>"
           from selection s left join selection_share k on k.selection_id = s.id
           where s.id = $1 and selection_right(s.holder_id, s.owner_org, s.colleagues, $2, $3, $4, $5) = 3
           order by k.created_at desc, k.id desc"#,
        selection,
        browser,
        person,
        organisation,
        now,
    )
    .fetch_all(connection)
    .await?;
    let mut sharing = None;
    for row in rows {
        let sharing = sharing.get_or_insert_with(|| Sharing {
            name: row.name,
            owned: row.owned,
            colleagues: row.colleagues,
            lock_version: row.lock_version,
            shares: Vec::new(),
            people: row.people.0,
        });
        if let (Some(id), Some(key), Some(created_at), Some(expires_at)) = (row.id, row.key, row.created_at, row.expires_at) {
            sharing.shares.push(Share { id, key, created_at, expires_at, revoked_at: row.revoked_at });
        }
    }
    Ok(sharing)
}
