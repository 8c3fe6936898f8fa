-- Requirements in which words occur, in one round trip: all that was looked at, for the counts, and a page by key of those that
-- pass the filters; found_by_words asks may_see(
-- $1 viewer level · $2 viewer organisations · $3 now · $4 words · $5 a CPV facet that has to be there, or null
-- $6 facets that are chosen, or null · $7 standings · $8 only overdue · $9 today · $10 order
-- $11 key of a neighbour or null · $12 backwards · $13 page size · $14 how many are looked at · $15 how many are ranked
with asked as (
    select websearch_to_tsquery('swedish', $4) as ts
),
found as materialized (
    select * from found_by_words('requirement', $1, $2, $3, $9, $4, $5::text::tsquery, $6::text::tsquery, $7, $8, null, $10, $14, $15)
),
hits as not materialized (
    select id, number, place, name from found where id is not null
),
neighbour as (
    select place, name, number, id from hits where id = $11
),
forwards as (
    select h.* from hits h
    where not $12::boolean and ($11::uuid is null or not exists (select from neighbour)
        or (h.place, h.name collate "sv-x-icu", h.number, h.id) > (select n.place, n.name collate "sv-x-icu", n.number, n.id from neighbour n))
    order by h.place, h.name collate "sv-x-icu", h.number, h.id
    limit $13
),
backwards as (
    select h.* from hits h
    where $12::boolean and ($11::uuid is null or not exists (select from neighbour)
        or (h.place, h.name collate "sv-x-icu", h.number, h.id) < (select n.place, n.name collate "sv-x-icu", n.number, n.id from neighbour n))
    order by h.place desc, h.name collate "sv-x-icu" desc, h.number desc, h.id desc
    -- the last page holds what is left over, as it does when one walks there
    limit case when not exists (select from neighbour) then 1 + greatest((select count(*) from hits) - 1, 0) % $13 else $13 end
),
page as (
    select * from forwards union all select * from backwards
),
shown as (
    select p.*, row_number() over (order by p.place, p.name collate "sv-x-icu", p.number, p.id) as row
    from page p
)
select (select last from search_generation) as "generation!",
(select f.looked_at from found f where f.id is null) as "found!",
jsonb_build_object(
    'total', (select count(*) from hits),
    'before', (select count(*) from hits h
               where (h.place, h.name collate "sv-x-icu", h.number, h.id)
                   < (select f.place, f.name collate "sv-x-icu", f.number, f.id from shown f where f.row = 1)),
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
        join listed_requirement($1, $2, $3, $9) x on x.id = s.id
        cross join asked), '[]'),
    'areas', (select jsonb_agg(jsonb_build_object('slug', a.slug, 'sv', a.name_sv, 'en', a.name_en, 'groups', (
                  select coalesce(jsonb_agg(jsonb_build_object('slug', g.slug, 'sv', g.name_sv, 'en', g.name_en) order by g.position), '[]')
                  from product_group g where g.area_id = a.id and g.merged_into is null
                      and (g.retired_at is null or exists (select from requirement r where r.product_group_id = g.id)))) order by a.position) from product_area a),
    'objectives', (select jsonb_agg(jsonb_build_object('slug', o.slug, 'sv', o.name_sv, 'en', o.name_en) order by o.position) from objective o)
) as "page!: sqlx::types::Json<PageData>"
