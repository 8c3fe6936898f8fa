-- What the own organisation writes on, latest change first.
-- $1 viewer level · $2 viewer organisations · $3 who asks, who has what they began themselves · $4 acting for
select p.id, p.number, p.year, p.kind, p.state, p.title, p.changed_at, w.name as "changed_by?",
       r.number as "requirement?"
from proposal p
left join person w on w.id = p.changed_by
left join requirement r on r.id = p.requirement_id
where p.state in ('draft', 'returned')
  and (p.owner_org = any ($2) and may_see(p.audience, p.owner_org, $1, $2) or p.author_id = $3 and p.owner_org = $4)
order by p.changed_at desc, p.id
limit 100
