//! The people that the example bank was made with.

use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

use crate::kernel::{actor::Role, i18n::Lang};

/// A person that anybody may sign in as, in the example bank.
#[derive(Debug)]
pub(in crate::accounts) struct Example {
    /// The word that the form sends.
    pub(in crate::accounts) word: String,
    /// The name.
    pub(in crate::accounts) name: String,
    sv: String,
    en: String,
    roles: Json<Vec<String>>,
}

impl Example {
    /// Whom they act for; of several the first that they were given.
    pub(in crate::accounts) fn organisation(&self, lang: Lang) -> &str {
        match lang {
            Lang::Sv => &self.sv,
            Lang::En => &self.en,
        }
    }

    /// In which roles.
    pub(in crate::accounts) fn roles(&self) -> Vec<Role> {
        self.roles.0.iter().filter_map(|role| Role::from_code(role)).collect()
    }
}

/// Lists them, in the order in which they were made.
pub(in crate::accounts) async fn people(connection: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<Vec<Example>> {
    sqlx::query_as!(
        Example,
        r#"select p.example as "word!", p.name as "name!", o.name_sv as sv, o.name_en as en,
                  (select coalesce(jsonb_agg(distinct r.role), '[]') from membership_role r
                   where r.membership_id = m.id and r.valid @> $1::timestamptz) as "roles!: Json<Vec<String>>"
           from person p
           join lateral (select id, organisation_id from membership where person_id = p.id and valid @> $1::timestamptz
                         order by id limit 1) m on true
           join organisation o on o.id = m.organisation_id
           where p.example is not null and p.disabled_at is null and p.erased_at is null
           order by p.id"#,
        now,
    )
    .fetch_all(connection)
    .await
}
