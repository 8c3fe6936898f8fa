-- What the receipt of a report tells whoever holds its key: nothing of what was written. $1 the key
select f.number, f.created_at, f.email is not null as "answered!", r.number as "requirement?", v.number as "version?"
from fault_report f
left join requirement r on r.id = f.requirement_id
left join requirement_version v on v.id = f.version_id and may_see(v.audience, v.owner_org, $2, $3)
where f.receipt = $1
