-- The list of versions that can be found: one page by number or by key, the total, and what each filter would give.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 words or null · $5 number or null · $6 CPV facets, all of them
-- $7 areas · $8 groups · $9 types · $10 levels · $11 objectives · $12 standings · $13 updated since or null · $14 order
-- $15 place, $16 name, $17 number, $18 id of the version before the page, or nulls · $19 versions to pass over · $20 page size
-- $21 whether to count for filters
with asked as (
    select websearch_to_tsquery('swedish', $4) as ts,
           (select coalesce(array_agg('area:' || slug), '{}') from unnest($7::text[]) slug) as areas,
           (select coalesce(array_agg('group:' || a.slug || '/' || g.slug), '{}')
            from product_group g join product_area a on a.id = g.area_id
            where g.slug = any ($8::text[]) or a.slug || '/' || g.slug = any ($8)) as groups,
           (select coalesce(array_agg('type:' || code), '{}') from unnest($9::text[]) code) as types,
           (select coalesce(array_agg('level:' || code), '{}') from unnest($10::text[]) code) as levels,
           (select coalesce(array_agg('objective:' || slug), '{}') from unnest($11::text[]) slug) as objectives
),
unknown as (
    select 'product_area' as parameter, x as value from unnest($7::text[]) x
    where not exists (select from product_area a where a.slug = x)
    union all
    select 'product_group', x from unnest($8::text[]) x
    where not exists (select from product_group g join product_area a on a.id = g.area_id where x in (g.slug, a.slug || '/' || g.slug))
    union all
    select 'objective', x from unnest($11::text[]) x where not exists (select from objective o where o.slug = x)
),
matched as materialized (
    select d.id, d.number, d.facets,
           case when $14 = 'relevance' and asked.ts is not null then -ts_rank_cd('{0.1,0.25,0.5,1}', d.tsv, asked.ts, 1)
                when $14 = 'latest' then -extract(epoch from lower(d.valid))
                else 0 end::float8 as place,
           case when $14 = 'title' then d.title else '' end as name,
           asked.areas = '{}' or d.facets && asked.areas as in_area,
           $8::text[] = '{}' or d.facets && asked.groups as in_group,
           asked.types = '{}' or d.facets && asked.types as in_type,
           asked.levels = '{}' or d.facets && asked.levels as in_level,
           asked.objectives = '{}' or d.facets && asked.objectives as in_objective
    from search_document d, asked
    where d.kind = 'requirement'
      and may_see(d.audience, d.owner_org, $1, $2)
      and not 'state:open' = any (d.facets)
      and (asked.ts is null or d.tsv @@ asked.ts)
      and ($5::bigint is null or d.number = $5)
      and ($6::text[] = '{}' or d.facets @> $6)
      and case when lower(d.valid) > $3 then 'coming'
               when d.valid @> $3::timestamptz then 'current'
               when 'state:repealed' = any (d.facets) then 'repealed'
               else 'superseded' end = any ($12::text[])
      and ($13::timestamptz is null
           or (lower(d.valid) <= $3 and lower(d.valid) >= $13)
           or (upper(d.valid) <= $3 and upper(d.valid) >= $13)
           or exists (select from requirement_stop t where t.requirement_id = d.subject_id
                        and lower(t.valid) >= $13 and lower(t.valid) <= $3)
           or exists (select from requirement r where r.id = d.subject_id and r.maintained_at >= $13 and r.maintained_at <= $3)
           or exists (select from requirement_version v where v.id = d.id and v.decided_at >= $13
                        and may_see(v.audience, v.owner_org, $1, $2))
           or exists (select from event u where u.subject_kind = 'requirement' and u.subject_id = d.subject_id
                        and u.at >= $13 and u.at <= $3 and may_see(u.audience, u.owner_org, $1, $2)))
),
hits as materialized (
    select id, number, place, name from matched where in_area and in_group and in_type and in_level and in_objective
),
page as (
    select h.*, row_number() over (order by h.place, h.name collate "sv-x-icu", h.number, h.id) as row
    from hits h
    where $18::uuid is null
       or (h.place, h.name collate "sv-x-icu", h.number, h.id) > ($15::float8, $16::text collate "sv-x-icu", $17::bigint, $18)
    order by h.place, h.name collate "sv-x-icu", h.number, h.id
    offset $19 limit $20
),
counted as (
    -- grouped as they stand and taken apart afterwards: there are many of them
    select facet, count(*) as n
    from matched, unnest(facets) as facet
    where $21::boolean and facet not like 'cpv:%'
      and (in_area or facet like 'area:%') and (in_group or facet like 'group:%') and (in_type or facet like 'type:%')
      and (in_level or facet like 'level:%') and (in_objective or facet like 'objective:%')
    group by facet
)
select json_build_object(
    'unknown', (select coalesce(json_agg(u), '[]') from unknown u),
    'total', (select count(*) from hits),
    'more', (select count(*) from hits h, (select * from page order by row desc limit 1) l
             where (h.place, h.name collate "sv-x-icu", h.number, h.id) > (l.place, l.name collate "sv-x-icu", l.number, l.id)),
    'last', (select json_build_object('place', p.place::text, 'name', p.name, 'number', p.number, 'id', p.id)
             from page p order by p.row desc limit 1),
    'counts', (select coalesce(json_agg(json_build_object(
                   'filter', split_part(c.facet, ':', 1), 'value', split_part(c.facet, ':', 2), 'count', c.n)
                   order by c.n desc, c.facet), '[]')
               from counted c where split_part(c.facet, ':', 1) in ('area', 'group', 'type', 'level', 'objective')),
    'items', coalesce((
        select json_agg(
-- body: the same lines as in requirement.sql
json_build_object(
    'number', r.number, 'version', v.number, 'state', v.state, 'origin', v.origin,
    'valid_from', lower(v.valid), 'valid_to', upper(v.valid), 'decided_at', v.decided_at,
    'canonical', v.canonical, 'sha256', encode(v.sha256, 'hex'), 'hash_scheme', v.hash_scheme,
    'not_shown_since', v.not_shown_since, 'not_shown_reason', v.not_shown_reason,
    'changes', v.changes, 'change_note', v.change_note, 'running_contracts', v.running_contracts,
    'transition_until', v.transition_until,
    'english', (select json_build_object('title', e.title, 'rationale', e.rationale, 'evidence', e.evidence)
                from version_english e where e.version_id = v.id),
    'clauses', (select coalesce(json_agg(json_build_object('id', c.clause_id, 'text', c.text, 'text_en', ce.text) order by c.position), '[]')
                from version_clause c left join clause_english ce on ce.version_id = c.version_id and ce.clause_id = c.clause_id
                where c.version_id = v.id),
    'family', (select f.slug from requirement_family f where f.id = r.family_id), 'relation', r.relation_to_lower,
    'guidance', r.guidance, 'limitations', r.limitations, 'builds_on', r.builds_on,
    'agenda_goals', r.agenda_goals, 'eforms', r.eforms, 'review_by', r.review_by,
    'cpv', (select coalesce(json_agg(c.code order by c.code), '[]') from requirement_cpv c where c.requirement_id = r.id),
    'objectives', (select coalesce(json_agg(o.objective order by o.objective), '[]')
                   from requirement_objective o where o.requirement_id = r.id),
    'group', (select json_build_object('slug', g.slug, 'name', g.name_sv, 'area', a.slug, 'area_name', a.name_sv)
              from product_group g join product_area a on a.id = g.area_id where g.id = r.product_group_id),
    'decision', (select json_build_object('number', d.number, 'kind', d.kind, 'decided_at', d.decided_at, 'reference', d.reference)
                 from decision d where d.id = v.decision_id),
    'stopped', (select json_build_object('since', lower(t.valid), 'reason', t.reason)
                from requirement_stop t where t.requirement_id = r.id and t.valid @> $3::timestamptz),
    'repealed', (select json_build_object('effective', p.effective, 'reason', p.reason, 'here', p.version_id = v.id, 'successors', (
                     select coalesce(json_agg(json_build_object('number', sr.number, 'kind', s.kind) order by sr.number), '[]')
                     from requirement_successor s join requirement sr on sr.id = s.successor_id
                     where s.requirement_id = r.id and exists (
                         select from requirement_version sv
                         where sv.requirement_id = sr.id and sv.state = 'decided' and may_see(sv.audience, sv.owner_org, $1, $2))))
                 from requirement_repeal p where p.requirement_id = r.id),
    'updated_at', greatest(
        v.decided_at,
        case when r.maintained_at <= $3 then r.maintained_at end,
        case when lower(v.valid) <= $3 then lower(v.valid) end,
        case when upper(v.valid) <= $3 then upper(v.valid) end,
        (select max(lower(t.valid)) from requirement_stop t where t.requirement_id = r.id and lower(t.valid) <= $3),
        (select max(u.at) from event u where u.subject_kind = 'requirement' and u.subject_id = r.id and u.at <= $3
            and may_see(u.audience, u.owner_org, $1, $2)))
)
-- end of body
        order by p.row)
        from page p
        join requirement_version v on v.id = p.id and may_see(v.audience, v.owner_org, $1, $2)
        join requirement r on r.id = v.requirement_id), '[]')
) as "list!: sqlx::types::Json<ListRow>"
