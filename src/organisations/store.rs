//! All SQL that writes.

use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    Facts, Kind, New,
    policy::{Change, Edit},
};

/// Adds an organisation; none where its slug is taken.
pub(super) async fn insert(tx: &mut PgConnection, _permit: &Edit, new: &New) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "insert into organisation (id, slug, kind, name_sv, name_en, about_sv, about_en)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (slug) do nothing returning id",
        Uuid::now_v7(),
        new.slug,
        new.kind.code(),
        new.name_sv,
        new.name_en,
        new.about_sv,
        new.about_en,
    )
    .fetch_optional(tx)
    .await
}

/// The organisation of a slug.
pub(super) async fn by_slug(connection: &mut PgConnection, slug: &str) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!("select id from organisation where slug = $1", slug).fetch_optional(connection).await
}

/// Locks an organisation, and gives what is said of it.
pub(super) async fn lock(tx: &mut PgConnection, organisation: Uuid) -> sqlx::Result<Option<Facts>> {
    let row = sqlx::query!(
        "select kind, name_sv, name_en, short_sv, short_en, about_sv, about_en, homepage from organisation where id = $1 for update",
        organisation
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.and_then(|row| {
        Some(Facts {
            kind: Kind::from_code(&row.kind)?,
            name_sv: row.name_sv,
            name_en: row.name_en,
            short_sv: row.short_sv,
            short_en: row.short_en,
            about_sv: row.about_sv,
            about_en: row.about_en,
            homepage: row.homepage,
        })
    }))
}

/// Whether another organisation has the name.
pub(super) async fn is_taken(tx: &mut PgConnection, permit: &Change, name: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from organisation where name_sv = $1 and id <> $2) as "taken!""#,
        name,
        permit.organisation(),
    )
    .fetch_one(tx)
    .await
}

/// Says something else of an organisation.
pub(super) async fn set(tx: &mut PgConnection, permit: &Change, facts: &Facts) -> sqlx::Result<()> {
    sqlx::query!(
        "update organisation set kind = $2, name_sv = $3, name_en = $4, short_sv = $5, short_en = $6, about_sv = $7,
                                 about_en = $8, homepage = $9 where id = $1",
        permit.organisation(),
        facts.kind.code(),
        facts.name_sv,
        facts.name_en,
        facts.short_sv,
        facts.short_en,
        facts.about_sv,
        facts.about_en,
        facts.homepage,
    )
    .execute(tx)
    .await?;
    Ok(())
}
