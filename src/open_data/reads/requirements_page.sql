-- A page of the list that the catalogue has chosen, in one round trip.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 ids in order · $5 areas, $6 groups and $7 objectives that were asked
-- for; marked_version asks may_see(
with unknown as (
    select 'product_area' as parameter, x as value from unnest($5::text[]) x
    where not exists (select from product_area a where a.slug = x)
    union all
    select 'product_group', x from unnest($6::text[]) x
    where not exists (select from product_group g join product_area a on a.id = g.area_id where x in (g.slug, a.slug || '/' || g.slug))
    union all
    select 'objective', x from unnest($7::text[]) x where not exists (select from objective o where o.slug = x)
)
select (select last from search_generation) as "generation!",
json_build_object(
    'unknown', (select coalesce(json_agg(u), '[]') from unknown u),
    'items', coalesce((
        select json_agg(p.body order by s.row)
        from unnest($4::uuid[]) with ordinality s(id, row)
        join marked_version($1, $2, $3) p on p.id = s.id), '[]')
) as "list!: sqlx::types::Json<ListRow>"
