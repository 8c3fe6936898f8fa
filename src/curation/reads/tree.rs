//! The tree, for those who edit it: with what is retired, and how much stands where.

use serde::Deserialize;
use sqlx::{PgConnection, types::Json};
use time::Date;
use uuid::Uuid;

use crate::requirements::fields::iso_date_option;

/// An area with its groups.
#[derive(Debug, Deserialize)]
pub(in crate::curation) struct Area {
    pub(in crate::curation) slug: String,
    pub(in crate::curation) name: String,
    pub(in crate::curation) retired: bool,
    pub(in crate::curation) groups: Vec<Group>,
}

/// A group in the list.
#[derive(Debug, Deserialize)]
pub(in crate::curation) struct Group {
    pub(in crate::curation) id: Uuid,
    pub(in crate::curation) name: String,
    pub(in crate::curation) retired: bool,
    pub(in crate::curation) requirements: i64,
    /// Who owns it today.
    pub(in crate::curation) owner: Option<String>,
}

/// All of it.
pub(in crate::curation) async fn tree(connection: &mut PgConnection, today: Date) -> sqlx::Result<Vec<Area>> {
    let tree: Json<Vec<Area>> = sqlx::query_scalar!(
        r#"select coalesce(jsonb_agg(jsonb_build_object('slug', a.slug, 'name', a.name_sv, 'retired', a.retired_at is not null,
                   'groups', (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name_sv, 'retired', g.retired_at is not null,
                                  'requirements', (select count(*) from requirement r where r.product_group_id = g.id),
                                  'owner', (select w.name_sv from product_group_owner o join procurement_area w on w.letter = o.letter
                                            where o.group_id = g.id and o.valid @> $1::date))
                                  order by g.position, g.id), '[]')
                              from product_group g where g.area_id = a.id and g.merged_into is null))
               order by a.position, a.id), '[]') as "tree!: Json<Vec<Area>>"
           from product_area a"#,
        today,
    )
    .fetch_one(connection)
    .await?;
    Ok(tree.0)
}

/// One place as it is.
#[derive(Debug)]
pub(in crate::curation) struct Place {
    pub(in crate::curation) slug: String,
    pub(in crate::curation) name_sv: String,
    pub(in crate::curation) name_en: String,
    pub(in crate::curation) description_sv: String,
    pub(in crate::curation) description_en: String,
    pub(in crate::curation) lock: i32,
    pub(in crate::curation) is_retired: bool,
    /// Requirements that stand in it.
    pub(in crate::curation) requirements: i64,
    /// Proposals that stand in it.
    pub(in crate::curation) proposals: i64,
}

/// The area of a slug.
pub(in crate::curation) async fn area(connection: &mut PgConnection, slug: &str) -> sqlx::Result<Option<Place>> {
    sqlx::query_as!(
        Place,
        r#"select a.slug, a.name_sv, a.name_en, a.description_sv, a.description_en, a.lock, a.retired_at is not null as "is_retired!",
                  (select count(*) from requirement r join product_group g on g.id = r.product_group_id where g.area_id = a.id) as "requirements!",
                  (select count(*) from proposal p join product_group g on g.id = p.group_id where g.area_id = a.id) as "proposals!"
           from product_area a where a.slug = $1"#,
        slug,
    )
    .fetch_optional(connection)
    .await
}

/// A period of an owner.
#[derive(Debug, Deserialize)]
pub(in crate::curation) struct Period {
    pub(in crate::curation) letter: String,
    /// What the area of that letter is called.
    pub(in crate::curation) name: String,
    #[serde(with = "iso_date_option")]
    pub(in crate::curation) from: Option<Date>,
    #[serde(with = "iso_date_option")]
    pub(in crate::curation) to: Option<Date>,
}

/// A group as it is.
#[derive(Debug)]
pub(in crate::curation) struct GroupFacts {
    pub(in crate::curation) id: Uuid,
    pub(in crate::curation) place: Place,
    pub(in crate::curation) area: String,
    pub(in crate::curation) area_name: String,
    pub(in crate::curation) codes: Vec<String>,
    pub(in crate::curation) owners: Vec<Period>,
}

/// The group of an id, where it is no part of another.
pub(in crate::curation) async fn group(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<GroupFacts>> {
    let row = sqlx::query!(
        r#"select g.slug, g.name_sv, g.name_en, g.description_sv, g.description_en, g.lock, g.retired_at is not null as "is_retired!",
                  a.slug as area, a.name_sv as area_name,
                  (select count(*) from requirement r where r.product_group_id = g.id) as "requirements!",
                  (select count(*) from proposal p where p.group_id = g.id) as "proposals!",
                  coalesce((select array_agg(c.code order by c.code) from product_group_cpv c where c.group_id = g.id), '{}') as "codes!",
                  coalesce((select jsonb_agg(jsonb_build_object('letter', o.letter, 'name', w.name_sv, 'from', lower(o.valid), 'to', upper(o.valid) - 1)
                                order by lower(o.valid) desc)
                            from product_group_owner o join procurement_area w on w.letter = o.letter where o.group_id = g.id), '[]') as "owners!: Json<Vec<Period>>"
           from product_group g join product_area a on a.id = g.area_id where g.id = $1 and g.merged_into is null"#,
        id,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| GroupFacts {
        id,
        place: Place {
            slug: row.slug,
            name_sv: row.name_sv,
            name_en: row.name_en,
            description_sv: row.description_sv,
            description_en: row.description_en,
            lock: row.lock,
            is_retired: row.is_retired,
            requirements: row.requirements,
            proposals: row.proposals,
        },
        area: row.area,
        area_name: row.area_name,
        codes: row.codes,
        owners: row.owners.0,
    }))
}

/// The procurement areas that may own a group: letter and name.
pub(in crate::curation) async fn letters(connection: &mut PgConnection) -> sqlx::Result<Vec<(String, String)>> {
    let rows = sqlx::query!("select letter, name_sv from procurement_area order by letter").fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.letter, row.name_sv)).collect())
}
