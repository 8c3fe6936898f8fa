-- A product area, or one group of it, in one round trip; null where there is none. The catalogue has chosen what it shows.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 today · $5 slug of the area · $6 slug of the group or null
-- $7 requirements to show, in order · $8 members of the families to show, in order · $9 the family of each, by number
with place as (
    select a.id as area_id, g.id as group_id,
           jsonb_build_object('slug', a.slug, 'sv', a.name_sv, 'en', a.name_en) as area,
           case when g.id is not null then jsonb_build_object('slug', g.slug, 'sv', g.name_sv, 'en', g.name_en) end as the_group,
           coalesce(g.description_sv, a.description_sv) as description_sv,
           coalesce(g.description_en, a.description_en) as description_en,
           coalesce(g.retired_at, a.retired_at) as retired
    from product_area a
    left join product_group g on g.area_id = a.id and g.slug = $6 and g.merged_into is null
    where a.slug = $5 and ($6::text is null or g.id is not null)
),
owned as (
    select o.letter, o.valid, jsonb_agg(jsonb_build_object('slug', g.slug, 'sv', g.name_sv, 'en', g.name_en) order by g.position) as groups
    from place p
    join product_group g on g.area_id = p.area_id and (p.group_id is null or g.id = p.group_id)
    join product_group_owner o on o.group_id = g.id
    group by o.letter, o.valid
)
select (select last from search_generation) as "generation!",
(select jsonb_build_object(
    'area', p.area, 'group', p.the_group, 'retired', (p.retired at time zone 'Europe/Stockholm')::date, 'description_sv', p.description_sv, 'description_en', p.description_en,
    'groups', (
        select coalesce(jsonb_agg(jsonb_build_object(
            'slug', g.slug, 'sv', g.name_sv, 'en', g.name_en,
            'description_sv', g.description_sv, 'description_en', g.description_en) order by g.position), '[]')
        from product_group g where g.area_id = p.area_id and g.retired_at is null),
    'owners', (
        select coalesce(jsonb_agg(jsonb_build_object(
            'letter', o.letter,
            'from', lower(o.valid), 'to', upper(o.valid) - 1,
            'when', case when o.valid @> $4::date then 'now' when upper(o.valid) <= $4 then 'earlier' else 'later' end,
            'groups', o.groups,
            'regions', (
                select coalesce(jsonb_agg(distinct jsonb_build_object('slug', n.slug, 'sv', n.name_sv, 'en', n.name_en)), '[]')
                from procurement_area_region x join organisation n on n.id = x.organisation_id
                where x.letter = o.letter and x.valid && o.valid)
        ) order by lower(o.valid) desc, o.letter), '[]')
        from owned o),
    'cpv', (
        select coalesce(jsonb_agg(jsonb_build_object('code', c.code, 'sv', c.name_sv, 'en', c.name_en) order by c.code), '[]')
        from cpv_code c
        where exists (select from product_group_cpv x join product_group g on g.id = x.group_id
                      where x.code = c.code and g.area_id = p.area_id and (p.group_id is null or g.id = p.group_id))),
    'hits', (
        select coalesce(jsonb_agg(jsonb_build_object(
            'number', x.number, 'title', x.title, 'title_en', x.title_en, 'type', x.type, 'level', x.level, 'from', x.takes_effect,
            'group', jsonb_build_object('slug', x.group_slug, 'sv', x.group_sv, 'en', x.group_en),
            'stopped', x.stopped, 'overdue', x.overdue, 'parameters', x.parameters,
            'text', (select t.text from version_clause t where t.version_id = x.id order by t.position limit 1),
            'text_en', (select ce.text from version_clause t join clause_english ce on ce.version_id = t.version_id and ce.clause_id = t.clause_id
                        where t.version_id = x.id and t.position = 1)
        ) order by s.row), '[]')
        from unnest($7::uuid[]) with ordinality s(id, row)
        join listed_requirement($1, $2, $3, $4) x on x.id = s.id),
    'families', (
        select coalesce(jsonb_agg(f.members order by f.family), '[]')
        from (select s.family, jsonb_agg(jsonb_build_object(
                  'number', x.number, 'version', x.version, 'title', x.title, 'title_en', x.title_en, 'level', x.level, 'type', x.type,
                  'relation', x.relation) order by s.row) as members
              from unnest($8::uuid[], $9::int[]) with ordinality s(id, family, row)
              join listed_requirement($1, $2, $3, $4) x on x.id = s.id
              group by s.family) f)
) from place p) as "page: sqlx::types::Json<AreaData>"
