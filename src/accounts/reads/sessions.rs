//! Where somebody is signed in.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{accounts::session::IDLE, kernel::web::SignedIn};

/// A session that holds.
#[derive(Debug)]
pub(in crate::accounts) struct Session {
    /// Its id.
    pub(in crate::accounts) id: Uuid,
    /// `Firefox · Windows`; empty where the browser does not say.
    pub(in crate::accounts) browser: String,
    /// When it began.
    pub(in crate::accounts) created_at: OffsetDateTime,
    /// When something was last asked in it, to some minutes.
    pub(in crate::accounts) seen_at: OffsetDateTime,
}

/// The person's own, the latest first. A hundred are more than anybody has.
pub(in crate::accounts) async fn sessions(
    connection: &mut PgConnection,
    who: &SignedIn,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Session>> {
    sqlx::query_as!(
        Session,
        "select id, browser, created_at, seen_at from session
         where person_id = $1 and ended_at is null and ends_at > $2 and seen_at > $3
         order by created_at desc, id limit 100",
        who.person,
        now,
        now - IDLE,
    )
    .fetch_all(connection)
    .await
}
