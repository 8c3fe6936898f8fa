-- Rows of a selection whole, in one round trip: all that is written out in a tender, and what the row's own page needs. All
-- rows, or one.
-- As json, not jsonb: nothing is looked up in it, and the canonical text of a version stays as it is, to the letter.
-- $1 viewer level · $2 viewer organisations · $3 now · $4 selection or null · $5 hash of the browser's key or null
-- $6 key of a link or null · $7 row or null · $8 person or null · $9 the organisation they act for
with s as (
    select * from opened_selection($3, $4, $5, $6, $8, $9)
)
select json_build_object(
    'right', selection_right(s.holder_id, s.owner_org, s.colleagues, $5, $8, $9, $3),
    'id', s.id, 'name', s.name, 'follow_up_hours', s.follow_up_hours, 'contract_years', s.contract_years,
    'rows', coalesce((
        select json_agg(json_build_object(
            'id', w.id, 'requirement', w.requirement_id, 'version_id', w.version_id, 'lock_version', w.lock_version,
            'number', r.number, 'version', v.number,
            'hidden', v.not_shown_since is not null,
            'valid_from', lower(v.valid), 'valid_to', upper(v.valid), 'revoked', v.state = 'revoked',
            'core', case when v.not_shown_since is null then coalesce(v.canonical::json, version_core(v.id)::json) end,
            'clauses', case when v.not_shown_since is null then (
                select coalesce(json_agg(json_build_object('id', c.clause_id, 'text', c.text, 'text_en', t.text) order by c.position), '[]')
                from version_clause c
                -- only of versions that have English at all
                left join clause_english t on e.version_id is not null and t.version_id = c.version_id and t.clause_id = c.clause_id
                where c.version_id = v.id) else '[]' end,
            'title', case when v.not_shown_since is null then v.title else '' end, 'type', v.type, 'level', v.level,
            'title_en', case when v.not_shown_since is null then e.title end, 'evidence_en', coalesce(e.evidence, '[]'),
            'sha256', encode(v.sha256, 'hex'),
            -- most rows are of the version in force: no other is looked for then
            'in_force', case when v.valid @> $3::timestamptz and v.not_shown_since is null then v.number else (
                select x.number from requirement_version x where x.requirement_id = r.id and x.valid @> $3::timestamptz
                    and x.not_shown_since is null and may_see(x.audience, x.owner_org, $1, $2)) end,
            'stop', (select json_build_object('reason', t.reason, 'since', (lower(t.valid) at time zone 'Europe/Stockholm')::date)
                     from requirement_stop t where t.requirement_id = r.id and t.valid @> $3::timestamptz),
            'repeal', (select json_build_object('reason', t.reason, 'effective', (t.effective at time zone 'Europe/Stockholm')::date,
                           'over', t.effective <= $3, 'successors', '[]'::json)
                       from requirement_repeal t where t.requirement_id = r.id),
            'repeal_confirmed', w.repeal_confirmed_at is not null,
            'family', f.slug, 'relation', r.relation_to_lower,
            'group', json_build_object('area', a.slug, 'slug', g.slug, 'sv', g.name_sv, 'en', g.name_en),
            'objectives', (select coalesce(json_agg(o.objective order by o.objective), '[]')
                           from requirement_objective o where o.requirement_id = r.id),
            'eforms', to_jsonb(r.eforms), 'gpp', r.gpp,
            'values', w.parameter_values, 'exemptions', to_jsonb(w.exemptions),
            'note', w.note, 'reason', w.reason, 'wording', w.wording, 'wording_reason', w.wording_reason,
            'wording_base', (select version_clauses(x.id) from requirement_version x where x.id = w.wording_version_id and x.id <> v.id
                             and x.not_shown_since is null and may_see(x.audience, x.owner_org, $1, $2)),
            'wording_version', (select x.number from requirement_version x where x.id = w.wording_version_id
                                and may_see(x.audience, x.owner_org, $1, $2))
        ) order by array_position(array['qualification_requirement', 'technical_specification', 'award_criterion',
                                        'contract_performance_condition'], v.type), w.position, w.id)
        from selection_row w
        join requirement r on r.id = w.requirement_id
        join requirement_version v on v.id = w.version_id and may_see(v.audience, v.owner_org, $1, $2)
        join product_group g on g.id = r.product_group_id
        join product_area a on a.id = g.area_id
        left join requirement_family f on f.id = r.family_id
        left join version_english e on e.version_id = v.id
        where w.selection_id = s.id and w.removed_at is null and ($7::uuid is null or w.id = $7)), '[]')
)::text as "rows!"
from s
