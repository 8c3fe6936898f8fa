-- Every area and group; what is retired says so, and is shown as long as requirements in force stand in it.
select (select last from search_generation) as "generation!",
coalesce(jsonb_agg(jsonb_build_object(
    'slug', a.slug, 'sv', a.name_sv, 'en', a.name_en, 'description_sv', a.description_sv, 'description_en', a.description_en,
    'retired', a.retired_at is not null,
    'groups', (
        select coalesce(jsonb_agg(jsonb_build_object('slug', g.slug, 'sv', g.name_sv, 'en', g.name_en, 'retired', g.retired_at is not null) order by g.position), '[]')
        from product_group g where g.area_id = a.id and g.merged_into is null)
) order by a.position), '[]') as "areas!: sqlx::types::Json<Vec<AreaCount>>"
from product_area a
