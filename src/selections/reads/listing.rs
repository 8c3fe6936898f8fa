//! The selections of a browser, or those that somebody may open at the organisation that they act for.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::selections::{Holder, policy::Reach};

/// One of them.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Requirements in it.
    pub rows: i64,
    /// When it was last changed.
    pub changed_at: OffsetDateTime,
    /// Whether requirements are put into it.
    pub in_use: bool,
    /// What may be done with it.
    pub right: i32,
    /// Who owns it; none for a browser's, and where the owner no longer works there.
    pub owner: Option<String>,
}

impl Listed {
    /// Whether it is their own.
    pub fn is_mine(&self) -> bool {
        Reach::of(self.right) == Some(Reach::Own)
    }

    /// Whether they may change it.
    pub fn may_edit(&self) -> bool {
        Reach::of(self.right) >= Some(Reach::Edit)
    }
}

/// All of them, their own first, the one that was changed last first.
///
/// # Errors
/// When the database is away.
pub async fn listing(connection: &mut PgConnection, holder: &Holder, now: OffsetDateTime) -> sqlx::Result<Vec<Listed>> {
    let (browser, person, organisation) = holder.arguments();
    sqlx::query_as!(
        Listed,
        r#"select s.id, s.name, s.changed_at,
                  exists (select from selection_holder h where h.active_id = s.id
                          and (h.key_sha256 = $1 or h.person_id = $2 and h.organisation_id = $3)) as "in_use!",
                  (select count(*) from selection_row w where w.selection_id = s.id and w.removed_at is null) as "rows!",
                  k."right" as "right!", (select p.name from person p where p.id = selection_owner(s.holder_id, $4)) as owner
           from selection s
           cross join lateral (select selection_right(s.holder_id, s.owner_org, s.colleagues, $1, $2, $3, $4) as "right") k
           where (s.owner_org = $3 or s.holder_id = (select h.id from selection_holder h where h.key_sha256 = $1)) and k."right" > 0
           order by k."right" = 3 desc, s.changed_at desc, s.id desc"#,
        browser,
        person,
        organisation,
        now,
    )
    .fetch_all(connection)
    .await
}
