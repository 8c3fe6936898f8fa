//! Product areas, product groups and who owns them.

use serde_json::json;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::policy::Edit;
use crate::kernel::{audit, web::links};

/// A product group with its area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its id.
    pub id: Uuid,
    /// Its slug within the area.
    pub slug: String,
    /// Its Swedish name.
    pub name: String,
    /// Its area's id.
    pub area: Uuid,
    /// Its area's slug.
    pub area_slug: String,
    /// Its area's Swedish name.
    pub area_name: String,
    /// Whether it, or its area, takes no new requirements.
    pub is_retired: bool,
}

/// Every product group, to look names up in.
#[derive(Debug, Clone, Default)]
pub struct Groups(Vec<Group>);

/// Why a name leads to no group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoGroup {
    /// There is none.
    Unknown,
    /// There are several, in different areas.
    Ambiguous,
}

fn same(given: &str, slug: &str, name: &str) -> bool {
    given == slug || given.to_lowercase() == name.to_lowercase()
}

impl Groups {
    /// The group with this name or slug, within the area if one is named.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub fn find(&self, area: Option<&str>, group: &str) -> Result<&Group, NoGroup> {
        let mut fits = self
            .0
            .iter()
            .filter(|g| same(group, &g.slug, &g.name) && area.is_none_or(|area| same(area, &g.area_slug, &g.area_name)));
        match (fits.next(), fits.next()) {
            (Some(one), None) => Ok(one),
            (None, _) => Err(NoGroup::Unknown),
            (Some(_), Some(_)) => Err(NoGroup::Ambiguous),
        }
    }

    /// The group of this id, where it takes no new requirements.
    pub fn retired(&self, id: Uuid) -> Option<&Group> {
        self.0.iter().find(|group| group.id == id && group.is_retired)
    }

    /// Takes a new group up.
    pub fn push(&mut self, group: Group) {
        self.0.push(group);
    }
}

/// Loads every group.
///
/// # Errors
/// When the database refuses.
pub async fn load(connection: &mut PgConnection) -> sqlx::Result<Groups> {
    let groups = sqlx::query_as!(
        Group,
        r#"select g.id, g.slug, g.name_sv as name, a.id as area, a.slug as area_slug, a.name_sv as area_name,
                  (g.retired_at is not null or a.retired_at is not null) as "is_retired!"
           from product_group g join product_area a on a.id = g.area_id where g.merged_into is null
           order by a.position, g.position"#,
    )
    .fetch_all(connection)
    .await?;
    Ok(Groups(groups))
}

/// An environmental quality objective.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objective {
    /// Its slug.
    pub slug: String,
    /// Its Swedish name.
    pub name: String,
}

impl Objective {
    /// Whether somebody means this one, by name or slug.
    pub fn is(&self, given: &str) -> bool {
        same(given, &self.slug, &self.name)
    }
}

/// Every objective, in order.
///
/// # Errors
/// When the database refuses.
pub async fn objectives(connection: &mut PgConnection) -> sqlx::Result<Vec<Objective>> {
    sqlx::query_as!(Objective, "select slug, name_sv as name from objective order by position").fetch_all(connection).await
}

/// Makes a group, and its area where there is none of that name. Both names stand for Swedish and English until an editor
/// gives better ones.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &mut PgConnection, permit: &Edit, area: &str, group: &str, now: OffsetDateTime) -> sqlx::Result<Group> {
    let area_slug = slug(area);
    let group_slug = free_slug(tx, &area_slug, area, slug(group)).await?;
    let made = sqlx::query_as!(
        Group,
        r#"with there as (
               select id, slug, name_sv from product_area where slug = $1 or lower(name_sv) = lower($2)
           ), made as (
               insert into product_area (id, slug, name_sv, name_en, position)
               select $3, $1, $2, $2, 1 + coalesce((select max(position) from product_area), 0)
               where not exists (select from there)
               returning id, slug, name_sv
           ), area as (select * from there union all select * from made),
           new_group as (
               insert into product_group (id, area_id, slug, name_sv, name_en, position)
               select $4, area.id, $5, $6, $6, 1 + coalesce((select max(g.position) from product_group g where g.area_id = area.id), 0)
               from area
               returning id, slug, name_sv, area_id
           )
           select g.id, g.slug, g.name_sv as name, a.id as "area!", a.slug as "area_slug!", a.name_sv as "area_name!",
                  false as "is_retired!"
           from new_group g join area a on a.id = g.area_id"#,
        area_slug,
        area,
        Uuid::now_v7(),
        Uuid::now_v7(),
        group_slug,
        group,
    )
    .fetch_one(&mut *tx)
    .await?;
    note_change(tx, now).await?;
    audit::record(
        tx,
        permit.by(),
        now,
        audit::Entry {
            action: "taxonomy.add_group",
            object_kind: "product_group",
            object_id: Some(made.id),
            old: None,
            new: Some(json!({"area": made.area_slug, "group": made.slug})),
            reason: None,
        },
    )
    .await?;
    Ok(made)
}

/// The slug, with a number behind it where another name of the area has led to the same one.
pub(super) async fn free_slug(tx: &mut PgConnection, area_slug: &str, area: &str, wanted: String) -> sqlx::Result<String> {
    let taken: Vec<String> = sqlx::query_scalar!(
        r#"select g.slug as "slug!" from product_group g join product_area a on a.id = g.area_id
           where (a.slug = $1 or lower(a.name_sv) = lower($2)) and starts_with(g.slug, $3)
           union all
           select x.group_slug from product_group_address x join product_area a on a.slug = x.area_slug
           where (a.slug = $1 or lower(a.name_sv) = lower($2)) and starts_with(x.group_slug, $3)"#,
        area_slug,
        area,
        wanted,
    )
    .fetch_all(tx)
    .await?;
    let numbered = (2..).map(|n| format!("{}-{n}", wanted.chars().take(70).collect::<String>().trim_end_matches('-')));
    // What stands in addresses after an area is a group, but for this word.
    let free = |slug: &String| !taken.contains(slug) && slug != links::BY_LEVEL;
    Ok(std::iter::once(wanted.clone()).chain(numbered).find(free).unwrap_or(wanted))
}

/// Gives a group (`area/group`) an owner for a period, last day included. False when there is no such group.
///
/// # Errors
/// When the database refuses, as it does for periods that overlap.
pub async fn set_owner(
    tx: &mut PgConnection,
    permit: &Edit,
    path: &str,
    letter: &str,
    from: Date,
    to: Date,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let group = sqlx::query_scalar!(
        "insert into product_group_owner (group_id, letter, valid)
         select g.id, $2, daterange($3, $4, '[]') from product_group g join product_area a on a.id = g.area_id
         where a.slug || '/' || g.slug = $1 returning group_id",
        path,
        letter,
        from,
        to,
    )
    .fetch_optional(&mut *tx)
    .await?;
    let Some(group) = group else { return Ok(false) };
    note_change(tx, now).await?;
    audit::record(
        tx,
        permit.by(),
        now,
        audit::Entry {
            action: "taxonomy.set_owner",
            object_kind: "product_group",
            object_id: Some(group),
            old: None,
            new: Some(json!({"letter": letter, "from": from.to_string(), "to": to.to_string()})),
            reason: None,
        },
    )
    .await?;
    Ok(true)
}

/// Notes when anything that requirements are sorted by changed last: open data says so of its lists.
pub(super) async fn note_change(tx: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into bank_fact as f (key, value, at) values ('taxonomy_changed', '', $1)
         on conflict (key) do update set at = greatest(f.at, excluded.at)",
        now,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A name as it stands in addresses: lower case, å ä ö without their marks, words joined by hyphens.
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.to_lowercase().chars() {
        let plain = match c {
            'å' | 'ä' | 'á' | 'à' => 'a',
            'ö' | 'ø' | 'ó' => 'o',
            'é' | 'è' | 'ë' => 'e',
            'ü' => 'u',
            c if c.is_ascii_alphanumeric() => c,
            _ => '-',
        };
        if plain != '-' || !(slug.is_empty() || slug.ends_with('-')) {
            slug.push(plain);
        }
    }
    let short: String = slug.trim_end_matches('-').chars().take(80).collect();
    let short = short.trim_end_matches('-');
    if short.is_empty() { "namnlos".to_owned() } else { short.to_owned() }
}
