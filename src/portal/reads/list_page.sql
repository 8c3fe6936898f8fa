-- A page of the list that the catalogue has chosen, in one round trip.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 today · $5 ids in order · $6 CPV prefix or null
select (select last from search_generation) as "generation!",
jsonb_build_object(
    'hits', coalesce((
        select jsonb_agg(jsonb_build_object(
            'key', x.id, 'number', x.number, 'version', x.version, 'title', x.title, 'title_en', x.title_en,
            'type', x.type, 'level', x.level, 'from', x.takes_effect, 'group_sv', x.group_sv, 'group_en', x.group_en,
            'stopped', x.stopped, 'overdue', x.overdue, 'standing', x.standing,
            'title_marked', null, 'excerpt', left(x.body, 220), 'cut', length(x.body) > 220
        ) order by s.row)
        from unnest($5::uuid[]) with ordinality s(id, row)
        join listed_requirement($1, $2, $3, $4) x on x.id = s.id), '[]'),
    'areas', (select jsonb_agg(jsonb_build_object('slug', a.slug, 'sv', a.name_sv, 'en', a.name_en, 'groups', (
                  select coalesce(jsonb_agg(jsonb_build_object('slug', g.slug, 'sv', g.name_sv, 'en', g.name_en) order by g.position), '[]')
                  from product_group g where g.area_id = a.id and g.merged_into is null
                      and (g.retired_at is null or exists (select from requirement r where r.product_group_id = g.id)))) order by a.position) from product_area a),
    'objectives', (select jsonb_agg(jsonb_build_object('slug', o.slug, 'sv', o.name_sv, 'en', o.name_en) order by o.position) from objective o),
    'cpv', (select jsonb_build_object('code', c.code, 'sv', c.name_sv, 'en', c.name_en) from cpv_code c
            where c.code = rpad($6::text, 8, '0'))
) as "page!: sqlx::types::Json<PageData>"
