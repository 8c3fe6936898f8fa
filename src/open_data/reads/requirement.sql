-- One version of a requirement: the one asked for, or else the one in force, or else the latest.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 number · $5 version or null; marked_version asks may_see(
select p.body as "found!: sqlx::types::Json<VersionRow>"
from marked_version($1, $2, $3) p
where p.number = $4 and ($5::int is null or p.version = $5)
order by coalesce(p.valid @> $3::timestamptz, false) desc, p.state = 'decided' desc, p.version desc
limit 1
