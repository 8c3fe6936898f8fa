//! The selections of a browser.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::selections::Holder;

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
}

/// All of them, the one that was changed last first.
///
/// # Errors
/// When the database is away.
pub async fn listing(connection: &mut PgConnection, holder: &Holder) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_as!(
        Listed,
        r#"select s.id, s.name, s.changed_at, s.id is not distinct from h.active_id as "in_use!",
                  (select count(*) from selection_row w where w.selection_id = s.id and w.removed_at is null) as "rows!"
           from selection_holder h join selection s on s.holder_id = h.id
           where h.key_sha256 = $1 order by s.changed_at desc, s.id desc"#,
        holder.sha256(),
    )
    .fetch_all(connection)
    .await
}
