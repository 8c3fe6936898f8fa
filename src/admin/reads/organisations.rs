//! Organisations, for who edits them.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// How many a page has.
pub(in crate::admin) const PAGE: i64 = 50;

/// An organisation in the list.
#[derive(Debug)]
pub(in crate::admin) struct Listed {
    pub(in crate::admin) slug: String,
    pub(in crate::admin) name: String,
    pub(in crate::admin) kind: String,
    /// How many have a role for it now.
    pub(in crate::admin) people: i64,
}

/// Those whose name holds the text, after the one of this slug; and one more where there are more.
pub(in crate::admin) async fn organisations(
    connection: &mut PgConnection,
    text: &str,
    after: &str,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_as!(
        Listed,
        r#"with place as (select name_sv, slug from organisation where slug = $2)
           select o.slug, o.name_sv as name, o.kind,
                  (select count(distinct m.person_id) from membership m where m.organisation_id = o.id and m.valid @> $3::timestamptz)
                      as "people!"
           from organisation o
           where ($1 = '' or o.name_sv ilike '%' || $1 || '%' or o.name_en ilike '%' || $1 || '%' or o.slug = $1)
             and (not exists (select from place)
                  or (o.name_sv collate "sv-x-icu", o.slug) > (select name_sv collate "sv-x-icu", slug from place))
           order by o.name_sv collate "sv-x-icu", o.slug limit $4"#,
        text,
        after,
        now,
        PAGE + 1,
    )
    .fetch_all(connection)
    .await
}

/// One organisation as it is.
#[derive(Debug)]
pub(in crate::admin) struct Organisation {
    pub(in crate::admin) id: Uuid,
    pub(in crate::admin) kind: String,
    pub(in crate::admin) name_sv: String,
    pub(in crate::admin) name_en: String,
    pub(in crate::admin) short_sv: Option<String>,
    pub(in crate::admin) short_en: Option<String>,
    pub(in crate::admin) about_sv: String,
    pub(in crate::admin) about_en: String,
    pub(in crate::admin) homepage: Option<String>,
}

/// The organisation of a slug.
pub(in crate::admin) async fn organisation(connection: &mut PgConnection, slug: &str) -> sqlx::Result<Option<Organisation>> {
    sqlx::query_as!(
        Organisation,
        "select id, kind, name_sv, name_en, short_sv, short_en, about_sv, about_en, homepage from organisation where slug = $1",
        slug
    )
    .fetch_optional(connection)
    .await
}

/// The organisation of a slug, by its id, with its kind.
pub(in crate::admin) async fn found(connection: &mut PgConnection, slug: &str) -> sqlx::Result<Option<(Uuid, String)>> {
    let row = sqlx::query!("select id, kind from organisation where slug = $1 or lower(name_sv) = lower($1) limit 1", slug);
    Ok(row.fetch_optional(connection).await?.map(|row| (row.id, row.kind)))
}
