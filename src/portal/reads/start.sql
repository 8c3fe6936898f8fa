-- The start page, whole, in one round trip.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 today · $5 areas to show · $6 rows in each list of news
with current as materialized (
    select d.id, d.facets, d.review_by
    from search_document d
    where d.kind = 'requirement'
      and may_see(d.audience, d.owner_org, $1, $2)
      and d.valid @> $3::timestamptz
      and not 'state:open' = any (d.facets)
),
counted as materialized (
    select substr(facet, 6) as slug, count(*) as n
    from current, unnest(facets) as facet
    where facet like 'area:%'
    group by facet
),
latest as materialized (
    select d.id, d.number, lower(d.valid) as since
    from search_document d
    where d.kind = 'requirement'
      and may_see(d.audience, d.owner_org, $1, $2)
      and d.valid @> $3::timestamptz
      and not 'state:open' = any (d.facets)
    order by lower(d.valid) desc, d.id desc
    limit $6
),
coming as materialized (
    select d.id, d.number, lower(d.valid) as since
    from search_document d
    where d.kind = 'requirement'
      and may_see(d.audience, d.owner_org, $1, $2)
      and lower(d.valid) > $3
      and not 'state:open' = any (d.facets)
    order by lower(d.valid), d.number
    limit $6
),
news as (
    select x.*, v.number as version, v.title, e.title as title_en, v.change_note
    from (select 'latest' as list, l.* from latest l union all select 'coming', c.* from coming c) x
    join requirement_version v on v.id = x.id and may_see(v.audience, v.owner_org, $1, $2)
    left join version_english e on e.version_id = v.id
),
lists as (
    select list, jsonb_agg(jsonb_build_object(
        'number', number, 'version', version, 'title', title, 'title_en', title_en, 'note', change_note,
        'from', (since at time zone 'Europe/Stockholm')::date
    ) order by case list when 'latest' then -extract(epoch from since) else extract(epoch from since) end, number) as items
    from news
    group by list
)
select jsonb_build_object(
    'in_force', (select count(*) from current),
    'overdue', (select count(*) from current where review_by < $4),
    'english', (select count(*) from current c join version_english e on e.version_id = c.id where e.title is not null),
    'areas_in_use', (select count(*) from counted),
    'areas_in_all', (select count(*) from product_area),
    'latest', coalesce((select items from lists where list = 'latest'), '[]'),
    'coming', coalesce((select items from lists where list = 'coming'), '[]'),
    'areas', coalesce((
        select jsonb_agg(jsonb_build_object('slug', a.slug, 'sv', a.name_sv, 'en', a.name_en, 'count', a.n, 'groups', (
                   select coalesce(jsonb_agg(jsonb_build_object('slug', g.slug, 'sv', g.name_sv, 'en', g.name_en) order by g.position), '[]')
                   from product_group g where g.area_id = a.id)) order by a.n desc, a.position)
        from (select a.*, coalesce(c.n, 0) as n from product_area a left join counted c on c.slug = a.slug
              order by coalesce(c.n, 0) desc, a.position limit $5) a), '[]')
) as "page!: sqlx::types::Json<StartData>"
