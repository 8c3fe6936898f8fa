-- Every area, each with its groups after it; then every decision, all of which are public: the latest, where there are more
-- than a part may hold.
-- $1 the most decisions
select t.area, t."group", t.number, t.year
from (
    select a.slug as area, g.slug as "group", null::bigint as number, null::smallint as year,
           row_number() over (order by a.position, g.place) as place
    from product_area a
    cross join lateral (
        select null as slug, 0 as place
        union all
        select p.slug, 1 + p.position from product_group p where p.area_id = a.id and p.merged_into is null
    ) g
    union all
    select null, null, d.number, d.year, 1000000 + row_number() over (order by d.number desc)
    from (select n.number, n.year from decision n order by n.number desc limit $1) d
) t
order by t.place
