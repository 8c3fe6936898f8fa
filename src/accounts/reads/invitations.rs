//! Invitations that can be answered.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::kernel::{actor::Role, i18n::Lang};

/// An invitation that holds.
#[derive(Debug)]
pub(in crate::accounts) struct Invitation {
    /// Its id.
    pub(in crate::accounts) id: Uuid,
    /// The organisation.
    pub(in crate::accounts) organisation: Uuid,
    sv: String,
    en: String,
    kind: String,
    role: String,
    /// The procurement area of an area coordinator.
    pub(in crate::accounts) letter: Option<String>,
    /// When the role ends, where it does.
    pub(in crate::accounts) role_ends_at: Option<OffsetDateTime>,
    /// The address that it went to.
    pub(in crate::accounts) email: String,
    /// The code of the language that it was written in.
    pub(in crate::accounts) language: String,
    /// When it is over.
    pub(in crate::accounts) ends_at: OffsetDateTime,
    /// Who has an account with the address.
    pub(in crate::accounts) person: Option<Uuid>,
}

impl Invitation {
    /// The organisation's name.
    pub(in crate::accounts) fn name(&self, lang: Lang) -> &str {
        if lang.is_swedish() { &self.sv } else { &self.en }
    }

    /// What the organisation is.
    pub(in crate::accounts) fn kind(&self) -> crate::organisations::Kind {
        // The database knows no other word.
        crate::organisations::Kind::from_code(&self.kind).unwrap_or(crate::organisations::Kind::Supplier)
    }

    /// The role that it gives.
    pub(in crate::accounts) fn role(&self) -> Role {
        // The database knows no other word, and this one gives the least.
        Role::from_code(&self.role).unwrap_or(Role::SupplierMember)
    }
}

/// The one whose link it is; none where it opens nothing. Looking uses nothing up.
pub(in crate::accounts) async fn by_key(
    connection: &mut PgConnection,
    sha256: &[u8],
    now: OffsetDateTime,
) -> sqlx::Result<Option<Invitation>> {
    sqlx::query_as!(
        Invitation,
        r#"select i.id, i.organisation_id as organisation, o.name_sv as sv, o.name_en as en, o.kind, i.role, i.letter, i.role_ends_at, i.email as "email!",
                  i.language, i.ends_at, p.id as "person?"
           from invitation i join organisation o on o.id = i.organisation_id left join person p on lower(p.email) = lower(i.email)
           where i.token_sha256 = $1 and i.ends_at > $2"#,
        sha256,
        now,
    )
    .fetch_optional(connection)
    .await
}

/// Those that went to the address of a person, which they have shown to be theirs.
pub(in crate::accounts) async fn of_person(
    connection: &mut PgConnection,
    person: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Invitation>> {
    sqlx::query_as!(
        Invitation,
        r#"select i.id, i.organisation_id as organisation, o.name_sv as sv, o.name_en as en, o.kind, i.role, i.letter, i.role_ends_at, i.email as "email!",
                  i.language, i.ends_at, p.id as "person?"
           from person p join invitation i on lower(i.email) = lower(p.email) join organisation o on o.id = i.organisation_id
           where p.id = $1 and p.email_verified_at is not null and i.ends_at > $2
           order by i.created_at"#,
        person,
        now,
    )
    .fetch_all(connection)
    .await
}

/// Those of an organisation that wait for an answer.
pub(in crate::accounts) async fn of_organisation(
    connection: &mut PgConnection,
    organisation: Uuid,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Invitation>> {
    sqlx::query_as!(
        Invitation,
        r#"select i.id, i.organisation_id as organisation, o.name_sv as sv, o.name_en as en, o.kind, i.role, i.letter, i.role_ends_at, i.email as "email!",
                  i.language, i.ends_at, null::uuid as "person?"
           from invitation i join organisation o on o.id = i.organisation_id
           where i.organisation_id = $1 and i.email is not null and i.ends_at > $2
           order by i.created_at desc limit 200"#,
        organisation,
        now,
    )
    .fetch_all(connection)
    .await
}
