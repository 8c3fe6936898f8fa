//! Whether what somebody asked for, and may not have, is there at all: for the log alone, never for the answer.

use sqlx::PgConnection;
use uuid::Uuid;

/// Whether there is one of this kind: `application`, `identity`, `invitation`, `membership`, `organisation`.
pub(in crate::accounts) async fn is_there(connection: &mut PgConnection, kind: &str, id: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select case $1
                   when 'application' then exists (select from application where id = $2)
                   when 'identity' then exists (select from identity where id = $2)
                   when 'invitation' then exists (select from invitation where id = $2)
                   when 'membership' then exists (select from membership where id = $2)
                   when 'organisation' then exists (select from organisation where id = $2)
                   else false end as "there!""#,
        kind,
        id,
    )
    .fetch_one(connection)
    .await
}
