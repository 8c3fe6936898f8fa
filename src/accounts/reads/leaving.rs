//! Who is about to leave, and what has to be seen to first.

use serde::Deserialize;
use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::kernel::{actor::Role, i18n::Lang};

/// The name of an organisation.
#[derive(Debug, Deserialize)]
pub struct Name {
    sv: String,
    en: String,
}

impl Name {
    /// In a language.
    pub fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::Sv => &self.sv,
            Lang::En => &self.en,
        }
    }
}

/// What has to be known before an account is erased.
#[derive(Debug)]
pub struct Leaving {
    /// The address that the last letter goes to.
    pub email: String,
    /// Whether nobody else runs the bank.
    pub last_administrator: bool,
    organisations: Json<Vec<Name>>,
    headless: Json<Vec<Name>>,
}

impl Leaving {
    /// Whom they work for.
    pub fn organisations(&self) -> &[Name] {
        &self.organisations.0
    }

    /// Organisations with other members of which nobody else is the administrator.
    pub fn headless(&self) -> &[Name] {
        &self.headless.0
    }
}

/// Reads it.
///
/// # Errors
/// When the database is away.
pub async fn leaving(connection: &mut PgConnection, person: Uuid, now: OffsetDateTime) -> sqlx::Result<Option<Leaving>> {
    sqlx::query_as!(
        Leaving,
        r#"with held as materialized (
               select m.person_id, m.organisation_id, coalesce(array_agg(r.role) filter (where r.role is not null), '{}') as roles
               from membership m join person p on p.id = m.person_id and p.disabled_at is null and p.erased_at is null
               left join membership_role r on r.membership_id = m.id and r.valid @> $2::timestamptz
               where m.valid @> $2
                 and (exists (select from membership o where o.person_id = $1 and o.organisation_id = m.organisation_id and o.valid @> $2)
                      or r.role = $3)
               group by m.id
           ),
           mine as (
               select o.id, jsonb_build_object('sv', o.name_sv, 'en', o.name_en) as name, o.name_sv, h.roles
               from held h join organisation o on o.id = h.organisation_id where h.person_id = $1
           )
           select coalesce(p.email, '') as "email!",
                  exists (select from mine where $3 = any (roles))
                      and not exists (select from held where person_id <> $1 and $3 = any (roles)) as "last_administrator!",
                  coalesce((select jsonb_agg(name order by name_sv collate "sv-x-icu") from mine), '[]') as "organisations!: Json<Vec<Name>>",
                  coalesce((select jsonb_agg(name order by name_sv collate "sv-x-icu") from mine
                            where $4 = any (roles)
                              and exists (select from held h where h.organisation_id = mine.id and h.person_id <> $1)
                              and not exists (select from held h where h.organisation_id = mine.id and h.person_id <> $1 and $4 = any (h.roles))),
                           '[]') as "headless!: Json<Vec<Name>>"
           from person p where p.id = $1 and p.erased_at is null"#,
        person,
        now,
        Role::Admin.code(),
        Role::OrganisationAdmin.code(),
    )
    .fetch_optional(connection)
    .await
}
