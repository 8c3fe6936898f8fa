-- Every decided version of a requirement, newest first; of a text that may not be shown only that it was there.
-- $1 viewer level · $2 viewer organisations · $3 number · $4 now
select v.number as "version!", v.state as "state!", v.origin as "origin!",
       case when v.not_shown_since is null then v.title end as title, v.type as "type!", v.level as "level!",
       lower(v.valid) as valid_from, upper(v.valid) as valid_to, v.decided_at, v.changes as "changes!",
       case when v.not_shown_since is null then v.change_note else '' end as "change_note!",
       encode(v.sha256, 'hex') as sha256, v.hash_scheme, v.not_shown_since, v.not_shown_reason,
       d.number as "decision?", d.year as "decision_year?", p.version_id is not null as "ended!",
       greatest(case when p.effective <= $4 then p.effective end,
           (select max(u.at) from event u where u.subject_kind = 'requirement' and u.subject_id = r.id and u.at <= $4
                and may_see(u.audience, u.owner_org, $1, $2))) as updated_at
from requirement r
join requirement_version v on v.requirement_id = r.id
left join decision d on d.id = v.decision_id
left join requirement_repeal p on p.version_id = v.id
where r.number = $3 and v.state in ('decided', 'revoked') and may_see(v.audience, v.owner_org, $1, $2)
order by v.number desc
