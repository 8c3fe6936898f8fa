//! Requirements that a proposal can be about.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    kernel::{actor::Viewer, i18n::Lang},
    proposals::proposal::Base,
    requirements::RequirementNumber,
};

/// One of them, with what is in force.
#[derive(Debug, Clone)]
pub struct Target {
    number: i64,
    requirement: Uuid,
    version: Uuid,
    /// Its title.
    pub title: String,
    /// The product group.
    pub group: Uuid,
    /// Whether its text may not be shown.
    pub hidden: bool,
}

impl Target {
    /// Its number.
    pub fn number(&self) -> RequirementNumber {
        RequirementNumber::from_db(self.number)
    }

    /// What a proposal builds on.
    pub fn base(&self) -> Base {
        Base { requirement: self.requirement, version: self.version }
    }
}

/// Those of these numbers that are in force, in the order asked for.
///
/// # Errors
/// When the database is away.
pub async fn targets(
    connection: &mut PgConnection,
    viewer: &Viewer,
    numbers: &[RequirementNumber],
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Target>> {
    let wanted: Vec<i64> = numbers.iter().map(|number| number.get()).collect();
    let read =
        sqlx::query_file_as!(Target, "src/proposals/reads/targets.sql", &wanted, now, viewer.level(), viewer.organisations());
    let mut found = read.fetch_all(connection).await?;
    found.sort_by_key(|target| wanted.iter().position(|number| *number == target.number));
    Ok(found)
}

/// A product area with its groups, to choose from.
#[derive(Debug)]
pub struct Area {
    name_sv: String,
    name_en: String,
    /// Its groups, in order.
    pub groups: Vec<Choice>,
}

impl Area {
    /// What it is called; by reference, as templates hand it over.
    pub fn name(&self, lang: &Lang) -> &str {
        if lang.is_swedish() { &self.name_sv } else { &self.name_en }
    }
}

/// A product group, to choose.
#[derive(Debug)]
pub struct Choice {
    /// Its id.
    pub id: Uuid,
    name_sv: String,
    name_en: String,
}

impl Choice {
    /// What it is called.
    pub fn name(&self, lang: &Lang) -> &str {
        if lang.is_swedish() { &self.name_sv } else { &self.name_en }
    }
}

/// All areas with their groups.
///
/// # Errors
/// When the database is away.
pub async fn areas(connection: &mut PgConnection) -> sqlx::Result<Vec<Area>> {
    let rows = sqlx::query!(
        "select g.id, g.name_sv, g.name_en, a.id as area, a.name_sv as area_sv, a.name_en as area_en
         from product_group g join product_area a on a.id = g.area_id
         where g.retired_at is null and a.retired_at is null order by a.position, a.id, g.position, g.id",
    )
    .fetch_all(connection)
    .await?;
    let mut areas: Vec<(Uuid, Area)> = Vec::new();
    for row in rows {
        let choice = Choice { id: row.id, name_sv: row.name_sv, name_en: row.name_en };
        match areas.last_mut() {
            Some((id, area)) if *id == row.area => area.groups.push(choice),
            _ => areas.push((row.area, Area { name_sv: row.area_sv, name_en: row.area_en, groups: vec![choice] })),
        }
    }
    Ok(areas.into_iter().map(|(_, area)| area).collect())
}

/// Whether there is such a product group.
///
/// # Errors
/// When the database is away.
pub async fn is_group(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select exists (select from product_group where id = $1 and retired_at is null) as "is!""#, id)
        .fetch_one(connection)
        .await
}

/// A product area by name, to choose from.
#[derive(Debug)]
pub struct AreaName {
    /// Its word in addresses.
    pub slug: String,
    name_sv: String,
    name_en: String,
}

impl AreaName {
    /// What it is called; by reference, as templates hand it over.
    pub fn name(&self, lang: &Lang) -> &str {
        if lang.is_swedish() { &self.name_sv } else { &self.name_en }
    }
}

/// All areas, in order.
///
/// # Errors
/// When the database is away.
pub async fn area_names(connection: &mut PgConnection) -> sqlx::Result<Vec<AreaName>> {
    sqlx::query_as!(AreaName, "select slug, name_sv, name_en from product_area
         where retired_at is null or exists (select from product_group g join proposal p on p.group_id = g.id where g.area_id = product_area.id)
         order by position, id",
   ).fetch_all(connection).await
}

/// The product group at a path such as `textil/arbetsklader`.
///
/// # Errors
/// When the database is away.
pub async fn group_of(connection: &mut PgConnection, path: &str) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "select g.id from product_group g join product_area a on a.id = g.area_id
         where a.slug || '/' || g.slug = $1 and g.retired_at is null",
        path,
    )
    .fetch_optional(connection)
    .await
}
