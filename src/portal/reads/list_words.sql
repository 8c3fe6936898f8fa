-- Requirements in which words occur, in one round trip: all of them up to a limit, for the counts, and a page by key of those
-- that pass the filters.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 words · $5 CPV facets, all of them
-- $6 area and group facets · $7 level facets · $8 type facets · $9 objective facets · $10 evidence facets
-- $11 standings · $12 only overdue · $13 today · $14 order · $15 key of a neighbour or null · $16 backwards · $17 page size
-- $18 how many are looked at
with asked as (
    select websearch_to_tsquery('swedish', $4) as ts
),
found as materialized (
    select d.id
    from search_document d, asked
    where d.kind = 'requirement'
      and may_see(d.audience, d.owner_org, $1, $2)
      and not 'state:open' = any (d.facets)
      and d.tsv @@ asked.ts
      and ($5::text[] = '{}' or d.facets @> $5)
    limit $18
),
hits as materialized (
    select d.id, d.number,
           case $14 when 'relevance' then -ts_rank_cd('{0.1,0.25,0.5,1}', d.tsv, asked.ts, 1)
                    when 'latest' then -extract(epoch from lower(d.valid))
                    when 'number' then d.number
                    else 0 end::float8 as place,
           case when $14 = 'title' then d.title else '' end as name
    from search_document d, asked
    where d.kind = 'requirement'
      and may_see(d.audience, d.owner_org, $1, $2)
      and not 'state:open' = any (d.facets)
      and d.tsv @@ asked.ts
      and ($5::text[] = '{}' or d.facets @> $5)
      and ($6::text[] = '{}' or d.facets && $6)
      and ($7::text[] = '{}' or d.facets && $7)
      and ($8::text[] = '{}' or d.facets && $8)
      and ($9::text[] = '{}' or d.facets && $9)
      and ($10::text[] = '{}' or d.facets && $10)
      and (not $12::boolean or coalesce(d.review_by < $13, false))
      and case when lower(d.valid) > $3 then 'coming'
               when d.valid @> $3::timestamptz then 'current'
               when 'state:repealed' = any (d.facets) then 'repealed'
               else 'superseded' end = any ($11::text[])
    limit $18
),
neighbour as (
    select place, name, number, id from hits where id = $15
),
forwards as (
    select h.* from hits h
    where not $16::boolean and ($15::uuid is null or not exists (select from neighbour)
        or (h.place, h.name collate "sv-x-icu", h.number, h.id) > (select n.place, n.name collate "sv-x-icu", n.number, n.id from neighbour n))
    order by h.place, h.name collate "sv-x-icu", h.number, h.id
    limit $17
),
backwards as (
    select h.* from hits h
    where $16::boolean and ($15::uuid is null or not exists (select from neighbour)
        or (h.place, h.name collate "sv-x-icu", h.number, h.id) < (select n.place, n.name collate "sv-x-icu", n.number, n.id from neighbour n))
    order by h.place desc, h.name collate "sv-x-icu" desc, h.number desc, h.id desc
    -- the last page holds what is left over, as it does when one walks there
    limit case when not exists (select from neighbour) then 1 + greatest((select count(*) from hits) - 1, 0) % $17 else $17 end
),
page as (
    select * from forwards union all select * from backwards
),
shown as (
    select p.*, row_number() over (order by p.place, p.name collate "sv-x-icu", p.number, p.id) as row
    from page p
)
select (select last from search_generation) as "generation!",
(select coalesce(array_agg(f.id), '{}') from found f) as "found!",
jsonb_build_object(
    'total', (select count(*) from hits),
    'before', (select count(*) from hits h, shown f where f.row = 1
               and (h.place, h.name collate "sv-x-icu", h.number, h.id) < (f.place, f.name collate "sv-x-icu", f.number, f.id)),
    'hits', coalesce((
        select jsonb_agg(jsonb_build_object(
            'key', x.id, 'number', x.number, 'version', x.version, 'title', x.title, 'title_en', x.title_en,
            'type', x.type, 'level', x.level, 'from', x.takes_effect, 'group_sv', x.group_sv, 'group_en', x.group_en,
            'stopped', x.stopped, 'overdue', x.overdue, 'standing', x.standing,
            'title_marked', ts_headline('swedish', x.title, asked.ts, 'HighlightAll=true, StartSel=' || chr(1) || ', StopSel=' || chr(2)),
            'excerpt', ts_headline('swedish', left(x.body, 4000), asked.ts, 'MaxFragments=1, MinWords=18, MaxWords=34, StartSel='
                    || chr(1) || ', StopSel=' || chr(2)),
            'cut', length(x.body) > 220
        ) order by s.row)
        from shown s
        join listed_requirement($1, $2, $3, $13) x on x.id = s.id
        cross join asked), '[]'),
    'areas', (select jsonb_agg(jsonb_build_object('slug', a.slug, 'sv', a.name_sv, 'en', a.name_en, 'groups', (
                  select coalesce(jsonb_agg(jsonb_build_object('slug', g.slug, 'sv', g.name_sv, 'en', g.name_en) order by g.position), '[]')
                  from product_group g where g.area_id = a.id)) order by a.position) from product_area a),
    'objectives', (select jsonb_agg(jsonb_build_object('slug', o.slug, 'sv', o.name_sv, 'en', o.name_en) order by o.position) from objective o)
) as "page!: sqlx::types::Json<PageData>"
