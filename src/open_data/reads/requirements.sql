-- The versions that words or a time of change pick out: all of them up to a limit, for the counts, and one page of those that
-- pass the filters, by number or by key.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 words or null · $5 CPV facets, all of them · $6 areas · $7 groups
-- $8 types · $9 levels · $10 objectives · $11 standings · $12 updated since or null · $13 order
-- $14 place, $15 name, $16 number, $17 id of the version before the page, or nulls · $18 versions to pass over · $19 page size
-- $20 how many are looked at, or null for all
with asked as (
    select websearch_to_tsquery('swedish', $4) as ts,
           (select coalesce(array_agg('area:' || slug), '{}') from unnest($6::text[]) slug) as areas,
           (select coalesce(array_agg('group:' || a.slug || '/' || g.slug), '{}')
            from product_group g join product_area a on a.id = g.area_id
            where g.slug = any ($7::text[]) or a.slug || '/' || g.slug = any ($7)) as groups,
           (select coalesce(array_agg('type:' || code), '{}') from unnest($8::text[]) code) as types,
           (select coalesce(array_agg('level:' || code), '{}') from unnest($9::text[]) code) as levels,
           (select coalesce(array_agg('objective:' || slug), '{}') from unnest($10::text[]) slug) as objectives
),
unknown as (
    select 'product_area' as parameter, x as value from unnest($6::text[]) x
    where not exists (select from product_area a where a.slug = x)
    union all
    select 'product_group', x from unnest($7::text[]) x
    where not exists (select from product_group g join product_area a on a.id = g.area_id where x in (g.slug, a.slug || '/' || g.slug))
    union all
    select 'objective', x from unnest($10::text[]) x where not exists (select from objective o where o.slug = x)
),
matched as materialized (
    select d.id, d.number,
           case when $13 = 'relevance' and asked.ts is not null then -ts_rank_cd('{0.1,0.25,0.5,1}', d.tsv, asked.ts, 1)
                when $13 = 'latest' then -extract(epoch from lower(d.valid))
                else 0 end::float8 as place,
           case when $13 = 'title' then d.title else '' end as name,
           asked.areas = '{}' or d.facets && asked.areas as in_area,
           $7::text[] = '{}' or d.facets && asked.groups as in_group,
           asked.types = '{}' or d.facets && asked.types as in_type,
           asked.levels = '{}' or d.facets && asked.levels as in_level,
           asked.objectives = '{}' or d.facets && asked.objectives as in_objective
    from search_document d, asked
    where d.kind = 'requirement'
      and may_see(d.audience, d.owner_org, $1, $2)
      and not 'state:open' = any (d.facets)
      and (asked.ts is null or d.tsv @@ asked.ts)
      and ($5::text[] = '{}' or d.facets @> $5)
      and case when lower(d.valid) > $3 then 'coming'
               when d.valid @> $3::timestamptz then 'current'
               when 'state:repealed' = any (d.facets) then 'repealed'
               else 'superseded' end = any ($11::text[])
      and ($12::timestamptz is null
           or (lower(d.valid) <= $3 and lower(d.valid) >= $12)
           or (upper(d.valid) <= $3 and upper(d.valid) >= $12)
           or exists (select from requirement_stop t where t.requirement_id = d.subject_id
                        and lower(t.valid) >= $12 and lower(t.valid) <= $3)
           or exists (select from requirement r where r.id = d.subject_id and r.maintained_at >= $12 and r.maintained_at <= $3)
           or exists (select from requirement_version v where v.id = d.id and v.decided_at >= $12
                        and may_see(v.audience, v.owner_org, $1, $2))
           or exists (select from event u where u.subject_kind = 'requirement' and u.subject_id = d.subject_id
                        and u.at >= $12 and u.at <= $3 and may_see(u.audience, u.owner_org, $1, $2)))
    limit $20
),
hits as materialized (
    select id, number, place, name from matched where in_area and in_group and in_type and in_level and in_objective
),
page as (
    select h.*, row_number() over (order by h.place, h.name collate "sv-x-icu", h.number, h.id) as row
    from hits h
    where $17::uuid is null
       or (h.place, h.name collate "sv-x-icu", h.number, h.id) > ($14::float8, $15::text collate "sv-x-icu", $16::bigint, $17)
    order by h.place, h.name collate "sv-x-icu", h.number, h.id
    offset $18 limit $19
)
select (select last from search_generation) as "generation!",
(select coalesce(array_agg(m.id), '{}') from matched m) as "found!",
json_build_object(
    'unknown', (select coalesce(json_agg(u), '[]') from unknown u),
    'total', (select count(*) from hits),
    'more', (select count(*) from hits h, (select * from page order by row desc limit 1) l
             where (h.place, h.name collate "sv-x-icu", h.number, h.id) > (l.place, l.name collate "sv-x-icu", l.number, l.id)),
    'last', (select json_build_object('place', p.place::text, 'name', p.name, 'number', p.number, 'id', p.id)
             from page p order by p.row desc limit 1),
    'items', coalesce((
        select json_agg(p.body order by h.row) from page h join published_version($1, $2, $3) p on p.id = h.id), '[]')
) as "list!: sqlx::types::Json<ListRow>"
