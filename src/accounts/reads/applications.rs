//! Applications: one by its link, and those that wait for an answer.

use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{kernel::i18n::Lang, organisations::Kind};

/// What somebody wrote who wants to take part, before there is an account.
#[derive(Debug)]
pub(in crate::accounts) struct Applied {
    /// Its id.
    pub(in crate::accounts) id: Uuid,
    /// Their name.
    pub(in crate::accounts) name: String,
    /// Their address.
    pub(in crate::accounts) email: String,
    /// The code of their language.
    pub(in crate::accounts) language: String,
    /// The organisation, where it was there already.
    pub(in crate::accounts) organisation_id: Option<Uuid>,
    kind: Option<String>,
    /// What they call it, or what it is called.
    pub(in crate::accounts) organisation: String,
    /// The country of a new one.
    pub(in crate::accounts) country: Option<String>,
    /// The number of a new one.
    pub(in crate::accounts) register_number: Option<String>,
    /// Whether the address has an account.
    pub(in crate::accounts) has_account: bool,
}

impl Applied {
    /// What a new organisation is.
    pub(in crate::accounts) fn kind(&self) -> Option<Kind> {
        self.kind.as_deref().and_then(Kind::from_code)
    }
}

/// None where the link opens nothing. Looking uses nothing up.
pub(in crate::accounts) async fn by_key(
    connection: &mut PgConnection,
    sha256: &[u8],
    now: OffsetDateTime,
) -> sqlx::Result<Option<Applied>> {
    sqlx::query_as!(
        Applied,
        r#"select a.id as "id!", a.name as "name!", a.email as "email!", a.language as "language!", a.organisation_id, a.kind,
                  coalesce(a.organisation, o.name_sv) as "organisation!", a.country, a.register_number,
                  exists (select from person p where lower(p.email) = lower(a.email)) as "has_account!"
           from application a left join organisation o on o.id = a.organisation_id
           where a.token_sha256 = $1 and a.ends_at > $2 and a.verified_at is null"#,
        sha256,
        now,
    )
    .fetch_optional(connection)
    .await
}

/// The same by its id, for who answers it.
pub(in crate::accounts) async fn by_id(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Applied>> {
    sqlx::query_as!(
        Applied,
        r#"select a.id as "id!", a.name as "name!", a.email as "email!", a.language as "language!", a.organisation_id, a.kind,
                  coalesce(a.organisation, o.name_sv) as "organisation!", a.country, a.register_number,
                  exists (select from person p where lower(p.email) = lower(a.email)) as "has_account!"
           from application a left join organisation o on o.id = a.organisation_id
           where a.id = $1 and a.verified_at is null"#,
        id,
    )
    .fetch_optional(connection)
    .await
}

/// An application that waits for an answer.
#[derive(Debug)]
pub(in crate::accounts) struct Waiting {
    /// Its id.
    pub(in crate::accounts) id: Uuid,
    /// Since when.
    pub(in crate::accounts) since: OffsetDateTime,
    /// Who applied.
    pub(in crate::accounts) name: String,
    /// Their address, which is theirs.
    pub(in crate::accounts) email: String,
    /// The organisation.
    pub(in crate::accounts) organisation: String,
    /// The last part of its address.
    pub(in crate::accounts) slug: String,
    kind: String,
    /// Whether it is shown: whether it was there before.
    pub(in crate::accounts) listed: bool,
    /// The country where it is registered.
    pub(in crate::accounts) country: Option<String>,
    /// Its number there.
    pub(in crate::accounts) register_number: Option<String>,
    /// How many belong to it already.
    pub(in crate::accounts) members: i64,
    /// What others are called who are shown under the same name.
    pub(in crate::accounts) namesakes: i64,
    /// For whom others act whose addresses end the same.
    pub(in crate::accounts) neighbours: Json<Vec<String>>,
}

impl Waiting {
    /// What the organisation is.
    pub(in crate::accounts) fn kind(&self) -> Kind {
        // The database knows no other word.
        Kind::from_code(&self.kind).unwrap_or(Kind::Supplier)
    }
}

/// Those that wait, the oldest first; of one organisation that is shown, or of all.
pub(in crate::accounts) async fn waiting(
    connection: &mut PgConnection,
    organisation: Option<Uuid>,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Waiting>> {
    sqlx::query_as!(
        Waiting,
        r#"select a.id, a.verified_at as "since!", p.name as "name!", p.email as "email!", o.name_sv as organisation, o.slug, o.kind,
                  o.listed, o.country, o.register_number,
                  (select count(*) from membership x where x.organisation_id = o.id and x.valid @> $2::timestamptz and x.approved) as "members!",
                  (select count(*) from organisation x where x.listed and x.id <> o.id and lower(x.name_sv) = lower(o.name_sv)) as "namesakes!",
                  (select coalesce(jsonb_agg(distinct y.name_sv), '[]')
                   from person x join membership z on z.person_id = x.id and z.valid @> $2::timestamptz and z.approved
                   join organisation y on y.id = z.organisation_id
                   where x.id <> p.id and split_part(lower(x.email), '@', 2) = split_part(lower(p.email), '@', 2))
                      as "neighbours!: Json<Vec<String>>"
           from application a join membership m on m.id = a.membership_id join person p on p.id = m.person_id
           join organisation o on o.id = m.organisation_id
           where a.verified_at is not null and a.decision is null and p.erased_at is null and p.email is not null
             and ($1::uuid is null or (o.id = $1 and o.listed))
           order by a.verified_at, a.id limit 100"#,
        organisation,
        now,
    )
    .fetch_all(connection)
    .await
}

/// How many wait for an answer, and since when the oldest.
///
/// # Errors
/// When the database is away.
pub async fn waiting_count(connection: &mut PgConnection) -> sqlx::Result<(i64, Option<OffsetDateTime>)> {
    let row = sqlx::query!(
        r#"select count(*) as "n!", min(a.verified_at) as oldest
           from application a join membership m on m.id = a.membership_id join person p on p.id = m.person_id
           where a.verified_at is not null and a.decision is null and p.erased_at is null and p.email is not null"#
    )
    .fetch_one(connection)
    .await?;
    Ok((row.n, row.oldest))
}

/// An organisation that one can say to work at.
#[derive(Debug)]
pub(in crate::accounts) struct Choice {
    /// Its id.
    pub(in crate::accounts) id: Uuid,
    sv: String,
    en: String,
}

impl Choice {
    /// Its name.
    pub(in crate::accounts) fn name(&self, lang: Lang) -> &str {
        if lang.is_swedish() { &self.sv } else { &self.en }
    }
}

/// Regions, their bodies and other authorities that are shown, by kind and name.
pub(in crate::accounts) async fn authorities(connection: &mut PgConnection) -> sqlx::Result<Vec<Choice>> {
    sqlx::query_as!(
        Choice,
        r#"select id, name_sv as sv, name_en as en from organisation
           where listed and kind in ('region', 'national_body', 'contracting_authority')
           order by array_position(array['region', 'national_body', 'contracting_authority'], kind), name_sv collate "sv-x-icu""#
    )
    .fetch_all(connection)
    .await
}
