-- A selection with a line of each of its rows, in one round trip: what the list of rows shows, and what has become of the
-- requirements since. No texts of clauses.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 selection or null · $5 hash of the browser's key or null
-- $6 key of a link or null · $7 person or null · $8 the organisation they act for
with s as (
    select * from opened_selection($3, $4, $5, $6, $7, $8)
)
select jsonb_build_object(
    'id', s.id, 'name', s.name, 'follow_up_hours', s.follow_up_hours, 'contract_years', s.contract_years,
    'lock_version', s.lock_version,
    'in_use', exists (select from selection_holder h where h.active_id = s.id
                      and (h.key_sha256 = $5 or h.person_id = $7 and h.organisation_id = $8)),
    'right', selection_right(s.holder_id, s.owner_org, s.colleagues, $5, $7, $8, $3),
    'owned', s.owner_org is not null, 'colleagues', s.colleagues,
    'owner', (select p.name from person p where p.id = selection_owner(s.holder_id, $3)),
    'changed_at', s.changed_at, 'changed_by', (select p.name from person p where p.id = s.changed_by and s.changed_by is distinct from $7),
    'rows', coalesce((
        select jsonb_agg(jsonb_build_object(
            'id', w.id, 'position', w.position, 'requirement', w.requirement_id, 'number', r.number, 'version', v.number,
            'title', case when v.not_shown_since is null then v.title else '' end, 'title_en', case when v.not_shown_since is null then e.title end, 'type', v.type, 'level', v.level,
            'hidden', v.not_shown_since is not null,
            'valid_from', lower(v.valid), 'valid_to', upper(v.valid), 'revoked', v.state = 'revoked',
            'in_force', (select x.number from requirement_version x where x.requirement_id = r.id and x.valid @> $3::timestamptz
                             and x.not_shown_since is null and may_see(x.audience, x.owner_org, $1, $2)),
            'stop', (select jsonb_build_object('reason', t.reason, 'since', (lower(t.valid) at time zone 'Europe/Stockholm')::date)
                     from requirement_stop t where t.requirement_id = r.id and t.valid @> $3::timestamptz),
            'repeal', (select jsonb_build_object('reason', t.reason, 'effective', (t.effective at time zone 'Europe/Stockholm')::date,
                           'over', t.effective <= $3, 'successors', (
                               select coalesce(jsonb_agg(jsonb_build_object('number', sr.number, 'kind', x.kind) order by sr.number), '[]')
                               from requirement_successor x join requirement sr on sr.id = x.successor_id
                               where x.requirement_id = r.id and exists (
                                   select from requirement_version sv where sv.requirement_id = sr.id and sv.valid @> $3::timestamptz
                                       and may_see(sv.audience, sv.owner_org, $1, $2))))
                       from requirement_repeal t where t.requirement_id = r.id),
            'repeal_confirmed', w.repeal_confirmed_at is not null,
            'family', f.slug, 'relation', r.relation_to_lower,
            'siblings', (select coalesce(jsonb_agg(jsonb_build_object('number', sr.number, 'level', sv.level) order by sr.number), '[]')
                         from requirement sr join requirement_version sv on sv.requirement_id = sr.id
                             and sv.valid @> $3::timestamptz and may_see(sv.audience, sv.owner_org, $1, $2) and sv.not_shown_since is null
                         where sr.family_id = r.family_id and sr.id <> r.id),
            'parameters', case when v.not_shown_since is null then v.parameters else '[]' end, 'values', w.parameter_values, 'effort', v.follow_up ->> 'effort',
            'note', w.note, 'reason', w.reason, 'reworded', w.wording is not null,
            'wording_version', (select x.number from requirement_version x where x.id = w.wording_version_id
                                and may_see(x.audience, x.owner_org, $1, $2))
        ) order by array_position(array['qualification_requirement', 'technical_specification', 'award_criterion',
                                        'contract_performance_condition'], v.type), w.position, w.id)
        from selection_row w
        join requirement r on r.id = w.requirement_id
        join requirement_version v on v.id = w.version_id and may_see(v.audience, v.owner_org, $1, $2)
        left join requirement_family f on f.id = r.family_id
        left join version_english e on e.version_id = v.id
        where w.selection_id = s.id and w.removed_at is null), '[]')
)::text as "page!"
from s
