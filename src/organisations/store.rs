//! All SQL that writes.

use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    Facts, Kind, New, Senders,
    joining::Proposed,
    policy::{Change, Edit, Entrust, List, Propose},
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

/// Whether another organisation that is shown has the name: one that waits keeps nobody else from it.
pub(super) async fn is_taken(tx: &mut PgConnection, permit: &Change, name: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from organisation where listed and name_sv = $1 and id <> $2) as "taken!""#,
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

/// The organisation that has the number; else the one that is shown under the name, and is what it is said to be.
pub(super) async fn known(tx: &mut PgConnection, proposed: &Proposed) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "select id from organisation
         where (country = $1 and register_number = $2)
            or (listed and kind = $3 and lower(name_sv) = lower($4) and ($2::text is null or register_number is null))
         order by (register_number is not distinct from $2) desc limit 1",
        proposed.country,
        proposed.number,
        proposed.kind.code(),
        proposed.name,
    )
    .fetch_optional(tx)
    .await
}

/// Adds an organisation that is not shown; its slug is the first of its kind that is free.
pub(super) async fn insert_unlisted(
    tx: &mut PgConnection,
    _permit: &Propose,
    proposed: &Proposed,
    slug: &str,
) -> sqlx::Result<Uuid> {
    // Two at once would find the same slug free.
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('organisation_slug:' || $1, 0))", slug).execute(&mut *tx).await?;
    let id = Uuid::now_v7();
    sqlx::query!(
        "insert into organisation (id, slug, kind, name_sv, name_en, country, register_number, listed)
         select $1, free.slug, $3, $4, $4, $5, $6, false
         from (select case when n = 1 then $2 else $2 || '-' || n end as slug
               from generate_series(1, 1000) n
               where not exists (select from organisation o where o.slug = case when n = 1 then $2 else $2 || '-' || n end)
               order by n limit 1) free",
        id,
        slug,
        proposed.kind.code(),
        proposed.name,
        proposed.country,
        proposed.number,
    )
    .execute(tx)
    .await?;
    Ok(id)
}

/// Whether an organisation is shown.
pub(super) async fn is_listed(tx: &mut PgConnection, id: Uuid) -> sqlx::Result<bool> {
    let listed = sqlx::query_scalar!("select listed from organisation where id = $1 for update", id).fetch_optional(tx).await?;
    Ok(listed.unwrap_or(false))
}

/// Shows it, unless another one that is shown has the name.
pub(super) async fn list(tx: &mut PgConnection, _permit: &List, id: Uuid) -> sqlx::Result<bool> {
    let listed = sqlx::query!(
        "update organisation o set listed = true
         where o.id = $1 and not exists (select from organisation x where x.listed and x.name_sv = o.name_sv and x.id <> o.id)",
        id,
    )
    .execute(tx)
    .await?;
    Ok(listed.rows_affected() > 0)
}

/// What an organisation is.
pub(super) async fn kind(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select kind from organisation where id = $1", id).fetch_optional(connection).await
}

/// What an organisation is called, in Swedish and in English.
pub(super) async fn names(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<(String, String)>> {
    let row = sqlx::query!("select name_sv, name_en from organisation where id = $1", id).fetch_optional(connection).await?;
    Ok(row.map(|row| (row.name_sv, row.name_en)))
}

/// What an organisation has chosen that is locked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chosen {
    /// Who sends in its name; none where it has said nothing.
    pub(super) senders: Option<Senders>,
}

/// Locks one that is shown, and gives who sends in its name.
pub(super) async fn lock_senders(tx: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Chosen>> {
    let row = sqlx::query_scalar!("select senders from organisation where id = $1 and listed for update", id);
    let chosen = |senders: Option<String>| Chosen { senders: senders.as_deref().and_then(Senders::from_code) };
    Ok(row.fetch_optional(tx).await?.map(chosen))
}

/// Says who sends in its name.
pub(super) async fn set_senders(tx: &mut PgConnection, permit: &Entrust, senders: Senders) -> sqlx::Result<()> {
    sqlx::query!("update organisation set senders = $2 where id = $1", permit.organisation(), senders.code()).execute(tx).await?;
    Ok(())
}

/// Who sends in the name of an organisation, if it has chosen; it does not choose anew before the transaction ends.
pub(super) async fn senders(tx: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Senders>> {
    let row = sqlx::query_scalar!("select senders from organisation where id = $1 for share", id);
    Ok(row.fetch_optional(tx).await?.flatten().as_deref().and_then(Senders::from_code))
}
