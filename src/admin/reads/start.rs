//! How far a new bank has come. One statement.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::kernel::db::LAST_BACKUP;

/// What is done, as far as can be known.
#[derive(Debug)]
pub(in crate::admin) struct Begun {
    /// Whether whoever asks signs in in two steps.
    pub(in crate::admin) factor: bool,
    /// Whether a letter was sent to see whether letters arrive.
    pub(in crate::admin) letters: bool,
    /// Whether somebody has added or edited an organisation.
    pub(in crate::admin) organisations: bool,
    /// Whether anybody was invited, or there is somebody else.
    pub(in crate::admin) people: bool,
    /// Whether there are requirements.
    pub(in crate::admin) requirements: bool,
    /// Whether a backup was taken.
    pub(in crate::admin) backup: bool,
}

/// Reads it.
pub(in crate::admin) async fn begun(connection: &mut PgConnection, person: Uuid) -> sqlx::Result<Begun> {
    sqlx::query_as!(
        Begun,
        r#"select exists (select from second_factor where person_id = $1) as "factor!",
                  exists (select from mail where kind = 'test_letter' and sent_at is not null) as "letters!",
                  exists (select from audit where action in ('organisation.add', 'organisation.edit') and person_id is not null) as "organisations!",
                  exists (select from invitation) or exists (select from person where id <> $1 and erased_at is null) as "people!",
                  exists (select from requirement) as "requirements!",
                  exists (select from bank_fact where key = $2) as "backup!""#,
        person,
        LAST_BACKUP,
    )
    .fetch_one(connection)
    .await
}
