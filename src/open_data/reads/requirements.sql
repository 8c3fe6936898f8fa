-- The versions that words pick out: a page of those that pass the filters, by number or by key, and all that was looked at,
-- for the counts; found_by_words asks may_see(
-- $1 viewer level · $2 viewer organisations · $3 now · $4 today · $5 words · $6 a CPV facet that has to be there, or null
-- $7 facets that are chosen, or null · $8 standings · $9 updated since or null · $10 order
-- $11 place, $12 name, $13 number, $14 id of the version before the page, or nulls · $15 versions to pass over · $16 page size
-- $17 how many are looked at · $18 how many are ranked · $19 areas, $20 groups and $21 objectives that were asked for
with unknown as (
    select 'product_area' as parameter, x as value from unnest($19::text[]) x
    where not exists (select from product_area a where a.slug = x)
    union all
    select 'product_group', x from unnest($20::text[]) x
    where not exists (select from product_group g join product_area a on a.id = g.area_id where x in (g.slug, a.slug || '/' || g.slug))
    union all
    select 'objective', x from unnest($21::text[]) x where not exists (select from objective o where o.slug = x)
),
found as materialized (
    select * from found_by_words('requirement', $1, $2, $3, $4, $5, $6::text::tsquery, $7::text::tsquery, $8, false, $9, $10, $17, $18)
),
hits as not materialized (
    select id, number, place, name from found where id is not null
),
page as (
    select h.*, row_number() over (order by h.place, h.name collate "sv-x-icu", h.number, h.id) as row
    from hits h
    where $14::uuid is null
       or (h.place, h.name collate "sv-x-icu", h.number, h.id) > ($11::float8, $12::text collate "sv-x-icu", $13::bigint, $14)
    order by h.place, h.name collate "sv-x-icu", h.number, h.id
    offset $15 limit $16
)
select (select last from search_generation) as "generation!",
(select f.looked_at from found f where f.id is null) as "found!",
json_build_object(
    'unknown', (select coalesce(json_agg(u), '[]') from unknown u),
    'total', (select count(*) from hits),
    'more', (select count(*) from hits h
             where (h.place, h.name collate "sv-x-icu", h.number, h.id)
                 > (select l.place, l.name collate "sv-x-icu", l.number, l.id from page l order by l.row desc limit 1)),
    'last', (select json_build_object('place', p.place::text, 'name', p.name, 'number', p.number, 'id', p.id)
             from page p order by p.row desc limit 1),
    'items', coalesce((
        select json_agg(p.body order by h.row) from page h join marked_version($1, $2, $3) p on p.id = h.id), '[]')
) as "list!: sqlx::types::Json<ListRow>"
