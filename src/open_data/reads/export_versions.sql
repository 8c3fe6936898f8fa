-- Every version of some requirements that may be seen, by number and version; marked_version asks may_see(
-- $1 viewer level · $2 viewer organisations · $3 now · $4 after this number · $5 to this number
select p.body as "found!: sqlx::types::Json<VersionRow>"
from marked_version($1, $2, $3) p
where p.number > $4 and p.number <= $5
order by p.number, p.version
