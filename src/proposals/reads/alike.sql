-- Open proposals that may be about the same: in the same group, on the same requirement, or by title.
-- $1 title · $2 group · $3 number of the requirement · $4 the proposal itself · $5 viewer level · $6 viewer organisations
select p.number as "number!", p.year as "year!", p.title, p.state, (similarity(p.title, $1) * 100)::int as "percent!",
       coalesce(r.number = $3, false) as "same_requirement!",
       o.name_sv, o.name_en,
       coalesce((select string_agg(c.text, ' ' order by c.position) from proposal_clause c where c.proposal_id = p.id), '') as "text!"
from proposal p join organisation o on o.id = p.owner_org left join requirement r on r.id = p.requirement_id
where p.state in ('submitted', 'returned', 'in_preparation', 'taken_in', 'dormant') and p.id <> $4
  and may_see(p.audience, p.owner_org, $5, $6) and not is_held(p.author_id, p.owner_org)
  and (p.group_id = $2 or r.number = $3 or p.title % $1)
order by coalesce(r.number = $3, false) desc, similarity(p.title, $1) desc, p.number desc
limit 25
