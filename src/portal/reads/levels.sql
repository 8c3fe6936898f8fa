-- What is in force in an area or a group of it, by level: a row a family and group, and a row a requirement without family;
-- one page by key, in one round trip. Null where there is no such place.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 slug of the area · $5 slug of the group or null · $6 type facet or null
-- $7 lowest number of the row that the page begins after or ends before, or null · $8 backwards · $9 rows of a page
with place as (
    select a.id as area_id, g.id as group_id,
           case when g.id is null then 'area:' || a.slug else 'group:' || a.slug || '/' || g.slug end as facet,
           jsonb_build_object('slug', a.slug, 'sv', a.name_sv, 'en', a.name_en) as area,
           case when g.id is not null then jsonb_build_object('slug', g.slug, 'sv', g.name_sv, 'en', g.name_en) end as the_group
    from product_area a
    left join product_group g on g.area_id = a.id and g.slug = $5
    where a.slug = $4 and ($5::text is null or g.id is not null)
),
current as materialized (
    select d.id, d.number, r.id as requirement_id, r.family_id, g.id as group_id, g.position,
           case when 'level:basic' = any (d.facets) then 'basic' when 'level:advanced' = any (d.facets) then 'advanced'
                else 'spearhead' end as level
    from place p
    join search_document d on d.facets @> array_remove(array[p.facet, $6::text], null)
    join requirement r on r.id = d.subject_id
    join product_group g on g.id = r.product_group_id
    where d.kind = 'requirement'
      and may_see(d.audience, d.owner_org, $1, $2)
      and d.valid @> $3::timestamptz
      and not 'state:open' = any (d.facets)
),
rows as materialized (
    select group_id, position, coalesce(family_id, requirement_id) as key, min(number) as number,
           count(*) filter (where level = 'basic') as basic, count(*) filter (where level = 'advanced') as advanced,
           count(*) filter (where level = 'spearhead') as spearhead
    from current
    group by group_id, position, coalesce(family_id, requirement_id)
),
neighbour as (
    select position, group_id, number from rows where number = $7 order by position, group_id limit 1
),
forwards as (
    select r.* from rows r
    where not $8::boolean and (not exists (select from neighbour)
        or (r.position, r.group_id, r.number) > (select n.position, n.group_id, n.number from neighbour n))
    order by r.position, r.group_id, r.number
    limit $9
),
backwards as (
    select r.* from rows r
    where $8::boolean and (not exists (select from neighbour)
        or (r.position, r.group_id, r.number) < (select n.position, n.group_id, n.number from neighbour n))
    order by r.position desc, r.group_id desc, r.number desc
    -- the last page holds what is left over, as it does when one walks there
    limit case when not exists (select from neighbour) then 1 + greatest((select count(*) from rows) - 1, 0) % $9 else $9 end
),
page as (
    select * from forwards union all select * from backwards
),
first as (
    select position, group_id, number from page order by position, group_id, number limit 1
)
select (select jsonb_build_object(
    'area', p.area, 'group', p.the_group,
    'requirements', (select count(*) from current),
    'rows', (select count(*) from rows),
    'before', (select count(*) from rows r, first f where (r.position, r.group_id, r.number) < (f.position, f.group_id, f.number)),
    'levels', (select jsonb_build_object(
        'basic', jsonb_build_object('requirements', coalesce(sum(basic), 0), 'without', count(*) filter (where basic = 0)),
        'advanced', jsonb_build_object('requirements', coalesce(sum(advanced), 0), 'without', count(*) filter (where advanced = 0)),
        'spearhead', jsonb_build_object('requirements', coalesce(sum(spearhead), 0), 'without', count(*) filter (where spearhead = 0)))
        from rows),
    'page', (
        select coalesce(jsonb_agg(jsonb_build_object(
            'number', r.number,
            'group', jsonb_build_object('slug', g.slug, 'sv', g.name_sv, 'en', g.name_en),
            'members', (
                select jsonb_agg(jsonb_build_object(
                    'number', c.number, 'title', v.title, 'title_en', e.title, 'level', c.level, 'type', v.type,
                    'relation', q.relation_to_lower,
                    'stopped', exists (select from requirement_stop t where t.requirement_id = q.id and t.valid @> $3::timestamptz)
                    ) order by c.number)
                from current c
                join requirement_version v on v.id = c.id and may_see(v.audience, v.owner_org, $1, $2)
                join requirement q on q.id = c.requirement_id
                left join version_english e on e.version_id = v.id
                where c.group_id = r.group_id and coalesce(c.family_id, c.requirement_id) = r.key)
        ) order by r.position, r.group_id, r.number), '[]')
        from page r
        join product_group g on g.id = r.group_id)
) from place p) as "page: sqlx::types::Json<LevelsData>"
