-- The tree of product areas and groups, with who owns each group on a day. $1 the day in Sweden
select a.slug as "slug!", a.name_sv as "name!", a.name_en as "name_en!", a.description_sv as "description!",
       a.description_en as "description_en!",
       (select coalesce(json_agg(json_build_object(
            'slug', g.slug, 'path', a.slug || '/' || g.slug, 'name', g.name_sv, 'name_en', g.name_en,
            'description', g.description_sv, 'description_en', g.description_en,
            'owner', (select json_build_object('procurement_area', w.letter, 'name', w.name_sv, 'name_en', w.name_en,
                                'from', lower(o.valid), 'to', upper(o.valid) - 1)
                      from product_group_owner o join procurement_area w on w.letter = o.letter
                      where o.group_id = g.id and o.valid @> $1::date),
            'cpv', (select coalesce(json_agg(c.code order by c.code), '[]') from product_group_cpv c where c.group_id = g.id)
        ) order by g.position, g.slug), '[]') from product_group g where g.area_id = a.id) as "groups!: sqlx::types::Json<Vec<ProductGroup>>"
from product_area a
order by a.position, a.slug
