//! What one sees of signing in in two steps.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    accounts::{
        factor::{DRAFT_HOLDS, Secret, recovery_sha256},
        key::Key,
    },
    kernel::{actor::Role, i18n::Lang, web::SignedIn},
};

/// Whether somebody signs in in two steps.
#[derive(Debug)]
pub(in crate::accounts) struct State {
    /// Since when; none for who does not.
    pub(in crate::accounts) since: Option<OffsetDateTime>,
    /// How many codes on paper are left.
    pub(in crate::accounts) left: i64,
}

/// Reads it.
pub(in crate::accounts) async fn state(connection: &mut PgConnection, who: &SignedIn) -> sqlx::Result<State> {
    sqlx::query_as!(
        State,
        r#"select (select confirmed_at from second_factor where person_id = $1) as since,
                  (select count(*) from recovery_code where person_id = $1 and used_at is null) as "left!""#,
        who.person,
    )
    .fetch_one(connection)
    .await
}

/// The secret that the person is giving to an app in this session, if it still waits.
pub(in crate::accounts) async fn draft(
    connection: &mut PgConnection,
    who: &SignedIn,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Secret>> {
    let kept = sqlx::query_scalar!(
        "select secret from second_factor_draft where session_id = $1 and made_at > $2",
        who.session,
        now - DRAFT_HOLDS,
    );
    Ok(kept.fetch_optional(connection).await?.map(Secret::kept))
}

/// Whether these are the person's codes on paper, each of them unused.
pub(in crate::accounts) async fn are_codes(
    connection: &mut PgConnection,
    who: &SignedIn,
    codes: &[String],
) -> sqlx::Result<bool> {
    let kept: Vec<Vec<u8>> = codes.iter().filter_map(|code| recovery_sha256(code)).collect();
    let found = sqlx::query_scalar!(
        r#"select count(*) as "n!" from recovery_code where person_id = $1 and code_sha256 = any ($2) and used_at is null"#,
        who.person,
        &kept,
    );
    let found = found.fetch_one(connection).await?;
    Ok(usize::try_from(found).is_ok_and(|found| found == codes.len()))
}

/// How somebody can prove once more who they are.
#[derive(Debug)]
pub(in crate::accounts) struct Ways {
    /// By a code; then by nothing less.
    pub(in crate::accounts) factor: bool,
    /// By a password.
    pub(in crate::accounts) password: bool,
    /// Whether they are a person of the example bank, who has neither.
    pub(in crate::accounts) example: bool,
    /// By the services of these addresses.
    pub(in crate::accounts) issuers: Vec<String>,
}

/// Reads them.
pub(in crate::accounts) async fn ways(connection: &mut PgConnection, who: &SignedIn) -> sqlx::Result<Ways> {
    sqlx::query_as!(
        Ways,
        r#"select exists (select from second_factor where person_id = $1) as "factor!",
                  exists (select from person_password where person_id = $1) as "password!",
                  exists (select from person where id = $1 and example is not null) as "example!",
                  array(select issuer from identity where person_id = $1) as "issuers!""#,
        who.person,
    )
    .fetch_one(connection)
    .await
}

/// Whether a code is still asked for by this key.
pub(in crate::accounts) async fn is_asked(connection: &mut PgConnection, key: &Key, now: OffsetDateTime) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from sign_in_step s join person p on p.id = s.person_id
                          where s.token_sha256 = $1 and s.ends_at > $2 and p.disabled_at is null and p.erased_at is null) as "is!""#,
        key.sha256(),
        now,
    )
    .fetch_one(connection)
    .await
}

/// What decides where somebody goes who has just come in.
#[derive(Debug)]
pub(in crate::accounts) struct Entering {
    /// The language that they have chosen.
    pub(in crate::accounts) lang: Lang,
    /// Whether some role of theirs rests until they sign in in two steps.
    pub(in crate::accounts) rests: bool,
}

/// Reads it; `second` says whether a second factor was shown.
pub(in crate::accounts) async fn entering(
    connection: &mut PgConnection,
    person: Uuid,
    second: bool,
    now: OffsetDateTime,
) -> sqlx::Result<Entering> {
    let wanting: Vec<String> =
        Role::ALL.into_iter().filter(|role| role.needs_second_factor()).map(|role| role.code().to_owned()).collect();
    let row = sqlx::query!(
        r#"select language, exists (
               select from membership_role r join membership m on m.id = r.membership_id
               where m.person_id = $1 and m.valid @> $3::timestamptz and r.valid @> $3 and r.role = any ($2)) as "wants!"
           from person where id = $1"#,
        person,
        &wanting,
        now,
    )
    .fetch_one(connection)
    .await?;
    let lang = if row.language == Lang::En.code() { Lang::En } else { Lang::Sv };
    Ok(Entering { lang, rests: row.wants && !second })
}
