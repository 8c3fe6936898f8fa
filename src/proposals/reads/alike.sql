-- Open proposals that may be about the same: in the same group, on the same requirement, or by title.
-- $1 title · $2 group · $3 numbers of the requirements · $4 the proposal itself · $5 viewer level · $6 viewer organisations
select p.number as "number!", p.year as "year!", w.title as "title!", p.state, (similarity(w.title, $1) * 100)::int as "percent!",
       coalesce(r.number = any ($3), false) or merging.it as "same_requirement!",
       o.name_sv, o.name_en,
       coalesce((select string_agg(c ->> 'text', ' ') from jsonb_array_elements(p.sent -> 'clauses') c), '') as "text!"
from proposal p join organisation o on o.id = p.owner_org left join requirement r on r.id = p.requirement_id
cross join lateral (select p.sent ->> 'title' as title) w
-- one that merges what this one is about
cross join lateral (select exists (
    select from proposal_requirement pr join requirement q on q.id = pr.requirement_id
    where pr.proposal_id = p.id and q.number = any ($3)) as it) merging
where p.state in ('submitted', 'returned', 'in_preparation', 'taken_in', 'dormant') and p.id <> $4
  and may_see(p.audience, p.owner_org, $5, $6) and not exists (select from membership m where m.id = p.sent_by and not m.approved)
  and (p.group_id = $2 or r.number = any ($3) or merging.it or p.title % $1)
order by coalesce(r.number = any ($3), false) or merging.it desc, similarity(w.title, $1) desc, p.number desc
limit 25
