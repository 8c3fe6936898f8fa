-- What is cited by versions that may be seen and whose text may be shown, by kind and name.
-- $1 viewer level · $2 viewer organisations · $3 to pass over · $4 page size
select json_build_object('kind', f.kind, 'name', f.name, 'edition', nullif(f.edition, ''), 'url', f.url,
           'in_force_from', f.in_force_from, 'in_force_to', f.in_force_to, 'status', n.status,
           'replaced_by', case when n.status = 'replaced' then (select concat_ws(', ', s.name, nullif(s.edition, '')) from reference s where s.id = n.successor) end)
           as "found!: Value"
from reference f join reference_now() n on n.id = f.id
where exists (
    select from version_reference x join requirement_version v on v.id = x.version_id
    where x.reference_id = f.id and v.state in ('decided', 'revoked') and v.not_shown_since is null
      and may_see(v.audience, v.owner_org, $1, $2))
order by f.kind, f.name collate "sv-x-icu", f.edition
offset $3 limit $4
