//! The tree in the database: areas, groups, where they stood before, what owns them.

pub(super) mod references;

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::{Facts, policy::Edit};

/// An area that is locked.
#[derive(Debug)]
pub(super) struct LockedArea {
    pub(super) id: Uuid,
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) lock: i32,
    pub(super) is_retired: bool,
}

/// A group that is locked, with its area.
#[derive(Debug)]
pub(super) struct LockedGroup {
    pub(super) id: Uuid,
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) lock: i32,
    pub(super) is_retired: bool,
    pub(super) area: Uuid,
    pub(super) area_slug: String,
    pub(super) area_is_retired: bool,
}

/// Whoever edits the tree waits for who edits it.
pub(super) async fn alone(tx: &mut PgConnection, _permit: &Edit) -> sqlx::Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('taxonomy', 0))").execute(tx).await?;
    Ok(())
}

/// The area of this slug.
pub(super) async fn area(tx: &mut PgConnection, slug: &str) -> sqlx::Result<Option<LockedArea>> {
    sqlx::query_as!(
        LockedArea,
        r#"select id, slug, name_sv as name, lock, retired_at is not null as "is_retired!" from product_area where slug = $1 for update"#,
        slug,
    )
    .fetch_optional(tx)
    .await
}

/// The group of this id, where it is no part of another.
pub(super) async fn group(tx: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<LockedGroup>> {
    sqlx::query_as!(
        LockedGroup,
        r#"select g.id, g.slug, g.name_sv as name, g.lock, g.retired_at is not null as "is_retired!", a.id as area, a.slug as area_slug,
                  a.retired_at is not null as "area_is_retired!"
           from product_group g join product_area a on a.id = g.area_id
           where g.id = $1 and g.merged_into is null for update of g"#,
        id,
    )
    .fetch_optional(tx)
    .await
}

/// Whether another area has the name, or the slug that it would get.
pub(super) async fn is_area_taken(
    tx: &mut PgConnection,
    but: Option<Uuid>,
    name: &str,
    slug: Option<&str>,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from product_area where id is distinct from $1 and (lower(name_sv) = lower($2) or slug = $3)) as "is!""#,
        but,
        name,
        slug,
    )
    .fetch_one(tx)
    .await
}

/// Whether another group of the area has the name.
pub(super) async fn is_name_taken(tx: &mut PgConnection, area: Uuid, but: Option<Uuid>, name: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from product_group where area_id = $1 and id is distinct from $2 and merged_into is null
                          and lower(name_sv) = lower($3)) as "is!""#,
        area,
        but,
        name,
    )
    .fetch_one(tx)
    .await
}

/// Whether a group other than this stands, or stood, at an address.
pub(super) async fn is_address_taken(tx: &mut PgConnection, area_slug: &str, but: Uuid, slug: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from product_group g join product_area a on a.id = g.area_id
                          where a.slug = $1 and g.slug = $3 and g.id <> $2)
               or exists (select from product_group_address where area_slug = $1 and group_slug = $3 and group_id <> $2) as "is!""#,
        area_slug,
        but,
        slug,
    )
    .fetch_one(tx)
    .await
}

/// A new area, behind the others.
pub(super) async fn add_area(tx: &mut PgConnection, _permit: &Edit, slug: &str, facts: &Facts) -> sqlx::Result<Uuid> {
    sqlx::query_scalar!(
        "insert into product_area (id, slug, name_sv, name_en, description_sv, description_en, position)
         select $1, $2, $3, $4, $5, $6, 1 + coalesce(max(position), 0) from product_area returning id",
        Uuid::now_v7(),
        slug,
        facts.name_sv,
        facts.name_en,
        facts.about_sv,
        facts.about_en,
    )
    .fetch_one(tx)
    .await
}

/// What is said of an area.
pub(super) async fn edit_area(tx: &mut PgConnection, _permit: &Edit, area: &LockedArea, facts: &Facts) -> sqlx::Result<()> {
    sqlx::query!(
        "update product_area set name_sv = $2, name_en = $3, description_sv = $4, description_en = $5, lock = lock + 1 where id = $1",
        area.id,
        facts.name_sv,
        facts.name_en,
        facts.about_sv,
        facts.about_en,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Whether it is retired.
pub(super) async fn retire_area(
    tx: &mut PgConnection,
    _permit: &Edit,
    area: &LockedArea,
    at: Option<OffsetDateTime>,
) -> sqlx::Result<()> {
    sqlx::query!("update product_area set retired_at = $2, lock = lock + 1 where id = $1", area.id, at).execute(tx).await?;
    Ok(())
}

/// A new group, behind the others of its area.
pub(super) async fn add_group(
    tx: &mut PgConnection,
    _permit: &Edit,
    area: Uuid,
    slug: &str,
    facts: &Facts,
) -> sqlx::Result<Uuid> {
    sqlx::query_scalar!(
        "insert into product_group (id, area_id, slug, name_sv, name_en, description_sv, description_en, position)
         select $1, $2, $3, $4, $5, $6, $7, 1 + coalesce(max(position), 0) from product_group where area_id = $2 returning id",
        Uuid::now_v7(),
        area,
        slug,
        facts.name_sv,
        facts.name_en,
        facts.about_sv,
        facts.about_en,
    )
    .fetch_one(tx)
    .await
}

/// What is said of a group.
pub(super) async fn edit_group(tx: &mut PgConnection, _permit: &Edit, group: &LockedGroup, facts: &Facts) -> sqlx::Result<()> {
    sqlx::query!(
        "update product_group set name_sv = $2, name_en = $3, description_sv = $4, description_en = $5, lock = lock + 1 where id = $1",
        group.id,
        facts.name_sv,
        facts.name_en,
        facts.about_sv,
        facts.about_en,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The codes of a group are these, which are all in the list.
pub(super) async fn set_codes(tx: &mut PgConnection, _permit: &Edit, group: Uuid, codes: &[String]) -> sqlx::Result<()> {
    sqlx::query!("delete from product_group_cpv where group_id = $1 and code <> all($2)", group, codes).execute(&mut *tx).await?;
    sqlx::query!(
        "insert into product_group_cpv (group_id, code) select $1, code from unnest($2::text[]) code on conflict do nothing",
        group,
        codes,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Whether it is retired.
pub(super) async fn retire_group(
    tx: &mut PgConnection,
    _permit: &Edit,
    group: &LockedGroup,
    at: Option<OffsetDateTime>,
) -> sqlx::Result<()> {
    sqlx::query!("update product_group set retired_at = $2, lock = lock + 1 where id = $1", group.id, at).execute(tx).await?;
    Ok(())
}

/// A group stands in another area, behind the others; its old address leads to it.
pub(super) async fn move_group(tx: &mut PgConnection, _permit: &Edit, group: &LockedGroup, to: &LockedArea) -> sqlx::Result<()> {
    sqlx::query!(
        "update product_group set area_id = $2, lock = lock + 1,
             position = 1 + coalesce((select max(g.position) from product_group g where g.area_id = $2), 0)
         where id = $1",
        group.id,
        to.id,
    )
    .execute(&mut *tx)
    .await?;
    // Where it stands now is no old address, should it come back.
    sqlx::query!("delete from product_group_address where area_slug = $1 and group_slug = $2", to.slug, group.slug)
        .execute(&mut *tx)
        .await?;
    leads(tx, (&group.area_slug, &group.slug), group.id).await
}

async fn leads(tx: &mut PgConnection, (area, slug): (&str, &str), group: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into product_group_address (area_slug, group_slug, group_id) values ($1, $2, $3)
         on conflict (area_slug, group_slug) do update set group_id = excluded.group_id",
        area,
        slug,
        group,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A group becomes part of another: its codes, its periods where the other has none, and all addresses that led to it.
pub(super) async fn merge_group(
    tx: &mut PgConnection,
    _permit: &Edit,
    group: &LockedGroup,
    into: &LockedGroup,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update product_group set merged_into = $2, retired_at = coalesce(retired_at, $3), lock = lock + 1 where id = $1",
        group.id,
        into.id,
        now,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!("update product_group set merged_into = $2 where merged_into = $1", group.id, into.id).execute(&mut *tx).await?;
    sqlx::query!("update product_group_address set group_id = $2 where group_id = $1", group.id, into.id)
        .execute(&mut *tx)
        .await?;
    sqlx::query!(
        "insert into product_group_cpv (group_id, code) select $2, code from product_group_cpv where group_id = $1
         on conflict do nothing",
        group.id,
        into.id,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "insert into product_group_owner (group_id, letter, valid)
         select $2, o.letter, o.valid from product_group_owner o
         where o.group_id = $1 and not exists (select from product_group_owner x where x.group_id = $2 and x.valid && o.valid)",
        group.id,
        into.id,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!("delete from product_group_cpv where group_id = $1", group.id).execute(&mut *tx).await?;
    sqlx::query!("delete from product_group_owner where group_id = $1", group.id).execute(&mut *tx).await?;
    leads(tx, (&group.area_slug, &group.slug), into.id).await
}

/// Whether somebody owns the group on a day of the period.
pub(super) async fn is_owned(tx: &mut PgConnection, group: Uuid, from: Date, to: Date) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from product_group_owner where group_id = $1 and valid && daterange($2, $3, '[]')) as "is!""#,
        group,
        from,
        to,
    )
    .fetch_one(tx)
    .await
}

/// Takes a period away. False where there is none.
pub(super) async fn remove_owner(
    tx: &mut PgConnection,
    _permit: &Edit,
    group: Uuid,
    letter: &str,
    from: Date,
) -> sqlx::Result<bool> {
    let gone = sqlx::query!(
        "delete from product_group_owner where group_id = $1 and letter = $2 and lower(valid) = $3",
        group,
        letter,
        from,
    )
    .execute(tx)
    .await?;
    Ok(gone.rows_affected() > 0)
}

/// Paths of groups (`textil/handskar`, or `handskar`) as they are now: those of groups that were moved or merged lead on.
pub(super) async fn where_now(connection: &mut PgConnection, paths: &[String]) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"select coalesce((
                   select a.slug || '/' || g.slug
                   from product_group_address x join product_group g on g.id = x.group_id join product_area a on a.id = g.area_id
                   where w.path in (x.area_slug || '/' || x.group_slug, x.group_slug)
                     and not exists (
                         select from product_group l join product_area la on la.id = l.area_id
                         where l.merged_into is null and w.path in (la.slug || '/' || l.slug, l.slug))
                   order by x.area_slug, g.id limit 1), w.path) as "path!"
           from unnest($1::text[]) with ordinality as w(path, place) order by w.place"#,
        paths,
    )
    .fetch_all(connection)
    .await
}

/// Where a group stands that stood at this address before: the slugs of its area and its own.
pub(super) async fn moved(connection: &mut PgConnection, area: &str, group: &str) -> sqlx::Result<Option<(String, String)>> {
    let found = sqlx::query!(
        "select a.slug as area, g.slug as \"group\" from product_group_address x
         join product_group g on g.id = x.group_id join product_area a on a.id = g.area_id
         where x.area_slug = $1 and x.group_slug = $2",
        area,
        group,
    )
    .fetch_optional(connection)
    .await?;
    Ok(found.map(|row| (row.area, row.group)))
}
