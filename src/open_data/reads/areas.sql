-- The tree of product areas and groups, with who owns each group on a day, and when any of it changed last: names and codes
-- come with the schema or are edited, owners change with the day.
-- $1 the day in Sweden · $2 now
select json_build_object(
    'changed', (select max(x.at) from (
        select max(f.at) as at from bank_fact f where f.key = 'taxonomy_changed' and f.at <= $2
        union all select max(m.installed_on) from _sqlx_migrations m where m.installed_on <= $2
        union all select max(d.day)::timestamp at time zone 'Europe/Stockholm'
                  from product_group_owner o, lateral (values (lower(o.valid)), (upper(o.valid))) d (day) where d.day <= $1::date) x),
    'items', (select coalesce(json_agg(json_build_object(
        'slug', a.slug, 'name', a.name_sv, 'name_en', a.name_en, 'description', a.description_sv, 'description_en', a.description_en,
        'groups', (select coalesce(json_agg(json_build_object(
            'slug', g.slug, 'path', a.slug || '/' || g.slug, 'name', g.name_sv, 'name_en', g.name_en,
            'description', g.description_sv, 'description_en', g.description_en,
            'owner', (select json_build_object('procurement_area', w.letter, 'name', w.name_sv, 'name_en', w.name_en,
                                'from', lower(o.valid), 'to', upper(o.valid) - 1)
                      from product_group_owner o join procurement_area w on w.letter = o.letter
                      where o.group_id = g.id and o.valid @> $1::date),
            'cpv', (select coalesce(json_agg(c.code order by c.code), '[]') from product_group_cpv c where c.group_id = g.id)
            ) order by g.position, g.slug), '[]') from product_group g where g.area_id = a.id and g.merged_into is null)
        ) order by a.position, a.slug), '[]') from product_area a)
) as "list!: sqlx::types::Json<Rows<ProductArea>>"
