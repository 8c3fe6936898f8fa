-- Every area, each with its groups after it.
select a.slug as "area!", g.slug as "group"
from product_area a
cross join lateral (
    select null as slug, 0 as place
    union all
    select p.slug, 1 + p.position from product_group p where p.area_id = a.id and p.merged_into is null
) g
order by a.position, g.place
