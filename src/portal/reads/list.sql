-- The list of requirements, whole, in one round trip: hits of one page by key, their place, counts that ignore their own
-- filter, and what each filter costs.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 words or null · $5 number or null · $6 CPV prefix or null
-- $7 area and group facets · $8 level facets · $9 type facets · $10 objective facets · $11 evidence facets
-- $12 standings · $13 only overdue · $14 today · $15 order · $16 key of a neighbour or null · $17 backwards · $18 page size
with asked as (
    select websearch_to_tsquery('swedish', $4) as ts
),
matched as materialized (
    select d.id, d.subject_id, d.number, d.title, d.facets, d.valid, d.review_by,
           case when $15 = 'relevance' and asked.ts is not null then -ts_rank_cd('{0.1,0.25,0.5,1}', d.tsv, asked.ts, 1)
                when $15 in ('relevance', 'latest') then -extract(epoch from lower(d.valid))
                when $15 = 'number' then d.number
                else 0 end::float8 as place,
           case when $15 = 'title' then d.title else '' end as name,
           case when lower(d.valid) > $3 then 'coming'
                when d.valid @> $3::timestamptz then 'current'
                when 'state:repealed' = any (d.facets) then 'repealed'
                else 'superseded' end as standing,
           $7::text[] = '{}' or d.facets && $7 as in_area,
           $8::text[] = '{}' or d.facets && $8 as in_level,
           $9::text[] = '{}' or d.facets && $9 as in_type,
           $10::text[] = '{}' or d.facets && $10 as in_objective,
           $11::text[] = '{}' or d.facets && $11 as in_evidence,
           not $13::boolean or coalesce(d.review_by < $14, false) as in_review
    from search_document d, asked
    where d.kind = 'requirement'
      and may_see(d.audience, d.owner_org, $1, $2)
      and not 'state:open' = any (d.facets)
      and (asked.ts is null or d.tsv @@ asked.ts)
      and ($5::bigint is null or d.number = $5)
      and ($6::text is null or 'cpv:' || $6 = any (d.facets))
),
judged as materialized (
    select m.*, s.in_status,
           m.in_level and m.in_type and m.in_objective and m.in_evidence and m.in_review and s.in_status as but_area,
           m.in_area and m.in_type and m.in_objective and m.in_evidence and m.in_review and s.in_status as but_level,
           m.in_area and m.in_level and m.in_objective and m.in_evidence and m.in_review and s.in_status as but_type,
           m.in_area and m.in_level and m.in_type and m.in_evidence and m.in_review and s.in_status as but_objective,
           m.in_area and m.in_level and m.in_type and m.in_objective and m.in_review and s.in_status as but_evidence,
           m.in_area and m.in_level and m.in_type and m.in_objective and m.in_evidence and m.in_review as but_status,
           m.in_area and m.in_level and m.in_type and m.in_objective and m.in_evidence and s.in_status as but_review
    from matched m, lateral (select m.standing = any ($12::text[]) as in_status) s
),
hits as materialized (
    select id, number, title, valid, standing, place, name, review_by from judged where but_area and in_area
),
-- one pass for all totals, and one for all counts by facet: each count ignores the filter that it belongs to
totals as (
    select count(*) filter (where but_area and in_area) as hits, count(*) as everything,
           count(*) filter (where but_area) as but_area, count(*) filter (where but_level) as but_level,
           count(*) filter (where but_type) as but_type, count(*) filter (where but_objective) as but_objective,
           count(*) filter (where but_evidence) as but_evidence, count(*) filter (where but_status) as but_status,
           count(*) filter (where but_review) as but_review,
           count(*) filter (where but_review and review_by < $14) as overdue
    from judged
),
by_facet as (
    select f.filter, f.facet, count(*) as n
    from judged j, lateral (
        select split_part(facet, ':', 1) as filter, facet from unnest(j.facets) as facet where facet not like 'cpv:%'
    ) f
    where case f.filter when 'area' then j.but_area when 'group' then j.but_area when 'level' then j.but_level
                        when 'type' then j.but_type when 'objective' then j.but_objective when 'evidence' then j.but_evidence
                        else false end
    group by f.filter, f.facet
),
neighbour as (
    select place, name, number, id from hits where id = $16
),
forwards as (
    select h.* from hits h
    where not $17::boolean and ($16::uuid is null or not exists (select from neighbour)
        or (h.place, h.name collate "sv-x-icu", h.number, h.id) > (select n.place, n.name collate "sv-x-icu", n.number, n.id from neighbour n))
    order by h.place, h.name collate "sv-x-icu", h.number, h.id
    limit $18
),
backwards as (
    select h.* from hits h
    where $17::boolean and ($16::uuid is null or not exists (select from neighbour)
        or (h.place, h.name collate "sv-x-icu", h.number, h.id) < (select n.place, n.name collate "sv-x-icu", n.number, n.id from neighbour n))
    order by h.place desc, h.name collate "sv-x-icu" desc, h.number desc, h.id desc
    -- the last page holds what is left over, as it does when one walks there
    limit case when not exists (select from neighbour) then 1 + greatest((select t.hits from totals t) - 1, 0) % $18 else $18 end
),
page as (
    select * from forwards union all select * from backwards
),
shown as (
    select p.*, row_number() over (order by p.place, p.name collate "sv-x-icu", p.number, p.id) as row
    from page p
)
select jsonb_build_object(
    'total', (select t.hits from totals t),
    'before', (select count(*) from hits h, shown f where f.row = 1
               and (h.place, h.name collate "sv-x-icu", h.number, h.id) < (f.place, f.name collate "sv-x-icu", f.number, f.id)),
    'hits', coalesce((
        select jsonb_agg(jsonb_build_object(
            'key', s.id, 'number', s.number, 'version', v.number, 'title', v.title, 'title_en', e.title,
            'type', v.type, 'level', v.level, 'standing', s.standing,
            'from', (lower(s.valid) at time zone 'Europe/Stockholm')::date,
            'group_sv', g.name_sv, 'group_en', g.name_en,
            'stopped', exists (select from requirement_stop t where t.requirement_id = r.id and t.valid @> $3::timestamptz),
            'overdue', coalesce(r.review_by < $14, false) and s.standing = 'current',
            'title_marked', case when asked.ts is not null then ts_headline('swedish', v.title, asked.ts,
                'HighlightAll=true, StartSel=' || chr(1) || ', StopSel=' || chr(2)) end,
            'excerpt', case when asked.ts is null then left(d.body, 220)
                else ts_headline('swedish', left(d.body, 4000), asked.ts, 'MaxFragments=1, MinWords=18, MaxWords=34, StartSel='
                    || chr(1) || ', StopSel=' || chr(2)) end,
            'cut', length(d.body) > 220
        ) order by s.row)
        from shown s
        join search_document d on d.kind = 'requirement' and d.id = s.id
        join requirement_version v on v.id = s.id
        join requirement r on r.id = v.requirement_id
        join product_group g on g.id = r.product_group_id
        left join version_english e on e.version_id = v.id
        cross join asked), '[]'),
    'counts', jsonb_build_object(
        'area', (select coalesce(jsonb_object_agg(facet, n), '{}') from by_facet where filter in ('area', 'group')),
        'level', (select coalesce(jsonb_object_agg(facet, n), '{}') from by_facet where filter = 'level'),
        'type', (select coalesce(jsonb_object_agg(facet, n), '{}') from by_facet where filter = 'type'),
        'objective', (select coalesce(jsonb_object_agg(facet, n), '{}') from by_facet where filter = 'objective'),
        'evidence', (select coalesce(jsonb_object_agg(facet, n), '{}') from by_facet where filter = 'evidence'),
        'status', (select coalesce(jsonb_object_agg(standing, n), '{}') from (
            select standing, count(*) as n from judged where but_status group by standing) x),
        'review', (select t.overdue from totals t)
    ),
    'without', (select jsonb_build_object('area', t.but_area, 'level', t.but_level, 'type', t.but_type, 'objective', t.but_objective,
                    'evidence', t.but_evidence, 'status', t.but_status, 'review', t.but_review, 'all', t.everything) from totals t),
    'areas', (select jsonb_agg(jsonb_build_object('slug', a.slug, 'sv', a.name_sv, 'en', a.name_en, 'groups', (
                  select coalesce(jsonb_agg(jsonb_build_object('slug', g.slug, 'sv', g.name_sv, 'en', g.name_en) order by g.position), '[]')
                  from product_group g where g.area_id = a.id)) order by a.position) from product_area a),
    'objectives', (select jsonb_agg(jsonb_build_object('slug', o.slug, 'sv', o.name_sv, 'en', o.name_en) order by o.position) from objective o),
    'cpv', (select jsonb_build_object('code', c.code, 'sv', c.name_sv, 'en', c.name_en) from cpv_code c
            where c.code = rpad($6::text, 8, '0'))
) as "list!: sqlx::types::Json<ListData>"
