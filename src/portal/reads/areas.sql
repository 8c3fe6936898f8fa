-- Every area and group with the number of requirements in force.
-- $1 viewer level · $2 viewer organisations · $3 now
with counted as materialized (
    select facet, count(*) as n
    from search_document d, unnest(d.facets) as facet
    where d.kind = 'requirement'
      and may_see(d.audience, d.owner_org, $1, $2)
      and d.valid @> $3::timestamptz
      and not 'state:open' = any (d.facets)
      and (facet like 'area:%' or facet like 'group:%')
    group by facet
)
select coalesce(jsonb_agg(jsonb_build_object(
    'slug', a.slug, 'sv', a.name_sv, 'en', a.name_en, 'description_sv', a.description_sv, 'description_en', a.description_en,
    'count', coalesce((select n from counted where facet = 'area:' || a.slug), 0),
    'groups', (
        select coalesce(jsonb_agg(jsonb_build_object(
            'slug', g.slug, 'sv', g.name_sv, 'en', g.name_en,
            'count', coalesce((select n from counted where facet = 'group:' || a.slug || '/' || g.slug), 0)) order by g.position), '[]')
        from product_group g where g.area_id = a.id)
) order by a.position), '[]') as "areas!: sqlx::types::Json<Vec<AreaCount>>"
from product_area a
