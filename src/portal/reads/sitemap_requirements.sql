-- The requirements of one part of the sitemap, by number: those whose page shows a decided text. The version is the one
-- that the page shows, chosen as in requirement.sql.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 the number before the first · $5 requirements in a part
select r.number as "number!",
       greatest(
           v.decided_at,
           case when r.maintained_at <= $3 then r.maintained_at end,
           case when lower(v.valid) <= $3 then lower(v.valid) end,
           case when upper(v.valid) <= $3 then upper(v.valid) end,
           t.changed) as "changed"
from requirement r
cross join lateral (
    select w.decided_at, w.valid, w.not_shown_since from requirement_version w
    where w.requirement_id = r.id and w.state = 'decided' and may_see(w.audience, w.owner_org, $1, $2)
    order by (w.valid @> $3::timestamptz) desc, (lower(w.valid) <= $3) desc nulls last, w.number desc
    limit 1
) v
left join (
    select requirement_id, max(greatest(case when lower(valid) <= $3 then lower(valid) end,
                                        case when upper(valid) <= $3 then upper(valid) end)) as changed
    from requirement_stop group by requirement_id
) t on t.requirement_id = r.id
where r.number > $4 and r.number <= $4 + $5 and v.not_shown_since is null
order by r.number
