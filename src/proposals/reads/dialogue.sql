-- A proposal as threads are begun on it; null where there is none for the viewer.
-- $1 number · $2 year · $3 viewer level · $4 viewer organisations · $5 person
select p.id as "id!", p.group_id as "group!", p.state as "state!", p.sent ->> 'title' as "title!",
       exists (select from membership m where m.id = p.sent_by and not m.approved) as "held!"
from proposal p
where p.number = $1 and p.year = $2 and may_see(p.audience, p.owner_org, $3, $4)
  and (p.owner_org = any ($4) or coalesce(p.author_id = $5, false)
       or not exists (select from membership m where m.id = p.sent_by and not m.approved))
