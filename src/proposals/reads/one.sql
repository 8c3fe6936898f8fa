-- A proposal that was sent in, with all that anybody may see of it; null where there is none for the viewer.
-- $1 number · $2 year · $3 viewer level · $4 viewer organisations · $5 now · $6 person · $7 acting for · $8 today
select jsonb_build_object(
    'id', p.id, 'number', p.number, 'year', p.year, 'kind', p.kind, 'state', p.state,
    'title', p.sent -> 'title', 'type', p.sent -> 'type', 'level', p.sent -> 'level', 'said', p.said,
    -- known products are for those who prepare, and for who wrote of them
    'reasons', case when may.handles or may.own then p.sent -> 'reasons' else jsonb_set(p.sent -> 'reasons', '{products}', '""') end,
    'group', jsonb_build_object('id', g.id, 'slug', g.slug, 'area_slug', a.slug, 'name_sv', g.name_sv, 'name_en', g.name_en,
        'area_sv', a.name_sv, 'area_en', a.name_en),
    'submitted', p.submitted_at, 'answer_by', p.answer_by,
    'held', exists (select from membership m where m.id = p.sent_by and not m.approved),
    'own', may.own, 'handles', may.handles, 'senders', (select x.senders from organisation x where x.id = $7), 'text_hidden', may.hidden,
    'organisation', jsonb_build_object('slug', case when o.listed then o.slug end, 'name_sv', o.name_sv, 'name_en', o.name_en),
    'author', w.name,
    'handler', case when p.handler_id is not null then jsonb_build_object(
        'id', p.handler_id, 'name', h.name, 'organisation_sv', ho.name_sv, 'organisation_en', ho.name_en) end,
    -- built on a text that may not be shown, it would show it
    'clauses', case when may.hidden then '[]' else p.sent -> 'clauses' end,
    -- nor are files shown that may hold it
    'attachments', case when may.hidden then '[]' else attachments_of('proposal', p.id, false) end,
    'base', (
        select jsonb_build_object('number', r.number, 'version', v.number, 'title', v.title, 'type', v.type, 'level', v.level,
            'parameters', case when v.not_shown_since is null then v.parameters else '[]' end,
            'clauses', coalesce((
                select jsonb_agg(jsonb_build_object('id', c.clause_id, 'text', c.text) order by c.position)
                from version_clause c where c.version_id = v.id and v.not_shown_since is null), '[]'))
        from requirement_version v join requirement r on r.id = v.requirement_id
        where v.id = p.base_version_id and may_see(v.audience, v.owner_org, $3, $4)),
    -- what is in force now, where that is another version than it builds on
    'current', case when p.state in ('submitted', 'returned', 'in_preparation', 'taken_in', 'dormant') then (
        select jsonb_build_object('number', r.number, 'version', v.number, 'title', v.title, 'type', v.type, 'level', v.level,
            'parameters', case when v.not_shown_since is null then v.parameters else '[]' end,
            'clauses', coalesce((
                select jsonb_agg(jsonb_build_object('id', c.clause_id, 'text', c.text) order by c.position)
                from version_clause c where c.version_id = v.id and v.not_shown_since is null), '[]'))
        from requirement_version v join requirement r on r.id = v.requirement_id
        where v.requirement_id = p.requirement_id and v.state = 'decided' and v.valid @> $5::timestamptz and v.id <> p.base_version_id
          and may_see(v.audience, v.owner_org, $3, $4)) end,
    -- what is to be changed is repealed, and what came or comes instead
    'repealed', case when p.kind in ('change', 'merge') and p.state in ('submitted', 'returned', 'in_preparation', 'dormant') then (
        select jsonb_build_object('number', q.number, 'effective', t.effective, 'over', t.effective <= $5::timestamptz,
            'successors', coalesce((
                select jsonb_agg(jsonb_build_object('number', r.number, 'title', case when v.not_shown_since is null then v.title else '' end)
                    order by r.number)
                from requirement_successor s join requirement r on r.id = s.successor_id
                cross join lateral (
                    select w.title, w.not_shown_since from requirement_version w
                    where w.requirement_id = r.id and w.state = 'decided' and not isempty(w.valid) and may_see(w.audience, w.owner_org, $3, $4)
                    order by (w.valid @> $5::timestamptz) desc, w.number desc limit 1) v
                where s.requirement_id = t.requirement_id), '[]'))
        from requirement_repeal t join requirement q on q.id = t.requirement_id
        where t.requirement_id = p.requirement_id
           or t.requirement_id in (select m.requirement_id from proposal_requirement m where m.proposal_id = p.id)
        order by t.effective, q.number limit 1) end,
    'merged', coalesce((
        select jsonb_agg(jsonb_build_object('number', r.number, 'version', v.number, 'title', v.title,
            'parameters', case when v.not_shown_since is null then v.parameters else '[]' end) order by r.number)
        from proposal_requirement m
        join requirement_version v on v.id = m.base_version_id and may_see(v.audience, v.owner_org, $3, $4)
        join requirement r on r.id = m.requirement_id
        where m.proposal_id = p.id), '[]'),
    'into', (
        select jsonb_build_object('number', x.number, 'year', x.year, 'title', x.sent -> 'title')
        from proposal x where x.id = p.merged_into and may_see(x.audience, x.owner_org, $3, $4)),
    'decision', (select case when d.year is null then 'B-' else 'B-' || d.year || '-' end || lpad(d.number::text, greatest(4, length(d.number::text)), '0')
                 from decision d where d.id = p.answered_by),
    'became', (
        select jsonb_build_object('number', r.number, 'version', v.number, 'title', v.title)
        from requirement_version v join requirement r on r.id = v.requirement_id
        where v.id = p.taken_into and v.state = 'decided' and may_see(v.audience, v.owner_org, $3, $4)),
    'absorbed', coalesce((
        select jsonb_agg(jsonb_build_object('number', x.number, 'year', x.year, 'title', x.sent -> 'title') order by x.number)
        from proposal x where x.merged_into = p.id and may_see(x.audience, x.owner_org, $3, $4)), '[]'),
    'cosigners', coalesce((
        select jsonb_agg(jsonb_build_object('id', c.id, 'slug', case when c.listed then c.slug end, 'name_sv', c.name_sv, 'name_en', c.name_en,
            'at', s.at) order by s.at, c.id)
        from proposal_cosigner s join organisation c on c.id = s.organisation_id where s.proposal_id = p.id), '[]'),
    -- others that are open on the same requirement, with their texts
    'others', coalesce((
        select jsonb_agg(jsonb_build_object('number', x.number, 'year', x.year, 'title', x.sent -> 'title', 'kind', x.kind,
            'organisation_sv', xo.name_sv, 'organisation_en', xo.name_en,
            'clauses', case when v.not_shown_since is null then x.sent -> 'clauses' else '[]' end,
            'base', coalesce((
                select jsonb_agg(jsonb_build_object('id', c.clause_id, 'text', c.text) order by c.position)
                from version_clause c where c.version_id = v.id and v.not_shown_since is null), '[]')) order by x.number)
        from proposal x join organisation xo on xo.id = x.owner_org
        left join requirement_version v on v.id = x.base_version_id and may_see(v.audience, v.owner_org, $3, $4)
        where x.id <> p.id
          and (x.requirement_id = p.requirement_id
               or exists (select from proposal_requirement m where m.proposal_id = x.id and m.requirement_id = p.requirement_id)
               or exists (select from proposal_requirement m where m.proposal_id = p.id and m.requirement_id = x.requirement_id))
          and x.state in ('submitted', 'returned', 'in_preparation', 'taken_in', 'dormant')
          and may_see(x.audience, x.owner_org, $3, $4) and not exists (select from membership m where m.id = x.sent_by and not m.approved)), '[]'),
    'events', coalesce((
        select jsonb_agg(jsonb_build_object('at', e.at, 'kind', e.kind, 'reason', e.reason,
            'organisation_sv', eo.name_sv, 'organisation_en', eo.name_en,
            'other', (select jsonb_build_object('number', x.number, 'year', x.year, 'title', x.sent -> 'title')
                      from proposal x where x.id = e.part_id and may_see(x.audience, x.owner_org, $3, $4))) order by e.at, e.id)
        from (select * from event u where u.subject_kind = 'proposal' and u.subject_id = p.id and may_see(u.audience, u.owner_org, $3, $4)
              order by u.at desc, u.id desc limit 100) e
        left join organisation eo on eo.id = e.organisation_id), '[]'),
    'notes', case when may.handles then coalesce((
        select jsonb_agg(jsonb_build_object('at', n.at, 'by', nw.name, 'text', n.text) order by n.at, n.id)
        from (select * from proposal_note u where u.proposal_id = p.id and (may_see(u.audience, u.owner_org, $3, $4) or may.handles)
              order by u.at desc, u.id desc limit 100) n
        left join person nw on nw.id = n.person_id), '[]') else '[]' end
) as "one!: sqlx::types::Json<Proposal>"
from proposal p
join product_group g on g.id = p.group_id
join product_area a on a.id = g.area_id
join organisation o on o.id = p.owner_org
left join person w on w.id = p.author_id
left join person h on h.id = p.handler_id
left join organisation ho on ho.id = p.handler_org
-- those who prepare, and who looks after the area that it is in
cross join lateral (
    select $3::smallint >= 20 or coordinates_group($6, $7, p.group_id, $8::date, $5::timestamptz) as handles,
           p.owner_org = any ($4) or coalesce(p.author_id = $6, false) as own,
           exists (
               select from requirement_version v
               where v.not_shown_since is not null
                 and (v.id = p.base_version_id
                      or v.id in (select m.base_version_id from proposal_requirement m where m.proposal_id = p.id))
                 and may_see(v.audience, v.owner_org, 100::smallint, '{}')) as hidden
) may
where p.number = $1 and p.year = $2 and may_see(p.audience, p.owner_org, $3, $4)
  and (may.own or not exists (select from membership m where m.id = p.sent_by and not m.approved))
