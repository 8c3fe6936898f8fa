-- A page of what requirements refer to, by name, with how many requirements in force cite each; and one more where there are more.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 text · $5 kind or null · $6 status or null · $7 after this one or null · $8 most
with place as (
    select lower(p.name) collate "sv-x-icu" as name, p.id from reference p where p.id = $7
)
select f.id as "id!", f.kind as "kind!", f.name as "name!", f.edition as "edition!", n.status as "status!", f.status = 'same' as "same!",
       (select count(distinct v.requirement_id) from version_reference x join requirement_version v on v.id = x.version_id
        where x.reference_id = f.id and v.state = 'decided' and v.valid @> $3::timestamptz and may_see(v.audience, v.owner_org, $1, $2)) as "cited!"
from reference f join reference_now() n on n.id = f.id
where ($4 = '' or strpos(lower(f.name || ' ' || f.edition), lower($4)) > 0)
  and ($5::text is null or f.kind = $5) and ($6::text is null or f.status = $6)
  and (not exists (select from place) or (lower(f.name) collate "sv-x-icu", f.id) > (select place.name, place.id from place))
order by lower(f.name) collate "sv-x-icu", f.id limit $8
