//! One's own account.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::kernel::web::SignedIn;

/// What one sees of one's own account.
#[derive(Debug)]
pub(in crate::accounts) struct Account {
    /// The name.
    pub(in crate::accounts) name: String,
    /// The address that one signs in with.
    pub(in crate::accounts) email: String,
    /// The code of the language that is written to one in.
    pub(in crate::accounts) language: String,
    /// When the password was last chosen; none where there is no password.
    pub(in crate::accounts) password_changed: Option<OffsetDateTime>,
    /// When the server of the address last would not have a letter; none where letters arrive.
    pub(in crate::accounts) refused_at: Option<OffsetDateTime>,
}

/// Reads it.
pub(in crate::accounts) async fn account(connection: &mut PgConnection, who: &SignedIn) -> sqlx::Result<Option<Account>> {
    sqlx::query_as!(
        Account,
        r#"select p.name as "name!", coalesce(p.email, '') as "email!", p.language, w.changed_at as "password_changed?",
                  r.at as "refused_at?"
           from person p left join person_password w on w.person_id = p.id left join mail_refused r on r.person_id = p.id
           where p.id = $1 and p.erased_at is null"#,
        who.person,
    )
    .fetch_optional(connection)
    .await
}

/// Whether the person has signed in with a browser of this name before, as far as is remembered; true for who has not signed
/// in before at all.
pub(in crate::accounts) async fn knows_browser(connection: &mut PgConnection, person: Uuid, browser: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select not exists (select from session where person_id = $1)
                  or exists (select from session where person_id = $1 and browser = $2) as "knows!""#,
        person,
        browser,
    )
    .fetch_one(connection)
    .await
}
