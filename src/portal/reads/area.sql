-- A product area, or one group of it, in one round trip; null where there is none.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 today · $5 slug of the area · $6 slug of the group or null
-- $7 requirements to show · $8 families to show
with place as (
    select a.id as area_id, g.id as group_id,
           case when g.id is null then 'area:' || a.slug else 'group:' || a.slug || '/' || g.slug end as facet,
           jsonb_build_object('slug', a.slug, 'sv', a.name_sv, 'en', a.name_en) as area,
           case when g.id is not null then jsonb_build_object('slug', g.slug, 'sv', g.name_sv, 'en', g.name_en) end as the_group,
           coalesce(g.description_sv, a.description_sv) as description_sv,
           coalesce(g.description_en, a.description_en) as description_en
    from product_area a
    left join product_group g on g.area_id = a.id and g.slug = $6
    where a.slug = $5 and ($6::text is null or g.id is not null)
),
current as materialized (
    select d.id, d.number, d.title, d.facets, d.review_by, lower(d.valid) as since,
           case when 'level:basic' = any (d.facets) then 1 when 'level:advanced' = any (d.facets) then 2 else 3 end as step
    from place p
    join search_document d on d.facets @> array[p.facet]
    where d.kind = 'requirement'
      and may_see(d.audience, d.owner_org, $1, $2)
      and d.valid @> $3::timestamptz
      and not 'state:open' = any (d.facets)
),
counted as materialized (
    select facet, count(*) as n from current, unnest(facets) as facet where facet like 'group:%' or facet like 'level:%' group by facet
),
shown as (
    select c.*, row_number() over (order by c.step, c.title collate "sv-x-icu", c.number) as row
    from current c
    order by c.step, c.title collate "sv-x-icu", c.number
    limit $7
),
families as (
    select f.family, jsonb_agg(jsonb_build_object(
               'number', c.number, 'version', v.number, 'title', v.title, 'title_en', e.title, 'level', v.level, 'type', v.type,
               'relation', r.relation_to_lower) order by c.step, c.title collate "sv-x-icu", c.number) as members,
           row_number() over (order by min(c.step), min(c.title collate "sv-x-icu"), f.family) as row
    from place p
    cross join current c
    cross join unnest(c.facets) as f(family)
    join requirement_version v on v.id = c.id and may_see(v.audience, v.owner_org, $1, $2)
    join requirement r on r.id = v.requirement_id
    left join version_english e on e.version_id = v.id
    where p.group_id is not null and f.family like 'family:%'
    group by f.family
    having count(distinct c.step) > 1
),
owned as (
    select o.letter, o.valid, jsonb_agg(jsonb_build_object('slug', g.slug, 'sv', g.name_sv, 'en', g.name_en) order by g.position) as groups
    from place p
    join product_group g on g.area_id = p.area_id and (p.group_id is null or g.id = p.group_id)
    join product_group_owner o on o.group_id = g.id
    group by o.letter, o.valid
)
select (select jsonb_build_object(
    'area', p.area, 'group', p.the_group, 'description_sv', p.description_sv, 'description_en', p.description_en,
    'total', (select count(*) from current),
    'levels', (select coalesce(jsonb_object_agg(substr(facet, 7), n), '{}') from counted where facet like 'level:%'),
    'groups', (
        select coalesce(jsonb_agg(jsonb_build_object(
            'slug', g.slug, 'sv', g.name_sv, 'en', g.name_en,
            'description_sv', g.description_sv, 'description_en', g.description_en,
            'count', coalesce((select n from counted where facet = 'group:' || $5 || '/' || g.slug), 0)) order by g.position), '[]')
        from product_group g where g.area_id = p.area_id),
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
            'number', s.number, 'title', v.title, 'title_en', e.title, 'type', v.type, 'level', v.level,
            'from', (s.since at time zone 'Europe/Stockholm')::date,
            'group', jsonb_build_object('slug', g.slug, 'sv', g.name_sv, 'en', g.name_en),
            'stopped', exists (select from requirement_stop t where t.requirement_id = r.id and t.valid @> $3::timestamptz),
            'overdue', coalesce(s.review_by < $4, false),
            'parameters', v.parameters,
            'text', (select t.text from version_clause t where t.version_id = v.id order by t.position limit 1),
            'text_en', (select ce.text from version_clause t join clause_english ce on ce.version_id = t.version_id and ce.clause_id = t.clause_id
                        where t.version_id = v.id and t.position = 1)
        ) order by s.row), '[]')
        from shown s
        join requirement_version v on v.id = s.id and may_see(v.audience, v.owner_org, $1, $2)
        join requirement r on r.id = v.requirement_id
        join product_group g on g.id = r.product_group_id
        left join version_english e on e.version_id = v.id),
    'families', (select coalesce(jsonb_agg(f.members order by f.row), '[]') from families f where f.row <= $8)
) from place p) as "page: sqlx::types::Json<AreaData>"
