-- The parts of the sitemap that hold a requirement with a decided text that may be shown. Looks no further than the first
-- of each part.
-- $1 viewer level · $2 viewer organisations · $3 requirements in a part
select part as "part!"
from generate_series(0, (select (max(number) - 1) / $3 from requirement)) part
cross join lateral (
    select from requirement r
    where r.number > part * $3 and r.number <= (part + 1) * $3
      and exists (select from requirement_version v
                  where v.requirement_id = r.id and v.state = 'decided' and v.not_shown_since is null
                    and may_see(v.audience, v.owner_org, $1, $2))
    order by r.number
    limit 1
) first
order by part
