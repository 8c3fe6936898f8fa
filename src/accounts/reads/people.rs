//! Whom to write to.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::kernel::{actor::Role, i18n::Lang};

/// Somebody with an account that is open.
#[derive(Debug)]
pub struct Addressee {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    language: String,
}

impl Addressee {
    /// The language that they are written to in.
    pub fn lang(&self) -> Lang {
        lang(&self.language)
    }
}

/// The language of a code.
pub(in crate::accounts) fn lang(code: &str) -> Lang {
    if code == Lang::En.code() { Lang::En } else { Lang::Sv }
}

/// Whom to write to; none where the account is closed, or has no address.
///
/// # Errors
/// When the database is away.
pub async fn addressee(connection: &mut PgConnection, person: Uuid) -> sqlx::Result<Option<Addressee>> {
    sqlx::query_as!(
        Addressee,
        r#"select name as "name!", email as "email!", language from person
           where id = $1 and email is not null and disabled_at is null and erased_at is null"#,
        person,
    )
    .fetch_optional(connection)
    .await
}

/// Another address that somebody wants, and until when its link holds.
#[derive(Debug)]
pub(in crate::accounts) struct Wanted {
    /// The person.
    pub(in crate::accounts) person: Uuid,
    /// The address.
    pub(in crate::accounts) email: String,
    /// Whether somebody else has it by now.
    pub(in crate::accounts) taken: bool,
}

/// None where the key opens nothing. Looking uses nothing up.
pub(in crate::accounts) async fn wanted_email(
    connection: &mut PgConnection,
    sha256: &[u8],
    now: time::OffsetDateTime,
) -> sqlx::Result<Option<Wanted>> {
    sqlx::query_as!(
        Wanted,
        r#"select c.person_id as person, c.email,
                  exists (select from person o where lower(o.email) = lower(c.email) and o.id <> c.person_id) as "taken!"
           from email_change c join person p on p.id = c.person_id
           where c.token_sha256 = $1 and c.ends_at > $2 and p.disabled_at is null and p.erased_at is null"#,
        sha256,
        now,
    )
    .fetch_optional(connection)
    .await
}

/// Those who answer for an organisation that is shown whether somebody belongs to it, but the one who asks.
pub(in crate::accounts) async fn answerers(
    connection: &mut PgConnection,
    organisation: Uuid,
    but: Uuid,
    now: time::OffsetDateTime,
) -> sqlx::Result<Vec<(Uuid, Addressee)>> {
    let rows = sqlx::query!(
        r#"select p.id, p.name as "name!", p.email as "email!", p.language
           from organisation o join membership m on m.organisation_id = o.id and m.valid @> $3::timestamptz and m.approved
           join person p on p.id = m.person_id
           where o.id = $1 and o.listed and p.id <> $2 and p.email is not null and p.disabled_at is null and p.erased_at is null
             and exists (select from membership_role r where r.membership_id = m.id and r.role = any ($4) and r.valid @> $3)
           order by p.id"#,
        organisation,
        but,
        now,
        &[Role::OrganisationAdmin, Role::RegionCoordinator].map(|role| role.code().to_owned()),
    )
    .fetch_all(connection)
    .await?;
    let addressee = |name, email, language| Addressee { name, email, language };
    Ok(rows.into_iter().map(|row| (row.id, addressee(row.name, row.email, row.language))).collect())
}
