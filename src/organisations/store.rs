//! All SQL that writes.

use sqlx::PgConnection;
use uuid::Uuid;

use super::{New, policy::Edit};

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
