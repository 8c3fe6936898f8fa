//! Who belongs to an organisation.

use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    kernel::{actor::Role, i18n::Lang},
    organisations::{Kind, Senders},
};

/// Somebody who belongs to it.
#[derive(Debug)]
pub(in crate::accounts) struct Member {
    /// The membership's id.
    pub(in crate::accounts) id: Uuid,
    /// The person.
    pub(in crate::accounts) person: Uuid,
    /// Their name.
    pub(in crate::accounts) name: String,
    /// Their address.
    pub(in crate::accounts) email: String,
    /// Whether somebody said that they belong there.
    pub(in crate::accounts) approved: bool,
    roles: Json<Vec<String>>,
    /// The organisation.
    pub(in crate::accounts) organisation: Uuid,
}

impl Member {
    /// Their roles.
    pub(in crate::accounts) fn roles(&self) -> Vec<Role> {
        self.roles.0.iter().filter_map(|role| Role::from_code(role)).collect()
    }
}

/// The members of an organisation by name; of one membership alone where it is given.
pub(in crate::accounts) async fn members(
    connection: &mut PgConnection,
    organisation: Option<Uuid>,
    membership: Option<Uuid>,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Member>> {
    sqlx::query_as!(
        Member,
        r#"select m.id, p.id as person, p.name as "name!", coalesce(p.email, '') as "email!", m.approved, m.organisation_id as organisation,
                  (select coalesce(jsonb_agg(distinct r.role), '[]') from membership_role r
                   where r.membership_id = m.id and r.valid @> $3::timestamptz) as "roles!: Json<Vec<String>>"
           from membership m join person p on p.id = m.person_id
           where m.valid @> $3::timestamptz and p.erased_at is null
             and ($1::uuid is null or m.organisation_id = $1) and ($2::uuid is null or m.id = $2)
             and not ($1::uuid is null and $2::uuid is null)
           order by p.name collate "sv-x-icu", m.id limit 500"#,
        organisation,
        membership,
        now,
    )
    .fetch_all(connection)
    .await
}

/// An organisation whose accounts are looked after.
#[derive(Debug, Clone)]
pub(in crate::accounts) struct Organisation {
    /// Its id.
    pub(in crate::accounts) id: Uuid,
    /// The last part of its address.
    pub(in crate::accounts) slug: String,
    sv: String,
    en: String,
    kind: String,
    senders: Option<String>,
    /// Whose addresses show that somebody works there.
    pub(in crate::accounts) domains: Json<Vec<String>>,
}

impl Organisation {
    /// Its name.
    pub(in crate::accounts) fn name(&self, lang: Lang) -> &str {
        if lang.is_swedish() { &self.sv } else { &self.en }
    }

    /// What it is.
    pub(in crate::accounts) fn kind(&self) -> Kind {
        // The database knows no other word.
        Kind::from_code(&self.kind).unwrap_or(Kind::Supplier)
    }

    /// Who sends in its name.
    pub(in crate::accounts) fn senders(&self) -> Senders {
        let chosen = self.senders.as_deref().and_then(Senders::from_code);
        chosen.unwrap_or_else(|| Senders::of_kind(self.kind()))
    }
}

/// One that is shown, by its id, or by what it is called in addresses or in full.
pub(in crate::accounts) async fn organisation(
    connection: &mut PgConnection,
    id: Option<Uuid>,
    called: Option<&str>,
) -> sqlx::Result<Option<Organisation>> {
    sqlx::query_as!(
        Organisation,
        r#"select o.id, o.slug, o.name_sv as sv, o.name_en as en, o.kind, o.senders,
                  (select coalesce(jsonb_agg(d.domain order by d.domain), '[]') from organisation_domain d
                   where d.organisation_id = o.id) as "domains!: Json<Vec<String>>"
           from organisation o
           where o.listed and (o.id = $1 or lower($2) in (o.slug, lower(o.name_sv), lower(o.name_en), lower(o.short_sv)))
           order by o.slug = lower($2) desc, o.slug limit 1"#,
        id,
        called,
    )
    .fetch_optional(connection)
    .await
}
