-- Requirements by number, as a proposal can be about them: what is in force, and what is open on them.
-- $1 numbers · $2 now · $3 viewer level · $4 viewer organisations
select r.number, r.id as "requirement!", v.id as "version!", v.title as "title!", r.product_group_id as "group!",
       v.not_shown_since is not null as "hidden!"
from requirement r
join requirement_version v on v.requirement_id = r.id and v.state = 'decided' and v.valid @> $2::timestamptz
where r.number = any ($1) and may_see(v.audience, v.owner_org, $3, $4)
