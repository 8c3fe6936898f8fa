-- What can stand instead of a row, in one round trip: versions in force of its own requirement, of other members of its
-- family and of what came after a repeal.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 selection or null · $5 hash of the browser's key or null
-- $6 key of a link or null · $7 row · $8 person or null · $9 the organisation they act for
with held as (
    select own.id, own.family_id
    from opened_selection($3, $4, $5, $6, $8, $9) s
    join selection_row w on w.selection_id = s.id and w.id = $7 and w.removed_at is null
    join requirement own on own.id = w.requirement_id
)
select (coalesce(jsonb_agg(jsonb_build_object(
    'number', r.number, 'version', v.number, 'same', r.id = held.id, 'successor', x.kind,
    'level', v.level, 'relation', r.relation_to_lower, 'title_en', e.title,
    'stopped', exists (select from requirement_stop t where t.requirement_id = r.id and t.valid @> $3::timestamptz),
    'core', version_core(v.id), 'clauses', version_clauses(v.id)
) order by r.id <> held.id, array_position(array['basic', 'advanced', 'spearhead'], v.level), r.number), '[]'))::text as "instead!"
from held
join requirement r on r.id = held.id or r.family_id = held.family_id
     or r.id in (select c.successor_id from requirement_successor c where c.requirement_id = held.id)
join requirement_version v on v.requirement_id = r.id and v.valid @> $3::timestamptz
     and v.not_shown_since is null and may_see(v.audience, v.owner_org, $1, $2)
left join requirement_successor x on x.requirement_id = held.id and x.successor_id = r.id
left join version_english e on e.version_id = v.id
