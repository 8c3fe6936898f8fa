//! The links to a selection.

use sqlx::PgConnection;
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

/// The name of a selection that is this browser's own, and its links, the newest first.
///
/// # Errors
/// When the database is away.
pub async fn shares(
    connection: &mut PgConnection,
    holder: &Holder,
    selection: Uuid,
) -> sqlx::Result<Option<(String, Vec<Share>)>> {
    let rows = sqlx::query!(
        r#"select s.name, k.id as "id?", k.key as "key?", k.created_at as "created_at?", k.expires_at as "expires_at?", k.revoked_at as "revoked_at?"
           from selection_holder h join selection s on s.holder_id = h.id
           left join selection_share k on k.selection_id = s.id
           where h.key_sha256 = $1 and s.id = $2 order by k.created_at desc, k.id desc"#,
        holder.sha256(),
        selection,
    )
    .fetch_all(connection)
    .await?;
    let Some(name) = rows.first().map(|row| row.name.clone()) else { return Ok(None) };
    Ok(Some((
        name,
        rows.into_iter()
            .filter_map(|row| {
                Some(Share {
                    id: row.id?,
                    key: row.key?,
                    created_at: row.created_at?,
                    expires_at: row.expires_at?,
                    revoked_at: row.revoked_at,
                })
            })
            .collect(),
    )))
}
